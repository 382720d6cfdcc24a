"""Picks a format, by content first and then by the file's name, and keeps any failure within its file."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from enum import Enum
from typing import BinaryIO

from store.article import Article, Problem
from store.formats import text
from store.formats.encoding import NotText, refuse_known_binary
from store.formats.limits import DEFAULT, Limits
from store.formats.source import NoText, TooLong

READER_VERSION = "1"
"""Part of every file's stamp: a file is read again when the readers have changed."""

Reader = Callable[[BinaryIO, str, Limits], Iterator[Article | Problem]]

_TEXT = frozenset({".txt", ".text", ".asc", ".story"})
_MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mkd"})
_HTML = frozenset({".html", ".htm", ".xhtml", ".xht", ".shtml"})
_NOT_YET = {
    ".pdf": "PDF documents", ".epub": "EPUB books", ".docx": "Word documents", ".doc": "Word documents",
    ".odt": "OpenDocument texts", ".rtf": "Rich Text documents", ".json": "JSON", ".jsonl": "JSON lines",
    ".ndjson": "JSON lines", ".csv": "CSV tables", ".tsv": "tables", ".xml": "XML", ".rss": "RSS feeds",
    ".atom": "Atom feeds", ".opml": "OPML lists", ".eml": "e-mails", ".mbox": "mailboxes", ".msg": "e-mails",
    ".gz": "compressed files", ".zip": "zip archives", ".tar": "archives", ".tgz": "archives",
    ".bz2": "compressed files",
    ".xz": "compressed files", ".zst": "compressed files", ".7z": "archives", ".warc": "web archives",
    ".mhtml": "saved pages of this kind", ".mht": "saved pages of this kind", ".rst": "reStructuredText",
    ".org": "Org files", ".adoc": "AsciiDoc", ".asciidoc": "AsciiDoc", ".tex": "TeX", ".wiki": "wiki text",
    ".pages": "Pages documents", ".djvu": "DjVu documents", ".mobi": "e-books of this kind",
    ".azw3": "e-books of this kind", ".fb2": "e-books of this kind",
}  # fmt: skip
"""Suffixes of documents that hold text to read, which Dateline does not read: the user is told of them."""

_SUFFIX = re.compile(r"\.[A-Za-z][A-Za-z0-9_+-]{0,9}")
"""What counts as a suffix. "Mr. Smith resigns" and "minutes.2017" have none and are judged by content."""

_HTML_START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_HTML_LOOK = re.compile(
    rb"\s*<(?:!doctype\s+html|html|head|body|meta|title|article|div|p|h1)[\s>]", re.IGNORECASE
)
_FRONT_MATTER = re.compile(
    rb"(?:\xef\xbb\xbf)?(?P<mark>---|\+\+\+)[ \t]*\r?\n[^\n]{0,200}[:=].*?\n(?P=mark)[ \t\r]*(?:\n|\Z)",
    re.DOTALL,
)
_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|rss|feed|opml)\b", re.IGNORECASE)


class Outlook(Enum):
    """What a file's name promises."""

    READ = "read"
    NOT_YET = "a document of a kind that Dateline does not read"
    IGNORED = "no article: a picture, a program, data"


def outlook(name: str) -> Outlook:
    """Judge a file by its name, without opening it."""
    suffix = _suffix(name)
    if not suffix or suffix in _TEXT or suffix in _MARKDOWN or suffix in _HTML:
        return Outlook.READ
    return Outlook.NOT_YET if suffix in _NOT_YET else Outlook.IGNORED


def not_yet(name: str) -> str:
    """Return the sentence about a file of a kind that Dateline does not read."""
    return f"Dateline does not read {_NOT_YET[_suffix(name)]} yet."


def read(stream: BinaryIO, path: str, limits: Limits = DEFAULT) -> Iterator[Article | Problem]:
    """Read a file's articles; whatever is in it, the outcome is articles and problems, never an exception.

    `path` is used for its name only. `stream` must be seekable and stays open.
    """
    try:
        yield from _reader(stream, path)(stream, path, limits)
    except (NotText, TooLong, NoText) as error:
        yield Problem(path, "read", str(error))
    except OSError as error:
        yield Problem(path, "read", f"The file could not be read: {error.strerror or error}.")
    except RecursionError:
        yield Problem(path, "read", "The markup in this file is nested too deeply.")
    except Exception as error:  # noqa: BLE001 - parsers we did not write must not end the indexing of a library
        yield Problem(
            path, "read", f"The file defeats its reader ({type(error).__name__}); please report it."
        )


def format_name(stream: BinaryIO, path: str) -> str:
    """Name the format that `read` would use: `text`, `markdown` or `html`; empty when it would refuse."""
    try:
        return _reader(stream, path).__module__.rpartition(".")[2]
    except NotText:
        return ""


def _suffix(name: str) -> str:
    suffix = os.path.splitext(name)[1]  # noqa: PTH122 - a hundred thousand names are judged at every start
    return suffix.lower() if _SUFFIX.fullmatch(suffix) else ""


def _reader(stream: BinaryIO, path: str) -> Reader:
    """Pick the reader for a stream, which is left at its beginning.

    Raises:
        NotText: the content is none of ours.
    """
    head = stream.read(16_384)
    stream.seek(0)
    refuse_known_binary(head)
    suffix = _suffix(path)
    if _HTML_START.match(head):
        return _html()
    if suffix in _HTML:
        return _html()
    if suffix in _MARKDOWN:
        return _markdown()
    if suffix in _TEXT:
        return text.read
    if suffix in _NOT_YET:
        raise NotText(not_yet(path))
    if _XML.match(head):
        raise NotText("Dateline does not read XML yet.")
    if _FRONT_MATTER.match(head):
        return _markdown()
    return _html() if _HTML_LOOK.match(head) else text.read


# Their parsers take 0.1 and 1.5 seconds to import, which a folder of plain text need not pay.
def _markdown() -> Reader:
    from store.formats import markdown

    return markdown.read


def _html() -> Reader:
    from store.formats import html

    return html.read
