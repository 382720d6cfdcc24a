"""Where a library's reader was when it was left: one small private file a library, lost without harm."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from store import paths


def _file(roots: Iterable[Path]) -> Path:
    return paths.state_folder() / f"session-{paths.library_name(roots)}.json"


def read_last_place(roots: Iterable[Path]) -> bytes:
    """Return what was kept; empty when there is nothing, or it cannot be read."""
    with suppress(OSError):
        return _file(roots).read_bytes()
    return b""


def keep_last_place(roots: Iterable[Path], place: bytes) -> None:
    """Keep the place; a disk that refuses costs only the place."""
    from store.disk import atomic

    file = _file(roots)
    with suppress(OSError):
        atomic.make_folder(file.parent)
        atomic.replace(file, place)
