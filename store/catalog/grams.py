"""Texts without spaces between words, taken apart so that full text search finds words inside them. Pure.

Every letter of such a run becomes one word: itself with its neighbour, or alone at the run's end. A piece of a run is
then a phrase of these words, and one letter is the beginning of a word. They are written in ASCII, so that no tokenizer
takes them apart or makes two of them one.
"""

from __future__ import annotations

from itertools import pairwise

from store.lazy_pattern import lazy_pattern

_LETTERS = (
    "\u0e01-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035"
    "\u3041-\u30fa\u30fc-\u312f\u3131-\u318e\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7fb"
    "\uf900-\ufaff\uff66-\uffdc\U00020000-\U0003ffff"
)
SPACELESS = lazy_pattern(f"[{_LETTERS}]")
"""A letter of a script searched inside its runs: Chinese, Japanese, Korean, Thai, ..."""
_RUN = lazy_pattern(f"[{_LETTERS}]+")


def grams(*texts: str) -> str:
    """Return the pairs of neighbours in texts as words with spaces between; empty where no such script is."""
    found: list[str] = []
    for text in texts:
        if text.isascii():
            continue
        for run in _RUN.findall(text):
            codes = [f"x{ord(letter):x}" for letter in run]
            found += [f"{one}{other}" for one, other in zip(codes, [*codes[1:], "z"], strict=True)]
    return " ".join(found)


def expression(text: str) -> str | None:
    """Return the FTS5 expression that all texts with this in them match; None where it holds no such script.

    Others may match it too: what is found has to be looked at.
    """
    phrases = []
    for run in _RUN.findall(text):
        codes = [f"x{ord(letter):x}" for letter in run]
        pairs = [f"{one}{other}" for one, other in pairwise(codes)]
        phrases.append(f'"{" ".join(pairs)}"' if pairs else f'"{codes[0]}" *')
    return " AND ".join(phrases) or None
