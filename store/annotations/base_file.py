"""The annotation file itself: reading it strictly, writing it as JSON, keeping its daily backups.

It is a plain TinyDB file. Whatever cannot be understood whole is refused and left as it is: half-read
annotations would be written back as half-lost ones.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import orjson

from store.annotations.migrations import SCHEMA, migrate
from store.disk.atomic import SYSTEM, System, read_all, replace
from store.disk.stamp import Stamp
from store.errors import TooNew, Unreadable

META = "_meta"
META_KEY = "1"
KEPT_BACKUPS = 7

Document = Mapping[str, Any]
Table = dict[str, Document]
Tables = dict[str, Table]
"""Documents are never changed in place: a new one takes the old one's place."""

_BACKUP = re.compile(r"\.bak-(\d{8})")


def read_base(path: Path, *, system: System = SYSTEM) -> tuple[Tables, Stamp | None]:
    """Read the annotation file; no tables and no stamp when there is none yet.

    Raises:
        Unreadable: it is no annotation file of ours, or a damaged one. It was not touched.
        TooNew: a newer Dateline wrote it. It was not touched.
    """
    try:
        data, stamp = read_all(path, system=system)
    except FileNotFoundError:
        return {}, None
    except OSError as error:
        raise Unreadable(refusal(path, error.strerror or str(error))) from error
    if not data:
        # What stock TinyDB leaves when it has opened a file and stored nothing.
        return {}, stamp
    return parse(data, path), stamp


def parse(data: bytes, path: Path) -> Tables:
    """Understand the text of an annotation file, to the last document, or refuse it."""
    try:
        try:
            tables = orjson.loads(data)
        except orjson.JSONDecodeError:
            # The standard library accepts what orjson does not: lone surrogates, great numbers.
            tables = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise Unreadable(refusal(path, f"it is no JSON: {error}")) from error
    wrong = _wrong_shape(tables)
    if wrong:
        raise Unreadable(refusal(path, wrong))
    meta = tables.get(META, {}).get(META_KEY, {})
    if not any(tables.values()):
        return {}
    schema = meta.get("schema")
    if type(schema) is not int or schema < 1:
        raise Unreadable(refusal(path, "it holds no schema number of Dateline's"))
    if schema > SCHEMA:
        raise TooNew(
            f"{path} was written by a newer Dateline (schema {schema}; this one knows {SCHEMA}). It was left "
            "untouched. Update Dateline, or open another file with --db."
        )
    if type(meta.get("sequence", 0)) is not int:
        raise Unreadable(refusal(path, "its sequence is no number"))
    return migrate(tables, schema)


def _wrong_shape(tables: object) -> str:
    if not isinstance(tables, dict):
        return "it is no TinyDB file: the outermost value is no object"
    for name, table in tables.items():
        if not isinstance(table, dict):
            return f"the table {name!r} is no object"
        for key, document in table.items():
            if not (key.isascii() and key.isdigit() and isinstance(document, dict)):
                return f"{key[:40]!r} in the table {name!r} is no document"
    return ""


def refusal(path: Path, why: str) -> str:
    """Say that the file was refused and left alone, which backups there are and what can be done."""
    kept = [found.name for _, found in backups(path)]
    if kept:
        cure = f"Put back a good copy, such as {kept[-1]} (backups beside it: {', '.join(kept)})"
    else:
        cure = "There is no backup beside it. Put back a good copy"
    return f"{path} cannot be used: {why}. It was left untouched. {cure}, or open another file with --db."


def dump(tables: Tables) -> bytes:
    """Write tables as stock TinyDB reads them."""
    try:
        return orjson.dumps(tables)
    except TypeError:
        # Slower, but it keeps what orjson refuses, such as a note from a file that was no UTF-8.
        return json.dumps(tables, ensure_ascii=True, separators=(",", ":")).encode("ascii")


def backups(path: Path) -> list[tuple[str, Path]]:
    """Return the daily backups as (YYYYMMDD, file), oldest first."""
    found = []
    with contextlib.suppress(OSError):
        for entry in os.scandir(path.parent):
            match = _BACKUP.fullmatch(entry.name[len(path.name) :]) if entry.name.startswith(path.name) else None
            if match:
                found.append((match[1], Path(entry.path)))
    return sorted(found)


def back_up(path: Path, today: date, *, system: System = SYSTEM) -> Path | None:
    """Keep the file as it is now as today's backup, once a day; returns the backup if one was made.

    A hard link costs nothing, since the file is only ever replaced; where there are none, a copy is made. The
    newest seven are kept. Only those dated before today count and only these are removed, so a clock that was
    set back, or ahead for a while, costs at most one backup a day and never the fresh ones.

    Raises:
        OSError: it could not be made.
    """
    day = f"{today:%Y%m%d}"
    kept = Path(f"{path}.bak-{day}")
    if kept.exists() or not path.exists():
        return None
    try:
        system.link(os.fspath(path), os.fspath(kept))
    except FileExistsError:
        return None
    except OSError:
        data, _ = read_all(path, system=system)
        replace(kept, data, system=system)
    earlier = [found for date_of, found in backups(path) if date_of <= day]
    for old in earlier[:-KEPT_BACKUPS]:
        with contextlib.suppress(OSError):
            system.unlink(os.fspath(old))
    return kept


def sweep(path: Path, *, system: System = SYSTEM) -> None:
    """Remove temporary files that killed sessions left; only for the holder of the lock."""
    with contextlib.suppress(OSError):
        for entry in os.scandir(path.parent):
            if entry.name.startswith(f"{path.name}.tmp-"):
                with contextlib.suppress(OSError):
                    system.unlink(entry.path)
