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
_MOST_SEARCHED = 20_000_000
"""Characters of the text that are looked through for all links together: half a second, whatever the file is."""
_MOST_FAR = 10_000_000
"""How many of them in looking further than that: after so many a link is looked for near the one before it alone."""
_FASTER = 16
"""How many times as fast one word is looked for as several."""


def hrefs_in(source: str, text: str, kind: str, base: str = "") -> Iterator[Link]:
    """Yield the links of a file, each where its words stand in the text; relative ones are taken from `base`.

    A file that would have the text looked through over and over has no more of them after a while.
    """
    search = _Search(text)
    for words, address in _anchors(source) if kind == "html" else _markdown(source):
        url = _joined(base, address)
        place = search.place(words) if url else None
        if place is not None:
            yield Link(*place, url)
        elif search.left <= 0:
            return


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


class _Search:
    """Where words stand in a text, one behind the other."""

    def __init__(self, text: str) -> None:
        self.left = _MOST_SEARCHED
        """Characters that may still be looked through."""
        self._far = _MOST_FAR
        self._text = text
        self._at = 0
        self._missing: set[str] = set()
        """Words that do not stand behind where the last ones were found."""

    def place(self, words: str) -> tuple[int, int] | None:
        """Find words behind those found before, whatever white space is between them."""
        parts = words.split()
        if sum(map(len, parts)) < 2 or not all(map(self._is_there, sorted(parts, key=len, reverse=True))):
            return None
        pattern = re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, parts)) + r"(?!\w)")
        found = self._searched(pattern, self._at, self._at + _NEAR)
        if found is None and self._far > 0:
            before = self.left
            # From the same place, for words of which only some are near.
            found = self._searched(pattern, self._at, len(self._text))
            self._far -= before - self.left
        if found is None:
            return None
        self._at = found.end()
        return found.span()

    def _is_there(self, word: str) -> bool:
        if word in self._missing:
            return False
        first = self._text.find(word, self._at)
        self.left -= ((first if first >= 0 else len(self._text)) - self._at) // _FASTER
        if first < 0:
            self._missing.add(word)
        return first >= 0

    def _searched(self, pattern: re.Pattern[str], start: int, end: int) -> re.Match[str] | None:
        end = min(len(self._text), end, start + max(0, self.left))
        found = pattern.search(self._text, start, end)
        self.left -= max(0, (end if found is None else found.end()) - start)
        # A word that goes on behind the end has not been seen whole.
        return None if found is not None and end < len(self._text) and found.end() == end else found
