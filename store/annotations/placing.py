"""Finding a marked passage again in a text that has changed: exactly, else as alike as the edit left it. Pure.

A passage is looked for as part of its sentence, and at home: between the sentences that stood around it. There much
may have been changed in it. Anywhere else only what reads the same, but for slips of the pen, is the passage moved;
whatever is merely like it may have been written beside it. Where two places are as good, it is nowhere: better an
orphan than a note in a wrong place.

It may take its time on a thread of its own, since a text has at most 2 MB: rare words say where to look closer.
"""

from __future__ import annotations

from typing import NamedTuple

from store.annotations.edited_passage import as_edited
from store.annotations.folded_text import fold
from store.annotations.home import Home, homes
from store.annotations.likeness import LONGEST, align, likeness
from store.annotations.passage import REACH, Passage, is_telling, passage_of
from store.annotations.records import Anchor
from store.annotations.searched_text import MOST, SENTENCE, Searched
from store.sentences import sentences

Span = tuple[int, int]

_SAME = 0.75
"""How alike two sentences are that may be one."""
_REWORDED = 40
"""Characters at either end of a sentence that may be written anew."""
_MARGIN = 0.15
"""By how much the best place must be better than the next."""


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
        return Placed(*_as_kept(anchor), True) if _unmoved(anchor, where) else None
    span = _unmoved(anchor, where)
    if span is None:
        places = homes(passage, where)
        span = _exactly(passage, where, places, known) or as_edited(passage, where, places, known)
    if span is None:
        return None
    start, end = where.original(*span) if span[0] >= 0 else _as_kept(anchor)
    if start >= end:
        return None
    exact = fold(where.source[start:end]) == fold(anchor.quote)
    if not exact and passage.quote[1] - passage.quote[0] >= SENTENCE:
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
    """Find a passage that is too long or too empty to be compared: just as it was, and once."""
    quote = fold(anchor.quote)
    found = where.occurrences(quote)
    if len(found) != 1:
        return None
    start, end = where.original(found[0], found[0] + len(quote))
    return Placed(start, end, True)


def _unmoved(anchor: Anchor, where: Searched) -> Span | None:
    """Tell whether everything that the anchor keeps is where it was."""
    text, start = where.source, anchor.start - len(anchor.prefix)
    whole = anchor.prefix + anchor.quote + anchor.suffix
    return _HERE if start >= 0 and len(whole) >= 24 and text.startswith(whole, start) else None


def _as_kept(anchor: Anchor) -> Span:
    """Return where the quote was, by its length: an end that a file brings may lie behind the text's."""
    return anchor.start, anchor.start + len(anchor.quote)


# ---- as it was -----------------------------------------------------------------------------------------------
def _exactly(passage: Passage, where: Searched, places: list[Home], old: Searched | None) -> Span | None:
    """Find the sentence as it was."""
    size = len(passage.core)
    found = where.occurrences(passage.core)
    if not found or len(found) > MOST:
        return None
    inside = [at for at in found if any(_is_home(home, (at, at + size), passage, where, old) for home in places)]
    before = old.occurrences(passage.core) if old is not None else []
    at: int | None = None
    if old is not None and len(before) > 1:
        # Said several times: which one it was, only both its neighbours tell.
        then, now = (
            [at for at in some if _stands_between(passage, text, at)] for some, text in ((before, old), (found, where))
        )
        at = now[0] if len(now) == len(then) == 1 else None
    elif len(inside) == 1:
        beside = any(home.is_beside(inside[0], inside[0] + size) for home in places)
        at = inside[0] if beside or not _is_still_there(passage, where, places, inside[0]) else None
    elif len(found) == 1:
        # Elsewhere: moved.
        own = is_telling(passage.core) or (before and where.stands_alone(found[0], found[0] + size))
        at = found[0] if own and not _is_still_there(passage, where, places, found[0]) else None
    elif inside:
        at = _by_context(passage, where, inside)
    return None if at is None else (at + passage.quote[0], at + passage.quote[1])


def _is_home(home: Home, span: Span, passage: Passage, where: Searched, old: Searched | None) -> bool:
    """Whether a span is at home; words that tell little must stand by themselves there, or beside a neighbour."""
    if not home.holds(*span) or not home.is_next(*span, passage, where, old):
        return False
    alone = home.is_beside(*span) or where.stands_alone(*span)
    return is_telling(passage.core) or (home.is_near and alone)


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
