"""PDF documents with a text layer, each one article: lines are joined to paragraphs, running heads left out."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from store.article import Article, BlockKind, Problem
from store.formats.clean import one_line
from store.formats.compose import Facts, Piece, compose
from store.formats.dates import date_in_name
from store.formats.limits import Limits
from store.formats.source import Damaged, NoText, TooLong, check_length, file_title

_MOST_PAGES = 5_000
_AT_AN_EDGE = 2
"""Lines at the top and at the bottom of a page that may be a running head or a page number."""
_REPEATED = 0.4
"""The part of all pages on which a line stands that is a running head."""
_FULL = 0.8
"""The part of a text's usual line from which a line goes on in the next one."""
_NUMBER = re.compile(r"[\s|·–—-]*(?:(?:page|seite|p\.)\s*)?[0-9ivxlc]{1,6}(?:\s*(?:/|of|von)\s*\d+)?[\s|·–—-]*", re.I)
_DIGITS = re.compile(r"\d+")
_NO_TITLE = re.compile(r"^(?:untitled|microsoft word|.*\.(?:docx?|indd|tex|dvi|pdf|qxd|rtf)$)", re.IGNORECASE)
_ITEM = re.compile(r"[•‣●▪◦]\s*\S|\(?\d{1,2}[.)]\s+\S")
_SURE_ITEM = re.compile(r"[•‣●▪◦]\s*\S")
_SECTION = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}\.?\s+[^\W\d_]")
"""The number of a section, `1.2. What is this?`, before its heading."""
_LEADER = re.compile(r"\s*(?:\.\s?){4,}\s*(?=[\divxlc]{1,6}$)")
"""The dots of a table of contents between a heading and its page."""
_ENDS = tuple(".!?:;…”\"»)")
_BROKEN = (PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError, OSError,
           NotImplementedError, RecursionError, OverflowError, ZeroDivisionError, EOFError, MemoryError)  # fmt: skip
"""What the parser raises about damaged files is a matter of chance."""

# It tells of everything that is odd in a file; the terminal is not for that.
logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)


def read(stream: BinaryIO, path: str, limits: Limits) -> Iterator[Article | Problem]:
    """Read a document page by page; one that brings the parser down is left out and named.

    Raises:
        Damaged, TooLong, NoText: with a sentence for the user.
    """
    document = _opened(stream)
    pages: list[list[str]] = []
    size = 0
    for number in range(1, _page_count(document) + 1):
        place = f"page {number}"
        try:
            limits.errand.entering(place)
            lines = _lines(document.pages[number - 1])
        except Damaged as error:
            yield Problem(path, "read", str(error), place)
            continue
        except _BROKEN:
            yield Problem(path, "read", "This page is damaged; the others are read.", place)
            continue
        size += sum(map(len, lines))
        if size > limits.text:
            raise TooLong(f"The text is longer than {limits.text:,} characters.")
        pages.append(lines)
    limits.errand.entering("all pages")
    if size < 2 * len(pages):
        raise NoText("This PDF has no text layer, as scans have none; a program such as ocrmypdf adds one.")
    made = compose(_pieces(pages), _facts(document, path), "", file_title(path), limits)
    if made is None:
        raise NoText("There is no text in this PDF.")
    check_length(made.text, limits)
    yield made


def _opened(stream: BinaryIO) -> PdfReader:
    try:
        document = PdfReader(stream, strict=False)
        if document.is_encrypted and not document.decrypt(""):
            raise Damaged("The PDF is locked with a password.")
    except Damaged:
        raise
    except _BROKEN as error:
        locked = type(error).__name__ == "DependencyError"
        raise Damaged("The PDF is encrypted." if locked else "The PDF is damaged or cut short.") from error
    return document


def _page_count(document: PdfReader) -> int:
    try:
        count = len(document.pages)
    except _BROKEN as error:
        raise Damaged("The PDF is damaged or cut short.") from error
    if count > _MOST_PAGES:
        raise TooLong(f"The PDF has more than {_MOST_PAGES:,} pages.")
    return count


def _lines(page: Any) -> list[str]:
    text = str(page.extract_text() or "").replace("\r", "\n")
    return [line.rstrip() for line in text.split("\n")]


