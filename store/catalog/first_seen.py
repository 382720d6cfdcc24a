"""When articles were first seen, carried over where an index is built anew: `added:` and rules go by it.

What the old index knows is put aside in a small file beside it before it is deleted, and taken into the new one, where
an article that is entered looks for its own. It is derived like all of the index: without it nothing of the user's is
lost, but every article would be new.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from store.catalog import opening
from store.disk.atomic import replace

_QUERIES = ("SELECT text_hash, added FROM seen", "SELECT text_hash, added FROM article")
"""What waits for its article since the last time, and what stands at the articles."""
_TABLE = "CREATE TABLE IF NOT EXISTS seen(text_hash TEXT PRIMARY KEY, added TEXT NOT NULL) WITHOUT ROWID"


def remove(index: Path) -> None:
    """Delete an index, of whatever version and however damaged, and put aside what it tells of first sight."""
    found: dict[str, str] = {}
    with suppress(sqlite3.Error, OSError), closing(sqlite3.connect(index, timeout=2.0)) as db:
        for query in _QUERIES:
            with suppress(sqlite3.Error):
                # Row by row, up to where the damage begins.
                rows = db.execute(query)
                found.update((text, at) for text, at in rows if isinstance(text, str) and isinstance(at, str))
    # What an index that was never opened to its end had not taken up yet is the older of the two.
    found.update(_put_aside(index))
    if found:
        lines = "".join(f"{text}\t{at}\n" for text, at in found.items() if "\n" not in text + at)
        with suppress(OSError):
            replace(_aside(index), lines.encode("utf-8", "replace"))
    opening.remove(index)


def take_up(index: Path, db: sqlite3.Connection) -> None:
    """Take what was put aside into the new index; the file goes once the index has it.

    Raises:
        sqlite3.Error: the index cannot be written.
    """
    rows = _put_aside(index)
    if not rows:
        return
    db.execute("BEGIN IMMEDIATE")
    db.execute(_TABLE)
    db.executemany("INSERT OR IGNORE INTO seen VALUES (?,?)", rows)
    db.execute("COMMIT")
    with suppress(OSError):
        # One that stays is taken up again, which changes nothing.
        _aside(index).unlink(missing_ok=True)


def _put_aside(index: Path) -> list[tuple[str, str]]:
    try:
        lines = _aside(index).read_text("utf-8", "replace").splitlines()
    except OSError:
        return []
    return [(parts[0], parts[1]) for line in lines if len(parts := line.split("\t")) == 2]


def waits(db: sqlite3.Connection) -> bool:
    """Tell whether anything was taken into this index from an older one."""
    return db.execute("SELECT 1 FROM sqlite_master WHERE name = 'seen'").fetchone() is not None


def of(db: sqlite3.Connection, text: str) -> str:
    """Return when an older index first saw a text, as indexes write it; empty where it did not."""
    row = db.execute("SELECT added FROM seen WHERE text_hash = ?", (text,)).fetchone()
    return row[0] if row is not None else ""


def _aside(index: Path) -> Path:
    return index.with_name(index.name + ".seen")
