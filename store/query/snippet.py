"""What stands around the first word found in a text, as one line. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from store.query.found import spans

BEFORE, BEHIND = 80, 240
"""Characters around the hit: more than a line holds, so that whoever draws it chooses."""
_PIECE, _OVERLAP = 16_384, 512
"""How much of a long text is looked through at a time, and by how much a phrase may reach over its end."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A stretch of a text, its white space made single spaces, with what was found in it."""

    text: str
    hits: tuple[tuple[int, int], ...]
    """Of which there is one at least."""
    begins: bool = False
    """Whether it is the beginning of the text."""


def snippet(text: str, words: Sequence[str], *, start: int = 0) -> Snippet | None:
    """Return what stands around the first of some words behind an offset; None where there are none.

    Words are as `Answer.words` gives them.
    """
    hit = _first(text, words, start)
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


def _first(text: str, words: Sequence[str], start: int) -> int | None:
    for begin in range(start, len(text), _PIECE - _OVERLAP):
        # A word that is cut by the piece's beginning is no word.
        before = 1 if begin > start else 0
        for hit, _ in spans(text[begin - before : begin + _PIECE], words):
            if hit >= before:
                return begin - before + hit
    return None
