"""Finding a marked passage again in a text that has changed: exactly, else as alike as the edit left it. Pure.

A passage is looked for as part of its sentence, and at home: between the sentences that stood around it. There much
may have been changed in it. Anywhere else only what reads the same, but for slips of the pen, is the passage moved;
whatever is merely like it may have been written beside it. Where two places are as good, it is nowhere: better an
orphan than a note in a wrong place.

It may take its time on a thread of its own, since a text has at most 2 MB: rare words say where to look closer.
"""

from __future__ import annotations

from typing import NamedTuple

from store.annotations.folded_text import fold
from store.annotations.home import ROOM, Home, homes
from store.annotations.likeness import LONGEST, Aligned, align, is_respelled, is_slip, likeness
from store.annotations.passage import REACH, Passage, is_telling, passage_of
from store.annotations.records import Anchor
from store.annotations.searched_text import MOST, SENTENCE, WORD, Searched
from store.sentences import sentences

Span = tuple[int, int]

_AT_HOME = 0.5
"""How alike a passage must be to what stands in its place."""
_LIKELY_HOME = 0.65
"""The same where only the anchor's context tells the place."""
_MOST_OF_IT = 0.6
"""How much of several sentences must be left in one piece."""
_SAME = 0.75
"""How alike two sentences are that may be one."""
_SHORT = 40
"""Characters of a heading or the like, which must stand right beside a neighbour to be known in another wording."""
_REWORDED = 40
"""Characters at either end of a sentence that may be written anew."""
_LETTERS = 8
"""Letters beside a short passage that tell which of several equal ones in a sentence it is."""
_MARGIN = 0.15
"""By how much the best place must be better than the next."""
_LOOKED_AT = 6


class Placed(NamedTuple):
    """Where a passage is now, in code points of the text."""

    start: int
    end: int
    exact: bool
    """It reads as it did, but for white space, quotation marks, hyphens and how letters are composed."""


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
    if not any(map(str.isalnum, passage.core)):
        return Placed(anchor.start, anchor.end, True) if _unmoved(anchor, where) else None
    span = _unmoved(anchor, where) or _exactly(passage, where, known) or _nearly(passage, where, known)
    if span is None:
        return None
    start, end = where.original(*span) if span[0] >= 0 else (anchor.start, anchor.end)
    if start >= end:
        return None
    exact = fold(where.source[start:end]) == fold(anchor.quote)
    if not exact and passage.quote[1] - passage.quote[0] >= _SHORT:
        start, end = _to_sentence(where.source, start, end, passage)
    return Placed(start, end, exact)


def _to_sentence(text: str, start: int, end: int, passage: Passage) -> Span:
    """Let a passage that began or ended with its sentence do so again, where only that end was reworded."""
    low = text.rfind("\n\n", 0, start) + 2 if "\n\n" in text[:start] else 0
    high = text.find("\n\n", end)
    units = sentences(text, low, high if high >= 0 else len(text))
    was, now = passage.core[slice(*passage.quote)].split(), text[start:end].split()
    if passage.quote[0] == 0 and was[:1] != now[:1]:
        begin = max((unit[0] for unit in units if unit[0] <= start), default=start)
        start = begin if start - begin <= _REWORDED else start
    if passage.quote[1] == len(passage.core) and not passage.core[-1].isalnum() and was[-1:] != now[-1:]:
        stop = min((unit[1] for unit in units if unit[1] >= end), default=end)
        end = stop if stop - end <= _REWORDED else end
    return start, end


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


# ---- as it was -----------------------------------------------------------------------------------------------
def _exactly(passage: Passage, where: Searched, old: Searched | None) -> Span | None:
    """Find the sentence as it was."""
    size = len(passage.core)
    found = where.occurrences(passage.core)
    if not found or len(found) > MOST:
        return None
    places = homes(passage, where)
    known = [home for home in places if home.is_near or is_telling(passage.core)]
    inside = [
        at
        for at in found
        if any(home.holds(at, at + size) and home.is_next(at, at + size, passage, where, old) for home in known)
    ]
    before = old.occurrences(passage.core) if old is not None else []
    at: int | None = None
    if old is not None and len(before) > 1:
        # Said several times: which one it was, only both its neighbours tell.
        then, now = (
            [at for at in some if _stands_between(passage, text, at)] for some, text in ((before, old), (found, where))
        )
        at = now[0] if len(now) == len(then) == 1 else None
    elif len(inside) == 1:
        at = inside[0]
    elif len(found) == 1:
        # Elsewhere: moved.
        own = is_telling(passage.core) or (before and where.stands_alone(found[0], found[0] + size))
        at = found[0] if own and not _is_still_there(passage, where, places, found[0]) else None
    elif inside:
        at = _by_context(passage, where, inside)
    return None if at is None else (at + passage.quote[0], at + passage.quote[1])


def _is_still_there(passage: Passage, where: Searched, places: list[Home], copy: int) -> bool:
    """Whether what stands where a passage was is nearly it, so that its copy elsewhere may be no more than that."""
    found = (align(passage.core, passage.quote, where.text, (home.low, home.high)) for home in places)
    end = copy + len(passage.core)
    return any(one and one.whole >= _SAME and (one.stop <= copy or one.begin >= end) for one in found)


def _stands_between(passage: Passage, where: Searched, at: int) -> bool:
    """Whether the very sentences that stood before and after the passage still do."""
    far = 2 * REACH
    before, after = where.text[max(0, at - far) : at].rstrip(), where.text[at + len(passage.core) :][:far].lstrip()
    head = before.endswith(passage.before[0]) if passage.before else passage.from_start and not before
    tail = after.startswith(passage.after[0]) if passage.after else passage.to_end and not after
    return head and tail


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
    seen: list[Aligned] = []
    several = len(passage.parts) > 1
    for window in windows:
        found = align(
            passage.core,
            passage.quote,
            where.text,
            window,
            (lambda between: _tears(between, passage, old)) if several else None,
        )
        if found is not None:
            seen.append(found)
            worth = _worth(found, passage, where, places, old)
            good += [(worth, found)] if worth else []
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
        sound = sound and (old is None or _foreign_share(there, passage, old) < 0.5)
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
    """Whether a short passage that its sentence holds several times stands between the same letters still."""
    (start, end), core = passage.quote, passage.core
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


def _tears(between: str, passage: Passage, old: Searched | None) -> bool:
    """Whether what now stands between two parts of a passage is more than was written into it."""
    if len(between) < max(SENTENCE, len(passage.core) // 4):
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
