"""The screen that the reader left: one small private file, lost without harm."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from store import paths


def keep_screen(screen: bytes) -> None:
    """Keep the screen, in the place of the one before; a disk that refuses costs only that."""
    from store.disk import atomic

    file = paths.last_screen_file()
    with suppress(OSError):
        atomic.make_folder(file.parent)
        atomic.replace_lightly(file, screen)


def behind_the_screen(index: Path, annotations: Path) -> tuple[Path, ...]:
    """Return the files that a first screen depends on, beside the place: with one that was written to it is another."""
    from store.annotations.journal_file import journal_path

    return (
        index,
        Path(f"{index}-wal"),
        annotations,
        journal_path(annotations),
        paths.config_file(),
        paths.looks_file(),
        paths.state_folder() / "last-library.json",
    )
