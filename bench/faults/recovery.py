"""Whether a folder is what it has to be after something went wrong."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from tinydb import TinyDB

from bench.faults.disk import Files
from bench.faults.stage import State, state
from bench.faults.systems import Quick
from store.annotations.base_file import META
from store.annotations.records import Tag, Target
from store.annotations.store import AnnotationStore
from store.article import text_hash
from store.errors import AnnotationsError

AFTER = Target(text_hash("after"), "After")


def read_folder(folder: Path) -> Files:
    """Return what a folder holds."""
    found: Files = {}
    for path in sorted(folder.rglob("*")):
        found[os.fspath(path)] = path.read_bytes() if path.is_file() else None
    return found


def write_folder(folder: Path, files: Files) -> None:
    """Make a folder hold just this."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for path, data in files.items():
        if data is None:
            Path(path).mkdir()
        else:
            Path(path).write_bytes(data)


def fault(path: Path, allowed: Sequence[State]) -> str:
    """Start on what is there, and say what is wrong with it; empty when nothing is.

    `allowed` are the states it may come up in: the last acknowledged one, and what was being saved after it.
    """
    try:
        if path.exists():
            stock(path)
    except (ValueError, OSError) as error:
        return f"stock TinyDB cannot read it ({error})"
    try:
        store = AnnotationStore(path, session="after", timeout=1, system=Quick())
        found = state(store)
        if found not in allowed:
            store.close(fold=False)
            return "a change is lost, or one is there that nobody made"
        store.apply(Tag((AFTER,), ("after",)))
        found = state(store)
        store.close()
    except AnnotationsError as error:
        return f"refused ({error})"
    if stock(path) != {name: rows for name, rows in found.items() if name != "sequence"}:
        return "stock TinyDB reads something else than the store"
    return ""


def stock(path: Path) -> State:
    """Return the documents as stock TinyDB reads them.

    Raises:
        ValueError: it cannot.
    """
    with TinyDB(path, access_mode="r") as database:
        names = database.tables()
        if names and not path.stat().st_size:
            return {}
        tables = {name: {str(row.doc_id): dict(row) for row in database.table(name).all()} for name in names}
    return {name: rows for name, rows in tables.items() if rows and name != META}


def parses(data: bytes) -> bool:
    """Tell whether a file's text is JSON."""
    try:
        json.loads(data)
    except ValueError:
        return False
    return True
