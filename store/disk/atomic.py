"""Replace a file so that a kill, a power cut or a full disk leaves either the old text or the new one.

The new text goes to a temporary file beside the old one, is forced to the disk, takes the old one's name, and
then the folder is forced to the disk too, because a new name can be lost as well as new bytes.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import stat
from pathlib import Path

from store.disk.stamp import Stamp, from_stat

_NO_FULL_SYNC = {errno.EINVAL, errno.ENOTSUP, errno.ENOTTY}
_PIECE = 1 << 20


class System:
    """The system calls that keeping a file needs, in one place: a test can record each and let each fail."""

    def open(self, path: str, flags: int, mode: int = 0o600) -> int:
        """Open a file; descriptors are never inherited by programs we start."""
        return os.open(path, flags | os.O_CLOEXEC, mode)

    def close(self, fd: int) -> None:
        """Close a descriptor."""
        os.close(fd)

    def read(self, fd: int, size: int) -> bytes:
        """Read at most `size` bytes."""
        return os.read(fd, size)

    def write(self, fd: int, data: memoryview) -> int:
        """Write some of the data; returns how many bytes were taken."""
        return os.write(fd, data)

    def fsync(self, fd: int) -> None:
        """Force a file to the disk itself. On macOS plain fsync stops at the drive's cache."""
        full = getattr(fcntl, "F_FULLFSYNC", None)
        if full is not None:
            try:
                fcntl.fcntl(fd, full)
            except OSError as error:
                if error.errno not in _NO_FULL_SYNC:
                    raise
            else:
                return
        os.fsync(fd)

    def fdatasync(self, fd: int) -> None:
        """Force a file's bytes and length to the disk; of what else is known about it, only what reading needs."""
        if hasattr(os, "fdatasync") and not hasattr(fcntl, "F_FULLFSYNC"):
            os.fdatasync(fd)
        else:
            self.fsync(fd)

    def pread(self, fd: int, size: int, offset: int) -> bytes:
        """Read at most `size` bytes from a place in the file."""
        return os.pread(fd, size, offset)

    def ftruncate(self, fd: int, size: int) -> None:
        """Cut an open file to a length."""
        os.ftruncate(fd, size)

    def fstat(self, fd: int) -> os.stat_result:
        """Ask about an open file."""
        return os.fstat(fd)

    def fchmod(self, fd: int, mode: int) -> None:
        """Set the permissions of an open file."""
        os.fchmod(fd, mode)

    def rename(self, old: str, new: str) -> None:
        """Give a file another name, replacing what had it."""
        Path(old).rename(new)

    def link(self, old: str, new: str) -> None:
        """Give a file a second name; fails when the name is taken."""
        os.link(old, new)

    def unlink(self, path: str) -> None:
        """Remove a name."""
        Path(path).unlink()

    def mkdir(self, path: str, mode: int) -> None:
        """Make a folder."""
        Path(path).mkdir(mode)

    def flock(self, fd: int, operation: int) -> None:
        """Lock or unlock an open file."""
        fcntl.flock(fd, operation)


SYSTEM = System()


class Replacement:
    """A file's new text on its way: written beside the old one in pieces, then put in its place."""

    def __init__(
        self, path: Path | str, *, mode: int = 0o600, like: Path | None = None, system: System = SYSTEM
    ) -> None:
        """Begin. A symbolic link stays one: what it points to is replaced.

        An existing file keeps its permissions and, where allowed, its owner; `mode` is for a new one. With `like` they
        are those of another file, as far as that is there.

        Raises:
            OSError: it cannot be begun; nothing is left behind.
        """
        self._target = os.path.realpath(path)
        self._system = system
        self._temporary = f"{self._target}.tmp-{os.getpid()}-{os.urandom(4).hex()}"
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
        self._fd = system.open(self._temporary, flags, 0o600)
        try:
            _dress(self._fd, os.fspath(like or self._target), mode, system)
        except BaseException:
            self.drop()
            raise

    def write(self, data: bytes) -> None:
        """Write the next piece."""
        write_all(self._fd, data, self._system)

    def force(self) -> Stamp:
        """Force what was written to the disk, under its temporary name; returns the stamp that the file will have."""
        self._system.fsync(self._fd)
        written = from_stat(self._system.fstat(self._fd))
        fd, self._fd = self._fd, -1
        self._system.close(fd)
        return written

    def put(self) -> None:
        """Give the file its name; that is durable when `sync_folder` has been called."""
        self._system.rename(self._temporary, self._target)
        self._temporary = ""

    def drop(self) -> None:
        """Leave everything as it was; does nothing once the file has its name."""
        if self._fd >= 0:
            fd, self._fd = self._fd, -1
            with contextlib.suppress(OSError):
                self._system.close(fd)
        if self._temporary:
            with contextlib.suppress(OSError):
                self._system.unlink(self._temporary)
            self._temporary = ""


