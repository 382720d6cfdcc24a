"""The formats, a line each: what a file's name and its first bytes say about it."""

from __future__ import annotations

import re
import sys

from store.record import Record

_HTML_START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_HTML_LOOK = re.compile(rb"\s*<(?:!doctype\s+html|html|head|body|meta|title|article|div|p|h1)[\s>]", re.IGNORECASE)
_FRONT_MATTER = re.compile(
    rb"(?:\xef\xbb\xbf)?(?P<mark>---|\+\+\+)[ \t]*\r?\n[^\n]{0,200}[:=].*?\n(?P=mark)[ \t\r]*(?:\n|\Z)",
    re.DOTALL,
)
_FEED = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?[^>]{0,500}\?>\s*|<!--.{0,2000}?-->\s*)*"
    rb"<(?:(?:[a-z]{1,9}:)?rss|rdf:rdf|(?:[a-z]{1,9}:)?feed\s[^>]{0,2000}atom)[\s>]?",
    re.IGNORECASE | re.DOTALL,
)
_OPML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?[^>]{0,500}\?>\s*|<!--.{0,2000}?-->\s*)*<opml[\s>]", re.IGNORECASE | re.DOTALL
)
_HEADER = rb"(?:[A-Za-z][A-Za-z0-9-]{1,60}:[^\r\n]{0,2000}\r?\n(?:[ \t][^\r\n]{0,2000}\r?\n){0,50})"
_MAIL = re.compile(
    rb"(?:Return-Path|Received|Delivered-To|Message-ID|MIME-Version|From|Date|X-[A-Za-z-]{1,60}):"
    rb"[^\r\n]{0,2000}\r?\n(?:[ \t][^\r\n]{0,2000}\r?\n){0,50}" + _HEADER + rb"{2}",
    re.IGNORECASE,
)
_MAILBOX = re.compile(rb"From (?:\S+ |- ).{0,80}\d{4}\r?\n>?[A-Za-z-]{2,60}:")
_PDF = re.compile(rb"(?:\xef\xbb\xbf|\s)*%PDF-\d")
_DOCX = re.compile(rb"PK\x03\x04.{26}(?:\[Content_Types\]\.xml|_rels/\.rels|word/|docProps/)", re.DOTALL)
_EPUB = re.compile(rb"PK\x03\x04.{26}(?:mimetype(?!application/vnd)|META-INF/)", re.DOTALL)
_JSON = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:\[\s*)?\{\s*"[^"\n]{1,100}"\s*:')
_COMPRESSED = re.compile(rb"\x1f\x8b\x08|BZh[1-9](?:1AY&SY|\x17rE8P\x90)|\xfd7zXZ\x00")
_TAR = re.compile(rb"(?=[^\0]{1,100}\0).{257}ustar[\0 ]", re.DOTALL)
_ZSTD = re.compile(rb"\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18", re.DOTALL)
_WARC = re.compile(rb"WARC/[01]\.\d{1,2}\r?\n")
_ZIP = re.compile(rb"PK(?:\x03\x04|\x05\x06)")


class Format(Record):
    """A kind of file, read by `store.formats.NAME.read`; the module is imported when the first such file comes."""

    name: str
    title: str
    """What such files are called in a sentence, in the plural."""
    suffixes: str
    """Lower case, with their dots, parted by spaces."""
    sure: re.Pattern[bytes] | None = None
    """Matches the first 16 kB of such files and of no others: it decides, whatever the name says."""
    likely: re.Pattern[bytes] | None = None
    """Matches what such files begin with: it decides where the name says nothing."""
    many: bool = False
    """Holds many articles, or compressed ones: read piece by piece, it may be larger than one article may."""
    forward: bool = False
    """Is read from front to end without seeking, so that it can be read while it is unpacked."""
    wrapped: bool = False
    """Is a single file in a wrapper, whose own name is the rest of the name: `a.txt.gz`."""
    needs: str = ""
    """The module of another project that its reader needs, where the default install lacks it ..."""
    extra: str = ""
    """... and the extra that brings it."""


FORMATS = (
    Format("html", "web pages", ".html .htm .xhtml .xht .shtml", sure=_HTML_START, likely=_HTML_LOOK),
    Format("markdown", "Markdown", ".md .markdown .mdown .mkd", likely=_FRONT_MATTER),
    Format("text", "plain text", ".txt .text .asc .story"),
    Format("json_file", "JSON", ".json .jsonl .ndjson", likely=_JSON, many=True, forward=True),
    Format("feed", "feeds", ".rss .atom .rdf .xml", sure=_FEED, many=True),
    Format("opml", "lists of feeds", ".opml", sure=_OPML),
    Format("mail", "e-mails", ".eml", likely=_MAIL),
    Format("mailbox", "mailboxes", ".mbox .mbx", sure=_MAILBOX, many=True, forward=True),
    Format("epub", "EPUB books", ".epub", sure=_EPUB, many=True),
    Format("pdf", "PDF documents", ".pdf", sure=_PDF, many=True, needs="pypdf", extra="pdf"),
    Format("docx_file", "Word documents", ".docx .docm", sure=_DOCX, many=True, needs="docx", extra="docx"),
    Format("compressed", "compressed files", ".gz .bz2 .xz .tgz .tbz .tbz2 .txz",
           sure=_COMPRESSED, many=True, forward=True, wrapped=True),
    Format("zstd_file", "files compressed with Zstandard", ".zst .tzst",
           sure=_ZSTD, many=True, forward=True, wrapped=True,
           needs="compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd", extra="zst"),
    # Formats that are zip archives themselves stand above: of several that are sure the first is taken, unless the name
    # speaks for another.
    Format("zip", "zip archives", ".zip .wacz", sure=_ZIP, many=True),
    Format("tar", "tar archives", ".tar", sure=_TAR, many=True, forward=True),
    Format("warc", "web archives", ".warc .wet", sure=_WARC, many=True, forward=True),
)  # fmt: skip
"""What content does not decide is decided by the name; what neither does is plain text."""

NOT_YET = {
    ".doc": "old Word documents",
    ".odt": "OpenDocument texts", ".rtf": "Rich Text documents",
    ".csv": "CSV tables", ".tsv": "tables", ".msg": "e-mails of this kind",
    ".7z": "archives of this kind", ".rar": "archives of this kind",
    ".mhtml": "saved pages of this kind", ".mht": "saved pages of this kind", ".rst": "reStructuredText",
    ".org": "Org files", ".adoc": "AsciiDoc", ".asciidoc": "AsciiDoc", ".tex": "TeX", ".wiki": "wiki text",
    ".pages": "Pages documents", ".djvu": "DjVu documents", ".mobi": "e-books of this kind",
    ".azw3": "e-books of this kind", ".fb2": "e-books of this kind",
}  # fmt: skip
"""Suffixes of documents that hold text to read, which Dateline does not read: the user is told of them."""

BY_SUFFIX = {suffix: format for format in FORMATS for suffix in format.suffixes.split()}
WRAPPERS = tuple(suffix for format in FORMATS if format.wrapped for suffix in format.suffixes.split())
"""Suffixes of a single compressed file, behind which the rest of its name says what it is."""
BY_NAME = {format.name: format for format in FORMATS}
