"""Finding a marked passage again in a text that has changed: exactly, else as alike as the edit left it. Pure.

A passage is looked for as part of its sentence, and at home: between the sentences that stood around it. There much
may have been changed in it. Anywhere else only what reads the same, but for slips of the pen, is the passage moved;
whatever is merely like it may have been written beside it. Where two places are as good, it is nowhere: better an
orphan than a note in a wrong place.

It may take its time on a thread of its own, since a text has at most 2 MB: rare words say where to look closer.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property
from typing import NamedTuple

from store.annotations.folded_text import Folded
from store.annotations.likeness import LONGEST, Aligned, align, is_respelled, likeness
from store.annotations.passage import Passage, is_neighbour, is_telling, passage_of
from store.annotations.records import Anchor
from store.sentences import sentences

Span = tuple[int, int]

_AT_HOME = 0.5
"""How alike a passage must be to what stands in its place."""
_LIKELY_HOME = 0.65
"""The same where only the anchor's context tells the place."""
_MOST_OF_IT = 0.6
"""How much of several sentences must be left in one piece."""
_SENTENCE = 24
"""Characters from which on a text is taken for a sentence that was there before."""
_MARGIN = 0.15
"""By how much the best place must be better than the next."""
_MOST = 40
"""Occurrences beyond which a word or sentence tells nothing."""
_LOOKED_AT = 6
_ROOM = 400
"""Characters that may have been written between a passage and its neighbour."""
_WORD = re.compile(r"[\u3040-\ud7af]{2}|[^\W_\u3040-\ud7af]+")


class Placed(NamedTuple):
    """Where a passage is now, in code points of the text."""

    start: int
    end: int
    exact: bool
    """It reads as it did, but for white space, quotation marks, hyphens and how letters are composed."""


class Searched(Folded):
    """A text in which passages are looked for; kept for several, since its words are gathered once."""

    @cached_property
    def words(self) -> dict[str, list[int]]:
        """Where each word stands in the folded text."""
        found: dict[str, list[int]] = defaultdict(list)
        for match in _WORD.finditer(self.text):
            found[match[0]].append(match.start())
        return found

    def occurrences(self, part: str) -> list[int]:
        """Return where a folded part stands as whole words; of too many, only so many as to know it."""
        found: list[int] = []
        at = self.text.find(part) if part else -1
        while at >= 0 and len(found) <= _MOST:
            if _is_whole(self.text, at, at + len(part)):
                found.append(at)
            at = self.text.find(part, at + 1)
        return found


def place(anchor: Anchor, text: str | Searched, old: str | Searched | None = None) -> Placed | None:
    """Find a passage in a text; None where it is not there, or may be in several places.

    `old` is the text that the anchor was taken from. With it the places of all its sentences are compared; without it
    only the context that the anchor keeps.
    """
    where = text if isinstance(text, Searched) else Searched(text)
    if not anchor.quote.strip() or len(anchor.quote) > LONGEST:
        return _literal(anchor, where)
    source = Searched(old) if isinstance(old, str) else old
    passage = passage_of(anchor, source)
    known = source if passage.offset >= 0 else None
    span = _unmoved(anchor, where) or _exactly(passage, where, known) or _nearly(passage, where, known)
    if span is None:
        return None
    start, end = where.original(*span) if span[0] >= 0 else (anchor.start, anchor.end)
    if start >= end:
        return None
    found, quote = where.source[start:end], anchor.quote
    return Placed(start, end, found == quote or Folded(found).text.strip() == Folded(quote).text.strip())


_HERE: Span = (-1, -1)
"""The passage is where it was."""


def _literal(anchor: Anchor, where: Searched) -> Placed | None:
    """Find a passage that is too long or too empty to be compared."""
    at = where.source.find(anchor.quote) if anchor.quote.strip() else -1
    if at < 0 or where.source.find(anchor.quote, at + 1) >= 0:
        return None
    return Placed(at, at + len(anchor.quote), True)


def _unmoved(anchor: Anchor, where: Searched) -> Span | None:
    """Tell whether everything that the anchor keeps is where it was."""
    text, start = where.source, anchor.start - len(anchor.prefix)
    whole = anchor.prefix + anchor.quote + anchor.suffix
    return _HERE if start >= 0 and len(whole) >= 24 and text.startswith(whole, start) else None


