"""How names, notes and queries are compared: without case, without diacritics, word by word. Pure."""

from __future__ import annotations

import re
import unicodedata

from store.catalog.entity_words import words as words
from store.catalog.folding import fold as fold
from store.catalog.grams import SPACELESS

_PLAIN = re.compile(r"[^\W_]+")


def clean(text: str) -> str:
    """Return a text that SQLite accepts: without lone surrogates and NUL."""
    if text.isascii() and "\0" not in text:
        return text
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", " ")


def spaceless(text: str) -> bool:
    """Tell whether a text holds letters of a script searched inside its runs: Chinese, Korean, Thai, ..."""
    return not text.isascii() and SPACELESS.search(text) is not None


def has_letters(text: str) -> bool:
    """Tell whether full text search can find anything of a text: a letter or a digit."""
    return any(unicodedata.category(c)[0] in "LN" for c in text)


def plain_words(text: str) -> list[str]:
    """Split a text into folded words as full text search does: initials stay apart, symbols separate."""
    return _PLAIN.findall(fold(text))


def worded(text: str) -> str:
    """Return a text as folded words with a space around each, in which `pattern` looks for whole words."""
    return f" {' '.join(words(text))} "


def pattern(value: str, prefix: bool = False) -> str:
    """Return what to look for in a `worded` text; empty when the value holds no word and nothing can match.

    Words are looked for whole and in a row, the last one as a beginning when `prefix`; in scripts without
    spaces, anywhere. An empty value with `prefix` is found in everything.
    """
    parts = words(value)
    if not parts:
        return " " if prefix and not value else ""
    joined = " ".join(parts)
    if spaceless(joined):
        return joined
    return f" {joined}" if prefix else f" {joined} "
