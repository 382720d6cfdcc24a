"""JSON that is too large to be held: the objects in its lists, one after the other, as text.

Brackets and quotes are counted, and nothing is parsed, so that a broken object does not take the others along.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator

from store.formats.source import Damaged

_STRUCTURE = re.compile(r'["{}\[\]]')
_IN_STRING = re.compile(r'["\\]')
_SCALAR_END = re.compile(r"[\s,\]}:]")
_SPACE = re.compile(r"\s*")
_LEVELS = 6
"""How deep a list of articles may lie: `db.0.data.posts` of a blog's export is four."""
SMALL = 1_000_000
"""Code points up to which an object in an object is looked at as a whole: a shelf of articles by their ids."""
_INVALID = "This is no valid JSON from here on; what comes before that is read."
_CUT = "The JSON ends too early; what comes before that is read."


class Scanner:
    """Reads values off a stream of UTF-8, as text."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._text = ""
        self._at = 0
        self._ended = False

    def peek(self) -> str:
        """Return the next character that is no space, without taking it; empty at the end."""
        while True:
            self._at = _SPACE.match(self._text, self._at).end()  # type: ignore[union-attr]
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def take(self) -> str:
        """Take the next character that is no space; empty at the end."""
        char = self.peek()
        self._at += len(char)
        return char

    def value(self, most: int) -> str | None:
        """Take the next value; None when it is longer than `most`, of which the rest is passed over.

        Raises:
            Damaged: there is none, or it never ends.
        """
        first = self.peek()
        if first not in ("{", "[", '"'):
            return self._scalar()
        found: list[str] = []
        size = 0
        # What is looked through is kept aside or let go, so that little is held.
        for part in self._looked_through():
            size += len(part)
            if size <= most:
                found.append(part)
            else:
                found.clear()
        return "".join(found) if size <= most else None

    def small_value(self, most: int) -> str | None:
        """Take the next value if it ends and is no longer than `most`; else None, and nothing is taken."""
        held: list[str] = []
        size = 0
        try:
            for part in self._looked_through():
                held.append(part)
                size += len(part)
                if size > most:
                    break
            else:
                return "".join(held)
        except Damaged:
            self._ended = True
        self._text = "".join([*held, self._text[self._at :]])
        self._at = 0
        return None

    def _looked_through(self) -> Iterator[str]:
        """Take an object, a list or a string in the pieces in which it arrives."""
        self.peek()
        depth, quoted, at = 0, False, self._at
        while True:
            match = (_IN_STRING if quoted else _STRUCTURE).search(self._text, at)
            if match is None or (match[0] == "\\" and match.end() == len(self._text)):
                # A backslash at the end belongs to what comes next.
                end = len(self._text) if match is None else match.start()
                part, self._at = self._text[self._at : end], end
                if part:
                    yield part
                if not self._more():
                    raise Damaged(_CUT)
                at = self._at
                continue
            at = match.end()
            mark = match[0]
            if mark == "\\":
                at += 1
            elif mark == '"':
                quoted = not quoted
            else:
                depth += 1 if mark in "{[" else -1
            if depth <= 0 and not quoted:
                part, self._at = self._text[self._at : at], at
                yield part
                return

    def _scalar(self) -> str:
        parts: list[str] = []
        while True:
            match = _SCALAR_END.search(self._text, self._at)
            end = match.start() if match is not None else len(self._text)
            if sum(map(len, parts)) < 1000:
                parts.append(self._text[self._at : end])
            self._at = end
            if match is not None or not self._more():
                break
        found = "".join(parts)
        if not found:
            raise Damaged(_INVALID if self.peek() else _CUT)
        return found

    def _more(self) -> bool:
        """Get more text, and let go of what was taken."""
        if self._ended:
            return False
        piece = next(self._pieces, b"")
        self._ended = not piece
        self._text = self._text[self._at :] + self._decoder.decode(piece, self._ended)
        self._at = 0
        return True


def objects(scanner: Scanner, most: int, small: int = SMALL) -> Iterator[tuple[str | None, bool]]:
    """Yield the objects that stand in lists, at any place that is not too deep, each with `True`.

    Also, with `False`, objects that stand by themselves and are no longer than `small`, with all that is in them. An
    object longer than `most` is None.

    Raises:
        Damaged: what follows is no JSON.
    """
    while char := scanner.peek():
        if char == "{" and (alone := scanner.small_value(small)) is not None:
            yield alone, False
        elif char in "{[":
            yield from _within(scanner, most, small, 0)
        else:
            scanner.value(most)


def _within(scanner: Scanner, most: int, small: int, level: int) -> Iterator[tuple[str | None, bool]]:
    closing = "]" if scanner.take() == "[" else "}"
    while (char := scanner.peek()) != closing:
        if closing == "}":
            _expect(scanner, '"')
            scanner.value(SMALL)
            _expect(scanner, ":")
            scanner.take()
            char = scanner.peek()
        if closing == "]" and char == "{":
            yield scanner.value(most), True
        elif char == "{" and (alone := scanner.small_value(small)) is not None:
            yield alone, False
        elif char and char in "{[" and level < _LEVELS:
            yield from _within(scanner, most, small, level + 1)
        else:
            scanner.value(most)
        if scanner.peek() != closing:
            _expect(scanner, ",")
            scanner.take()
    scanner.take()


def _expect(scanner: Scanner, char: str) -> None:
    found = scanner.peek()
    if found != char:
        raise Damaged(_INVALID if found else _CUT)
