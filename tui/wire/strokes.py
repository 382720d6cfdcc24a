"""What has to be written, as strokes of one pen each, and the order to write them in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from tui.wire.cells import DISPUTED, SECOND, Row
from tui.wire.pens import Pens

_NEAR = 4
"""Cells in between that are written again rather than jumped over."""

_MOVE = 7
"""Bytes that it takes to jump to a stroke."""

_OVERFLOW = 8
"""Cells that a character of disputed width may cover beyond its own."""

CanErase = Callable[[str], bool]


class Stroke(NamedTuple):
    """Cells that are written in one go, in one pen but for spaces that look alike in it."""

    y: int
    x: int
    text: str
    """Empty: the rest of the line is erased."""
    pen: str
    ordered: bool
    """Whether it has to be written after what stands to its left."""


def strokes(
    old: Sequence[Row], new: Sequence[Row], lines: Iterable[int], pens: Pens, can_erase: CanErase
) -> list[Stroke]:
    """Return what brings lines from what is shown to what is wanted, from left to right and from top to bottom."""
    found: list[Stroke] = []
    for y in lines:
        if old[y] != new[y]:
            found += _of_line(y, old[y], new[y], pens, can_erase)
    return found


def in_order(found: list[Stroke], pens: Pens) -> list[Stroke]:
    """Return strokes in the cheaper order: as they stand, or all of a pen before those of the next."""
    there, free = Pens.PLAIN, [one for one in found if not one.ordered]
    cost = 0
    for one in found:
        cost += len(pens.way(there, one.pen)) if not pens.fits(there, one.pen) else 0
        there = one.pen
    if cost <= _MOVE * len(found):
        return found
    order = [one for one in found if one.ordered]
    buckets: dict[str, list[Stroke]] = {}
    for one in free:
        buckets.setdefault(one.pen, []).append(one)
    for pen in [pen for pen in buckets if pens.is_blank(pen)]:
        _join_blanks(pen, buckets, pens)
    there = order[-1].pen if order else Pens.PLAIN
    while buckets:
        there = min(buckets, key=lambda pen: len(pens.way(there, pen)))
        bucket = buckets.pop(there)
        if all(len(one.text) == 1 for one in bucket):
            bucket.sort(key=lambda one: (one.x, one.y))  # rules that stand upright
        order += bucket
    return order


def _join_blanks(pen: str, buckets: dict[str, list[Stroke]], pens: Pens) -> None:
    """Write spaces along with something that has the same ground."""
    hosts = [other for other in buckets if other != pen and pens.fits(other, pen)]
    blanks = [one for one in buckets[pen] if not one.text.strip(" ")]
    if not hosts or not blanks:
        return
    host = max(hosts, key=lambda other: len(buckets[other]))
    buckets[host] = sorted([*buckets[host], *blanks], key=lambda one: (one.y, one.x))
    buckets[pen] = [one for one in buckets[pen] if one.text.strip(" ")]
    if not buckets[pen]:
        del buckets[pen]


def _of_line(y: int, old: Row, new: Row, pens: Pens, can_erase: CanErase) -> Iterator[Stroke]:
    text, look = new
    width = len(text)
    changed = [x for x, (a, b, c, d) in enumerate(zip(text, old[0], look, old[1], strict=True)) if a != b or c != d]
    last = look[-1]
    # From here on the line is blank, of one pen.
    tail = max(len(text.rstrip(" ")), len(look.rstrip(last)))
    erases = can_erase(last) and changed[-1] >= tail and width - max(tail, changed[0]) > 3
    disputed = not text.isascii() and DISPUTED.search(text) is not None
    for start, end in _runs(changed, text, look, pens, disputed):
        if erases and end > tail:
            yield from _of_run(y, start, tail, text, look, pens, disputed)
            yield Stroke(y, max(tail, start), "", last, disputed)
            return
        yield from _of_run(y, start, end, text, look, pens, disputed)


def _of_run(y: int, start: int, end: int, text: str, look: str, pens: Pens, ordered: bool) -> Iterator[Stroke]:
    """Divide a run where the pen changes; a space goes with what it stands behind, where it looks the same."""
    while start < end:
        pen, stop = look[start], start + 1
        blank = pens.blank(pen)
        if text[start] == " ":
            # Spaces that lead go with what they stand before.
            while stop < end and text[stop] == " " and look[stop] == pen:
                stop += 1
            if stop < end and pens.fits(look[stop], pen):
                pen, blank = look[stop], pen
        while stop < end and (look[stop] == pen or (look[stop] == blank and text[stop] == " ")):
            stop += 1
        yield Stroke(y, start, text[start:stop], pen, ordered)
        start = stop


def _runs(changed: list[int], text: str, look: str, pens: Pens, disputed: bool) -> list[tuple[int, int]]:
    """Join changed cells to runs that are written in one go."""
    runs: list[tuple[int, int]] = []
    for x in changed:
        start, end = x, x + 1
        while start and text[start] == SECOND:
            start -= 1
        while end < len(text) and text[end] == SECOND:
            end += 1
        if disputed and DISPUTED.match(text[start]):
            end = min(len(text), end + _OVERFLOW)
            while end < len(text) and text[end] == SECOND:
                end += 1
        if runs and (start <= runs[-1][1] or _is_near(runs[-1][1], start, text, look, pens)):
            runs[-1] = runs[-1][0], max(end, runs[-1][1])
        else:
            runs.append((start, end))
    return runs


def _is_near(end: int, start: int, text: str, look: str, pens: Pens) -> bool:
    if start - end > _NEAR or not text[end:start].isascii():
        return False
    pen = look[end - 1]
    if not pens.fits(pen, look[start]):
        return False
    return all(
        one == pen or (pens.fits(pen, one) and letter == " ")
        for one, letter in zip(look[end:start], text[end:start], strict=True)
    )
