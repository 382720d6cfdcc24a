"""A lock between processes that frees itself when its holder dies."""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from pathlib import Path
from types import TracebackType

from store.disk.atomic import SYSTEM, System
from store.errors import Busy

_FIRST_WAIT = 0.0005
_LONGEST_WAIT = 0.02


class FileLock:
    """An exclusive lock on a file of its own; the kernel lifts it when the process ends, however it ends.

    The file stays when the lock is released: removing it would let two processes hold two files of one name.
    For one thread; between threads use one lock object each.
    """

    def __init__(self, path: Path | str, *, system: System = SYSTEM) -> None:
        self.path = Path(path)
        self._system = system
        self._fd = -1
        self._held = False

    @property
    def held(self) -> bool:
        """Whether this object holds the lock."""
        return self._held

    def acquire(self, timeout: float = 5.0) -> None:
        """Wait for the lock.

        Raises:
            Busy: another process held it for `timeout` seconds.
            OSError: the lock file cannot be opened for writing.
        """
        end = time.monotonic() + timeout
        wait = _FIRST_WAIT
        while not self.try_acquire():
            if time.monotonic() >= end:
                raise Busy(
                    f"Another session has held {self.path} for {timeout:.0f} seconds. "
                    "Wait for it or end it, then try again."
                )
            time.sleep(wait)
            wait = min(wait * 2, _LONGEST_WAIT)

    def try_acquire(self) -> bool:
        """Take the lock if it is free, without waiting; returns whether this object holds it now."""
        try:
            while not self._held:
                free = self._lock_file()
                if not self._is_the_named_file():
                    # Somebody removed the file; a lock on a nameless file keeps nobody out.
                    self._forget()
                elif free:
                    self._held = True
                else:
                    return False
        except OSError:
            # Closing frees what may have been locked before the failure.
            self._forget()
            raise
        return True

    def _lock_file(self) -> bool:
        if self._fd < 0:
            flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW
            self._fd = self._system.open(os.fspath(self.path), flags, 0o600)
        try:
            self._system.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def release(self) -> None:
        """Free the lock; does nothing when it is not held."""
        if self._held:
            self._held = False
            try:
                self._system.flock(self._fd, fcntl.LOCK_UN)
            except OSError:
                # Closing frees it too.
                self._forget()

    def close(self) -> None:
        """Free the lock and close its file."""
        self._held = False
        self._forget()

    def _is_the_named_file(self) -> bool:
        mine = self._system.fstat(self._fd)
        try:
            named = self.path.stat()
        except FileNotFoundError:
            return False
        return (mine.st_dev, mine.st_ino) == (named.st_dev, named.st_ino)

    def _forget(self) -> None:
        if self._fd >= 0:
            fd, self._fd = self._fd, -1
            with contextlib.suppress(OSError):
                self._system.close(fd)

    def __enter__(self) -> FileLock:
        self.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def is_held(path: Path | str, *, system: System = SYSTEM) -> bool:
    """Tell whether a living process holds the lock of this name; True where that cannot be found out."""
    try:
        fd = system.open(os.fspath(path), os.O_RDONLY | os.O_NOFOLLOW)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    try:
        # Shared, so that two who ask at once do not take each other for a holder.
        system.flock(fd, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        with contextlib.suppress(OSError):
            system.close(fd)
    return False
