"""A tar archive: every member is read like a file while the archive goes by, and named by its path in it.

The standard library's reader is not used: it takes a header's word for how much memory its long names need.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import BinaryIO, cast

from store.article import Problem
from store.formats.encoding import NotText
from store.formats.limits import Limits
from store.formats.registry import Item, Outlook, is_passed_over, not_yet, outlook, read_member
from store.formats.source import UNREADABLE, Damaged, NoText
from store.formats.unpacking import PIECE
from store.record import Record

_BLOCK = 512
_FILES = frozenset(b"0\0" + b"7")
_LONG_NAME, _PAX, _SPARSE = ord("L"), ord("x"), ord("S")
_LONGEST = 100_000
"""Bytes of a long name, or of what stands beside a member's name; more is passed over, and the short name counts."""
_PAX_SPARSE = b"GNU.sparse."
_MORE_HOLES, _STILL_MORE = 482, 504
"""Where a header, and a block behind it, says that a block with further holes follows."""
_WITHOUT_DATA = frozenset(b"123456")
"""Links, devices, folders and pipes."""
_COUNT = re.compile(rb"[0-9]{1,18}")


class _Header(Record):
    name: str
    size: int
    kind: int
    more_holes: bool = False
    """Whether blocks that tell of holes stand between it and its data, which their sizes do not count."""


class _Member(io.RawIOBase):
    """What is left of a member, of which nobody need read all."""

    def __init__(self, stream: BinaryIO, size: int) -> None:
        self._stream = stream
        self.left = size
        self.cut = False
        """Whether the archive ended within it, which was told."""

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Give the next bytes; none at the end of the member.

        Raises:
            Damaged: the archive ends within it.
        """
        data = self._stream.read(min(len(buffer), self.left))
        if not data and self.left:
            self.cut = True
            raise Damaged("The archive ends within this member; what comes before is read.")
        self.left -= len(data)
        buffer[: len(data)] = data
        return len(data)


def read(stream: BinaryIO, path: str, limits: Limits) -> Iterator[Item]:
    """Read an archive's members in their order; one that cannot be read is a problem with its name.

    Raises:
        Damaged, NoText: with a sentence for the user.
    """
    found = False
    long_name, pax = "", b""
    while (header := _header(stream)) is not None:
        if header.kind in (_LONG_NAME, _PAX):
            said = _taken(stream, header.size)
            if header.kind == _PAX:
                pax = said
            else:
                long_name = _text(said.rstrip(b"\0"))
            continue
        facts = dict(_pax_facts(pax))
        called = facts.get(b"GNU.sparse.name") or facts.get(b"path", b"")
        name = _text(called) or long_name or header.name
        size = int(facts[b"size"]) if _COUNT.fullmatch(facts.get(b"size", b"")) else header.size
        if header.kind in _WITHOUT_DATA:
            # A hard link has the size of the file that it stands for, and nothing behind it.
            size = 0
        if header.more_holes:
            _pass_holes(stream)
        sparse = header.kind == _SPARSE or any(key.startswith(_PAX_SPARSE) for key in facts)
        long_name, pax = "", b""
        member = _Member(stream, size)
        if (header.kind in _FILES or sparse) and not _left_out(name):
            found = True
            if limits.errand.may_lie_in(name):
                yield from _read(member, name, path, limits, sparse=sparse)
        if member.cut:
            return
        if _skip(stream, member.left):
            raise Damaged("The archive ends too early; what comes before that is read.")
        _skip(stream, -size % _BLOCK)
    if not found:
        raise NoText("There is nothing to read in this archive.")


def _read(member: _Member, name: str, path: str, limits: Limits, *, sparse: bool) -> Iterator[Item]:
    try:
        if sparse:
            raise NotText("It is stored with holes, which Dateline does not fill.")
        if outlook(name) is Outlook.NOT_YET:
            raise NotText(not_yet(name))
        yield from read_member(cast(BinaryIO, io.BufferedReader(member, PIECE)), name, path, name, limits)
    except UNREADABLE as error:
        yield Problem(path, "read", str(error), name)


def _left_out(name: str) -> bool:
    return is_passed_over(name) or outlook(name) is Outlook.IGNORED


def _header(stream: BinaryIO) -> _Header | None:
    """Return the next member's header; None at the end.

    Raises:
        Damaged: there is no header where one should be.
    """
    block = _exactly(stream, _BLOCK)
    if not block.strip(b"\0"):
        # Two such blocks end an archive; some end with one, or with the file.
        return None
    if len(block) < _BLOCK:
        raise Damaged("The archive ends too early; what comes before that is read.")
    size = _number(block[124:136])
    if size is None or _number(block[148:156]) != sum(block[:148]) + 8 * 32 + sum(block[156:]):
        raise Damaged("The archive is damaged; what comes before that is read.")
    name = block[:100].split(b"\0", 1)[0]
    prefix = block[345:500].split(b"\0", 1)[0] if block[257:263] == b"ustar\0" else b""
    more_holes = block[156] == _SPARSE and block[_MORE_HOLES] != 0
    return _Header(_text(prefix + b"/" + name if prefix else name), size, block[156], more_holes)


def _pass_holes(stream: BinaryIO) -> None:
    """Pass over the blocks that tell where a member has its holes.

    Raises:
        Damaged: the archive ends within them.
    """
    more = True
    while more:
        block = _exactly(stream, _BLOCK)
        if len(block) < _BLOCK:
            raise Damaged("The archive ends too early; what comes before that is read.")
        more = block[_STILL_MORE] != 0


def _number(field: bytes) -> int | None:
    """Return a number as headers write it: octal, or binary where the first bit is set."""
    if field[0] & 0x80:
        found = int.from_bytes(field[1:])
        return found if field[0] == 0x80 else None
    digits = field.strip(b" \0")
    # Python reads signs and underscores, too: a size below nothing would read on for ever.
    return int(digits or b"0", 8) if re.fullmatch(rb"[0-7]*", digits) else None


def _pax_facts(pax: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield what a header of its own says about the next member: `LENGTH KEY=VALUE` a line."""
    while pax:
        length, _, _ = pax.partition(b" ")
        if not _COUNT.fullmatch(length) or not len(length) < int(length) <= len(pax):
            return
        line, pax = pax[: int(length)], pax[int(length) :]
        key, _, value = line[len(length) + 1 :].rstrip(b"\n").partition(b"=")
        yield key, value


def _taken(stream: BinaryIO, size: int) -> bytes:
    """Return what a header for long names holds, nothing where that is too much."""
    padding = -size % _BLOCK
    if size > _LONGEST:
        _skip(stream, size + padding)
        return b""
    said = _exactly(stream, size)
    _skip(stream, padding)
    return said


def _exactly(stream: BinaryIO, size: int) -> bytes:
    """Return the next bytes; fewer at the end of the file."""
    parts: list[bytes] = []
    while size and (part := stream.read(size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _skip(stream: BinaryIO, size: int) -> int:
    """Pass over some bytes; returns how many of them are not there."""
    while size and (part := stream.read(min(size, PIECE))):
        size -= len(part)
    return size


def _text(name: bytes) -> str:
    return name.decode("utf-8", "replace").removeprefix("./")
