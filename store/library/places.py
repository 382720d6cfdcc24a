"""Which library a set of paths opens: its roots, its index, and what of it was asked for."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from store import paths
from store.errors import NotFoundError
from store.record import Record


class Place(Record):
    """The library that some paths make."""

    roots: tuple[Path, ...]
    """Absolute folders, none inside another."""
    only: tuple[Path, ...] = ()
    """The files and folders in it that were asked for; none: all of it."""
    passing: bool = False
    """Whether its index is for this process only: the roots are then files, read for themselves."""


def place_of(asked: Sequence[Path], *, alone: bool = False) -> Place:
    """Find the library for these files and folders.

    The folders are its roots, a file's root is its folder. Where a library that was indexed before holds all of
    them, it is opened instead, for what was analysed once is there. Files that are read `alone` need not have
    their whole folders indexed.

    Raises:
        NotFoundError: a path that does not exist, or is neither file nor folder.
    """
    found = [_existing(path) for path in asked]
    folders = {path for path in found if path.is_dir()}
    roots = _outermost(folders | {path.parent for path in found if path not in folders})
    wanted = _outermost(found)
    if roots and not paths.index_file(roots).exists():
        around = _indexed_around(roots)
        if alone and not folders and not around:
            return Place(wanted, passing=True)
        roots = around or roots
    return Place(roots, () if set(wanted) == set(roots) else wanted)


def path_query(only: Iterable[Path]) -> str:
    """Write a query for everything in these files and folders; empty for none."""
    return " OR ".join(f"path:{_quoted(str(path))}" for path in only)


def _quoted(text: str) -> str:
    doubled = paths.storable(text).replace('"', '""')
    return f'"{doubled}"'


def _existing(path: Path) -> Path:
    """Make a path absolute; a folder by its real name, so that every way to it is the same library."""
    try:
        if path.is_dir():
            return Path(os.path.realpath(path))
        if path.is_file():
            return Path(os.path.realpath(path.parent), path.name)
    except (OSError, ValueError) as error:
        raise NotFoundError(f"{path}: cannot be looked at: {getattr(error, 'strerror', None) or error}.") from error
    if os.path.lexists(path):
        raise NotFoundError(f"{path}: is neither a file nor a folder.")
    raise NotFoundError(f"{path}: there is no such file or folder.")


def _outermost(some: Iterable[Path]) -> tuple[Path, ...]:
    """Leave out what lies inside another."""
    kept: list[Path] = []
    for path in sorted(set(some)):
        if not any(path.is_relative_to(one) for one in kept):
            kept.append(path)
    return tuple(kept)


# ---- libraries that exist ----------------------------------------------------------------------------------
def _label(index: Path) -> Path:
    """Where an index's roots are noted: beside it, since finding out must cost a start next to nothing."""
    return index.with_suffix(".roots")


def note_roots(index: Path, roots: Sequence[Path]) -> None:
    """Note what an index is made of, so that a path inside it is recognised later."""
    if roots and not _label(index).exists():
        _keep(_label(index), roots)


def roots_of(index: Path) -> tuple[Path, ...]:
    """Return the roots that an index was made of; none when that is not known."""
    return _kept(_label(index)) if index.exists() else ()


def _keep(file: Path, roots: Sequence[Path]) -> None:
    from store.disk import atomic

    with suppress(OSError):  # a convenience; a read-only home must not keep anyone from reading
        atomic.make_folder(file.parent)
        atomic.replace(file, json.dumps([paths.storable(str(root)) for root in roots]).encode())


def _kept(file: Path) -> tuple[Path, ...]:
    with suppress(OSError, ValueError, TypeError):
        return tuple(Path(paths.openable(root)) for root in json.loads(file.read_bytes()))
    return ()


def _indexed_around(inside: Sequence[Path]) -> tuple[Path, ...]:
    """Return the roots of the closest existing library that holds all of these folders."""
    best: tuple[Path, ...] = ()
    for index in paths.cache_folder().glob("library-*.sqlite3"):
        roots = roots_of(index)
        holds = roots and all(any(folder.is_relative_to(root) for root in roots) for folder in inside)
        if holds and all(root.is_dir() for root in roots) and _depth(roots) > _depth(best):
            best = roots
    return best


def _depth(roots: Sequence[Path]) -> int:
    return min((len(root.parts) for root in roots), default=0)


def library_around(folder: Path) -> tuple[Path, ...]:
    """Return the roots of the indexed library that a folder belongs to; none when there is none."""
    return _indexed_around([Path(os.path.realpath(folder))])


# ---- the library that was opened last ----------------------------------------------------------------------
def _memory() -> Path:
    return paths.state_folder() / "last-library.json"


def remember(roots: Sequence[Path]) -> None:
    """Note which library was opened, for a start without a path."""
    if roots and _kept(_memory()) != tuple(roots):
        _keep(_memory(), roots)


def last_opened() -> tuple[Path, ...]:
    """Return the roots of the library opened last, as far as they still exist."""
    return tuple(root for root in _kept(_memory()) if root.is_dir())
