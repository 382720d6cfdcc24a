"""What the user is used to see everything with, whatever the library: one small private file, lost without harm."""

from __future__ import annotations

from contextlib import suppress

from store import paths


def read_habits() -> bytes:
    """Return what was kept; empty when there is nothing, or it cannot be read."""
    with suppress(OSError):
        return paths.looks_file().read_bytes()
    return b""


def keep_habits(habits: bytes) -> None:
    """Keep the habits, on any thread; a disk that refuses costs only these."""
    from store.disk import atomic

    file = paths.looks_file()
    with suppress(OSError):
        atomic.make_folder(file.parent)
        atomic.replace(file, habits)


def has_read_before() -> bool:
    """Tell whether the user has ever left a library in the reader."""
    with suppress(OSError):
        return any(paths.state_folder().glob("session-*.json"))
    return False
