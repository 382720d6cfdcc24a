"""Which sessions are alive: each locks a file of its own, and the kernel lifts that however it ends."""

from __future__ import annotations

import contextlib
import os
import re
from pathlib import Path

from store.disk.atomic import SYSTEM, System, make_folder
from store.disk.lock import FileLock, is_held
from store.errors import UsageError

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


class Sessions:
    """The sessions that use one annotation file, this one among them."""

    def __init__(self, annotations: Path, name: str | None = None, *, system: System = SYSTEM) -> None:
        """Prepare to take part; nothing is written until `join`.

        Raises:
            UsageError: the name cannot be a file's.
        """
        if name is not None and not _NAME.fullmatch(name):
            raise UsageError(f"A session's name is made of letters, digits, - and _, not {name!r}.")
        self.own = name or os.urandom(8).hex()
        self._folder = Path(f"{annotations}.sessions")
        self._system = system
        self._lock: FileLock | None = None

    def join(self) -> None:
        """Be seen as alive, and clear away what ended sessions left. Only under the annotations' lock.

        Where that is impossible (a full disk), it is tried again with the next change; until then others may
        take this session for ended and undo its changes, which loses nothing.
        """
        if self._lock is not None:
            return
        with contextlib.suppress(OSError):
            make_folder(self._folder, system=self._system)
            lock = FileLock(self._file(self.own), system=self._system)
            while not lock.try_acquire():
                # A living session bears the same name.
                lock.close()
                self.own = f"{self.own[:48]}-{os.urandom(4).hex()}"
                lock = FileLock(self._file(self.own), system=self._system)
            self._lock = lock
            self._sweep()

    def is_ended(self, session: str) -> bool:
        """Tell whether a session has ended; never of this one, nor of one that cannot be looked at."""
        if session == self.own:
            return False
        return not _NAME.fullmatch(session) or not is_held(self._file(session), system=self._system)

    def leave(self) -> None:
        """End this session."""
        if self._lock is not None:
            with contextlib.suppress(OSError):
                self._system.unlink(os.fspath(self._lock.path))
            self._lock.close()
            self._lock = None

    def _file(self, session: str) -> Path:
        return self._folder / session

    def _sweep(self) -> None:
        for entry in os.scandir(self._folder):
            if _NAME.fullmatch(entry.name) and self.is_ended(entry.name):
                with contextlib.suppress(OSError):
                    self._system.unlink(entry.path)
