"""Labels are as short as can be, none begins another, and they move nothing on the line they lie on."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.render.hint_labels import Hints, Label, labels, placed

ALPHABETS = st.integers(2, 26).map(lambda n: "asdfghjklqwertyuiopzxcvbnm"[:n])
BOLD = Style(bold=True)


def shortest(count: int, letters: int) -> int:
    """Return how many letters so many prefix-free labels need in all: each leaf taken apart where that costs least."""
    depths = [1] * letters
    while len(depths) < count:
        depths.sort(reverse=True)
        depth = depths.pop()
        depths += [depth + 1] * min(letters, max(2, count - len(depths)))
    return sum(sorted(depths)[:count])


@given(st.integers(0, 900), ALPHABETS)
def test_labels_are_distinct_and_none_begins_another(count: int, alphabet: str) -> None:
    found = labels(count, alphabet)
    assert len(found) == len(set(found)) == count
    assert all(found), "none is empty"
    ordered = sorted(found)
    assert not any(b.startswith(a) for a, b in pairwise(ordered))
    assert set("".join(found)) <= set(alphabet)


@given(st.integers(0, 400), ALPHABETS)
def test_no_labels_would_be_shorter(count: int, alphabet: str) -> None:
    found = labels(count, alphabet)
    assert sum(map(len, found)) == shortest(count, len(alphabet))
    assert [len(each) for each in found] == sorted(len(each) for each in found), "what comes first has the shortest"


def test_the_home_row_comes_first_and_stays_short() -> None:
    alphabet = "asdfghjklqwertyuiopzxcvbnm"
    assert labels(5, alphabet) == ["a", "s", "d", "f", "g"]
    assert labels(26, alphabet) == list(alphabet)
    assert labels(28, alphabet)[:25] == list(alphabet[:25]) and labels(28, alphabet)[25:] == ["ma", "ms", "md"]


@given(st.lists(st.tuples(st.integers(0, 60), st.sampled_from(["a", "sd"])), max_size=30), st.integers(1, 60))
def test_labels_lie_beside_each_other_within_the_line(wanted: list[tuple[int, str]], width: int) -> None:
    found = placed([Label(*each) for each in wanted], width)
    end = 0
    for label in found:
        assert label.cell >= end
        end = label.cell + len(label.text)
    assert end <= width


def test_a_line_keeps_its_width_and_what_is_beside_the_labels() -> None:
    strip = Strip([Segment("said that "), Segment("Shinzo Abe", BOLD), Segment(" of 東京 goes")])
    found = Hints().laid_over(strip, [Label(10, "a"), Label(24, "sd")], BOLD, BOLD)
    assert found.cell_length == strip.cell_length
    assert found.text.startswith("said thataShinzo Abe osd東京")
    assert Hints().laid_over(strip, [], BOLD, BOLD) is strip


def test_what_is_typed_leaves_the_labels_that_begin_so() -> None:
    hints = Hints([(40, "sd"), (3, "a"), (12, "sf"), (12, "k")], "s")
    assert hints.between(0, 30) == [(12, "sf")] and hints.of(40) == "sd" and hints.of(3) == ""
    assert not Hints([(3, "a")], "s") and Hints([(3, "a")])


def test_a_label_is_told_from_what_is_reversed_beside_it() -> None:
    reverse = Style(reverse=True, bold=True)
    strip = Strip([Segment("by "), Segment("Abe", Style(reverse=True)), Segment(" and Putin")])
    drawn = Hints().laid_over(strip, [Label(3, "a"), Label(11, "s")], reverse, BOLD)
    looks = {segment.text: segment.style for segment in drawn}
    assert looks["a"].underline and not looks["a"].reverse
    assert looks["s"].reverse and looks["s"].bold
