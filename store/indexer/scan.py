"""Compares the folders with what the index knows of them."""

from __future__ import annotations

import os
from collections.abc import Collection, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from store.article import Problem
from store.catalog.writer import is_within
from store.formats.folder import FoundFile, is_reached, walk
from store.formats.limits import DEFAULT, Limits
from store.formats.registry import Outlook, outlook

_AT_ONCE = 200
"""Entries looked at between two chances to do something more urgent."""


@dataclass(slots=True)
class Differences:
    """What a scan found."""

    places: tuple[str, ...]
    """Where it looked: folders, or single files."""
    seen: int = 0
    to_read: list[FoundFile] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def compare(
    places: Sequence[str],
    roots: Collection[str],
    known: Mapping[str, str],
    limits: Limits = DEFAULT,
    away: Collection[Problem] = (),
) -> Generator[int, None, Differences]:
    """Look at some places and return how they differ from the stamps that are known; yields how many it has seen.

    Where a folder cannot be listed, a drive that is not mounted for one, nothing below it counts as gone; nor below
    the folders that are `away`.
    """
    found: set[str] = set()
    result = Differences(tuple(places), problems=list(away))
    absent = {problem.path for problem in away}
    for place in places:
        if place in absent or not _is_there(place, roots):
            continue
        for item in walk(Path(place), limits):
            result.seen += 1
            if result.seen % _AT_ONCE == 0:
                yield result.seen
            if isinstance(item, Problem):
                result.problems.append(item)
            elif item.path in found or (item.path == place and not _wanted(place, known)):
                continue
            else:
                found.add(item.path)
                if known.get(item.path) != item.stamp:
                    result.to_read.append(item)
    closed = {problem.path for problem in result.problems}
    for path in known:
        if path not in found and is_within(path, places) and not _below(path, closed):
            result.gone.append(path)
    return result


def within_roots(paths: Sequence[str], roots: Sequence[str]) -> tuple[str, ...]:
    """Return the places to look at for a wish to look at some paths: none means the roots."""
    if not paths:
        return tuple(roots)
    return tuple(path for path in dict.fromkeys(paths) if is_within(path, roots))


def _is_there(place: str, roots: Collection[str]) -> bool:
    if place in roots:
        return True
    return os.path.lexists(place) and any(is_within(place, (root,)) and is_reached(place, root) for root in roots)


def _wanted(file: str, known: Mapping[str, str]) -> bool:
    """Whether a file that was named by itself belongs to the library: the walk of its folder would find it."""
    name = os.path.basename(file)  # noqa: PTH119 - a string is asked for
    return file in known or (outlook(name) is Outlook.READ and not name.startswith("."))


def _below(path: str, folders: Collection[str]) -> bool:
    if not folders:
        return False
    cut = path.rfind("/")
    while cut > 0:
        if path[:cut] in folders:
            return True
        cut = path.rfind("/", 0, cut)
    return "/" in folders