# ---- the place where it should be ----------------------------------------------------------------------------
class Home(NamedTuple):
    """A stretch of the text where a passage may be expected, known by what stood before it, after it, or both."""

    low: int
    high: int
    has_head: bool
    has_tail: bool

    def holds(self, start: int, end: int) -> bool:
        """Whether a span lies within; a space more or less is nothing."""
        return self.low - 2 <= start and end <= self.high + 2


def homes(passage: Passage, where: Searched) -> list[Home]:
    """Return the stretches of a text between the sentences that stood around a passage."""
    head, skipped_before = _nearest(passage.before, where, begins=False)
    tail, skipped_after = _nearest(passage.after, where, begins=True)
    if head is None and passage.from_start:
        head = 0
    if tail is None and passage.to_end:
        tail = len(where.text)
    room = len(passage.core) + len(passage.core) // 2 + _ROOM
    if head is not None and tail is not None and head <= tail <= head + room + skipped_before + skipped_after:
        return [Home(head, tail, True, True)]
    found = []
    if head is not None:
        found.append(Home(head, min(len(where.text), head + room + skipped_before), True, False))
    if tail is not None:
        found.append(Home(max(0, tail - room - skipped_after), tail, False, True))
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


# ---- as it was -----------------------------------------------------------------------------------------------
def _exactly(passage: Passage, where: Searched, old: Searched | None) -> Span | None:
    """Find the sentence as it was."""
    size = len(passage.core)
    found = where.occurrences(passage.core)
    if not found or len(found) > _MOST:
        return None
    places = homes(passage, where)
    inside = [at for at in found if any(home.holds(at, at + size) for home in places)]
    before = old.occurrences(passage.core) if old is not None else []
    at: int | None = None
    if len(inside) == 1:
        at = inside[0]
    elif len(found) == 1:
        # Elsewhere: moved, unless it stood there before as well.
        at = found[0] if is_telling(passage.core) and len(before) <= 1 else None
    elif len(before) == len(found) and passage.offset in before:
        # Said several times, and still as often: the order has stayed, if what stands around it says so too.
        same = found[before.index(passage.offset)]
        at = same if same in inside or not places else None
    elif inside:
        at = _by_context(passage, where, inside)
    return None if at is None else (at + passage.quote[0], at + passage.quote[1])


def _by_context(passage: Passage, where: Searched, found: list[int]) -> int | None:
    """Choose by what stands right before and after; None where that is alike."""
    head, tail = (side[0] if side else "" for side in (passage.before, passage.after))
    size = len(passage.core)

    def fits(at: int) -> float:
        before = where.text[max(0, at - 1 - len(head)) : max(0, at - 1)]
        after = where.text[at + size + 1 : at + size + 1 + len(tail)]
        return likeness(head, before) + likeness(tail, after)

    ranked = sorted(found, key=fits, reverse=True)
    return ranked[0] if fits(ranked[0]) >= fits(ranked[1]) + 2 * _MARGIN else None


# ---- as an edit left it --------------------------------------------------------------------------------------
def _nearly(passage: Passage, where: Searched, old: Searched | None) -> Span | None:
    """Find what an edit made of the passage."""
    places = homes(passage, where)
    windows = [*((home.low, home.high) for home in places), *_windows(passage, where)]
    good: list[tuple[float, Aligned]] = []
    if not any(map(str.isalnum, passage.core)):
        return None
    several = len(passage.parts) > 1
    for window in windows:
        found = align(
            passage.core,
            passage.quote,
            where.text,
            window,
            (lambda between: _tears(between, passage, old)) if several else None,
        )
        worth = 0.0 if found is None else _worth(found, passage, where, places, old)
        if found is not None and worth:
            good.append((worth, found))
    good.sort(key=lambda one: -one[0])
    if not good:
        return None
    worth, best = good[0]
    rival = next((one for one, other in good if other.start >= best.end or other.end <= best.start), 0.0)
    return (best.start, best.end) if worth >= rival + _MARGIN else None


