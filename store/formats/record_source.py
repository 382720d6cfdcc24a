"""The bytes of a web archive, read forward; some can be put back, to be looked through once more."""

from __future__ import annotations

import io
import re
from typing import BinaryIO

from store.formats.source import Damaged
from store.formats.unpacking import PIECE

_LINE = 65_536
_LINES = 200
"""Lines of a record's own head that are looked at."""
_NEXT = re.compile(rb"\nWARC/[01]\.\d+\r?\n")
_PATIENCE = 200_000_000
"""Bytes that are put back altogether: an archive of wrong lengths is not read for ever."""


class RecordSource:
    """One archive."""

    def __init__(self, stream: BinaryIO) -> None:
        """`stream` is read to its end and never moved."""
        self._stream = stream
        self._held = io.BytesIO()
        self._put_back = 0

    def start(self) -> bytes:
        """Return the next line that is not blank; empty at the end."""
        while line := self._line():
            if line.strip():
                return line
        return b""

    def fields(self) -> dict[str, str]:
        """Read the lines of a head to the blank one behind them."""
        lines: list[bytes] = []
        for _ in range(_LINES):
            line = self._line()
            if not line.strip():
                break
            lines.append(line)
        return fields_of(b"".join(lines))

    def take(self, size: int) -> bytes:
        """Return the next bytes; fewer at the end."""
        parts = [self._held.read(size)]
        size -= len(parts[0])
        while size and (part := self._stream.read(min(size, 1 << 20))):
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def skip(self, size: int) -> int:
        """Pass over some bytes; returns how many of them are not there."""
        size -= len(self._held.read(size))
        while size and (part := self._stream.read(min(size, PIECE))):
            size -= len(part)
        return size

    def at_line_end(self) -> bool:
        """Pass over the end of a line, as one stands behind every record; says whether it was there."""
        line = self._line()
        if line and line.strip():
            self._back(line)
        return not line.strip()

    def back_to_record(self, block: bytes, line: bytes) -> bytes:
        """Go back to the record that begins within a block, and return its first line; `line` where there is none.

        Raises:
            Damaged: that has been done too often.
        """
        found = _NEXT.search(block)
        if found is None:
            return line
        self._back(block[found.start() + 1 :] + line)
        return self._line()

    def _line(self) -> bytes:
        line = self._held.readline(_LINE)
        return line if line.endswith(b"\n") or len(line) == _LINE else line + self._stream.readline(_LINE - len(line))

    def _back(self, data: bytes) -> None:
        rest = self._held.read()
        self._put_back += len(data) + len(rest)
        if self._put_back > _PATIENCE:
            raise Damaged("The archive is damaged in too many places; the rest is left out.")
        self._held = io.BytesIO(data + rest)


def has_record(block: bytes) -> bool:
    """Whether a record begins within what should be part of another one."""
    return _NEXT.search(block) is not None


def fields_of(head: bytes) -> dict[str, str]:
    """Return the fields of a head by their names in lower case; of several with one name the last."""
    fields: dict[str, str] = {}
    name = ""
    for line in head.decode("utf-8", "replace").splitlines():
        if line[:1] in (" ", "\t") and name:
            fields[name] += " " + line.strip()
            continue
        name, colon, value = line.partition(":")
        name = name.strip().lower() if colon else ""
        if name:
            fields[name] = value.strip()
    return fields
