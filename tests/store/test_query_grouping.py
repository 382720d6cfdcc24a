"""Groups of a list: together, in order, each article in its own, whatever is asked for and however it is sorted."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest
import query_reference as reference
from query_reference import Doc

from store.query.fields import SORTS
from store.query.session import QuerySession
from store.query.sorting import sort_of, with_sort

DAYS = ("2024-03-02", "", "2024-03-01", "2024-03-02", "2024-02-01", "", "2024-03-01")
PLACES = ("/lib/b/1.txt", "/lib/a/2.txt", "/lib/b/3.txt", "/lib/4.txt", "/lib/a/c/5.txt", "/lib/a/6.txt", "/lib/7.txt")
DOCS = [
    Doc(f"Title {number}", f"Word {'harbour ' * (number + 1)}{number}.", day, sources=((place, ""),))
    for number, (day, place) in enumerate(zip(DAYS, PLACES, strict=True))
]


@pytest.fixture
def session(tmp_path: Path) -> Iterator[QuerySession]:
    path = tmp_path / "index.sqlite3"
    reference.build(path, DOCS)
    session = QuerySession(path, today=lambda: reference.TODAY)
    yield session
    session.close()


def group_of(key: int, grouping: str) -> str:
    return DAYS[key - 1] if grouping == "day" else PLACES[key - 1].rpartition("/")[0] + "/"


@pytest.mark.parametrize("query", ["", "harbour", "-title:3", "title:2 OR title:5"])
@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("grouping", ["day", "folder"])
def test_every_group_stands_together_and_counts_its_articles(
    session: QuerySession, query: str, sort: str, grouping: str
) -> None:
    found = session.search(query, sort=sort, grouping=grouping).result()
    runs = [(name, len(list(run))) for name, run in groupby(found.keys, lambda key: group_of(key, grouping))]
    assert list(found.groups) == runs and len({name for name, _ in runs}) == len(runs)
    names = [name for name, _ in runs]
    if grouping == "folder":
        assert names == sorted(names)
    else:
        known = [name for name in names if name]
        assert known == sorted(known, reverse=sort != "-date")
        assert "" not in names[:-1]
    # Within a group the articles have the order that they have without groups.
    plain = list(session.search(query, sort=sort).result().keys)
    assert sorted(plain) == sorted(found.keys)
    for name in names:
        inside = [key for key in found.keys if group_of(key, grouping) == name]
        assert inside == [key for key in plain if group_of(key, grouping) == name]


def test_an_order_is_read_and_written_as_a_part_of_a_query() -> None:
    assert sort_of("a sort:title", "b") == "title" and sort_of("a", "b sort:nonsense x") == ""
    assert sort_of("sort:title", "sort:-date") == "-date"
    assert with_sort("japan  sort:title  tag:a", "") == "japan tag:a"
    assert with_sort('"a sort:title" b', "words") == '"a sort:title" b sort:words'
    assert with_sort("", "-date") == "sort:-date" and with_sort("sort:title", "") == ""
    assert with_sort('japan "open', "") == 'japan "open'
