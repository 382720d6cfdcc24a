"""Copies beside the annotation file: daily backups, and what is kept of a file that is about to be replaced.

`annotations.json.bak-YYYYMMDD` is how the file stood before its first folding of that day. Kept are the last seven
days on which something changed, and of the days before them the first of each month, twelve of those. Days after
today neither count nor go, and no copy goes because of its age alone: a clock that is wrong for a while, either way,
costs no good one. Whatever bears another name (`.schema-1`, `.foreign-...`, `.damaged-...`) is kept for ever.
"""

from __future__ import annotations

import contextlib
import os
import re
import time
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from store.disk.atomic import SYSTEM, System, read_all, replace

DAYS = 7
MONTHS = 12

_BACKUP = re.compile(r"\.bak-(\d{8})")
_TEMPORARY = re.compile(r"(\..+)?\.tmp-(\d+)-[0-9a-f]+")
_HOUR = 3600
_ASIDE = re.compile(r"(\.journal)?\.(damaged|foreign|schema|before)-.+")


def outdated(days: Iterable[str], today: str) -> list[str]:
    """Return which daily backups need not be kept. Pure; days are written YYYYMMDD."""
    counted = sorted(day for day in days if day <= today)
    earlier = counted[:-DAYS]
    months: dict[str, str] = {}
    for day in earlier:
        months.setdefault(day[:6], day)
    kept = set(sorted(months.values())[-MONTHS:])
    return [day for day in earlier if day not in kept]


def backups(path: Path) -> list[tuple[str, Path]]:
    """Return the daily backups as (YYYYMMDD, file), oldest first."""
    return sorted((match[1], found) for found, match in _beside(path, _BACKUP))


def kept_aside(path: Path) -> list[Path]:
    """Return the copies that were kept because something was wrong or a schema changed, by name."""
    return sorted(found for found, _ in _beside(path, _ASIDE))


def _beside(path: Path, pattern: re.Pattern[str]) -> list[tuple[Path, re.Match[str]]]:
    found = []
    with contextlib.suppress(OSError), os.scandir(path.parent) as entries:
        for entry in entries:
            match = pattern.fullmatch(entry.name[len(path.name) :]) if entry.name.startswith(path.name) else None
            if match:
                found.append((Path(entry.path), match))
    return found


def back_up(path: Path, today: date, *, copy: bool = False, system: System = SYSTEM) -> Path | None:
    """Keep the file as it is now as today's backup, once a day; returns the backup if one was made.

    A hard link costs nothing where the file is replaced at once; `copy` is for one that somebody may write to in
    place. Where there are no links, a copy is made.

    Raises:
        OSError: it could not be made.
    """
    day = f"{today:%Y%m%d}"
    kept = Path(f"{path}.bak-{day}")
    if kept.exists() or not path.exists() or not path.stat().st_size:
        return None
    _keep(path, kept, copy, system)
    found = dict(backups(path))
    for old in outdated(found, day):
        with contextlib.suppress(OSError):
            system.unlink(os.fspath(found[old]))
    return kept


def set_aside(path: Path, why: str, now: datetime, *, copy: bool = True, system: System = SYSTEM) -> Path:
    """Keep a file under a name of its own that says why and when; returns it.

    Raises:
        OSError: it could not be kept.
    """
    name = f"{path}.{why}-{now:%Y%m%d-%H%M%S}"
    kept, number = Path(name), 1
    while os.path.lexists(kept):
        number += 1
        kept = Path(f"{name}-{number}")
    _keep(path, kept, copy, system)
    return kept


def keep_schema(path: Path, schema: int, now: datetime, *, system: System = SYSTEM) -> Path:
    """Keep a file of an earlier schema for ever, under its schema's number; returns it.

    Raises:
        OSError: it could not be kept.
    """
    kept = Path(f"{path}.schema-{schema}")
    if os.path.lexists(kept):
        # Another file of that schema came this way before.
        data, _ = read_all(path, system=system)
        with contextlib.suppress(OSError):
            if read_all(kept, system=system)[0] == data:
                return kept
        return set_aside(path, f"schema-{schema}", now, system=system)
    _keep(path, kept, True, system)
    return kept


def _keep(path: Path, kept: Path, copy: bool, system: System) -> None:
    if not copy:
        with contextlib.suppress(OSError):
            system.link(os.fspath(path), os.fspath(kept))
            return
    data, _ = read_all(path, system=system)
    replace(kept, data, system=system)


def sweep(path: Path, *, system: System = SYSTEM) -> None:
    """Remove temporary files that killed sessions left; only for the holder of the lock."""
    for found, match in _beside(path, _TEMPORARY):
        with contextlib.suppress(OSError):
            # A living session may be folding: it writes its file before it takes the lock.
            if not _lives(int(match[2])) or time.time() - found.stat().st_mtime > _HOUR:
                system.unlink(os.fspath(found))


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        pass
    return True
