"""Tells a drive that is not mounted from articles that were deleted: roots and folders below them may be on one."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence

from store.article import Problem
from store.catalog.writer import CatalogWriter, is_within
from store.disk.mounts import mounts_below

_EMPTY = (
    "The folder is empty, and on another drive than it was: its articles stay in the list. Mount its drive, or put "
    "a file into the folder to have them go."
)
_MISSING = (
    "The drive that was mounted here is gone, and the folder with it: its articles stay in the list. Mount it, or make "
    "a folder of this name with a file in it to have them go."
)


def away(writer: CatalogWriter, roots: Sequence[str], places: Collection[str]) -> list[Problem]:
    """Return the folders at, below or above some places whose drives are not mounted."""
    found = []
    for folder, device in writer.devices().items():
        if not (is_within(folder, places) or any(is_within(place, (folder,)) for place in places)):
            continue
        reason = _why_away(folder, device, is_root=folder in roots)
        if reason and writer.stamps((folder,)):
            found.append(Problem(folder, "scan", reason))
    return found


def note(writer: CatalogWriter, roots: Sequence[str], places: Collection[str], closed: Collection[str]) -> None:
    """Note on which drives roots are, and what is mounted below them, but for what could not be looked at."""
    known = writer.devices()
    mounted: dict[str, int | None] = {}
    for root in roots:
        if root in places:
            mounted[root] = _device(root)
            mounted.update((point, _device(point)) for point in mounts_below(root))
            # What was a mount once, and is a folder like any other now, need not be known.
            mounted.update((folder, None) for folder in known if is_within(folder, (root,)) and folder not in mounted)
    for folder, device in mounted.items():
        if folder not in closed and known.get(folder) != device:
            writer.note_device(folder, device)


def _why_away(folder: str, device: int, *, is_root: bool) -> str:
    try:
        with os.scandir(folder) as listing:
            empty = next(listing, None) is None
    except FileNotFoundError:
        # A root that is not there is told by the scan.
        return "" if is_root else _MISSING
    except OSError:
        return ""
    return _EMPTY if empty and _device(folder) != device else ""


def _device(folder: str) -> int:
    try:
        return os.stat(folder).st_dev  # noqa: PTH116
    except OSError:
        return -1
