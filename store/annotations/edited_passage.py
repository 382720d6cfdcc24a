"""Finding what an edit made of a passage: at home much may be changed in it, elsewhere it must read the same. Pure."""

from __future__ import annotations

from store.annotations.home import ROOM, Home
from store.annotations.likeness import Aligned, align, is_respelled, is_slip
from store.annotations.passage import Passage, is_telling
from store.annotations.searched_text import MOST, SENTENCE, WORD, Searched

Span = tuple[int, int]

_AT_HOME = 0.5
"""How alike a passage must be to what stands in its place."""
_LIKELY_HOME = 0.65
"""The same where only the anchor's context tells the place."""
_MOST_OF_IT = 0.6
"""How much of several sentences must be left in one piece."""
_LETTERS = 8
"""Letters beside a short passage that tell which of several equal ones in a sentence it is."""
_LOOKED_AT = 6
_SHORT = 40
"""Characters of a heading or the like, which must stand right beside a neighbour to be known in another wording."""
_MARGIN = 0.15
"""By how much the best place must be better than the next."""


def as_edited(passage: Passage, where: Searched, places: list[Home], old: Searched | None) -> Span | None:
    """Find what an edit made of a passage; None where that is not sure.

    `places` are where it may be expected; `old` is the text that it was marked in, where that is known.
    """
    windows = [*((home.low, home.high) for home in places), *_windows(passage, where)]
    good: list[tuple[float, Aligned]] = []
    seen: list[Aligned] = []
    several = len(passage.parts) > 1
    for window in windows:
        for strictly in (False, True) if several else (False,):
            apart = (lambda between, strictly=strictly: _tears(between, passage, old, strictly)) if several else None
            found = align(passage.core, passage.quote, where.text, window, apart)
            worth = 0.0 if found is None else _worth(found, passage, where, places, old)
            if found is not None:
                seen.append(found)
                good += [(worth, found)] if worth else []
            if worth:
                break
    good.sort(key=lambda one: -one[0])
    if not good:
        return None
    worth, best = good[0]
    others = [(value, one) for value, one in good if _is_apart(one, best)]
    if any(one.whole > best.whole for one in seen if _is_apart(one, best)):
        return None
    return (best.start, best.end) if all(worth >= value + _MARGIN for value, _ in others) else None


def _is_apart(one: Aligned, other: Aligned) -> bool:
    return one.start >= other.end or one.end <= other.start


def _worth(found: Aligned, passage: Passage, where: Searched, places: list[Home], old: Searched | None) -> float:
    """Return how sure it is that this is the passage; 0 where it is not."""
    there = where.text[found.begin : found.stop]
    if there == passage.core:
        return 0.0  # the same words were judged already
    if old is not None and len(there) >= SENTENCE and _stood_elsewhere(there, passage, old):
        return 0.0
    if not _is_that_one(found, passage, where):
        return 0.0
    alike = found.part + found.whole
    home = next((one for one in places if one.holds(found.begin, found.stop)), None)
    if len(passage.parts) > 1:
        sound = (home is not None and home.is_near) or _respelled_share(passage, there) >= _MOST_OF_IT
        sound = sound and (old is None or _foreign_share(there, passage, old) < 1 - _MOST_OF_IT)
        return alike if sound and min(found.part, found.whole) >= _MOST_OF_IT else 0.0
    if home is not None and home.is_next(found.begin, found.stop, passage, where, old):
        same = old is None or home.is_near or is_respelled(passage.core, there)
        same = same and (len(passage.core) >= _SHORT or home.is_beside(found.begin, found.stop))
        now = where.text[found.start : found.end]
        return alike + 0.5 if same and _is_edited(found, now, passage, home, old is not None) else 0.0
    if is_telling(passage.core) and is_respelled(passage.core, there):
        return alike
    return alike if old is None and found.part >= 0.6 and _framed(passage, there) else 0.0


