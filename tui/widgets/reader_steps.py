"""How a selection grows and shrinks from keys: by sentence, word, paragraph, character. Pure."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from enum import Enum, auto

from store.article import Article, Block, BlockKind
from store.lazy_pattern import lazy_pattern
from store.record import Record
from tui.render.clusters import clusters
from tui.render.hits import Span

_NEAR = 8_000
"""Characters before and behind a place in which sentences and words are looked for, however long its paragraph."""

_ALONE = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""Scripts without spaces: each character is a word."""
_WORDS = lazy_pattern(f"[{_ALONE}]|[^\\s{_ALONE}\u2013-\u2015/|]+")
_KEPT = frozenset("%#@&°")


class Unit(Enum):
    """What a selection grows by."""

    CHARACTER = auto()
    WORD = auto()
    SENTENCE = auto()
    PARAGRAPH = auto()


class Stretch(Record):
    """A selection, and which of its ends the keys move."""

    start: int
    end: int
    forward: bool = True
    """Whether it is the end that moves, not the start."""

    @property
    def moving(self) -> int:
        """The offset of the first or last character, at the end that moves."""
        return self.end - 1 if self.forward else self.start


def moved(article: Article, stretch: Stretch, unit: Unit, by: int) -> Stretch:
    """Return the selection with its moving end one unit further down (`by` 1) or up (-1).

    Where nothing would be left, the end stays and the other one begins to move, as with a line selection in vi.
    """
    start, end = stretch.start, stretch.end
    if unit is Unit.PARAGRAPH:
        whole = _whole_paragraphs(article, stretch)
        if whole != stretch:
            return whole
    if by > 0:
        shorter = None if stretch.forward else _next(article, unit, start, starts=True)
        if shorter is not None and shorter < end:
            return Stretch(shorter, end, False)
        return Stretch(start, _next(article, unit, end, starts=False) or end)
    less = _before(article, unit, end, starts=False) if stretch.forward else None
    if less is not None and less > start:
        return Stretch(start, less)
    more = _before(article, unit, start, starts=True)
    return Stretch(start if more is None else more, end, False)


def trimmed(text: str, start: int, end: int) -> Span | None:
    """Return a stretch without the white space at its ends; None when nothing is left."""
    part = text[start:end]
    start += len(part) - len(part.lstrip())
    end -= len(part) - len(part.rstrip())
    return (start, end) if start < end else None


def _whole_paragraphs(article: Article, stretch: Stretch) -> Stretch:
    found = [trimmed(article.text, *each) for each in _paragraphs(article, stretch.start, stretch.end)]
    spans = [each for each in found if each is not None]
    if not spans:
        return stretch
    return Stretch(min(stretch.start, spans[0][0]), max(stretch.end, spans[-1][1]), stretch.forward)


# ---- where units begin and end ----------------------------------------------------------------------------------
def _next(article: Article, unit: Unit, at: int, *, starts: bool) -> int | None:
    """Return where the next unit begins, or ends."""
    for block in _from_block(article, at, 1):
        found = [span[0 if starts else 1] for span in _units(article, unit, block, at)]
        nearest = min((edge for edge in found if edge > at), default=None)
        if nearest is not None:
            return nearest
    return None


def _before(article: Article, unit: Unit, at: int, *, starts: bool) -> int | None:
    """Return where the unit before begins, or ends."""
    for block in _from_block(article, at, -1):
        found = [span[0 if starts else 1] for span in _units(article, unit, block, at)]
        nearest = max((edge for edge in found if edge < at), default=None)
        if nearest is not None:
            return nearest
    return None


def _blocks(article: Article) -> tuple[Block, ...]:
    return article.blocks or (Block(BlockKind.PARAGRAPH, 0, len(article.text)),)


def _block_at(blocks: tuple[Block, ...], at: int) -> int:
    return max(0, bisect_right(blocks, at, key=lambda block: block.start) - 1)


def _from_block(article: Article, at: int, by: int) -> Iterator[Span]:
    """Yield the paragraph of a place and those after it, or before it."""
    blocks = _blocks(article)
    index = _block_at(blocks, at)
    while 0 <= index < len(blocks):
        yield blocks[index].start, blocks[index].end
        index += by


def _paragraphs(article: Article, start: int, end: int) -> list[Span]:
    """Return the paragraphs that a stretch touches."""
    blocks = _blocks(article)
    touched = blocks[_block_at(blocks, start) : _block_at(blocks, end - 1) + 1]
    return [(block.start, block.end) for block in touched if block.end > start]


def _units(article: Article, unit: Unit, block: Span, at: int) -> Iterator[Span]:
    """Yield the units of a paragraph, of a very long one those around a place."""
    text = article.text
    start = max(block[0], min(at, block[1]) - _NEAR)
    end = min(block[1], max(at, block[0]) + _NEAR)
    if unit is Unit.PARAGRAPH:
        whole = trimmed(text, *block)
        yield from [whole] if whole else []
    elif unit is Unit.SENTENCE:
        from store.sentences import sentences  # no start needs it

        yield from sentences(text, start, end)
    elif unit is Unit.WORD:
        yield from _words(text, start, end)
    else:
        # A cluster is never torn: the count begins at white space, where none is.
        near = max(start, at - 80)
        while near > start and not text[near].isspace():
            near -= 1
        yield from ((first, last) for first, last, _ in clusters(text, near, min(end, at + 80)))


def _words(text: str, start: int, end: int) -> Iterator[Span]:
    for match in _WORDS.finditer(text, start, end):
        first, last = match.span()
        while first < last and _is_punctuation(text[first]):
            first += 1
        while last > first and _is_punctuation(text[last - 1]):
            last -= 1
        if first < last:
            yield first, last


def _is_punctuation(character: str) -> bool:
    return character not in _KEPT and unicodedata.category(character).startswith("P")
