"""Rows of cells: what stands in each column of the terminal, one character a cell, and with which pen.

A wide character is followed by `SECOND`. What takes more than one code point, or a width that terminals disagree on,
is represented by a private character, so that a row always has as many characters as the terminal has columns, and
comparing two rows is comparing two strings.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable

from rich.segment import Segment

from store.lazy_pattern import lazy_pattern
from tui.render.clusters import clusters
from tui.wire.pens import Pens

SECOND = "\uffff"
"""Stands in the further cells of a wide character. The text itself cannot hold it: `safe` takes it out."""

UNKNOWN = "\0"
"""Stands where nobody knows what the terminal shows."""

_DISPUTED, _JOINED, _END = 0x100000, 0x108000, 0x10FFF0

_SPARE = 16_000
"""More than the cells of a screen: a frame never runs out of stand-ins."""

_ALONE = re.compile(
    "[ -~\xa0-\xac\xae-\u02ff\u0370-\u0377\u0384-\u0386\u0400-\u0482\u2010-\u2027\u2030-\u205e\u20ac\u2190-\u21ff"
    "\u2500-\u25fc\u2800-\u28ff]*"
)
"""Text of which each character takes one cell on every terminal."""

DISPUTED = re.compile(f"[{chr(_DISPUTED)}-{chr(_JOINED - 1)}]")
"""A cell whose character may take another width on the terminal than it was counted for."""

_STAND_IN = re.compile(f"{SECOND}|[{chr(_DISPUTED)}-{chr(_END)}]")

_WIDE = lazy_pattern(
    "[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60"
    "\uffe0-\uffe6\U00020000-\U0003fffd]"
)
"""Characters that take two cells everywhere."""

_SYMBOL = lazy_pattern("[\u2300-\u23ff\u25fd-\u27bf\u2900-\u2bff\ue000-\uf8ff\U00010000-\U0001ffff]")
"""Characters that some terminals draw as pictures, two cells wide, and others as signs."""

Row = tuple[str, str]
"""The characters of a row, and the pens of its cells."""


class Cells:
    """Makes rows of cells out of what Textual would write."""

    def __init__(self, pens: Pens) -> None:
        self.pens = pens
        self._stand_ins: dict[str, str] = {}
        self._texts: dict[str, str] = {}
        self._numbers = [_JOINED, _DISPUTED]
        """The next free stand-in: of what is agreed on, of what is disputed."""

    def row(self, segments: Iterable[Segment], codes_of: Callable[[Segment], tuple[str, str]], width: int) -> Row:
        """Return the cells of a strip; `codes_of` gives the numbers of its pens, and links."""
        texts: list[str] = []
        looks: list[str] = []
        of, blank = self.pens.of, self.pens.blank
        for segment in segments:
            text = segment.text
            if segment.control or not text:
                continue
            pen = of(*codes_of(segment))
            if not text.isascii() and not _ALONE.fullmatch(text):
                text = self._compact(text, texts)
            texts.append(text)
            empty = blank(pen)
            if empty == pen:
                looks.append(pen * len(text))
            else:
                looks.append(empty.join([pen * len(word) for word in text.split(" ")]))
        whole, look = "".join(texts), "".join(looks)
        if len(whole) != width:
            # Characters that were counted one by one and take another room together: what is over is cut.
            return whole[:width].ljust(width), look[:width].ljust(width, Pens.PLAIN)
        return whole, look

    def written(self, text: str) -> str:
        """Return what a stretch of a row is written as."""
        return text if text.isascii() else _STAND_IN.sub(self._text, text)

    @property
    def entered(self) -> list[list[str]]:
        """The stand-ins, each with what it stands for."""
        return [[stand_in, cluster] for stand_in, cluster in self._texts.items()]

    def enter_all(self, entered: Iterable[Iterable[str]]) -> None:
        """Enter the stand-ins of another session."""
        for stand_in, cluster in entered:
            self._texts[stand_in], self._stand_ins[cluster] = cluster, stand_in
            disputed = stand_in < chr(_JOINED)
            self._numbers[disputed] = max(self._numbers[disputed], ord(stand_in) + 1)

    def compact(self, others: Cells, text: str) -> str:
        """Return a row that was made by another of these as this one would make it."""
        return _STAND_IN.sub(lambda match: self._renewed(others, match[0]), text)

    def _renewed(self, others: Cells, stand_in: str) -> str:
        cluster = others._texts.get(stand_in)
        return stand_in if cluster is None else self._enter(cluster, stand_in < chr(_JOINED))

    @property
    def full(self) -> bool:
        """Whether so many different characters have come that there is no stand-in left for more."""
        return self._numbers[True] >= _JOINED - _SPARE or self._numbers[False] >= _END - _SPARE

    def _text(self, match: re.Match[str]) -> str:
        return self._texts.get(match[0], "")

    def _compact(self, text: str, before: list[str]) -> str:
        out: list[str] = []
        for start, end, width in clusters(text, 0, len(text)):
            cluster = text[start:end]
            if width:
                out.append(self._cell(cluster, width) + SECOND * (width - 1))
            elif out:
                out[-1] = self._more(out[-1], cluster)
            elif before and before[-1]:
                before[-1] = self._more(before[-1], cluster)
        return "".join(out)

    def _more(self, text: str, mark: str) -> str:
        """Add a mark to the last character of a stretch."""
        at = len(text) - 1
        while at and text[at] == SECOND:
            at -= 1
        whole = self.written(text[at]) + mark
        return text[:at] + self._cell(whole, len(text) - at) + text[at + 1 :]

    def _cell(self, cluster: str, width: int) -> str:
        if len(cluster) == 1 and (_ALONE.fullmatch(cluster) or (width == 2 and _WIDE.match(cluster))):
            return cluster
        return self._stand_ins.get(cluster) or self._enter(cluster, not agreed(cluster, width))

    def _enter(self, cluster: str, disputed: bool) -> str:
        found = self._stand_ins.get(cluster)
        if found is None:
            found = self._stand_ins[cluster] = chr(self._numbers[disputed])
            self._texts[found] = cluster
            self._numbers[disputed] += 1
        return found


def agreed(cluster: str, width: int) -> bool:
    """Tell whether terminals agree on the width of what stands in a cell."""
    if _SYMBOL.match(cluster) or not all(unicodedata.category(mark) == "Mn" for mark in cluster[1:]):
        return False
    if any(mark in "\ufe0e\ufe0f\u20e3" or unicodedata.combining(mark) == 0 for mark in cluster[1:]):
        return False
    return width == (2 if _WIDE.match(cluster) else 1) and unicodedata.category(cluster[0])[0] != "C"