def _is_that_one(found: Aligned, passage: Passage, where: Searched) -> bool:
    """Whether a stretch is not another one of the same sentence; of equal short ones the letters beside it tell."""
    (start, end), core = passage.quote, passage.core
    now = where.text[found.start : found.end]
    if now != core[start:end] and (now in core[:start] or now in core[end:]):
        return False
    if end - start >= SENTENCE or core.count(core[start:end]) < 2:
        return True
    return (
        core[max(0, start - _LETTERS) : start] == where.text[max(0, found.start - min(start, _LETTERS)) : found.start]
        or core[end : end + _LETTERS] == where.text[found.end : found.end + min(len(core) - end, _LETTERS)]
    )


def _stood_elsewhere(there: str, passage: Passage, old: Searched) -> bool:
    """Whether words stood in the old text already, outside the sentences of the passage."""
    at = old.text.find(there)
    while at >= 0:
        if at + len(there) <= passage.offset or at >= passage.offset + len(passage.core):
            return True
        at = old.text.find(there, at + 1)
    return False


def _foreign_share(there: str, passage: Passage, old: Searched) -> float:
    """Return how much of a stretch stood elsewhere in the old text."""
    pieces = [there[at : at + SENTENCE] for at in range(0, len(there) - SENTENCE + 1, SENTENCE)]
    return sum(one in old.text and one not in passage.core for one in pieces) / max(1, len(pieces))


def _respelled_share(passage: Passage, there: str) -> float:
    """Return the share of several sentences that are there as they were, but for slips."""
    kept = 0
    for part in passage.parts:
        found = None if part in there else align(part, (0, len(part)), there, (0, len(there)))
        if part in there or (found is not None and is_respelled(part, there[found.begin : found.stop])):
            kept += len(part)
    return kept / max(1, sum(map(len, passage.parts)))


def _is_edited(found: Aligned, now: str, passage: Passage, home: Home, sure: bool) -> bool:
    """Whether what stands in a passage's place is the passage, edited; the shorter it is, the more like it must be."""
    least = _AT_HOME if sure else _LIKELY_HOME
    quote, core = passage.quote[1] - passage.quote[0], len(passage.core)
    if quote < 8:
        then = passage.core[slice(*passage.quote)]
        return found.whole >= least and (is_respelled(then, now) or is_slip(then, now))
    alone = sure and core >= SENTENCE and home.is_filled(found.begin, found.stop)
    whole = least if core >= 60 or alone else 0.75
    return found.whole >= whole and found.part >= (least if quote >= 60 or (alone and quote == core) else 0.75)


def _tears(between: str, passage: Passage, old: Searched | None, strictly: bool) -> bool:
    """Whether what now stands between two parts of a passage is more than was written into it.

    A sentence from elsewhere may have been put there; `strictly`, it is where the passage ends.
    """
    if len(between) < max(SENTENCE, len(passage.core) // (4 if strictly else 2)):
        return False
    if old is None:
        return len(between) > len(passage.core) // 2
    pieces = (between[at : at + SENTENCE] for at in range(0, len(between) - SENTENCE + 1, SENTENCE))
    return len(between) > len(passage.core) + ROOM or any(one in old.text for one in pieces)


def _framed(passage: Passage, there: str) -> bool:
    """Whether a passage within a long sentence stands between the same words as before."""
    head, tail = passage.core[: passage.quote[0]], passage.core[passage.quote[1] :]
    return len(head) >= 40 and len(tail) >= 40 and there.startswith(head) and there.endswith(tail)


def _windows(passage: Passage, where: Searched) -> list[Span]:
    """Return the stretches of the text that share the most rare words with the passage, the likeliest first."""
    core = passage.core
    seeds: list[tuple[int, float]] = []
    words = [(match[0], match.start()) for match in WORD.finditer(core)]
    known = [(where.words[word], at) for word, at in words if word in where.words]
    for most in (MOST, MOST * 10):
        seeds = [(place - at, 1 / len(found)) for found, at in known if len(found) <= most for place in found]
        if len(seeds) >= 3:
            break
    seeds.sort()
    # Into one sentence nobody writes another; among several there may be new ones.
    width = max(120, len(core) // 3) if len(passage.parts) < 2 else max(ROOM, len(core) // 2)
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
