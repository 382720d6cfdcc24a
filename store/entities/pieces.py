"""Cuts a long text into pieces that are short enough to be analysed between two keys, at borders that names respect."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from store.article import Block

LIMIT = 20_000
"""Characters: about half a second of work for the recogniser."""

_BORDERS = (
    re.compile(r"\n[^\S\n]*\n\s*"),
    re.compile(r"\n\s*"),
    re.compile(r"[.!?。！？]['\"”’)\]]*\s+|[。！？]"),
    re.compile(r"\s+"),
)
"""Where to cut a text that has no block border in reach: after a paragraph, a line, a sentence, a word."""


def cut(text: str, blocks: Sequence[Block] = (), limit: int = LIMIT) -> list[tuple[int, int]]:
    """Return spans that follow each other and together are the text, none longer than `limit` characters.

    A cut lies where a block begins; only in a block longer than the limit it lies within.
    """
    return list(
        _pieces(text, sorted({block.start for block in blocks if 0 < block.start < len(text)}), limit)
    )


def paragraphs(text: str, limit: int = LIMIT) -> Iterator[tuple[int, int]]:
    """Yield the stretches between blank lines, without white space around them, none longer than `limit`."""
    start = 0
    for border in _BORDERS[0].finditer(text):
        yield from _stretches(text, start, border.start(), limit)
        start = border.end()
    yield from _stretches(text, start, len(text), limit)


def _pieces(text: str, borders: Sequence[int], limit: int) -> Iterator[tuple[int, int]]:
    start = last = 0
    for border in (*borders, len(text)):
        if border - start > limit:
            if last > start:
                yield start, last
                start = last
            while border - start > limit:
                end = _best_cut(text, start, start + limit)
                yield start, end
                start = end
        last = border
    if start < len(text):
        yield start, len(text)


def _stretches(text: str, start: int, end: int, limit: int) -> Iterator[tuple[int, int]]:
    while start < end:
        to = end if end - start <= limit else _best_cut(text, start, start + limit)
        words = text[start:to]
        lead = len(words) - len(words.lstrip())
        tail = len(words.rstrip())
        if lead < tail:
            yield start + lead, start + tail
        start = to


def _best_cut(text: str, start: int, end: int) -> int:
    """Return where to cut between `start` and `end`: the last of the best borders in the second half."""
    for border in _BORDERS:
        found = 0
        for match in border.finditer(text, start + (end - start) // 2, end):
            found = match.end()
        if found > start:
            return found
    return end
