"""What stands around the first word found in a text, as one line. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from store.query.fold import fold
from store.query.found import spans
from store.record import Record

BEFORE, BEHIND = 80, 240
"""Characters around the hit: more than a line holds, so that whoever draws it chooses."""
_TOGETHER = 160
"""Characters within which words stand together: what a line shows of them at most widths."""
_PIECE, _OVERLAP = 16_384, 512
"""How much of a long text is looked through at a time, and by how much a phrase may reach over its end."""


class Snippet(Record):
    """A stretch of a text, its white space made single spaces, with what was found in it."""

    text: str
    hits: tuple[tuple[int, int], ...]
    """Of which there is one at least."""
    begins: bool = False
    """Whether it is the beginning of the text."""


def snippet(text: str, words: Sequence[str], *, start: int = 0) -> Snippet | None:
    """Return what stands around some words where most of them stand together, behind an offset.

    Of places with as many of them it is the first; in a long text the first place that has any decides which stretch
    is looked through. None where there are none. Words are as `Answer.words` gives them.
    """
    hit = _densest(text, words, start)
    if hit is None:
        return None
    begin = max(start, hit - BEFORE)
    if begin > start:
        # Begin with a whole word, in scripts that have some.
        space = next((at for at in range(begin, hit) if text[at].isspace()), begin)
        begin = space
    line = " ".join(text[begin : hit + BEHIND].split())
    found = tuple(spans(line, words))
    return Snippet(line, found, begins=not text[:begin].strip()) if found else None


def _densest(text: str, words: Sequence[str], start: int) -> int | None:
    """Return where the stretch with the most different words begins, in the first piece that has some."""
    for begin in range(start, len(text), _PIECE - _OVERLAP):
        # A word that is cut by the piece's beginning is no word.
        before = 1 if begin > start else 0
        piece = text[begin - before : begin + _PIECE]
        hits = [(hit, fold(piece[hit:end])) for hit, end in spans(piece, words) if hit >= before]
        if hits:
            return begin - before + _best(hits)
    return None


def _best(hits: Sequence[tuple[int, str]]) -> int:
    """Return the hit from which on the most different words stand within a line's length; the first of several."""
    most, best, end = 0, hits[0][0], 0
    inside: Counter[str] = Counter()
    for number, (hit, word) in enumerate(hits):
        while end < len(hits) and hits[end][0] < hit + _TOGETHER:
            inside[hits[end][1]] += 1
            end += 1
        if len(inside) > most:
            most, best = len(inside), hits[number][0]
        inside[word] -= 1
        if not inside[word]:
            del inside[word]
    return best
