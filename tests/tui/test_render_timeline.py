"""The plot of how much there is by month or year: it fits, it loses nothing, and it says what a bar stands for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.render.timeline import Count, plot, years


def months(first: int, count: int) -> list[str]:
    return [f"{first + at // 12}-{at % 12 + 1:02}" for at in range(count)]


COUNTS = st.builds(
    lambda first, numbers, times: list(zip(months(first, len(numbers) * times), numbers * times, strict=True)),
    st.integers(1000, 2100),
    st.lists(st.integers(0, 5000), min_size=1, max_size=40),
    st.integers(1, 20),
)
"""Months in a row, up to those of sixty-six years."""


@given(COUNTS, st.integers(2, 150), st.integers(1, 20), st.booleans(), st.booleans())
def test_a_plot_keeps_within_its_room(
    counts: list[Count], width: int, height: int, by_year: bool, ascii_only: bool
) -> None:
    found = plot(years(counts) if by_year else counts, width, height, ascii_only=ascii_only)
    assert len(found.lines) <= height
    if width >= 12:
        assert all(len(line) <= width for line in found.lines)
    assert not ascii_only or all(line.isascii() for line in found.lines)


@given(COUNTS, st.integers(30, 150), st.integers(1, 20))
def test_whatever_there_is_shows_and_what_there_is_not_does_not(counts: list[Count], width: int, height: int) -> None:
    found = plot(counts, width, height)
    bottom = found.lines[-2] if len(found.lines) > 1 else found.lines[-1]
    bars = bottom[bottom.find("│") + 1 :]
    assert bool(bars.strip()) == any(count for _, count in counts)
    assert found.most >= max(count for _, count in counts)


def test_the_highest_bar_is_full_and_named() -> None:
    found = plot([("2016", 5), ("2017", 10), ("2018", 0)], 40, 5)
    assert found.lines[0].startswith("10│")
    assert found.lines[0].count("█") == 7
    assert found.lines[-1].split() == ["2016", "2017", "2018"]


def test_little_beside_much_is_still_seen() -> None:
    assert plot([("2016", 1), ("2017", 10_000)], 20, 1).lines == ("▁▁▁▁▁▁▁ ███████",)


@pytest.mark.parametrize(("count", "together"), [(60, 1), (100, 2), (170, 3), (240, 4), (300, 6), (700, 12)])
def test_months_are_gathered_by_parts_of_a_year(count: int, together: int) -> None:
    counts = [(month, 1) for month in months(1950, count)]
    found = plot(counts, 64, 4)
    assert found.together == together
    assert found.most == together


def test_a_year_is_one_bar_wherever_the_months_begin() -> None:
    counts = [(month, 1) for month in months(1950, 700)][9:]
    found = plot(counts, 64, 4)
    assert found.together == found.most == 12
    assert found.lines[-1].split()[0] == "1950"


def test_a_single_article_is_no_tower() -> None:
    assert plot([("2017-03", 1)], 40, 10).lines == ("1│███████", "0│███████", "  2017-03")


def test_years_keep_the_order_and_the_sum() -> None:
    assert years([("2016-11", 2), ("2016-12", 0), ("2017-01", 3)]) == [("2016", 2), ("2017", 3)]


def test_nothing_gives_no_plot() -> None:
    assert plot([], 40, 5).lines == ()
    assert plot([("2017-01", 1)], 1, 5).lines == ()
