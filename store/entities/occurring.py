"""Where the user's names stand in a text: as whole words, however lines break and letters are composed. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from store.article import fold_name
from store.entities.guard import unwrapped
from store.entities.names import spellings

_CAPITALS = 4
"""Names of so many letters are the same when a headline writes them in capitals; `IT` is not `It`."""
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")
"""Scripts that set no spaces between words, and Korean, which sets particles close."""
_GAP = r"[^\S\n]+"


@lru_cache(maxsize=8192)
def compared(words: str) -> str:
    """Return how the words of names are compared: NFC, casefold, single spaces, straight apostrophes."""
    return fold_name(words).replace("’", "'")


@lru_cache(maxsize=8)
def sought(text: str) -> str:
    """Return a text in which names are looked for: with lines joined that were broken for width, of the same length."""
    return unwrapped(text)


def places_of(flat: str, surface: str) -> Iterator[tuple[int, int]]:
    """Yield where a name stands in `sought(text)` as whole words, in order.

    It is written as the user wrote it, or in capitals throughout: other letters may make another word of it.
    """
    for found in _pattern(surface).finditer(flat):
        if is_whole(flat, found.start(), found.end()):
            yield found.span()


def is_whole(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch neither begins nor ends within a word."""
    return not _joined(text, start) and not _joined(text, end)


def _joined(text: str, at: int) -> bool:
    """Tell whether what stands before and after an offset is one word."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if _UNSPACED.match(before) or _UNSPACED.match(after):
        return False
    return _is_letter(before) and _is_letter(after)


def _is_letter(character: str) -> bool:
    return character.isalnum() or character == "_" or "\u0300" <= character <= "\u036f"


@lru_cache(maxsize=8192)
def _pattern(surface: str) -> re.Pattern[str]:
    words = surface.split()
    forms = spellings(" ".join(words))
    if sum(map(str.isalpha, surface)) >= _CAPITALS:
        forms |= {form.upper() for form in forms}
    return re.compile("|".join(
        _GAP.join(map(re.escape, form.split())) for form in sorted(forms, key=lambda form: (-len(form), form))
    ))  # fmt: skip
