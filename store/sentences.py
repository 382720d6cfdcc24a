"""Sentences and paragraphs of a text, as one selects them. Pure."""

from __future__ import annotations

from store.article import Article, Block, BlockKind
from store.lazy_pattern import lazy_pattern

Span = tuple[int, int]

_END = lazy_pattern(r"[.!?…]+[\"'”’)\]»]*(?=\s)|[。！？]+[」』”）]*")
_NO_END = lazy_pattern(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Col|Lt|Sgt|Capt|Rev|St|Mt|Jr|Sr|vs|No|Inc|Ltd|Co|Corp"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|a\.m|p\.m|e\.g|i\.e|etc)|\b[A-Z](?:\.[A-Z])*)\.$"
)
_LONGEST_ABBREVIATION = 12


def paragraph_at(article: Article, offset: int) -> Span:
    """Return the block that holds a character; the whole text where there are no blocks."""
    found = _block_at(article, offset)
    return (found.start, found.end) if found else (0, len(article.text))


def _block_at(article: Article, offset: int) -> Block | None:
    at: Block | None = None
    for block in article.blocks:
        if block.start > offset and at is not None:
            break
        at = block
    return at


def sentences(text: str, start: int, end: int) -> list[Span]:
    """Divide a stretch of text into sentences, without the white space between them."""
    found: list[Span] = []
    first = start
    for match in _END.finditer(text, start, end):
        if _NO_END.search(text, max(first, match.start() - _LONGEST_ABBREVIATION), match.end()):
            continue
        found += _bare(text, first, match.end())
        first = match.end()
    return found + _bare(text, first, end)


def _bare(text: str, start: int, end: int) -> list[Span]:
    part = text[start:end]
    bare = part.strip()
    if not bare:
        return []
    start += len(part) - len(part.lstrip())
    return [(start, start + len(bare))]


def sentence_at(article: Article, offset: int) -> Span:
    """Return the sentence that holds a character, or the one before it in the same block."""
    start, end = paragraph_at(article, offset)
    found = sentences(article.text, start, end) or [(start, end)]
    return max((span for span in found if span[0] <= offset), default=found[0])


def first_sentence_between(article: Article, start: int, end: int) -> Span | None:
    """Return the first sentence of the body that lies wholly within a stretch of the text."""
    for block in article.blocks or (Block(BlockKind.PARAGRAPH, 0, len(article.text)),):
        if block.end <= start or block.kind in (BlockKind.TITLE, BlockKind.BYLINE):
            continue
        if block.start >= end:
            break
        for span in sentences(article.text, block.start, block.end):
            if span[0] >= start and span[1] <= end:
                return span
    return None
