"""The directory of a zip archive, entry by entry: it may be larger than the memory we want to spend on it."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import BinaryIO

from store.formats.clean import clean
from store.formats.source import Damaged
from store.record import Record

_END = struct.Struct("<4s4H2LH")
_END64_PLACE = struct.Struct("<4sLQL")
_END64 = struct.Struct("<4sQ2H2L4Q")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_PIECE = 1 << 16
_MOST_COMMENT = 65_535
_UTF8, _ENCRYPTED = 0x800, 0x1
_NO_PLACE = re.compile(r"(?:^|(?<=/))(?:\.\.?|[A-Za-z]:)?/+")
"""What makes a name lead somewhere: roots, drives, ways up."""


class Entry(Record):
    """What the directory says about a member."""

    name: str
    """Clean, relative, parted by `/`; never a way out of the archive."""
    method: int
    encrypted: bool
    crc: int
    packed: int
    size: int
    at: int
    """Where its own header lies in the file."""


def entries(stream: BinaryIO) -> Iterator[Entry]:
    """Read the directory; the stream may be used for something else between two entries.

    Raises:
        Damaged: there is no directory, or it is broken from here on.
    """
    first, left, shift = _find(stream)
    at, held = first, b""
    number = 0

    def take(size: int) -> bytes:
        nonlocal at, held
        while len(held) < size:
            stream.seek(at)
            piece = stream.read(max(_PIECE, size - len(held)))
            if not piece:
                raise Damaged("The archive's list of members is damaged; what comes before that is read.")
            at += len(piece)
            held += piece
        data, held = held[:size], held[size:]
        return data

    while left >= _ENTRY.size:
        fields = _ENTRY.unpack(take(_ENTRY.size))
        if fields[0] != b"PK\x01\x02":
            raise Damaged("The archive's list of members is damaged; what comes before that is read.")
        flags, method = fields[3], fields[4]
        crc, packed, size, name_size, extra_size, comment_size = fields[7:13]
        raw, extra = take(name_size), take(extra_size)
        take(comment_size)
        left -= _ENTRY.size + name_size + extra_size + comment_size
        size, packed, place = _wide(extra, size, packed, fields[16])
        number += 1
        name = _name(raw, flags) or f"member {number}"
        yield Entry(name, method, bool(flags & _ENCRYPTED), crc, packed, size, place + shift)


def pieces(stream: BinaryIO, entry: Entry) -> Iterator[bytes]:
    """Read a member's packed bytes; the stream may be used for something else between two pieces.

    Raises:
        Damaged: it is not where the directory says.
    """
    stream.seek(entry.at)
    head = stream.read(_LOCAL.size)
    if len(head) < _LOCAL.size or not head.startswith(b"PK\x03\x04"):
        raise Damaged("It is damaged: it is not where the archive's list says.")
    name_size, extra_size = _LOCAL.unpack(head)[9:11]
    at, left = entry.at + _LOCAL.size + name_size + extra_size, entry.packed
    while left > 0:
        stream.seek(at)
        piece = stream.read(min(_PIECE, left))
        if not piece:
            raise Damaged("It is cut short.")
        at, left = at + len(piece), left - len(piece)
        yield piece


def _find(stream: BinaryIO) -> tuple[int, int, int]:
    """Return where the directory begins, how many bytes it has, and how far offsets in it are off."""
    length = stream.seek(0, 2)
    start = max(0, length - _END.size - _MOST_COMMENT)
    stream.seek(start)
    tail = stream.read()
    found = tail.rfind(b"PK\x05\x06")
    if found < 0 or len(tail) - found < _END.size:
        raise Damaged("The archive is cut short: the list of its members is missing.")
    size, offset = _END.unpack(tail[found : found + _END.size])[5:7]
    end = start + found
    end, size, offset = _wide_end(stream, end) or (end, size, offset)
    first = end - size
    # A program that unpacks itself may stand in front of the archive.
    if first < 0 or first - offset < 0:
        raise Damaged("The archive is damaged: the list of its members is not where it should be.")
    return first, size, first - offset


def _wide_end(stream: BinaryIO, end: int) -> tuple[int, int, int] | None:
    """Return where a large archive's directory ends, its size and its offset; None for an ordinary archive."""
    stream.seek(max(0, end - _END64_PLACE.size))
    locator = stream.read(_END64_PLACE.size)
    if len(locator) == _END64_PLACE.size and locator.startswith(b"PK\x06\x07"):
        # What stands in front of the archive moves the record, and not its offset.
        for place in (_END64_PLACE.unpack(locator)[2], end - _END64_PLACE.size - _END64.size):
            if 0 <= place < end:
                stream.seek(place)
                record = stream.read(_END64.size)
                if len(record) == _END64.size and record.startswith(b"PK\x06\x06"):
                    size, offset = _END64.unpack(record)[8:10]
                    return place, size, offset
    return None


def _wide(extra: bytes, size: int, packed: int, place: int) -> tuple[int, int, int]:
    """Return sizes and place, which stand in an extra field where they need more than 32 bits."""
    values = [size, packed, place]
    while len(extra) >= 4:
        kind, length = struct.unpack("<HH", extra[:4])
        if kind == 1:
            wide = extra[4 : 4 + length]
            for index, value in enumerate(values):
                if value == 0xFFFFFFFF and len(wide) >= 8:
                    values[index] = struct.unpack("<Q", wide[:8])[0]
                    wide = wide[8:]
        extra = extra[4 + length :]
    return values[0], values[1], values[2]


def _name(raw: bytes, flags: int) -> str:
    """Read a member's name: UTF-8, whether it says so or not, else what DOS wrote."""
    raw = raw.partition(b"\0")[0]
    try:
        name = raw.decode("utf-8")
    except UnicodeDecodeError:
        name = raw.decode("utf-8", "replace") if flags & _UTF8 else raw.decode("cp437")
    name = clean(name.replace("\\", "/"))
    while (safe := _NO_PLACE.sub("", name)) != name:
        name = safe
    return "" if name in (".", "..") else name
