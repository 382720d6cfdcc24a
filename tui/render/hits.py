"""Finding words in a text whatever their case and accents. Pure."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate

Span = tuple[int, int]


class _Folded(dict[int, str]):
    """What each character is compared as, by its code point."""

    def __missing__(self, code: int) -> str:
        parts = unicodedata.normalize("NFKD", chr(code))
        folded = "".join(c for c in parts if not unicodedata.combining(c)).casefold()
        self[code] = folded
        return folded


_FOLDED = _Folded()


def fold(text: str) -> str:
    """Return a text as it is compared: without case and accents."""
    return text.lower() if text.isascii() else text.translate(_FOLDED)


class FoldedText:
    """A text that can be searched; folding it is done once."""

    def __init__(self, text: str) -> None:
        self.folded = fold(text)
        """The text as it is compared."""
        self._ends: list[int] | None = None
        if not text.isascii() and any(len(_FOLDED[ord(c)]) != 1 for c in set(text)):
            self._ends = list(accumulate(len(_FOLDED[ord(c)]) for c in text))

    def _origin(self, at: int) -> int:
        """Return the character that a folded character comes from."""
        return at if self._ends is None else bisect_right(self._ends, at)

    def spans(self, pattern: re.Pattern[str]) -> list[Span]:
        """Return where a pattern matches the folded text, as stretches of the text itself."""
        return [
            (self._origin(match.start()), self._origin(match.end() - 1) + 1)
            for match in pattern.finditer(self.folded)
            if match.end() > match.start()
        ]


def phrase_pattern(phrases: Iterable[str], *, whole_words: bool) -> re.Pattern[str] | None:
    """Return the pattern of some words and phrases; None when there is nothing to look for.

    White space in a phrase matches any white space. With `whole_words` parts of words do not match, except
    where a phrase ends in `*`.
    """
    parts: list[str] = []
    for phrase in sorted({fold(phrase).strip() for phrase in phrases}, key=len, reverse=True):
        open_end = whole_words and phrase.endswith("*")
        words = [re.escape(word) for word in phrase.rstrip("*" if open_end else "").split()]
        if not words:
            continue
        body = r"\s+".join(words)
        if whole_words:
            body = rf"(?<!\w){body}" + (r"\w*" if open_end else r"(?!\w)")
        parts.append(body)
    return re.compile("|".join(parts)) if parts else None
