"""Systems that stand between the store and the disk: one that records, one that fails, one that dies, careless ones.

They know nothing of how the store keeps its files. All that it does to a disk goes through `store.disk.atomic.System`.
"""

from __future__ import annotations

import errno
import os
import signal
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

from store.disk.atomic import System

CALLS = frozenset(name for name in vars(System) if not name.startswith("_"))
LOOKS = frozenset({"read", "pread", "fstat", "flock", "fchmod"})
"""Calls that leave the bytes and names on the disk as they are."""
SYNCS = frozenset({"fsync", "fdatasync"})

Op = tuple[Any, ...]
"""A recorded call: its name, then what `disk.py` needs to know of it."""


class Intercepting(System):
    """Hands every call to `on_call`."""

    def __getattribute__(self, name: str) -> Any:
        found = object.__getattribute__(self, name)
        if name not in CALLS:
            return found
        on_call = object.__getattribute__(self, "on_call")
        return lambda *args: on_call(name, found, *args)

    def on_call(self, name: str, call: Callable[..., Any], *args: Any) -> Any:
        """Carry a call out."""
        return call(*args)


class Quick(System):
    """Waits for no disk: for looking at what is there, and where only a process dies."""

    def fsync(self, fd: int) -> None:
        """Do nothing."""

    def fdatasync(self, fd: int) -> None:
        """Do nothing."""


class Recording(Intercepting):
    """Writes down what is done to the disk, and waits for no disk itself. Several sessions may share a log."""

    def __init__(self, log: list[Op]) -> None:
        self.log = log
        self._held: set[int] = set()

    def die(self) -> None:
        """Close every file, as the kernel does for a process that was killed."""
        for fd in self._held:
            os.close(fd)
        self._held.clear()

    def on_call(self, name: str, call: Callable[..., Any], *args: Any) -> Any:
        """Carry a call out and write it down."""
        if name in LOOKS:
            return call(*args)
        return getattr(self, f"_{name}")(call, *args)

    def _open(self, call: Callable[..., int], path: str, flags: int, mode: int = 0o600) -> int:
        new = not os.path.lexists(path)
        fd = call(path, flags, mode)
        self._held.add(fd)
        if flags & os.O_DIRECTORY:
            self.log.append(("opendir", fd, path))
        else:
            self.log.append(("open", fd, path, new, bool(flags & os.O_TRUNC), bool(flags & os.O_APPEND)))
        return fd

    def _close(self, call: Callable[..., None], fd: int) -> None:
        call(fd)
        self._held.discard(fd)
        self.log.append(("close", fd))

    def _write(self, call: Callable[..., int], fd: int, data: memoryview) -> int:
        taken = call(fd, data)
        self.log.append(("write", fd, bytes(data[:taken])))
        return taken

    def _ftruncate(self, call: Callable[..., None], fd: int, size: int) -> None:
        call(fd, size)
        self.log.append(("truncate", fd, size))

    def _fsync(self, call: Callable[..., None], fd: int) -> None:
        self.log.append(("sync", fd))

    _fdatasync = _fsync

    def _rename(self, call: Callable[..., None], old: str, new: str) -> None:
        call(old, new)
        self.log.append(("rename", old, new))

    def _link(self, call: Callable[..., None], old: str, new: str) -> None:
        call(old, new)
        self.log.append(("link", old, new))

    def _unlink(self, call: Callable[..., None], path: str) -> None:
        call(path)
        self.log.append(("unlink", path))

    def _mkdir(self, call: Callable[..., None], path: str, mode: int) -> None:
        call(path, mode)
        self.log.append(("mkdir", path))


# ---- controls: what a careless program does ------------------------------------------------------------------
class WithoutSync(Recording):
    """Never forces bytes to the disk: renames onto the old file what may not be there yet."""

    def _fsync(self, call: Callable[..., None], fd: int) -> None:
        if _is_folder(fd):
            super()._fsync(call, fd)

    _fdatasync = _fsync


class WithoutFolderSync(Recording):
    """Forces bytes to the disk, but no names."""

    def _fsync(self, call: Callable[..., None], fd: int) -> None:
        if not _is_folder(fd):
            super()._fsync(call, fd)


class InPlace(Recording):
    """Writes a new text over the old one instead of putting it in its place, as stock TinyDB does."""

    def _rename(self, call: Callable[..., None], old: str, new: str) -> None:
        if not os.path.lexists(new):
            super()._rename(call, old, new)
            return
        data = Path(old).read_bytes()
        fd = self.open(new, os.O_WRONLY)
        try:
            for at in range(0, len(data), 512):
                self.write(fd, memoryview(data)[at : at + 512])
            self.fsync(fd)
            self.ftruncate(fd, len(data))
        finally:
            self.close(fd)
        self.unlink(old)


def _is_folder(fd: int) -> bool:
    return stat.S_ISDIR(os.fstat(fd).st_mode)


# ---- faults --------------------------------------------------------------------------------------------------
class Failing(Recording):
    """Lets the k-th call of some kinds fail, once or from then on; records as well what has reached the disk."""

    def __init__(self, log: list[Op], number: int, fail_at: int, calls: frozenset[str], for_good: bool) -> None:
        super().__init__(log)
        self.errno = number
        self.fail_at = fail_at
        self.calls = calls
        self.for_good = for_good
        self.count = 0
        self.failed: list[str] = []

    def heal(self) -> None:
        """Let every call succeed from now on."""
        self.fail_at = 0

    def on_call(self, name: str, call: Callable[..., Any], *args: Any) -> Any:
        """Fail, or carry the call out."""
        if name in self.calls and not (name == "open" and not args[1] & os.O_CREAT):
            self.count += 1
            if self.fail_at and (self.count == self.fail_at or (self.for_good and self.count > self.fail_at)):
                self.failed.append(name)
                self._leave_traces(name, call, *args)
                raise OSError(self.errno, os.strerror(self.errno), *(args[:1] if name == "open" else ()))
        return super().on_call(name, call, *args)

    def _leave_traces(self, name: str, call: Callable[..., Any], *args: Any) -> None:
        if name == "write" and self.errno == errno.ENOSPC and len(args[1]) > 1:
            # What still fitted is in the file.
            self._write(call, args[0], args[1][: len(args[1]) // 2])
        elif name in SYNCS:
            # The kernel drops what it could not write and takes it for clean: a second call would succeed.
            self.log.append(("sync failed", args[0]))


class Dying(Intercepting):
    """Kills its own process at the k-th call, before it is made; at a write, when half of it is made if asked."""

    def __init__(self, die_at: int, half: bool) -> None:
        self.die_at = die_at
        self.half = half
        self.made: list[str] = []

    def same(self) -> Dying:
        """Return itself: all sessions of a play count together."""
        return self

    def on_call(self, name: str, call: Callable[..., Any], *args: Any) -> Any:
        """Die, or carry the call out."""
        if name not in LOOKS:
            self.made.append(name)
            if len(self.made) == self.die_at:
                if name == "write" and self.half:
                    call(args[0], args[1][: len(args[1]) // 2])
                os.kill(os.getpid(), signal.SIGKILL)
        return None if name in SYNCS else call(*args)
