"""Writes lines in capitals as a model knows words: headlines of the wires, heads of old cables.

A model has seen few such lines and takes half of their words for names. What a word is written like is looked up in
the rest of the text, as Mikheev 2002 does ("Periods, capitalized words, etc."): with a small letter where it is ever so
written, else with its capital; a word that stands nowhere else is written small.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_LINE = re.compile(r"[^\n]+")
_LEAST_LETTERS = 8
_WORD = re.compile(r"[^\W\d_][\w’'-]*")


def shouted_lines(text: str) -> list[tuple[int, int]]:
    """Return the lines that are written in capitals."""
    return [line.span() for line in _LINE.finditer(text) if _is_shouted(line[0])]


def recased(text: str) -> str:
    """Return the text with its lines in capitals written as the rest is; of the same length."""
    lines = shouted_lines(text)
    if not lines:
        return text
    usual: dict[str, str] = {}
    for word in _words_beside(text, lines):
        before = usual.get(word.upper())
        if before is None or word.islower() or (before.isupper() and not word.isupper()):
            usual[word.upper()] = word
    pieces, done = [], 0
    for start, end in lines:
        pieces.append(text[done:start])
        pieces.append(_WORD.sub(lambda word: _as_usual(word[0], usual), text[start:end]))
        done = end
    return "".join([*pieces, text[done:]])


def _words_beside(text: str, lines: list[tuple[int, int]]) -> Iterator[str]:
    done = 0
    for start, end in [*lines, (len(text), len(text))]:
        yield from _WORD.findall(text[done:start])
        done = end


def _as_usual(word: str, usual: dict[str, str]) -> str:
    # A letter alone is an initial where the text has no such word.
    written = usual.get(word.upper()) or (word if len(word) == 1 else word.lower())
    return written if len(written) == len(word) else word


def _is_shouted(line: str) -> bool:
    # Nearly all lines tell by their first words that they are not.
    if not any(word.isupper() for word in line.split(None, 3)[:3]):
        return False
    letters = [character for character in line if character.isalpha()]
    great = sum(map(str.isupper, letters))
    return len(letters) >= _LEAST_LETTERS and " " in line.strip() and great > 0.9 * len(letters)
