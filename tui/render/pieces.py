"""An article's blocks as pieces of a page: which stretch, with what bar, bullet or words around it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from store.article import Article, Block, BlockKind
from store.record import Record
from tui.render.list_row import long_date
from tui.render.safe import safe
from tui.render.wrap import breaks

_OWN_BULLET = re.compile(r"(?:[-*•–·]|\(?\w{1,3}[.)])\s+")
_NARROWEST_INDENTED = 24
"""Cells of text below which nothing is indented."""


class TextGlyphs(Record):
    """The signs that the page adds to a text; one cell each."""

    place: str = "°"
    bar: str = "│"
    bullet: str = "•"
    dot: str = "·"
    mark: str = "▌"
    """In the margin beside a highlighted line."""
    here: str = "█"
    """The same, of the passage that was gone to."""
    note: str = "✎"
    """In the margin where a passage begins that something is written on."""
    rule: str = "─"


UNICODE = TextGlyphs()
ASCII = TextGlyphs("'", "|", "*", "-", "|", "#", "n", "-")


class Piece(Record):
    """A stretch of text that is set as one."""

    kind: BlockKind
    start: int
    end: int
    first: str = ""
    """What stands before its first line."""
    rest: str = ""
    """What stands before its other lines."""
    right: int = 0
    """Cells it stays away from the right edge."""
    suffix: str = ""
    """Words behind its last line that are no part of the text."""
    close: bool = False
    """Whether it follows the piece before it without a blank line."""
    between: str = ""
    """What stands in the blank line before it."""


def pieces(article: Article, width: int, glyphs: TextGlyphs = UNICODE, remark: str = "") -> Iterator[Piece]:
    """Yield an article's pieces in order, for lines of `width` cells.

    `remark` stands below the byline: what is to be known of the article before it is read.
    """
    to_tell = bool(remark)
    for piece in _of_text(article, width, glyphs):
        yield piece
        if to_tell and piece.kind is BlockKind.BYLINE:
            to_tell = False
            text = safe(remark)
            for start, end in breaks(text, 0, len(text), width):
                yield Piece(BlockKind.BYLINE, piece.end, piece.end, suffix=text[start:end], close=True)


def _of_text(article: Article, width: int, glyphs: TextGlyphs) -> Iterator[Piece]:
    blocks = _joined(article)
    day = long_date(article.published)
    credited = any(block.kind is BlockKind.BYLINE for block in blocks)
    # Many newspapers set the date into the byline: it need not stand there twice.
    dated = article.published is not None and any(
        block.kind is BlockKind.BYLINE and str(article.published.year) in article.text[block.start : block.end]
        for block in blocks
    )
    if not credited and not any(block.kind is BlockKind.TITLE for block in blocks):
        yield _credit(article, 0, day, glyphs, close=False)
        credited = True
    before: BlockKind | None = None
    for block in blocks:
        suffix = "" if dated else f" {glyphs.dot} {day}"
        dated = dated or block.kind is BlockKind.BYLINE
        yield _piece(block, before, article.text, width, glyphs, suffix)
        before = block.kind
        if before is BlockKind.TITLE and not credited:
            yield _credit(article, block.end, day, glyphs, close=True)
            credited = True


def _joined(article: Article) -> list[Block]:
    """Return the blocks that hold text, bylines that follow each other as one."""
    text = article.text
    blocks: list[Block] = []
    for block in article.blocks or (Block(BlockKind.PARAGRAPH, 0, len(text)),):
        if not text[block.start : block.end].strip():
            continue
        if blocks and block.kind is blocks[-1].kind is BlockKind.BYLINE:
            blocks[-1] = Block(BlockKind.BYLINE, blocks[-1].start, block.end)
        else:
            blocks.append(block)
    return blocks


def _credit(article: Article, at: int, day: str, glyphs: TextGlyphs, *, close: bool) -> Piece:
    """Return the line under the headline of an article whose text has no byline."""
    byline = safe(article.byline)
    return Piece(BlockKind.BYLINE, at, at, suffix=f"{byline} {glyphs.dot} {day}" if byline else day, close=close)


def _piece(block: Block, before: BlockKind | None, text: str, width: int, glyphs: TextGlyphs, credit: str) -> Piece:
    kind, start, end = block.kind, block.start, block.end
    indented = width >= _NARROWEST_INDENTED
    depth = max(1, block.level) if indented else 0
    if kind is BlockKind.BYLINE:
        return Piece(kind, start, end, suffix=credit, close=before is BlockKind.TITLE)
    if kind is BlockKind.CAPTION and indented:
        return Piece(kind, start, end, first="  ", rest="  ", right=2)
    if kind is BlockKind.CODE and indented:
        return Piece(kind, start, end, first="  ", rest="  ")
    if kind is BlockKind.QUOTE and depth:
        bar = f"{glyphs.bar} " * min(depth, 4)
        return Piece(kind, start, end, bar, bar, between=bar if before is kind else "")
    if kind is BlockKind.LIST_ITEM and depth:
        return _list_item(block, "  " * min(depth - 1, 4), text, before, glyphs)
    return Piece(kind, start, end)


def _list_item(block: Block, indent: str, text: str, before: BlockKind | None, glyphs: TextGlyphs) -> Piece:
    """Hang an item on its bullet, or on the number that the text itself begins with."""
    own = _OWN_BULLET.match(text, block.start, block.end)
    bullet = "" if own else f"{glyphs.bullet} "
    hang = len(own[0]) if own else 2
    close = before is block.kind
    return Piece(block.kind, block.start, block.end, indent + bullet, indent + " " * hang, close=close)
