"""Any string is either understood or explained; what is understood can be written down and read again."""

from __future__ import annotations

import random
from datetime import date
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from store.errors import QueryError
from store.query import dates
from store.query.ast import All, And, Field, Near, Node, Not, Or, Query, Text
from store.query.complete import Name, complete
from store.query.fields import FIELDS, NAMES, POSSESSIONS, SORTS, STATES
from store.query.fold import fold, pattern, worded
from store.query.found import spans
from store.query.parser import parse
from store.query.session import QuerySession

values = st.text(max_size=12).filter(lambda value: value.strip())
odd = st.sampled_from(["OR", "-", "a:b", "tag:x", "--x", "a*", '"', "http://a"])
texts = st.builds(Text, st.one_of(values, odd), st.booleans())
ranges = [
    "2017", "2017-03", "2017-03-20", "2017-01..2017-06", "2017..", "..2017", "today", "last-week..",
    "2w..1w", "3m",
]  # fmt: skip
relative = ["yesterday", "this-week", "999999y", "..999999d", "this-year..", "..last-month"]
leaves: st.SearchStrategy[Node] = st.one_of(
    st.just(All()),
    texts,
    st.builds(Near, st.integers(0, 999), st.lists(texts, min_size=2, max_size=4).map(tuple)),
    st.builds(Field, st.sampled_from(sorted(NAMES)), values, st.booleans()),
    st.builds(Field, st.sampled_from(sorted(NAMES)), st.just(""), st.just(True)),
    st.builds(Field, st.sampled_from(["date", "added"]), st.sampled_from(ranges)),
    st.builds(Field, st.just("is"), st.sampled_from(sorted(STATES))),
    st.builds(Field, st.just("has"), st.sampled_from(sorted(POSSESSIONS))),
)
trees = st.recursive(
    leaves,
    lambda nodes: st.one_of(
        st.builds(Not, nodes),
        st.builds(And, st.lists(nodes, min_size=2, max_size=4).map(tuple)),
        st.builds(Or, st.lists(nodes, min_size=2, max_size=4).map(tuple)),
    ),
    max_leaves=12,
)
SCRAPS = [
    "AND", "OR", "NOT", "(", ")", "-", '"', "*", ":", "..", "/", "near:5(", "near:", "a", "b c", " ", "  ",
    "\n", "\t", "\0", "東京", "é", "\ud800", "\udc80", "🙂", "'", ";", "\\", "%", "_", "{", "}", "^", "+", "NEAR(",
    "2017", "2017-13", "-1d", "99999999d", "9999-12", "0000", "today", "unread", "note", "title",
    *(f"{name}:" for name in FIELDS),
]  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(trees, st.sampled_from(["", *SORTS]))
def test_a_tree_is_written_so_that_it_reads_back(tree: Node, sort: str) -> None:
    query = Query(tree, sort)
    assert parse(str(query)) == query


def test_ten_thousand_strings_are_understood_or_explained() -> None:
    rng = random.Random(20240320)
    session = QuerySession(None)
    for number in range(10_000):
        text = "".join(rng.choice(SCRAPS) for _ in range(rng.randint(0, 12)))
        typing = bool(number % 2)
        try:
            understood = parse(text, typing=typing)
        except QueryError as error:
            assert 0 <= error.column <= len(text)
            assert str(error)
            continue
        assert parse(str(understood)) == understood, text
        if number % 5 == 0:
            try:
                session.search(text, sort=rng.choice(list(SORTS)), typing=typing).result()
            except QueryError as error:
                assert "saved search" in str(error)
    session.close()


@settings(max_examples=150, deadline=None)
@given(st.text())
def test_any_text_is_understood_or_explained(text: str) -> None:
    for typing in (False, True):
        try:
            parse(text, typing=typing)
        except QueryError as error:
            assert 0 <= error.column <= len(text)


@settings(max_examples=80, deadline=None)
@given(trees)
def test_a_query_being_written_is_wrong_only_where_it_was_wrong_before(tree: Node) -> None:
    whole = str(tree)
    for end in range(len(whole)):
        parse(whole[:end], typing=True)


@settings(max_examples=150, deadline=None)
@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@settings(max_examples=150, deadline=None)
@given(st.text())
def test_a_text_holds_its_own_words(text: str) -> None:
    assert pattern(text) in worded(text)


@settings(max_examples=150, deadline=None)
@given(st.text(), st.lists(st.text(max_size=5)))
def test_spans_lie_within_the_text_in_order(text: str, words: list[str]) -> None:
    places = spans(text, [fold(word) for word in words])
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert all(one[1] <= other[0] for one, other in pairwise(places))


@settings(max_examples=150, deadline=None)
@given(st.text(), st.integers(-3, 40))
def test_completion_replaces_a_part_of_the_query(text: str, cursor: int) -> None:
    found = complete(text, cursor, lambda *_: [Name("japan", 3)])
    assert 0 <= found.start <= found.end <= len(text)


@settings(max_examples=150, deadline=None)
@given(st.dates(), st.sampled_from([*ranges, *relative]))
def test_every_range_means_days_on_every_day(today: date, text: str) -> None:
    first, last = dates.parse(text).days(today)
    assert first is not None or last is not None
