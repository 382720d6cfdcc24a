"""How names, notes and queries are compared: without case, without diacritics, word by word. Pure."""

from __future__ import annotations

import re
import unicodedata

from store.catalog.grams import SPACELESS

_MARKS = [
    (0x0300, 0x036F),  # Latin, Greek, Cyrillic accents
    (0x0591, 0x05BD),  # Hebrew points
    (0x05BF, 0x05BF),
    (0x05C1, 0x05C2),
    (0x05C4, 0x05C5),
    (0x05C7, 0x05C7),
    (0x0640, 0x0640),  # Arabic stretching
    (0x064B, 0x065F),  # Arabic vowels and hamzas
    (0x0670, 0x0670),
    (0x1AB0, 0x1AFF),
    (0x1DC0, 0x1DFF),
    (0x20D0, 0x20FF),
    (0xFE20, 0xFE2F),
]
# Kana voicing and Indic vowel signs are letters to their readers, so they are not among the marks.
_DROPPED = dict.fromkeys(point for first, last in _MARKS for point in range(first, last + 1))
_STROKES = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
"""Letters that Unicode does not take apart, yet people without them on their keyboard type plainly."""

_INITIAL = re.compile(r"(?<![^\W_])([^\W_])\.(?=[^\W_](?![^\W_])|\s|$)")
_PLAIN = re.compile(r"[^\W_]+")
_WORD = re.compile(r"[^\W_]+|[^\w\s]")


def fold(text: str) -> str:
    """Return a text without case, diacritics and width: `fold("Ｗałęsa") == "walesa"`. Lengths may change."""
    if text.isascii():
        return text.lower()
    bare = unicodedata.normalize("NFKD", text).translate(_DROPPED).casefold().translate(_STROKES)
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKD", bare).translate(_DROPPED))


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


def words(text: str) -> list[str]:
    """Split a text into folded words. Initials close up (U.N. is `un`), symbols stay, punctuation goes."""
    closed = _INITIAL.sub(r"\1", fold(text)) if "." in text else fold(text)
    return [w for w in _WORD.findall(closed) if w[0].isalnum() or unicodedata.category(w[0])[0] == "S"]


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
