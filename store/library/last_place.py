"""Where a library's reader was: small private files, lost without harm.

One holds the place of the last session that ended, another that of one that runs: it is kept all the while, and what
is found of it once nobody runs was lost, by a kill or with the line. Of several sessions on a library the first one
keeps its place so, and the next one when it has ended; who that is shows a lock.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from store import paths

_PATIENCE = 0.5
"""Seconds that the last writing waits for one that is under way."""


class LastPlace:
    """The last place in a library, and whose it is."""

    def __init__(self, roots: Iterable[Path]) -> None:
        from store.disk.lock import FileLock

        self._ended = paths.state_folder() / f"session-{paths.library_name(roots)}.json"
        self._running = self._ended.with_suffix(".running.json")
        self._lock = FileLock(self._ended.with_suffix(".lock"))
        self._writing = threading.Lock()
        self._over = False

    @property
    def files(self) -> tuple[Path, ...]:
        """Where the place is kept, at the end and meanwhile."""
        return self._ended, self._running

    def hold(self) -> bool:
        """Be the session that keeps its place while it runs; False while another one is, or the disk refuses."""
        from store.disk.atomic import make_folder

        if self._lock.held:
            return True
        with suppress(OSError):
            make_folder(self._ended.parent)
            return self._lock.try_acquire()
        return False

    def read(self) -> tuple[bytes, bool]:
        """Return what was kept, and whether its session was lost; empty when there is nothing, or it is unreadable."""
        for file in (self._running, self._ended) if self._lock.held else (self._ended,):
            with suppress(OSError):
                return file.read_bytes(), file is self._running
        return b"", False

    def keep(self, place: bytes) -> None:
        """Keep the place of the session that runs, on any thread; a disk that refuses costs only the place."""
        with self._writing:
            if not self._over:
                _write(self._running, place)

    def end(self, place: bytes, *, lost: bool) -> None:
        """Keep the place for the next start; with `lost` as that of a session that its user did not leave."""
        self._over = True
        free = self._writing.acquire(timeout=_PATIENCE)
        held = self._lock.held
        _write(self._running if lost and held else self._ended, place)
        if held and not lost:
            with suppress(OSError):
                self._running.unlink()
        if free:
            self._writing.release()

    def leave(self) -> None:
        """Let another session keep its place."""
        self._lock.close()


def _write(file: Path, place: bytes) -> None:
    from store.disk import atomic

    with suppress(OSError):
        atomic.make_folder(file.parent)
        atomic.replace_lightly(file, place)
