"""Word documents (DOCX): headings, paragraphs, lists, quotes and tables, in their order."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO
from zipfile import BadZipFile, ZipFile

from docx import Document
from docx.opc.exceptions import OpcError
from docx.table import Table
from lxml import etree

from store.article import Article, BlockKind, Problem
from store.formats.clean import one_line
from store.formats.compose import Facts, Piece, compose
from store.formats.dates import date_in_name
from store.formats.encoding import NotText
from store.formats.limits import Limits, megabytes
from store.formats.source import Damaged, NoText, TooLong, check_length, file_title

_BROKEN = (BadZipFile, zlib.error, OpcError, etree.LxmlError, ValueError, KeyError, AttributeError, TypeError,
           IndexError, EOFError, NotImplementedError, RuntimeError, OverflowError)  # fmt: skip
"""What the parsers raise about damaged files is a matter of chance."""
_PICTURES = 10
"""How many times an article's text a document may come to with its pictures."""


def read(stream: BinaryIO, path: str, limits: Limits) -> Iterator[Article | Problem]:
    """Read a document as one article.

    Raises:
        Damaged, NotText, TooLong, NoText: with a sentence for the user.
    """
    try:
        _check(stream, limits)
        stream.seek(0)
        document = Document(stream)
        pieces = list(_pieces(document))
        about = document.core_properties
        # When a file was made is not when its text was published.
        facts = Facts(
            title=str(about.title or ""), byline=str(about.author or ""), published=date_in_name(path),
            language=str(about.language or ""),
        )  # fmt: skip
    except (NotText, TooLong, Damaged):
        raise
    except _BROKEN as error:
        raise Damaged("The document is damaged or cut short.") from error
    made = compose(pieces, _believed(facts), "", file_title(path), limits)
    if made is None:
        raise NoText("There is no text in this document.")
    check_length(made.text, limits)
    yield made


def _check(stream: BinaryIO, limits: Limits) -> None:
    """Look at the sizes that the parts claim, before a library unpacks them all."""
    with ZipFile(stream) as archive:
        parts = archive.infolist()
        if not any(part.filename == "word/document.xml" for part in parts):
            raise NotText("This is no Word document.")
        for part in parts:
            if part.file_size > 1_000_000 and part.file_size > limits.ratio * max(1, part.compress_size):
                raise TooLong(f"A part of it unpacks to more than {limits.ratio} times its size.")
            if part.filename.endswith(".xml") and part.file_size > limits.unpacked:
                raise TooLong(f"It unpacks to more than {megabytes(limits.unpacked)}.")
        if sum(part.file_size for part in parts) > _PICTURES * limits.unpacked:
            raise TooLong(f"It unpacks to more than {megabytes(_PICTURES * limits.unpacked)}.")


def _believed(facts: Facts) -> Facts:
    # The library that many programs write with names itself.
    made_by = {"python-docx", "author", "user"}
    byline = "" if one_line(facts.byline).casefold() in made_by else facts.byline
    title = "" if one_line(facts.title).casefold() in ("word document", "untitled", "document") else facts.title
    return Facts(title, byline, facts.published, facts.language)


def _pieces(document: Any) -> Iterator[Piece]:
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                cells = [" ".join(cell.text.split()) for cell in _once(row.cells)]
                yield Piece(BlockKind.PARAGRAPH, " | ".join(cell for cell in cells if cell))
            continue
        text = block.text
        if text.strip():
            yield _piece(block, text)


def _once(cells: Any) -> list[Any]:
    """Return cells, each once: one that spans several columns stands there for each."""
    found: list[Any] = []
    for cell in cells:
        if not found or cell._tc is not found[-1]._tc:
            found.append(cell)
    return found


def _piece(block: Any, text: str) -> Piece:
    style = str(block.style.name or "") if block.style is not None else ""
    if style == "Title":
        return Piece(BlockKind.HEADING, text, 1)
    if style.startswith("Heading"):
        level = style[-1:]
        return Piece(BlockKind.HEADING, text, int(level) if level.isdigit() and level != "0" else 2)
    if "Quote" in style:
        return Piece(BlockKind.QUOTE, text, 1)
    if style in ("Author", "Date"):
        return Piece(BlockKind.BYLINE, text)
    if style == "Caption":
        return Piece(BlockKind.CAPTION, text)
    if style.startswith("List") or (block._p.pPr is not None and block._p.pPr.numPr is not None):
        return Piece(BlockKind.LIST_ITEM, f"• {text}", 1)
    return Piece(BlockKind.PARAGRAPH, text)
