"""What a line of the journal says, and how it is written. Pure.

Beside `annotations.json` stands `annotations.json.journal`. Each line is a CRC-32 in hex, a blank, and JSON. The first
is the header: which text of `annotations.json` the journal goes on from. Each further one is a change, with every
document that it touched as a whole, or an announcement: the text that folding is about to give `annotations.json`.
Since documents are whole, playing a change twice does no harm.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import orjson

VERSION = 1
"""Of the format of these lines; what the documents hold is the schema's affair."""

_HEX = 8

_EDITS = 500
"""Documents written in one go: half a millisecond in which no other thread runs."""


class Mark(NamedTuple):
    """What a text of the annotation file is known again by."""

    size: int
    crc: int


NOTHING = Mark(0, 0)
"""A file that is not there or empty."""


class Header(NamedTuple):
    """The first line."""

    version: int
    id: str
    after: str
    """The journal that was folded to begin this one; empty when what came before must be read anew."""
    schema: int
    sequence: int
    """The number of the last change that is in the annotation file."""
    base: Mark
    stamp: tuple[int, int]
    """Inode and modification time of the annotation file, which spare reading it again where they still hold."""


class Record(NamedTuple):
    """One change."""

    sequence: int
    at: str
    edits: list[tuple[str, str, Mapping[str, Any] | None]]
    """Table, key, and the document as a whole; None for one that is removed."""


class Announcement(NamedTuple):
    """The annotation file is about to become this text, which holds every change up to a number."""

    base: Mark
    sequence: int


Entry = Header | Record | Announcement


class Lines(NamedTuple):
    """What a piece of a journal holds."""

    entries: list[Entry]
    end: int
    """Length of the whole lines."""
    last: bytes
    """The last whole line, by which this place is known again; empty when there is none."""
    damaged: int
    """How many whole lines could not be understood."""


def mark_of(data: bytes) -> Mark:
    """Return what a text is known again by."""
    return Mark(len(data), zlib.crc32(data)) if data else NOTHING


def encoded(value: object) -> bytes:
    """Write JSON."""
    try:
        return orjson.dumps(value)
    except TypeError:
        # Slower, but it keeps what orjson refuses, such as a note from a file that was no UTF-8.
        return json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode("ascii")


def decoded(data: bytes) -> Any:
    """Read JSON; raises ValueError or RecursionError."""
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError:
        # The standard library accepts what orjson does not: lone surrogates, great numbers.
        return json.loads(data)


def line(entry: Entry) -> bytes:
    """Write a line."""
    match entry:
        case Header():
            says: dict[str, Any] = {
                "journal": entry.version,
                "id": entry.id,
                "after": entry.after,
                "schema": entry.schema,
                "sequence": entry.sequence,
                "base": [*entry.base],
                "stamp": [*entry.stamp],
            }
        case Record() if len(entry.edits) > _EDITS:
            return _long_line(entry)
        case Record():
            says = {"n": entry.sequence, "at": entry.at, "edits": entry.edits}
        case Announcement():
            says = {"fold": [*entry.base], "sequence": entry.sequence}
    text = encoded(says)
    return b"%08x %b\n" % (zlib.crc32(text), text)


def _long_line(record: Record) -> bytes:
    """Write a change of many documents, some at a time: a single step in which no other thread runs would be long."""
    head = encoded({"n": record.sequence, "at": record.at})
    pieces = [head[:-1], b',"edits":[']
    for at in range(0, len(record.edits), _EDITS):
        pieces.append(encoded(record.edits[at : at + _EDITS])[1:-1])
        pieces.append(b",")
    pieces[-1] = b"]}"
    crc = 0
    for piece in pieces:
        crc = zlib.crc32(piece, crc)
    return b"".join([b"%08x " % crc, *pieces, b"\n"])


def lines(data: bytes) -> Lines:
    """Read whole lines; what follows the last of them is left."""
    entries: list[Entry] = []
    damaged = start = 0
    last = b""
    while (stop := data.find(b"\n", start)) >= 0:
        last = data[start : stop + 1]
        entry = read_line(last)
        if entry is None:
            damaged += 1
        else:
            entries.append(entry)
        start = stop + 1
    return Lines(entries, start, last, damaged)


def read_line(written: bytes) -> Entry | None:
    """Understand a line; None when it is damaged."""
    text = written[_HEX + 1 : -1]
    try:
        if written[_HEX : _HEX + 1] != b" " or int(written[:_HEX], 16) != zlib.crc32(text):
            return None
        says = decoded(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(says, dict):
        return None
    return _header(says) if "journal" in says else _announcement(says) if "fold" in says else _record(says)


def _header(says: dict[str, Any]) -> Header | None:
    version, identity, after = says["journal"], says.get("id"), says.get("after")
    schema, sequence, base, stamp = says.get("schema"), says.get("sequence"), says.get("base"), says.get("stamp")
    if not (_numbers(version) and isinstance(identity, str) and isinstance(after, str)):
        return None
    if not (_numbers(schema, sequence) and _pair(base) and _pair(stamp)):
        return None
    return Header(version, identity, after, schema or 0, sequence or 0, Mark(*base or ()), tuple(stamp or ()))


def _announcement(says: dict[str, Any]) -> Announcement | None:
    base, sequence = says["fold"], says.get("sequence")
    return Announcement(Mark(*base), sequence or 0) if _pair(base) and _numbers(sequence) else None


def _record(says: dict[str, Any]) -> Record | None:
    sequence, at, edits = says.get("n"), says.get("at"), says.get("edits")
    if not (_numbers(sequence) and isinstance(at, str) and isinstance(edits, list) and all(map(_is_edit, edits))):
        return None
    return Record(sequence or 0, at, [(table, key, document) for table, key, document in edits])


def _is_edit(edit: object) -> bool:
    if not (isinstance(edit, list) and len(edit) == 3):
        return False
    table, key, document = edit
    named = isinstance(table, str) and isinstance(key, str) and key.isascii() and key.isdigit()
    return named and (document is None or isinstance(document, dict))


def _numbers(*values: object) -> bool:
    return all(type(value) is int and value >= 0 for value in values)


def _pair(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2 and _numbers(*value)


def gaps(entries: Iterable[Entry], sequence: int) -> bool:
    """Tell whether changes are missing, or come twice, in what goes on from a number."""
    for entry in entries:
        if isinstance(entry, Record):
            if entry.sequence != sequence + 1:
                return True
            sequence = entry.sequence
    return False
