"""The links behind words: what HTML or Markdown writes of them, found again in the text that was read. Pure.

The text that is read holds the words of a link and not its address. Here no document is parsed: links are looked for
in the raw file, and only those count whose words stand in the text, in the order of the file. So what a page has
around its article, menus and the like, stays out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urljoin

from store.links import Link, normal

MOST_READ = 1_000_000
"""Bytes of a file that are looked through."""

# A tag is taken whole before it is looked into, and what it holds in one way only: nothing is tried twice.
_ANCHOR = re.compile(r"<a\s([^<>]{1,4000})>((?:[^<]|<(?!/?a[\s>])){1,600}+)</a\s*>", re.IGNORECASE)
_HREF = re.compile(r"(?:^|\s)href\s*+=\s*+(?:\"([^\"]{1,2000})\"|'([^']{1,2000})'|([^\s\"']{1,2000}))", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,2000}>")
# Nothing in it can stand where the next link begins, so that a hostile file takes no longer than another.
_WRITTEN = re.compile(
    r"(?<!!)\[([^\[\]]{1,600})\]\(\s*<?([^\s()<>\[\]]{1,2000}(?:\([^\s()<>\[\]]{0,500}\)[^\s()<>\[\]]{0,500})?)>?"
    r"(?:\s[^()\[\]]{0,300})?\)"
)
_MARKS = re.compile(r"[*_`]+")
_NEAR = 20_000
"""Characters of the text behind the last link found in which the words of the next one are looked for first."""


def hrefs_in(source: str, text: str, kind: str, base: str = "") -> Iterator[Link]:
    """Yield the links of a file, each where its words stand in the text; relative ones are taken from `base`."""
    at = 0
    for words, address in _anchors(source) if kind == "html" else _markdown(source):
        url = _joined(base, address)
        place = _place(words, text, at) if url else None
        if place is not None:
            yield Link(*place, url)
            at = place[1]


def _anchors(source: str) -> Iterator[tuple[str, str]]:
    for found in _ANCHOR.finditer(source):
        href = _HREF.search(found[1])
        if href is not None:
            yield unescape(_TAG.sub("", found[2])), unescape(href[1] or href[2] or href[3])


def _joined(base: str, address: str) -> str:
    try:
        return normal(urljoin(base, address) if base else address)
    except ValueError:
        # `http://[x` for one.
        return ""


def _markdown(source: str) -> Iterator[tuple[str, str]]:
    for found in _WRITTEN.finditer(source):
        yield _MARKS.sub("", found[1]), found[2]


def _place(words: str, text: str, at: int) -> tuple[int, int] | None:
    """Find words in a text from a place on, whatever white space is between them."""
    parts = words.split()
    if sum(map(len, parts)) < 2:
        return None
    if text.find(parts[0], at) < 0:
        return None
    pattern = re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, parts)) + r"(?!\w)")
    found = pattern.search(text, at, at + _NEAR) or pattern.search(text, at + _NEAR)
    return found.span() if found is not None else None
