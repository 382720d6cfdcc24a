"""Any string is either understood or explained; what is understood can be written down and read again."""

from __future__ import annotations

import os
import random
from contextlib import closing
from datetime import date
from itertools import pairwise
from pathlib import Path

import query_reference as reference
from hypothesis import given, settings
from hypothesis import strategies as st

from store.annotations.records import Marks
from store.errors import QueryError
from store.query import dates
from store.query.ast import All, And, Field, Near, Node, Not, Or, Query, Text
from store.query.complete import Name, complete
from store.query.fields import FIELDS, KINDS, NAMES, POSSESSIONS, SORTS, STATES
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
    st.builds(Field, st.sampled_from(sorted(KINDS)), values, exact=st.just(True)),
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
    "=", "person:=", "2017", "2017-13", "-1d", "99999999d", "9999-12", "0000", "today", "unread", "note", "title",
    *(f"{name}:" for name in FIELDS),
]  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(trees, st.sampled_from(["", *SORTS]))
def test_a_tree_is_written_so_that_it_reads_back(tree: Node, sort: str) -> None:
    query = Query(tree, sort)
    assert parse(str(query)) == query


STRINGS = int(os.environ.get("DATELINE_STRINGS", "10000"))
LIBRARY = [
    reference.Doc("Abe é東京", "Abe said. 東京都の \U0001f642", "2024-03-01", "en",
                  entities=(("person", "Shinzo Abe"),)),
    reference.Doc("Café; note", "a b c missile launch", marks=Marks(("tag:x", "a b", "note"), starred=True, notes=1),
                  notes=(("n", "call \"back\" today"),), sources=(("/lib/b c.txt", "m#1"),)),
    reference.Doc("Gone", "title unread 2017", marks=Marks(("x",), published=date(2024, 1, 2)), is_gone=True),
]  # fmt: skip


def test_ten_thousand_strings_are_understood_or_explained(tmp_path: Path) -> None:
    rng = random.Random(20240320)
    rows = reference.build(tmp_path / "index", LIBRARY)
    with closing(QuerySession(tmp_path / "index", describe=reference.describe(rows))) as session:
        session.fill_mirror(reference.mirror(LIBRARY)).result()
        for number in range(STRINGS):
            text = "".join(rng.choice(SCRAPS) for _ in range(rng.randint(0, 12)))
            typing = bool(number % 2)
            if number % 4 == 0:
                found = session.complete(text, rng.randint(0, len(text))).result()
                assert all(option.insert for option in found.options)
            try:
                understood = parse(text, typing=typing)
            except QueryError as error:
                assert 0 <= error.column <= len(text)
                assert str(error)
                assert session.count([text]).result() == [-1] or typing
                continue
            assert parse(str(understood)) == understood, text
            try:
                answer = session.search(text, sort=rng.choice(list(SORTS)), typing=typing).result()
            except QueryError as error:
                # Only a search that nobody has saved is found out after reading.
                assert "search:" in text.lower() and 0 <= error.column <= len(text)
                continue
            assert len(set(answer.keys)) == len(answer.keys)
            if number % 3 == 0:
                session.snippets(answer.keys, answer.words).result()
                session.neighbour(answer.words, answer.keys, -1, 1).result()


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
