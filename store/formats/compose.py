"""Builds an article's text out of pieces, for formats whose markup is not shown: Markdown, HTML."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

from store.article import Article, Block, BlockKind
from store.formats.clean import clean, drop_invisible, normalise_newlines, one_line
from store.formats.headline import first_words, is_headline
from store.formats.limits import Limits
from store.record import Record

_TIGHT = frozenset({BlockKind.LIST_ITEM})


class Piece(Record):
    """A block before it has its place in a text; `text` may hold line breaks that are meant."""

    kind: BlockKind
    text: str
    level: int = 0


class Facts(Record):
    """What a file says about its article outside the text; empty where it says nothing."""

    title: str = ""
    byline: str = ""
    published: date | None = None
    language: str = ""
    url: str = ""


def tidy(piece: Piece) -> Piece | None:
    """Clean a piece's white space and characters; None when nothing is left."""
    text = drop_invisible(normalise_newlines(piece.text))
    if piece.kind is BlockKind.CODE:
        text = clean(text.expandtabs(4)).strip("\n")
        text = "\n".join(line.rstrip() for line in text.split("\n"))
        return Piece(piece.kind, text, piece.level) if text.strip() else None
    text = clean("\n".join(" ".join(line.split()) for line in text.split("\n")).strip())
    return Piece(piece.kind, text, piece.level) if text else None


def compose(pieces: Iterable[Piece], facts: Facts, encoding: str, fallback: str, limits: Limits) -> Article | None:
    """Put title, byline and pieces into one text; None when there is no text at all.

    Without a title in `facts` it is the first heading of level 1, else a first line that reads like one,
    else the first words, which then make no block. A first heading that repeats the title is dropped.
    """
    body = [tidied for piece in pieces if (tidied := tidy(piece)) is not None]
    title = one_line(drop_invisible(facts.title), limits.title)
    if not title:
        title = _take_title(body, limits)
    elif body and body[0].kind is BlockKind.HEADING and same_words(body[0].text, title):
        del body[0]
    byline = one_line(drop_invisible(facts.byline), limits.title)
    front: list[Piece] = []
    if title:
        front.append(Piece(BlockKind.TITLE, title))
    if byline and not any(piece.kind is BlockKind.BYLINE for piece in body[:2]):
        front.append(Piece(BlockKind.BYLINE, byline))
    if not front and not body:
        return None
    text, blocks = _join(front + body)
    return Article(
        title=title or first_words(text, limits.title) or fallback,
        text=text,
        blocks=blocks,
        byline=byline,
        published=facts.published,
        language=language_code(facts.language),
        url=one_line(facts.url)[:2000],
        encoding=encoding,
    )


def same_words(one: str, other: str) -> bool:
    """Compare two titles as a reader would: without case, punctuation and a cut end."""
    a, b = _letters(one), _letters(other)
    return a == b or (len(b) > 40 and a.startswith(b))


def language_code(declared: str) -> str:
    """Reduce a declared language (`en-GB`, `pt_BR`) to its two letters; empty when it is no such code."""
    code = re.split(r"[-_.\s,]", declared.strip().lower(), maxsplit=1)[0]
    return code if len(code) == 2 and code.isascii() and code.isalpha() else ""


def _letters(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


def _take_title(body: list[Piece], limits: Limits) -> str:
    for index, piece in enumerate(body):
        if piece.kind is BlockKind.HEADING and piece.level == 1:
            del body[index]
            return one_line(piece.text, limits.title)
    if len(body) > 1 and body[0].kind in (BlockKind.HEADING, BlockKind.PARAGRAPH) and is_headline(body[0].text):
        return one_line(body.pop(0).text, limits.title)
    return ""


def _join(pieces: list[Piece]) -> tuple[str, tuple[Block, ...]]:
    parts: list[str] = []
    blocks: list[Block] = []
    at = 0
    for index, piece in enumerate(pieces):
        if index:
            tight = piece.kind in _TIGHT and pieces[index - 1].kind is piece.kind
            gap = "\n" if tight else "\n\n"
            parts.append(gap)
            at += len(gap)
        # Blocks never begin or end with white space, so that only white space lies between them.
        lead = len(piece.text) - len(piece.text.lstrip())
        blocks.append(Block(piece.kind, at + lead, at + len(piece.text.rstrip()), piece.level))
        parts.append(piece.text)
        at += len(piece.text)
    parts.append("\n")
    return "".join(parts), tuple(blocks)
