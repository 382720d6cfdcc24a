"""Passages in a text: which lies where, which comes next, whatever overlaps what."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from store.library import NoteId
from tui.widgets.reader_passages import Passage, Passages, merged

LENGTH = 60

spans = st.tuples(st.integers(0, LENGTH), st.integers(0, LENGTH)).map(lambda pair: (min(pair), max(pair)))
many = st.lists(st.tuples(spans, st.booleans()), max_size=12).map(
    lambda found: [Passage(*span, NoteId(str(n)), written) for n, (span, written) in enumerate(found)]
)


@given(many)
def test_what_is_marked_is_what_a_passage_covers_by_the_innermost(given_passages: list[Passage]) -> None:
    passages = Passages(given_passages, LENGTH)
    for offset in range(LENGTH):
        over = [each for each in passages.all if each.start <= offset < each.end]
        found = passages.at(offset)
        assert (found is None) == (not over)
        if found is not None:
            assert found in over
            assert found.end - found.start == min(each.end - each.start for each in over)


@given(many, spans)
def test_marked_stretches_are_in_order_and_apart_and_none_is_missed(given_passages: list[Passage], span) -> None:  # type: ignore[no-untyped-def]
    passages = Passages(given_passages, LENGTH)
    runs = passages.between(*span)
    assert all(one[1] <= other[0] for one, other in pairwise(runs))
    covered = {offset for start, end, _ in runs for offset in range(start, end)}
    wanted = {at for each in passages.all for at in range(each.start, each.end) if span[0] <= at < span[1]}
    assert wanted <= covered
    if span[0] < span[1]:
        assert all(start < span[1] and end > span[0] for start, end, _ in runs)


@given(many)
def test_all_passages_are_gone_to_in_the_order_of_the_text_and_back(given_passages: list[Passage]) -> None:
    passages = Passages(given_passages, LENGTH)
    found, current = [], passages.step(None, 1, (0, LENGTH))
    while current is not None:
        found.append(current)
        assert passages.number_of(current) == len(found)
        current = passages.step(current, 1, (0, LENGTH))
    assert found == passages.all
    assert [each.start for each in found] == sorted(each.start for each in found)
    back = []
    current = passages.step(None, -1, (0, LENGTH + 1))
    while current is not None:
        back.append(current)
        current = passages.step(current, -1, (0, LENGTH))
    assert back == found[::-1]


@given(many, many)
def test_only_what_changes_is_drawn_again(one: list[Passage], other: list[Passage]) -> None:
    before, after = Passages(one, LENGTH), Passages(other, LENGTH)
    changed = after.changed(before)
    assert changed == merged(changed)
    for offset in range(LENGTH):
        if not any(start <= offset < end for start, end in changed):
            assert before.at(offset) == after.at(offset)
    assert Passages(one, LENGTH).changed(before) == []


def test_a_passage_beyond_the_text_is_left_out() -> None:
    assert Passages([Passage(5, 20, NoteId("a")), Passage(3, 3, NoteId("b"))], 10).all == []


def test_of_two_on_one_stretch_the_written_one_is_meant() -> None:
    passages = Passages([Passage(2, 5, NoteId("a")), Passage(2, 5, NoteId("b"), True), Passage(2, 6, NoteId("c"))], 9)
    found = passages.exactly(2, 5)
    assert found is not None and found.note == "b"
    assert passages.exactly(2, 4) is None
    assert passages.begins_note(0, 3) and not passages.begins_note(3, 9)
