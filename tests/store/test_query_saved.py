"""`search:NAME` in a query is the query that was saved under the name, in brackets."""

from __future__ import annotations

import pytest

from store.errors import QueryError
from store.query.parser import parse
from store.query.saved import check, expand

SAVED = {
    "kurils": "japan OR russia",
    "Old news": "search:kurils date:2017 sort:title",
    "loop": "search:pool",
    "pool": "-search:LOOP",
    "broken": "date:never",
}


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("search:kurils", "japan OR russia"),
        ("abe -search:Kurils", "abe -(japan OR russia)"),
        ('search:"old news" is:unread', "((japan OR russia) date:2017) is:unread sort:title"),
        ('search:"old news" sort:date', "(japan OR russia) date:2017 sort:date"),
        ("search:k*", "japan OR russia"),
        ("search:nothing*", "-*"),
        ("abe near:5(a b)", "abe near:5(a b)"),
    ],
)
def test_a_saved_search_stands_for_its_query(query: str, meant: str) -> None:
    assert str(expand(parse(query), SAVED)) == str(parse(meant))


@pytest.mark.parametrize(
    ("query", "said", "column"),
    [
        ("abe search:kuril", "no saved search kuril", 4),
        ("search:loop", "leads back to itself", 0),
        ("abe (search:broken)", "The saved search broken is wrong", 5),
    ],
)
def test_what_is_wrong_is_said_at_its_place_in_the_query(query: str, said: str, column: int) -> None:
    with pytest.raises(QueryError, match=said) as raised:
        expand(parse(query), SAVED)
    assert raised.value.column == column


def test_the_nearest_name_is_proposed() -> None:
    with pytest.raises(QueryError) as raised:
        expand(parse("search:kuriles"), SAVED)
    assert raised.value.hint == "search:kurils"


def test_a_search_that_would_lead_back_to_itself_is_not_saved() -> None:
    with pytest.raises(QueryError, match="leads back"):
        check("search:mine", SAVED | {"mine": "search:mine"})
