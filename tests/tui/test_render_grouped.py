"""Rows and headings of a grouped list: every line is one or the other, and each way of asking agrees."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.render.grouped import GroupedLines

COUNTS = st.lists(st.integers(1, 6), max_size=12)


@given(COUNTS)
def test_each_group_has_a_heading_and_then_its_articles(counts: list[int]) -> None:
    lines = GroupedLines(sum(counts), [(f"g{number}", count) for number, count in enumerate(counts)])
    expected: list[tuple[int | None, int]] = []
    row = 0
    for group, count in enumerate(counts):
        expected.append((group, row))
        expected += [(None, at) for at in range(row, row + count)]
        row += count
    assert lines.height == len(expected)
    assert [lines.at(line) for line in range(lines.height)] == expected
    for line, (heading, at) in enumerate(expected):
        if heading is None:
            assert lines.line_of(at) == line
            assert lines.begins_group(at) == (expected[line - 1][0] is not None)
            assert lines.first_of(lines.group_of(at)) <= at


@given(st.integers(0, 9))
def test_without_groups_a_line_is_a_row(count: int) -> None:
    lines = GroupedLines(count)
    assert lines.height == count
    assert [lines.at(line) for line in range(count)] == [(None, row) for row in range(count)]
    assert [lines.line_of(row) for row in range(count)] == list(range(count))


def test_tall_rows_and_their_headings_follow_each_other_without_gap() -> None:
    lines = GroupedLines(5, (("a", 2), ("b", 3)), tall=2)
    found = [lines.at(line) for line in range(lines.height)]
    rows = [row for heading, row in found if heading is None]
    assert rows == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]
    assert [line for line, (heading, _) in enumerate(found) if heading is not None] == [0, 5]
    for row in range(5):
        assert [lines.part_of(lines.line_of(row) + part) for part in (0, 1)] == [0, 1]
        assert lines.at(lines.line_of(row)) == (None, row)
