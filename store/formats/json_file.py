"""JSON: an article a line, a list of articles, an object with such a list in it, or one article.

What the file is shows in its content, since archives call lines `.json` and lists `.jsonl`. Lines are read one by one;
another file that is larger than one article may be is looked through for lists, of which one object is held at a time.
"""

from __future__ import annotations

import codecs
import io
import json
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, BinaryIO

from store.article import Problem, Unchanged
from store.formats import json_feed, record
from store.formats.encoding import decode
from store.formats.json_scan import SMALL, Scanner, objects
from store.formats.limits import Limits, megabytes
from store.formats.registry import Item, marked
from store.formats.source import Damaged, NoText, TooLong, problem_of, whole
from store.formats.unpacking import pieces_of

_PIECE = 1 << 16
_TRIED = 1_000
"""Records without an article among them after which no article is expected of a file."""
_WITHOUT_END = 100_000
"""Records in a row without an article after which the rest is left out: a log, that had a word to say at first."""
_LEVELS = 6
"""How deep articles are looked for in what is held as a whole."""
_NONE = "This JSON holds no articles: no text under a name that is known; `[json]` in the settings adds names."
_GEOMETRY = frozenset({"FeatureCollection", "Feature", "Topology"})


def read(stream: BinaryIO, path: str, limits: Limits) -> Iterator[Item]:
    """Read a file of JSON; a broken line or record is a problem with its number, and the rest is read.

    Raises:
        NoText, NotText, TooLong, Damaged: with a sentence for the user.
    """
    found = _Found(path, limits)
    lines = _Lines(stream, limits.raw)
    first = lines.next()
    if first[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) or b"\0" in first[:4]:
        text = decode(first + whole(stream, limits)).text
        stream = io.BytesIO(text.encode("utf-8", "replace"))
        lines = _Lines(stream, limits.raw)
        first = lines.next()
    if not first:
        raise NoText("There is no text in this file.")
    number = lines.number
    second = lines.next() if first.startswith(b"{") and len(first) <= limits.raw else b""
    named = path.lower().endswith((".jsonl", ".ndjson"))
    if (second or named) and (_is_object(first) or _is_object(second)):
        held = [(number, first), (lines.number, second)] if second else [(number, first)]
        yield from found.in_lines(chain(held, lines), lines)
    else:
        yield from found.in_document(first + second, stream)
    yield from found.summary()


class _Lines:
    """A stream's lines that are not blank, with their numbers. One that is too long is cut, a byte too long."""

    def __init__(self, stream: BinaryIO, most: int) -> None:
        self._stream = stream
        self._most = most
        self.number = 0

    def next(self) -> bytes:
        """Return the next line; empty at the end."""
        while line := self._stream.readline(self._most + 1):
            self.number += 1
            line = line.removeprefix(codecs.BOM_UTF8) if self.number == 1 else line
            if not line.isspace() and line:
                return line
        return b""

    def pass_over(self) -> None:
        """Pass over the rest of a line that is too long."""
        while (rest := self._stream.readline(_PIECE)) and not rest.endswith(b"\n"):
            pass

    def __iter__(self) -> Iterator[tuple[int, bytes]]:
        while line := self.next():
            yield self.number, line


