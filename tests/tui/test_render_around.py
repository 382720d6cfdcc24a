"""A line that is too long for its room keeps the name it is shown for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.render.around import around

TEXT = st.text(st.sampled_from("abc de日本ñ\u0301👍🏽é.,"), max_size=80)


@given(TEXT, st.integers(0, 80), st.integers(0, 80), st.integers(0, 60))
def test_a_line_is_as_wide_as_its_room(text: str, start: int, size: int, width: int) -> None:
    assert cell_len("".join(around(text, start, start + size, width))) == width


@given(TEXT, st.integers(0, 80), st.integers(1, 12), st.integers(30, 60))
def test_the_stretch_stays(text: str, start: int, size: int, width: int) -> None:
    before, marked, _ = around(text, start, start + size, width)
    if start < len(text):
        assert marked == text[start : start + size]
        assert text[:start].endswith(before.removeprefix("…"))


def test_a_line_with_room_is_whole() -> None:
    assert around("Abe met Putin.", 0, 3, 20) == ("", "Abe", " met Putin.      ")


def test_a_long_line_is_cut_at_both_ends() -> None:
    found = around("It was in the old town that Abe met Putin for the first time.", 28, 31, 30)
    assert found == ("…wn that ", "Abe", " met Putin for th…")


def test_near_the_end_the_room_goes_to_what_stands_before() -> None:
    found = around("It was in the old town that he met Putin.", 35, 40, 30)
    assert found == ("…e old town that he met ", "Putin", ".")
