"""Tell cheaply whether a file is still the one that was read."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple


class Stamp(NamedTuple):
    """What changes when a file is written to or replaced."""

    inode: int
    mtime_ns: int
    size: int


def stamp(path: Path | str) -> Stamp | None:
    """Return the stamp of a file, following links; None when nothing is there."""
    try:
        return from_stat(Path(path).stat())
    except FileNotFoundError:
        return None


def from_stat(found: os.stat_result) -> Stamp:
    """Return the stamp that a stat result holds, such as the one of an open file."""
    return Stamp(found.st_ino, found.st_mtime_ns, found.st_size)
