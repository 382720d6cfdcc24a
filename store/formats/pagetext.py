"""HTML as it stands, from top to bottom: for pages without a main text and for HTML within Markdown.

The parser reports tags as it meets them and keeps no tree, so that depth costs nothing.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from lxml import etree

from store.article import BlockKind
from store.formats.clean import clean
from store.formats.compose import Piece

_DROPPED_WORDS = """
    script style template noscript svg math iframe object embed applet canvas audio video select button head
    nav footer aside menu dialog form
"""
_DROPPED = frozenset(_DROPPED_WORDS.split())
_BLOCKS_WORDS = """
    address article blockquote body caption center dd details div dl dt fieldset figcaption figure h1 h2 h3
    h4 h5 h6 header hr html legend li main ol p pre section summary table tbody tfoot thead tr ul
"""
_BLOCKS = frozenset(_BLOCKS_WORDS.split())
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_VOID_WORDS = """
    area base br col embed hr img input link meta source track wbr
"""
_VOID = frozenset(_VOID_WORDS.split())
_MAX_LEVEL = 8
_MAX_DEPTH = 1_000
"""Nesting from which the parser's time grows with the square of it."""

_TAG_NAME = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_TAG = re.compile(r"<[^<>]*>?")
_SILENT = re.compile(r"<(/?)(script|style)\b", re.IGNORECASE)
_OPEN_ENDED = _VOID | {
    "p",
    "li",
    "td",
    "th",
    "tr",
    "dd",
    "dt",
    "option",
    "thead",
    "tbody",
    "tfoot",
    "html",
    "body",
}

_SPACE = re.compile(r"\s+")


def pieces(text: str) -> Iterator[Piece]:
    """Return the blocks of an HTML text in order; scripts, styles, navigation and the like are left out."""
    if _depth(text) > _MAX_DEPTH:
        yield from _flat(text)
        return
    collector = _Collector()
    parser = etree.HTMLParser(
        target=collector,
        encoding="utf-8",
        remove_comments=True,
        remove_pis=True,
        no_network=True,
        huge_tree=True,
    )
    try:
        parser.feed(clean(text).encode("utf-8"))
        parser.close()
    except (etree.LxmlError, ValueError, AssertionError):
        # What was found before the parser gave up is still worth reading.
        collector.close()
    yield from collector.found


def _depth(text: str) -> int:
    """Return how deep elements are nested, roughly: elements that need no end tag are not counted."""
    depth = deepest = 0
    for match in _TAG_NAME.finditer(text):
        if match[2].lower() not in _OPEN_ENDED:
            depth += -1 if match[1] else 1
            deepest = max(deepest, depth)
    return deepest


def _flat(text: str) -> Iterator[Piece]:
    """Read a page whose nesting no one wrote: its words, parted where blank lines are."""
    words = html.unescape(_TAG.sub(" ", _without_silent(text)))
    for paragraph in re.split(r"\n\s*\n", words):
        yield Piece(BlockKind.PARAGRAPH, _SPACE.sub(" ", paragraph))


def _without_silent(text: str) -> str:
    """Leave scripts and styles out; one that never ends takes the rest of the page along, as in a browser."""
    parts: list[str] = []
    at, within = 0, ""
    for match in _SILENT.finditer(text):
        name = match[2].lower()
        if not within and not match[1]:
            parts.append(text[at : match.start()])
            within = name
        elif within == name and match[1]:
            at, within = match.start(), ""
    return "".join(parts) if within else "".join([*parts, text[at:]])


class _Collector:
    """The parser's target: gathers words until a block begins or ends."""

    def __init__(self) -> None:
        self.found: list[Piece] = []
        self._words: list[str] = []
        self._dropped: list[str] = []
        self._lists: list[int] = []
        """The number of the next item of each open list; 0 for bullets."""
        self._quotes = 0
        self._pre = 0
        self._kind: tuple[BlockKind, int] = (BlockKind.PARAGRAPH, 0)
        self._mark = ""
        self._cells = 0

    def start(self, tag: str, attrib: dict[str, str]) -> None:
        if self._dropped:
            if tag == self._dropped[-1] and tag not in _VOID:
                self._dropped.append(tag)
            return
        if tag in _DROPPED or ("hidden" in attrib and tag not in ("html", "body")):
            if tag not in _VOID:
                if tag in _BLOCKS:
                    self._flush()
                self._dropped.append(tag)
            return
        if tag in _BLOCKS:
            self._flush()
        if tag in _HEADINGS:
            self._kind = (BlockKind.HEADING, _HEADINGS[tag])
        elif tag in ("figcaption", "caption"):
            self._kind = (BlockKind.CAPTION, 0)
        elif tag == "ul":
            self._lists.append(0)
        elif tag == "ol":
            self._lists.append(1)
        elif tag == "li":
            number = self._lists[-1] if self._lists else 0
            self._mark = f"{number}. " if number else "• "
            if number:
                self._lists[-1] += 1
        elif tag == "blockquote":
            self._quotes += 1
        elif tag == "pre":
            self._pre += 1
        elif tag == "br":
            self._words.append("\n")
        elif tag in ("td", "th"):
            if self._cells:
                self._words.append(" | ")
            self._cells += 1
        elif tag == "tr":
            self._cells = 0
        elif tag == "img" and attrib.get("alt", "").strip():
            self._image(attrib["alt"])

    def end(self, tag: str) -> None:
        if self._dropped:
            if tag == self._dropped[-1]:
                self._dropped.pop()
            return
        if tag in _BLOCKS:
            self._flush()
        if tag in ("ul", "ol") and self._lists:
            self._lists.pop()
        elif tag == "li":
            self._mark = ""
        elif tag == "blockquote":
            self._quotes = max(0, self._quotes - 1)
        elif tag == "pre":
            self._pre = max(0, self._pre - 1)

    def data(self, data: str) -> None:
        if not self._dropped:
            self._words.append(data if self._pre else _SPACE.sub(" ", data))

    def comment(self, text: str) -> None:
        """Comments are not read."""

    def close(self) -> None:
        self._flush()

    def _image(self, alt: str) -> None:
        # Only a picture that stands alone is worth words; icons within a line are not.
        if not "".join(self._words).strip() and len(alt.split()) > 2:
            self.found.append(Piece(BlockKind.CAPTION, alt))

    def _flush(self) -> None:
        words = "".join(self._words)
        self._words.clear()
        kind, self._kind = self._kind, (BlockKind.PARAGRAPH, 0)
        if not words.strip():
            if kind[0] is not BlockKind.PARAGRAPH:
                self._kind = kind
            return
        if self._pre:
            self.found.append(Piece(BlockKind.CODE, words))
        elif kind[0] is not BlockKind.PARAGRAPH:
            self.found.append(Piece(kind[0], words, kind[1]))
        elif self._lists:
            self.found.append(
                Piece(BlockKind.LIST_ITEM, self._mark + words.strip(), min(len(self._lists), _MAX_LEVEL))
            )
            self._mark = ""
        elif self._quotes:
            self.found.append(Piece(BlockKind.QUOTE, words, min(self._quotes, _MAX_LEVEL)))
        else:
            self.found.append(Piece(BlockKind.PARAGRAPH, words))
