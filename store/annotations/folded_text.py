"""A text as one reads it: without what reflowing, re-encoding or another keyboard makes of it, and the way back.

Runs of white space become one space, quotation marks and dashes their plain forms, letters are composed (NFC), and
hyphens within words go, since a reflowed line may have gained or lost one. Pure.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right

_PLAIN = {
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "′": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"', "‟": '"',
    "″": '"', "«": '"', "»": '"', "–": "-", "—": "-", "―": "-", "−": "-", "‐": "-", "‑": "-", "‒": "-", "…": "...",
    "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl",
}  # fmt: skip
_MARKS = "".join(_PLAIN)
_HYPHEN = "-\u00ad\u2010\u2011"
_ZERO_WIDTH = "\u00ad\u200b\u200c\u200d\u2060\ufeff"

_ODD = re.compile(
    # A hyphen within a word, also one at the end of a line or that an encoding did not have; and what has no width.
    rf"(?P<nothing>(?<=\w)[{_HYPHEN}](?:[^\S\n]*\n\s*)?(?=\w)|(?<=\w)[?\ufffd](?=\w)|[{_ZERO_WIDTH}]+)"
    r"|(?P<space>\s{2,}|[^\S ])"
    r"|(?P<dash>--+)"
    rf"|[{_MARKS}]"
)
_STAND_IN = {"nothing": "", "space": " ", "dash": "-"}


class Folded:
    """A text as it is compared, with the way back to the text that it was made from."""

    def __init__(self, text: str) -> None:
        self.source = text
        composed = text.isascii() or unicodedata.is_normalized("NFC", text)
        self._begins: list[int] | None = None
        """Where in the text each composed character begins; None where they are the text's own."""
        base = text
        if not composed:
            base, self._begins = _compose(text)
        self._base = len(base)
        parts: list[str] = []
        self._folded_starts: list[int] = []
        self._pieces: list[tuple[int, int, int]] = []
        """Of each piece that was exchanged: where its stand-in ends, and its own span in the base."""
        done = length = 0
        for match in _ODD.finditer(base):
            parts.append(base[done : match.start()])
            length += match.start() - done
            plain = _PLAIN[match[0]] if match.lastgroup is None else _STAND_IN[match.lastgroup]
            parts.append(plain)
            self._folded_starts.append(length)
            length += len(plain)
            self._pieces.append((length, match.start(), match.end()))
            done = match.end()
        parts.append(base[done:])
        self.text = "".join(parts)

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the original text that a span of the folded one stands for, without outer space."""
        if start >= end:
            return self._source_span(start)[0], self._source_span(start)[0]
        begin, stop = self._source_span(start)[0], self._source_span(end - 1)[1]
        part = self.source[begin:stop]
        begin += len(part) - len(part.lstrip())
        return begin, begin + len(part.strip())

    def at(self, offset: int) -> int:
        """Return the first place in the folded text that stands for the original's character there, or a later one."""
        return bisect_left(range(len(self.text)), offset, key=lambda place: self._source_span(place)[0])

    def _source_span(self, place: int) -> tuple[int, int]:
        """Return the characters that one character of the folded text stands for."""
        begin, stop = self._base_span(place)
        if self._begins is None:
            return begin, stop
        first = self._begins[min(begin, self._base)]
        while stop < self._base and self._begins[stop] == first:
            stop += 1
        return first, self._begins[min(stop, self._base)]

    def _base_span(self, place: int) -> tuple[int, int]:
        at = bisect_right(self._folded_starts, place) - 1
        if at < 0:
            return place, place + 1
        plain_end, begin, stop = self._pieces[at]
        if place < plain_end:
            return begin, stop
        return stop + place - plain_end, stop + place - plain_end + 1


def fold(text: str) -> str:
    """Return a text as it is compared."""
    return Folded(text).text.strip()


def _compose(text: str) -> tuple[str, list[int]]:
    """Return a text in NFC, cluster by cluster, and where in the text each of its characters begins."""
    parts: list[str] = []
    begins: list[int] = []
    start = 0
    for at in range(1, len(text) + 1):
        if at < len(text) and _goes_on(text[at]):
            continue
        cluster = unicodedata.normalize("NFC", text[start:at])
        parts.append(cluster)
        begins += [start] * len(cluster)
        start = at
    begins.append(len(text))
    return "".join(parts), begins


def _goes_on(character: str) -> bool:
    """Tell whether a character belongs to the one before it."""
    if character < "\u0300":
        return False
    return unicodedata.category(character)[0] == "M" or "\u1160" <= character <= "\u11ff"