def _facts(document: PdfReader, path: str) -> Facts:
    try:
        about = document.metadata
        title = one_line(str(about.title or "")) if about else ""
        author = one_line(str(about.author or "")) if about else ""
    except _BROKEN:
        title = author = ""
    # When a file was made is not when its text was published.
    return Facts("" if _NO_TITLE.match(title) else title, author, date_in_name(path))


# ---- from lines to paragraphs --------------------------------------------------------------------------------
def _pieces(pages: Sequence[Sequence[str]]) -> Iterator[Piece]:
    kept = [line for page in _without_heads(pages) for line in [*page, None]]
    long = sorted(len(line) for line in kept if line and len(line) > 20)
    usual = long[len(long) * 3 // 4] if long else 80
    held: list[str] = []
    kind = BlockKind.PARAGRAPH
    for line in kept:
        if line is None:
            continue
        words = line.strip()
        begun = _begun(held, words, usual)
        if held and (not words or begun or _has_leader(held[-1]) or _ends(held[-1], line, usual)):
            yield Piece(kind, _joined(held))
            held = []
        if not held:
            kind = begun or BlockKind.PARAGRAPH
        if words and kind is BlockKind.HEADING:
            yield Piece(kind, words, words.split()[0].strip(".").count(".") + 1)
        elif words:
            held.append(words)
    if held:
        yield Piece(kind, _joined(held))


def _begun(held: Sequence[str], words: str, usual: int) -> BlockKind | None:
    """Return what a line begins by its looks: a heading with its number, an item of a list or of a table of contents.
    """
    over = not held or held[-1].endswith(_ENDS) or len(held[-1]) < 0.6 * usual
    if _has_leader(words) or _SURE_ITEM.match(words) or (over and _ITEM.match(words)):
        return BlockKind.LIST_ITEM
    if over and _SECTION.match(words) and len(words) < _FULL * usual and not words.endswith((".", ",", ";")):
        return BlockKind.HEADING
    return None


def _has_leader(words: str) -> bool:
    # A line as long as that is no heading, and thousands of dots would be looked at again and again.
    return len(words) < 400 and _LEADER.search(words) is not None


def _ends(last: str, following: str, usual: int) -> bool:
    """Whether a paragraph ends with a line: it is short, and what follows may begin another."""
    if len(last) >= _FULL * usual:
        return False
    begins = following.lstrip()[:1]
    return last.endswith(_ENDS) or (not begins.islower() and len(last) < 0.6 * usual)


def _joined(lines: Sequence[str]) -> str:
    """Join lines; a word that was parted at a line's end is one again."""
    text = _LEADER.sub(" … ", lines[0]) if _has_leader(lines[0]) else lines[0]
    for line in lines[1:]:
        if len(text) > 1 and text.endswith(("-", "\u00ad")) and text[-2].isalpha() and line[:1].islower():
            text = text[:-1] + line
        else:
            text = f"{text} {line}"
    return text


def _without_heads(pages: Sequence[Sequence[str]]) -> Iterable[list[str]]:
    """Leave out page numbers, and what stands at the edge of many pages."""
    counts = Counter(key for page in pages for key in {_key(page[at]) for at in _edges(page)})
    least = max(3, _REPEATED * len(pages))
    for number, page in enumerate(pages):
        title = next((at for at in _edges(page)[:1] if number == 0 and not _DIGITS.search(page[at])), None)
        out = {
            at
            for at in _edges(page)
            # A document's title may stand above its other pages, too.
            if at != title
            if counts[_key(page[at])] >= least or (len(pages) > 1 and _NUMBER.fullmatch(page[at]))
        }
        yield [line for at, line in enumerate(page) if at not in out]


def _key(line: str) -> str:
    return _DIGITS.sub("0", line.strip())


def _edges(page: Sequence[str]) -> list[int]:
    filled = [at for at, line in enumerate(page) if line.strip()]
    return sorted({*filled[:_AT_AN_EDGE], *filled[-_AT_AN_EDGE:]}) if len(filled) > 2 * _AT_AN_EDGE else []