def _worth(
    found: Aligned, passage: Passage, where: Searched, places: list[Home], old: Searched | None
) -> float:
    """Return how sure it is that this is the passage; 0 where it is not."""
    there = where.text[found.begin : found.stop]
    if old is not None and len(there) >= _SENTENCE and there in old.text and there not in passage.core:
        return 0.0  # it stood there before, as a sentence of its own
    alike = found.part + found.whole
    if len(passage.parts) > 1:
        return alike if min(found.part, found.whole) >= _MOST_OF_IT else 0.0
    home = next((one for one in places if one.holds(found.begin, found.stop)), None)
    if home is not None and _is_left_alone(home, found, passage, where, old):
        return alike + 0.5 if _is_edited(found, passage, old is not None) else 0.0
    if is_telling(passage.core) and is_respelled(passage.core, there):
        return alike
    return alike if old is None and found.part >= 0.6 and _framed(passage, there) else 0.0


def _is_edited(found: Aligned, passage: Passage, sure: bool) -> bool:
    """Whether what stands in a passage's place is the passage, edited; the shorter it is, the more like it must be."""
    least = _AT_HOME if sure else _LIKELY_HOME
    whole = least if len(passage.core) >= 60 else 0.75
    quote = passage.quote[1] - passage.quote[0]
    return found.whole >= whole and found.part >= (least if quote >= 60 else 0.6 if quote < 8 else 0.75)


def _is_left_alone(
    home: Home, found: Aligned, passage: Passage, where: Searched, old: Searched | None
) -> bool:
    """Whether no other sentence of the old text has come between a place and a neighbour that it is known by."""
    before, after = where.text[home.low : found.begin], where.text[found.stop : home.high]
    return (home.has_head and not _has_others(before, passage, old)) or (
        home.has_tail and not _has_others(after, passage, old)
    )


def _has_others(between: str, passage: Passage, old: Searched | None) -> bool:
    """Whether there are sentences of the old text in a stretch that did not stand around the passage."""
    if old is None:
        return False
    near = (*passage.before, *passage.after, *passage.parts)
    units = (between[slice(*unit)] for unit in sentences(between, 0, len(between)))
    return any(len(unit) >= _SENTENCE and unit in old.text and not any(unit in one for one in near) for unit in units)


def _tears(between: str, passage: Passage, old: Searched | None) -> bool:
    """Whether what now stands between two parts of a passage is more than was written into it."""
    if len(between) < _SENTENCE:
        return False
    if old is None:
        return len(between) > len(passage.core) // 2
    pieces = (between[at : at + _SENTENCE] for at in range(0, len(between) - _SENTENCE + 1, _SENTENCE))
    return len(between) > len(passage.core) + _ROOM or any(one in old.text for one in pieces)


def _framed(passage: Passage, there: str) -> bool:
    """Whether a passage within a long sentence stands between the same words as before."""
    head, tail = passage.core[: passage.quote[0]], passage.core[passage.quote[1] :]
    return len(head) >= 40 and len(tail) >= 40 and there.startswith(head) and there.endswith(tail)


def _windows(passage: Passage, where: Searched) -> list[Span]:
    """Return the stretches of the text that share the most rare words with the passage, the likeliest first."""
    core = passage.core
    seeds: list[tuple[int, float]] = []
    words = [(match[0], match.start()) for match in _WORD.finditer(core)]
    known = [(where.words[word], at) for word, at in words if word in where.words]
    for most in (_MOST, _MOST * 10):
        seeds = [(place - at, 1 / len(found)) for found, at in known if len(found) <= most for place in found]
        if len(seeds) >= 3:
            break
    seeds.sort()
    # Into one sentence nobody writes another; among several there may be new ones.
    width = max(120, len(core) // 3) if len(passage.parts) < 2 else max(_ROOM, len(core) // 2)
    sums: list[tuple[float, int, int]] = []
    low, weight = 0, 0.0
    for shift, gain in seeds:
        weight += gain
        while shift - seeds[low][0] > width:
            weight -= seeds[low][1]
            low += 1
        sums.append((weight, seeds[low][0], shift))
    chosen: list[Span] = []
    for _, first, last in sorted(sums, reverse=True):
        if all(last < other[0] or first > other[1] for other in chosen):
            chosen.append((first, last))
        if len(chosen) == _LOOKED_AT:
            break
    slack = 40 + len(core) // 8
    return [(first - slack, last + len(core) + slack) for first, last in chosen]


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether a span begins and ends where words do; scripts without spaces have no such places."""
    left = start > 0 and text[start].isalnum() and text[start - 1].isalnum() and text[start] < "\u3040"
    right = end < len(text) and text[end - 1].isalnum() and text[end].isalnum() and text[end] < "\u3040"
    return not (left or right)