class _Found:
    """Makes articles of what a file holds, and counts what is none."""

    def __init__(self, path: str, limits: Limits) -> None:
        self._path = path
        self._limits = limits
        self._articles = self._problems = self._without = self._looked_at = 0
        self._articles_before = self._last_at = 0
        self._held_whole = False
        """The file is one value, of which each record has a fingerprint of its own, if it is not the only one."""

    def in_lines(self, numbered: Iterable[tuple[int, bytes]], lines: _Lines) -> Iterator[Item]:
        """Read a record a line."""
        for number, line in numbered:
            place = f"line {number}"
            if len(line) > self._limits.raw:
                lines.pass_over()
                yield self._told(TooLong(f"The line is longer than {megabytes(self._limits.raw)}."), place)
            else:
                yield from self._parsed(line, place, certain=True, listed=True)
            self._give_up_in_time()

    def in_document(self, start: bytes, stream: BinaryIO) -> Iterator[Item]:
        """Read a file that is one value, or several that are not one a line; `start` has been read already."""
        held = [start]
        left = self._limits.raw + 1 - len(start)
        while left > 0 and (piece := stream.read(left)):
            held.append(piece)
            left -= len(piece)
        if left <= 0:
            yield from self._in_pieces(chain(held, pieces_of(stream)))
            return
        data = b"".join(held)
        try:
            value = _load(data)
        except json.JSONDecodeError as error:
            try:
                yield from self._in_pieces([data])
            except Damaged:
                if not self._articles:
                    where = f"line {error.lineno}, column {error.colno}"
                    raise Damaged(f"This is no valid JSON: it breaks off at {where}.") from error
                raise
        else:
            self._held_whole = True
            yield from self._within(value, 0, "", certain=False, listed=False)

    def summary(self) -> Iterator[Problem]:
        """Say what was passed over.

        Raises:
            NoText: everything was.
        """
        if not self._articles and not self._problems:
            raise NoText(_NONE)
        if self._articles and self._without:
            some = "1 record has" if self._without == 1 else f"{self._without:,} records have"
            yield Problem(self._path, "read", f"{some} no text under a name that Dateline knows.")

    def _in_pieces(self, pieces: Iterable[bytes], small: int = SMALL) -> Iterator[Item]:
        """Read the objects of a file that is too large to be held, or broken."""
        most = self._limits.raw
        for number, (text, listed) in enumerate(objects(Scanner(pieces), most, min(small, most)), 1):
            place = f"record {number}"
            if text is None:
                yield self._told(TooLong(f"The record is longer than {megabytes(most)}."), place)
                continue
            data = text.encode("utf-8", "replace")
            if not listed and small and _loaded(data) is None:
                # What is broken in it is looked for one by one.
                yield from self._in_pieces([data], 0)
            else:
                yield from self._parsed(data, place, certain=False, listed=listed)
            self._give_up_in_time()

    def _parsed(self, data: bytes, place: str, *, certain: bool, listed: bool) -> Iterator[Item]:
        """Read a line or an object, unless the index has what was read from the same bytes."""
        if not self._limits.errand.may_be(data):
            return
        raw = self._limits.errand.fingerprint(data.strip())
        if self._limits.errand.unchanged(raw):
            self._articles += 1
            yield Unchanged()
            return
        yield from marked(self._parsed_anew(data, place, certain=certain, listed=listed), raw)

    def _parsed_anew(self, data: bytes, place: str, *, certain: bool, listed: bool) -> Iterator[Item]:
        try:
            value = _load(data)
        except json.JSONDecodeError as error:
            yield self._told(Damaged(f"It is no valid JSON: {_plain(error)}."), place)
        except Exception as error:  # noqa: BLE001 - one broken record does not end the file
            yield self._told(error, place)
        else:
            yield from self._within(value, _LEVELS - 2 if listed else 0, place, certain=certain, listed=listed)

    def _within(
        self, value: object, level: int, place: str, *, certain: bool, listed: bool
    ) -> Iterator[Item]:
        """Look for articles in a value: it is one, or holds some."""
        before = self._articles + self._problems
        if isinstance(value, dict) and str(value.get("type")) not in _GEOMETRY:
            value = json_feed.items_alone(value)
            made = self._made(value, place, certain=certain)
            if made is not None:
                yield made
            elif level < _LEVELS:
                for child in value.values():
                    if isinstance(child, dict | list):
                        yield from self._within(child, level + 1, place, certain=False, listed=False)
        elif isinstance(value, list) and level < _LEVELS:
            for number, child in enumerate(value, 1):
                inner = place or f"record {number}"
                yield from self._within(child, level + 1, inner, certain=False, listed=not place)
        if listed and self._articles + self._problems == before:
            self._without += 1

    def _made(self, value: dict[str, Any], place: str, *, certain: bool) -> Item | None:
        errand = self._limits.errand
        raw = 0
        try:
            if errand.keep is not None and self._held_whole and place:
                raw = errand.fingerprint(json.dumps(value).encode())
                if errand.unchanged(raw):
                    self._articles += 1
                    return Unchanged()
            errand.entering(place)
            made = record.article(value, self._path, self._limits, certain=certain)
        except Exception as error:  # noqa: BLE001 - one broken record does not end the file
            return self._told(error, place)
        if made is None:
            return None
        self._articles += 1
        return made.replace(raw=raw) if raw else made

    def _told(self, error: Exception, place: str) -> Problem:
        self._problems += 1
        return problem_of(error, self._path, place)

    def _give_up_in_time(self) -> None:
        if self._limits.errand.wanted:
            return
        self._looked_at += 1
        if not self._articles and self._looked_at >= _TRIED:
            raise NoText(f"{_NONE} {_TRIED:,} records were looked at.")
        if self._articles != self._articles_before:
            self._articles_before, self._last_at = self._articles, self._looked_at
        if self._looked_at - self._last_at >= _WITHOUT_END:
            raise TooLong(f"There is no article in {_WITHOUT_END:,} records in a row; the rest is left out.")


def _load(data: bytes) -> object:
    """Parse a value.

    Raises:
        JSONDecodeError, RecursionError, NotText: it is none.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = decode(data).text
    return json.loads(text, parse_int=_number)


def _number(digits: str) -> int | str:
    """Read a number; one with thousands of digits, which Python refuses, stays as it is written."""
    return int(digits) if len(digits) < 100 else digits


def _loaded(data: bytes) -> object:
    """Parse a value; None when it is none."""
    try:
        return _load(data)
    except (ValueError, RecursionError):
        return None


def _is_object(line: bytes) -> bool:
    return line.lstrip().startswith(b"{") and isinstance(_loaded(line), dict)


def _plain(error: json.JSONDecodeError) -> str:
    """Say where a line breaks, in words of ours: the parser's differ from version to version."""
    at_end = error.pos >= len(error.doc.rstrip()) or error.msg.startswith("Unterminated string")
    return "it is cut short" if at_end else f"it breaks off at column {error.colno}"
