"""Where a passage may be expected in a text that changed: beside the sentences that stood around it. Pure."""

from __future__ import annotations

from typing import NamedTuple

from store.annotations.passage import Passage, is_neighbour
from store.annotations.searched_text import SENTENCE, Searched
from store.sentences import sentences

ROOM = 400
"""Characters that may have been written between a passage and its neighbour."""


class Home(NamedTuple):
    """A stretch of the text where a passage may be expected, known by what stood before it, after it, or both."""

    low: int
    high: int
    has_head: bool
    has_tail: bool
    is_near: bool
    """Its ends are as near to the passage as they were: both are known, or the very next sentence is."""

    def holds(self, start: int, end: int) -> bool:
        """Whether a span lies within; a space more or less is nothing."""
        return self.low - 2 <= start and end <= self.high + 2

    def is_beside(self, start: int, end: int) -> bool:
        """Whether nothing but a space is between a span and a neighbour."""
        return (self.has_head and start - self.low <= 2) or (self.has_tail and self.high - end <= 2)

    def is_filled(self, start: int, end: int) -> bool:
        """Whether a span takes most of the stretch between both neighbours."""
        return self.has_head and self.has_tail and (end - start) * 3 >= (self.high - self.low) * 2

    def is_next(self, start: int, end: int, passage: Passage, where: Searched, old: Searched | None) -> bool:
        """Whether no other sentence of the old text has come between a span and a neighbour of the passage."""
        before, after = where.text[self.low : start], where.text[end : self.high]
        return (self.has_head and not _has_others(before, passage.before, old)) or (
            self.has_tail and not _has_others(after, passage.after, old)
        )


def homes(passage: Passage, where: Searched) -> list[Home]:
    """Return the stretches of a text between the sentences that stood around a passage."""
    head, skipped_before = _nearest(passage.before, where, begins=False)
    tail, skipped_after = _nearest(passage.after, where, begins=True)
    if head is None and passage.from_start:
        head = 0
    if tail is None and passage.to_end:
        tail = len(where.text)
    room = len(passage.core) + len(passage.core) // 2 + ROOM
    if head is not None and tail is not None and head <= tail <= head + room + skipped_before + skipped_after:
        return [Home(head, tail, True, True, True)]
    found = []
    if head is not None:
        found.append(Home(head, min(len(where.text), head + room + skipped_before), True, False, not skipped_before))
    if tail is not None:
        found.append(Home(max(0, tail - room - skipped_after), tail, False, True, not skipped_after))
    return found


def _nearest(neighbours: tuple[str, ...], where: Searched, *, begins: bool) -> tuple[int | None, int]:
    """Find the nearest neighbour that is in the text just once; returns its near edge, and how much was passed over."""
    skipped = 0
    for one in neighbours:
        for part in (one, one[: len(one) // 2] if begins else one[len(one) // 2 :]):
            found = where.occurrences(part.strip()) if is_neighbour(part.strip()) else []
            if len(found) == 1:
                return (found[0] if begins else found[0] + len(part.strip())), skipped
        skipped += len(one) + 1
    return None, skipped


def _has_others(between: str, near: tuple[str, ...], old: Searched | None) -> bool:
    """Whether there are sentences of the old text in a stretch, other than those that stood there before."""
    if old is None:
        return False
    units = (between[slice(*unit)] for unit in sentences(between, 0, len(between)))
    return any(len(unit) >= SENTENCE and unit in old.text and not any(unit in one for one in near) for unit in units)
