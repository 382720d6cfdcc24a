"""The journal as a file: opened once, read on from where one left off, added to in one piece."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from pathlib import Path
from typing import Self

from store.annotations.journal import VERSION, Announcement, Entry, Header, Lines, Mark, line, lines
from store.disk.atomic import SYSTEM, System, replace, sync_folder, write_all
from store.disk.stamp import Stamp, from_stat

_DENIED = (errno.EACCES, errno.EPERM, errno.EROFS)
_FLAGS = os.O_APPEND | os.O_NOFOLLOW | os.O_NONBLOCK
_PIECE = 1 << 20


def journal_path(path: Path) -> Path:
    """Return where the journal of an annotation file stands."""
    return Path(f"{path}.journal")


class JournalFile:
    """An open journal. Its name may go over to a newer one; what was written to this one can still be read."""

    def __init__(self, path: Path, fd: int, system: System) -> None:
        self.path = path
        self.header: Header | None = None
        """None when it cannot be understood."""
        self.announced: list[Announcement] = []
        self.end = 0
        """How far it was read, in whole lines."""
        self.begin = 0
        """Where the header ends."""
        self.seen: Stamp
        """How the file was when it was last looked at."""
        self.durable = False
        """Whether its name is known to be on the disk: who wrote it may have been killed before."""
        self.writable = True
        """Whether it could be opened for more than reading."""
        self._fd = fd
        self._system = system
        self._last = b""

    @classmethod
    def open(cls, path: Path, *, system: System = SYSTEM) -> Self | None:
        """Open the journal; None when there is none.

        Raises:
            OSError: it cannot be opened, or is no regular file.
        """
        writable = True
        try:
            try:
                fd = system.open(os.fspath(path), os.O_RDWR | _FLAGS)
            except OSError as error:
                if error.errno not in _DENIED:
                    raise
                writable = False
                fd = system.open(os.fspath(path), os.O_RDONLY | _FLAGS)
        except FileNotFoundError:
            return None
        found = cls(path, fd, system)
        found.writable = writable
        try:
            status = system.fstat(fd)
            found.seen = from_stat(status)
            if not stat.S_ISREG(status.st_mode):
                raise OSError(errno.EINVAL, "its journal is no regular file", os.fspath(path))
        except BaseException:
            found.close()
            raise
        return found

    @classmethod
    def begin_new(cls, path: Path, header: Header, base: Path, *, system: System = SYSTEM) -> Self:
        """Put a new journal in the old one's place; who may read and write the annotation file may do so with it.

        Raises:
            OSError: the old one is still there, unless forcing the folder to the disk is what failed.
        """
        replace(path, line(header), like=base, system=system)
        found = cls.open(path, system=system)
        if found is None:
            raise OSError(errno.ENOENT, "its journal was removed", os.fspath(path))
        try:
            found.read()
        except BaseException:
            found.close()
            raise
        found.durable = True
        return found

    def read(self) -> Lines | None:
        """Read on; None when what was read before is no longer there, so that all must be read anew.

        A line that is not whole yet is left for later.
        """
        self.seen = from_stat(self._system.fstat(self._fd))
        start = self.end - len(self._last)
        data = self._piece(start, max(0, self.seen.size - start))
        if not data.startswith(self._last):
            return None
        found = lines(data[len(self._last) :])
        first = self.end == 0
        self.end += found.end
        self._last = found.last or self._last
        self.announced += [entry for entry in found.entries if isinstance(entry, Announcement)]
        if first and found.entries and isinstance(found.entries[0], Header):
            self.header = found.entries[0]
            self.begin = data.find(b"\n") + 1
        return found

    @property
    def torn(self) -> int:
        """How many bytes follow the last whole line: being written, or left by a writer that is no more."""
        return max(0, self.seen.size - self.end)

    def cut(self, end: int | None = None) -> None:
        """Cut off what follows the last whole line; only under the lock."""
        self._system.ftruncate(self._fd, self.end if end is None else end)
        self.seen = from_stat(self._system.fstat(self._fd))

    def append(self, entry: Entry) -> None:
        """Add a line; returns when it is on the disk. Only under the lock, and at the end of what was read.

        Raises:
            LostTrackError: whether it is on the disk cannot be known.
            OSError: it was not written, and what of it had been was cut off again.
        """
        data = line(entry)
        forcing = False
        try:
            if not self.durable:
                sync_folder(self.path.parent, self._system)
                self.durable = True
            write_all(self._fd, data, self._system)
            forcing = True
            self._system.fdatasync(self._fd)
            forcing = False
            self.seen = from_stat(self._system.fstat(self._fd))
        except OSError as error:
            with contextlib.suppress(OSError):
                self.cut()
            if forcing and error.errno not in (errno.ENOSPC, errno.EDQUOT):
                raise LostTrackError(error.errno or errno.EIO, error.strerror or str(error)) from error
            raise
        self.end += len(data)
        self._last = data
        if isinstance(entry, Announcement):
            self.announced.append(entry)

    def close(self) -> None:
        """Close the file."""
        if self._fd >= 0:
            fd, self._fd = self._fd, -1
            with contextlib.suppress(OSError):
                self._system.close(fd)

    def knows(self, base: Mark) -> int | None:
        """Return the last change in a text of the annotation file that this journal goes on from; else None."""
        known: dict[Mark, int] = {self.header.base: self.header.sequence} if self.header is not None else {}
        known |= {one.base: one.sequence for one in self.announced}
        return known.get(base)

    def _piece(self, start: int, size: int) -> bytes:
        pieces = []
        while size > 0 and (piece := self._system.pread(self._fd, min(size, _PIECE), start)):
            pieces.append(piece)
            start, size = start + len(piece), size - len(piece)
        return b"".join(pieces)


class LostTrackError(OSError):
    """Forcing a change to the disk failed: asking again would be answered with a lie."""


def new_header(after: str, schema: int, sequence: int, base: Mark, seen: Stamp | None) -> Header:
    """Return the first line of a new journal."""
    stamp = (seen.inode, seen.mtime_ns) if seen is not None else (0, 0)
    return Header(VERSION, os.urandom(8).hex(), after, schema, sequence, base, stamp)
