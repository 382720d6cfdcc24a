"""Finds what has only moved up or down, so that the terminal can move it itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from store.record import Record
from tui.wire.cells import SECOND, Row
from tui.wire.pens import Pens

_AGREEING = 3
"""Lines that have to have moved alike."""


class Shift(Record):
    """A rectangle of the screen whose inside moves."""

    top: int
    bottom: int
    """Behind the last line."""
    left: int
    right: int
    """Behind the last column."""
    lines: int
    """Upwards; downwards where negative."""
    whole: bool
    """Whether it spans all columns."""


def shifts(old: Sequence[Row], new: Sequence[Row], changed: list[int], margins: bool) -> Iterator[Shift]:
    """Propose moves that bring many lines to where they are wanted.

    `changed` are the lines that differ; with `margins` the terminal can leave columns at both sides as they are.
    """
    width = len(old[0][0])
    spans = {y: _span(old[y], new[y]) for y in changed}
    left = sorted(span[0] for span in spans.values())[len(changed) // 4]
    right = sorted(span[1] for span in spans.values())[-1 - len(changed) // 4]
    found = _votes(old, new, changed, left, right)
    if found is None:
        return
    lines, moved = found
    first, last = min(moved), max(moved)
    top, bottom = min(first, first + lines), max(last, last + lines) + 1
    yield Shift(top, bottom, 0, width, lines, True)
    if not margins:
        return
    inside = [spans[y] for y in range(top, bottom) if y in spans]
    left, right = min(span[0] for span in inside), max(span[1] for span in inside)
    for y in range(top, bottom):
        text = old[y][0]
        while left and text[left] == SECOND:
            left -= 1
        while right < width and text[right] == SECOND:
            right += 1
    if not (left == 0 and right == width) and right - left > 1 and not _halves(old, top, bottom, left, right):
        yield Shift(top, bottom, left, right, lines, False)


def shifted(rows: Sequence[Row], shift: Shift) -> list[Row]:
    """Return the screen as it is after a move: what comes in is blank, in the terminal's own colours."""
    moved = list(rows)
    left, right = shift.left, shift.right
    blank = (" " * (right - left), Pens.PLAIN * (right - left))
    for y in range(shift.top, shift.bottom):
        source = y + shift.lines
        text, look = blank
        if shift.top <= source < shift.bottom:
            text, look = rows[source][0][left:right], rows[source][1][left:right]
        moved[y] = (
            rows[y][0][:left] + text + rows[y][0][right:],
            rows[y][1][:left] + look + rows[y][1][right:],
        )
    return moved


def _votes(
    old: Sequence[Row], new: Sequence[Row], changed: list[int], left: int, right: int
) -> tuple[int, list[int]] | None:
    """Return the move that most changed lines have made between two columns, and the lines they are in now."""
    where: dict[Row, list[int]] = {}
    for y in range(changed[0], changed[-1] + 1):
        where.setdefault((old[y][0][left:right], old[y][1][left:right]), []).append(y)
    moves: dict[int, list[int]] = {}
    for y in changed:
        key = new[y][0][left:right], new[y][1][left:right]
        if key[0].strip(" "):
            for source in where.get(key, ())[:4]:
                if source != y:
                    moves.setdefault(source - y, []).append(y)
    if not moves:
        return None
    lines = max(moves, key=lambda one: len(moves[one]))
    return (lines, moves[lines]) if len(moves[lines]) >= _AGREEING else None


def _span(old: Row, new: Row) -> tuple[int, int]:
    """Return the first column that differs and the one behind the last."""
    width = len(new[0])
    differs = [x for x, (a, b, c, d) in enumerate(zip(new[0], old[0], new[1], old[1], strict=True)) if a != b or c != d]
    return (differs[0], differs[-1] + 1) if differs else (0, width)


def _halves(rows: Sequence[Row], top: int, bottom: int, left: int, right: int) -> bool:
    """Tell whether an edge would cut a wide character."""
    width = len(rows[0][0])
    return any(
        rows[y][0][left] == SECOND or (right < width and rows[y][0][right] == SECOND) for y in range(top, bottom)
    )
