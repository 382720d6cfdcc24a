"""The passages of the article on screen that bear notes and highlights: where they lie, which comes next. Pure."""

from __future__ import annotations

import heapq
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import pairwise

from store.library import NoteId
from store.record import Record
from tui.render.hits import Span


class Passage(Record):
    """A stretch of the text that a note or highlight is on."""

    start: int
    end: int
    note: NoteId
    written: bool = False
    """Whether something is written on it; else it is a highlight."""

    @property
    def span(self) -> Span:
        """The stretch."""
        return self.start, self.end


class Passages:
    """An article's passages in reading order; what lies where is found by bisection, however many there are."""

    def __init__(self, passages: Iterable[Passage] = (), length: int = 0) -> None:
        """`length` is that of the text: what does not lie within it is left out."""
        self.given = tuple(passages)
        """Those that were given, in their order."""
        within = (each for each in self.given if 0 <= each.start < each.end <= length)
        self.all: list[Passage] = sorted(within, key=_order)
        """All of them; of those that begin alike the shorter first, then the older."""
        self._places = {each.note: index for index, each in enumerate(self.all)}
        self._runs = _runs(self.all)
        self._starts = [start for start, _, _ in self._runs]
        self._firsts = sorted(each.start for each in self.all if each.written)

    def between(self, start: int, end: int) -> list[tuple[int, int, Passage]]:
        """Return the marked stretches that overlap one, in order and apart, each with its innermost passage."""
        low = bisect_right(self._starts, start) - 1
        low += 1 if low < 0 or self._runs[low][1] <= start else 0
        return self._runs[low : bisect_left(self._starts, end)]

    def at(self, offset: int) -> Passage | None:
        """Return the innermost passage that holds a character."""
        found = self.between(offset, offset + 1)
        return found[0][2] if found else None

    def exactly(self, start: int, end: int) -> Passage | None:
        """Return the passage that is this stretch, one that is written on before a mere highlight."""
        low = bisect_left(self.all, (start, end), key=_span)
        high = bisect_right(self.all, (start, end), key=_span)
        return max(self.all[low:high], key=lambda each: each.written, default=None)

    def begins_note(self, start: int, end: int) -> bool:
        """Tell whether a passage with something written on it begins in a stretch."""
        at = bisect_left(self._firsts, start)
        return at < len(self._firsts) and self._firsts[at] < end

    def of(self, note: NoteId) -> Passage | None:
        """Return the passage of a note."""
        at = self._places.get(note)
        return None if at is None else self.all[at]

    def number_of(self, passage: Passage) -> int:
        """Return which one a passage is, from 1."""
        return self._places[passage.note] + 1

    def step(self, current: Passage | None, by: int, here: Span) -> Passage | None:
        """Return the next passage (`by` 1) or the one before (-1).

        Without a current one it is the first, or the last, that begins in the stretch `here`, else the nearest
        beyond.
        """
        if current is not None and current.note in self._places:
            at = self._places[current.note] + by
        elif by > 0:
            at = bisect_left(self.all, here[0], key=_start)
        else:
            at = bisect_left(self.all, here[1], key=_start) - 1
        return self.all[at] if 0 <= at < len(self.all) else None

    def changed(self, other: Passages) -> list[Span]:
        """Return the stretches whose marks are not those of others, in order and apart."""
        return merged(each.span for each in set(self.all) ^ set(other.all))


def merged(spans: Iterable[Span]) -> list[Span]:
    """Join stretches that touch or overlap."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _order(passage: Passage) -> tuple[int, int]:
    return passage.start, passage.end


_span = _order


def _start(passage: Passage) -> int:
    return passage.start


def _runs(passages: list[Passage]) -> list[tuple[int, int, Passage]]:
    """Cut what the passages cover where the innermost of them, the shortest, changes."""
    runs: list[tuple[int, int, Passage]] = []
    open_now: list[tuple[int, int, Passage]] = []
    coming = iter([*enumerate(passages), (len(passages), None)])
    number, following = next(coming)
    for at, until in pairwise(sorted({edge for each in passages for edge in each.span})):
        while following is not None and following.start <= at:
            # Of two of one length the newer lies above.
            heapq.heappush(open_now, (following.end - following.start, -number, following))
            number, following = next(coming)
        while open_now and open_now[0][2].end <= at:
            heapq.heappop(open_now)
        if open_now:
            innermost = open_now[0][2]
            if runs and runs[-1][1] == at and runs[-1][2] is innermost:
                at = runs.pop()[0]
            runs.append((at, until, innermost))
    return runs
