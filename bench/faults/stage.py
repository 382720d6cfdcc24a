"""Where suites let sessions play: a folder, the sessions that use it, and what they hold in memory."""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest import mock

from store.annotations.base_file import META, META_KEY
from store.annotations.store import AnnotationStore
from store.disk.atomic import System

State = dict[str, dict[str, Any]]
"""Every document in the file, by table and key, and the number of the last change."""


class Stage:
    """A folder with an annotation file, and the sessions that use it."""

    def __init__(self, folder: Path, system: Callable[[], System]) -> None:
        self.path = folder / "data" / "annotations.json"
        self.stores: dict[str, AnnotationStore] = {}
        self.now = datetime(2026, 3, 1, 12, tzinfo=UTC)
        self._system = system

    def open(self, session: str) -> None:
        """Start a session."""
        self.stores[session] = AnnotationStore(
            self.path, session=session, clock=lambda: self.now, timeout=0.5, system=self._system()
        )

    def state(self, session: str) -> State:
        """Return what a session holds in memory."""
        return state(self.stores[session])

    def close(self) -> None:
        """End the sessions that are left, as far as they can be ended."""
        for store in self.stores.values():
            with contextlib.suppress(OSError):
                store.close()
        self.stores.clear()


def state(store: AnnotationStore) -> State:
    """Return what a store holds in memory, without a look at the disk."""
    tables = store._storage._tables
    found: State = {name: dict(rows) for name, rows in tables.items() if rows and name != META}
    found["sequence"] = {"": tables.get(META, {}).get(META_KEY, {}).get("sequence", 0)}
    return found


@contextlib.contextmanager
def same_each_time(act: str) -> Iterator[None]:
    """Let what is random be the same in each run, and another in each act."""
    numbers = itertools.count()

    def drawn(size: int) -> bytes:
        return hashlib.sha256(f"{act} {next(numbers)}".encode()).digest()[:size]

    with mock.patch("os.urandom", drawn):
        yield


@contextlib.contextmanager
def quick_folder() -> Iterator[Path]:
    """Make a folder where nothing waits for a disk, for the time of a `with`."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(prefix="dateline-", dir=memory if memory.is_dir() else None) as folder:
        yield Path(folder).resolve() / "here"
