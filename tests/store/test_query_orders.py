"""What was found takes its places in the order of all articles, however many or few it is."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import large_index
import pytest
import query_reference as reference
from hypothesis import given, settings
from hypothesis import strategies as st
from query_reference import Doc

from store.annotations.records import Marks
from store.catalog.opening import add_functions
from store.query.orders import Order, _made
from store.query.session import QuerySession

ids = st.lists(st.integers(1, 60) | st.integers(100_000, 10**12), unique=True, min_size=1, max_size=40)


@settings(max_examples=200, deadline=None)
@given(ids, st.data())
def test_an_order_keeps_what_is_found_once_and_in_place(every: list[int], data: st.DataObject) -> None:
    order: Order = _made(every)
    found = data.draw(st.lists(st.sampled_from(every), max_size=80))
    assert list(order.sorted(found)) == [key for key in every if key in found]
    assert list(order.sorted(found, contrary=True)) == [key for key in every if key not in found]


@settings(max_examples=200, deadline=None)
@given(ids, st.data(), st.integers(1, 6))
def test_the_first_found_are_those_that_stand_first(every: list[int], data: st.DataObject, most: int) -> None:
    order: Order = _made(every)
    found = sorted(data.draw(st.sets(st.sampled_from(every))))
    assert list(order.first(found, most)) == [key for key in every if key in found][:most]


@pytest.mark.parametrize("few", [1, 40])
def test_what_is_in_no_order_is_left_out(few: int) -> None:
    order = _made([7, 3, 5, *range(100, 140)])
    assert list(order.sorted([3, 4] * few)) == [3]


def test_an_order_follows_the_index_and_the_dates_set_by_hand(tmp_path: Path) -> None:
    docs = [Doc("a", "abe a", "2024-03-01"), Doc("b", "abe b", "2024-02-01"), Doc("c", "abe c")]
    index = tmp_path / "index"
    reference.build(index, docs)
    with closing(QuerySession(index)) as session:
        assert list(session.search("abe").result().keys) == [1, 2, 3]
        session.update_mirror([(docs[2].id, Marks(published=date(2024, 2, 10)), [])])
        assert list(session.search("abe").result().keys) == [1, 3, 2]
        with closing(sqlite3.connect(index)) as db:
            add_functions(db)
            db.execute("UPDATE article SET published = '2025-01-01' WHERE id = 2")
            db.execute("DELETE FROM body WHERE id = 1")
            db.execute("DELETE FROM source WHERE article = 1")
            db.execute("DELETE FROM article WHERE id = 1")
            db.commit()
        assert list(session.search("abe").result().keys) == list(session.search("").result().keys) == [2, 3]
        session.fill_mirror([])
        assert list(session.search("").result().keys) == [2, 3]


SEARCHES = ("harb", "harbour bud", "harbour -treaty", "title:riv", "harb OR vote")
QUERIES = (*SEARCHES, '"river str', "-harbour", "path:03 a", "")


@pytest.mark.parametrize("query", QUERIES)
def test_the_first_page_of_what_is_typed_begins_the_whole_list(
    query: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with closing(QuerySession(large_index.make(tmp_path / "articles", 600))) as session:
        whole = session.search(query, typing=True).result()
        for most in (1, 20, 599, 600):
            page = session.search(query, typing=True, most=most).result()
            assert list(page.keys) == list(whole.keys)[: len(page.keys)] and page.words == whole.words
            assert page.total in (None, len(whole.keys)) and whole.total is None
            assert len(page.keys) == (len(whole.keys) if page.total is None else most)


def test_full_text_search_brings_no_more_than_the_first_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with closing(QuerySession(large_index.make(tmp_path / "articles", 600))) as session:
        for query in SEARCHES:
            page = session.search(query, typing=True, most=9).result()
            assert len(page.keys) == 9 and page.total is not None and page.total > 9


def test_while_typing_the_newest_come_first_whatever_was_asked_for(tmp_path: Path) -> None:
    docs = [Doc("b", "abe abe abe", "2023-01-01"), Doc("a", "abe and much else", "2024-01-01")]
    reference.build(tmp_path / "index", docs)
    with closing(QuerySession(tmp_path / "index")) as session:
        assert list(session.search("abe sort:relevance").result().keys) == [1, 2]
        typed = session.search("abe sort:relevance ", sort="title", typing=True).result()
        assert (list(typed.keys), typed.order) == ([2, 1], "date")
        assert session.search("abe", sort="relevance").result().order == "relevance"
        assert session.search("is:unread", sort="relevance").result().order == "date"