def replace(
    path: Path | str, data: bytes, *, mode: int = 0o600, like: Path | None = None, system: System = SYSTEM
) -> Stamp:
    """Make `data` the whole text of a file; returns its stamp once the disk has both bytes and name.

    Raises:
        OSError: the file is as it was, unless forcing the folder to the disk is what failed. Then the new text has
            the name, and a power cut may bring the old one back.
    """
    new = Replacement(path, mode=mode, like=like, system=system)
    try:
        new.write(data)
        written = new.force()
        new.put()
    except BaseException:
        new.drop()
        raise
    sync_folder(Path(os.path.realpath(path)).parent, system)
    return written


def replace_lightly(path: Path | str, data: bytes, *, system: System = SYSTEM) -> None:
    """Make `data` the whole text of a file that is lost without harm: in one step, but not forced to the disk.

    After a kill there is the old text or the new one; after a power cut there may be neither.

    Raises:
        OSError: the file is as it was.
    """
    new = Replacement(path, system=system)
    try:
        new.write(data)
        new.put()
    finally:
        new.drop()


def _dress(fd: int, target: str, mode: int, system: System) -> None:
    """Give the new file the permissions and the owner of another, such as the one that it will replace."""
    try:
        old = Path(target).stat()
    except FileNotFoundError:
        system.fchmod(fd, mode)
        return
    mine = system.fstat(fd)
    if (old.st_uid, old.st_gid) != (mine.st_uid, mine.st_gid):
        # Only root may give files away; to anyone else a file of their own is as good.
        with contextlib.suppress(PermissionError):
            os.fchown(fd, old.st_uid, old.st_gid)
    system.fchmod(fd, stat.S_IMODE(old.st_mode) & 0o777)


def write_all(fd: int, data: bytes, system: System = SYSTEM) -> None:
    """Write all bytes: a single call may take only some of them."""
    left = memoryview(data)
    while left:
        left = left[system.write(fd, left) :]


def read_all(path: Path | str, *, system: System = SYSTEM) -> tuple[bytes, Stamp]:
    """Read a regular file with the stamp of just these bytes.

    Raises:
        FileNotFoundError: nothing is there.
        OSError: it cannot be read, or is no regular file (a pipe is not waited for).
    """
    fd = system.open(os.fspath(path), os.O_RDONLY | os.O_NONBLOCK)
    try:
        found = system.fstat(fd)
        if not stat.S_ISREG(found.st_mode):
            raise OSError(errno.EINVAL, "it is no regular file", os.fspath(path))
        pieces = []
        while piece := system.read(fd, max(_PIECE, found.st_size + 1)):
            pieces.append(piece)
    finally:
        system.close(fd)
    return b"".join(pieces), from_stat(found)


def sync_folder(folder: Path, system: System = SYSTEM) -> None:
    """Force a folder's names to the disk. Some network file systems cannot, and have no need to."""
    fd = system.open(os.fspath(folder), os.O_RDONLY | os.O_DIRECTORY)
    try:
        system.fsync(fd)
    except OSError as error:
        if error.errno not in _NO_FULL_SYNC:
            raise
    finally:
        system.close(fd)


def make_folder(path: Path, *, system: System = SYSTEM) -> None:
    """Make a folder and those above it that are missing, for the user's eyes only; each name is on disk."""
    if path.is_dir():
        return
    make_folder(path.parent, system=system)
    # Another session may make it at the same moment.
    with contextlib.suppress(FileExistsError):
        system.mkdir(os.fspath(path), 0o700)
    sync_folder(path.parent, system)
