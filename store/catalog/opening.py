"""Opening the derived databases: made anew when they cannot be used, as nothing of the user's is in them."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from store.catalog.folding import fold
from store.catalog.grams import grams
from store.disk.lock import FileLock
from store.disk.mounts import on_network
from store.errors import Busy, CatalogError

_BESIDE = ("", "-wal", "-shm", "-journal")
_LOCK = ".opening"
"""Ends the name of the file that is locked while one process looks at a database, makes it or makes it anew."""


def open_for_writing(
    path: Path, schema: str, version: int, removing: Callable[[Path], None] | None = None
) -> tuple[sqlite3.Connection, str]:
    """Open or make a database, and say why it had to be built anew: a sentence, or empty.

    The connection is in autocommit mode; whoever writes begins and commits. Several processes may open one database
    at once: one after the other looks at it, so that none takes what another is making for damage. `removing` is how
    one that cannot be used is deleted; `remove` where it is not given.

    Raises:
        CatalogError: the folder or the file cannot be written.
    """
    lock = FileLock(path.with_name(path.name + _LOCK))
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with lock:
            return _open_or_make(path, schema, version, removing or remove)
    except (OSError, sqlite3.Error, Busy) as error:
        raise CatalogError(f"The index {path} cannot be written: {reason_of(error)}.") from error
    finally:
        lock.close()


def _open_or_make(
    path: Path, schema: str, version: int, removing: Callable[[Path], None]
) -> tuple[sqlite3.Connection, str]:
    rebuilt = ""
    if not path.exists():
        # Somebody deleted the database alone; what belonged to it would be taken for the new one's.
        remove(path)
    _make_private(path)
    try:
        found = _open(path, version)
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
        found = f"The index was damaged ({error}) and is built anew."
    if isinstance(found, str):
        rebuilt = found
        removing(path)
        _make_private(path)
        found = _open(path, version)
    if isinstance(found, str):
        raise CatalogError(f"The index cannot be built in {path}: {found}")
    _create(found, schema, version)
    return found, rebuilt


def add_functions(db: sqlite3.Connection) -> None:
    """Let a connection write texts into an index, whose full text holds them as they are compared."""
    db.create_function("fold", 1, fold, deterministic=True)
    db.create_function("grams", 2, grams, deterministic=True)


def open_for_reading(path: Path, version: int) -> sqlite3.Connection | None:
    """Open a database that must not be changed; None while there is none of this version to read."""
    if not path.exists():
        return None
    for options in ("mode=ro", "mode=ro&immutable=1"):
        # Without a -shm file a read-only folder can only be read as immutable; nobody can write there anyway.
        if "immutable" in options and (path.with_name(path.name + "-wal").exists() or os.access(path.parent, os.W_OK)):
            continue
        db = None
        try:
            db = sqlite3.connect(
                f"file:{quote(os.fsencode(path))}?{options}",
                uri=True,
                timeout=2.0,
                isolation_level=None,
                check_same_thread=False,
            )
            if db.execute("PRAGMA user_version").fetchone()[0] == version:
                return db
            db.close()
            return None
        except sqlite3.Error:
            if db is not None:
                db.close()
    return None


def is_damage(error: sqlite3.Error) -> bool:
    """Tell a database that must be built anew from a disk that is full or a file that is locked."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return False
    primary = code & 0xFF
    return primary in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) or (
        primary == sqlite3.SQLITE_ERROR and str(error).startswith(("no such table", "no such column", "malformed"))
    )


def remove(path: Path) -> None:
    """Delete a database with the files that SQLite keeps beside it."""
    for suffix in _BESIDE:
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def reason_of(error: Exception) -> str:
    """Return what went wrong as the end of a sentence, without a full stop."""
    return ((error.strerror or str(error)) if isinstance(error, OSError) else str(error)).rstrip(".")


def _create(db: sqlite3.Connection, schema: str, version: int) -> None:
    if db.execute("PRAGMA user_version").fetchone()[0] == version:
        return
    db.executescript(f"BEGIN IMMEDIATE; {schema}; PRAGMA user_version={version}; COMMIT;")


def _make_private(path: Path) -> None:
    # SQLite gives the files beside it the mode of the database itself.
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))


def _open(path: Path, version: int) -> sqlite3.Connection | str:
    """Open a database of this version or an empty one; a sentence when it is neither."""
    db = sqlite3.connect(path, timeout=10.0, isolation_level=None, check_same_thread=False)
    add_functions(db)
    try:
        found = db.execute("PRAGMA user_version").fetchone()[0]
        tables = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if found != version and (found or tables):
            db.close()
            return f"The index is of another version of Dateline ({found}, not {version}) and is built anew."
        if found == version and not tables:
            db.close()
            return "The index was empty and is built anew."
        _choose_journal(db, "DELETE" if on_network(path) else "WAL")
        db.execute("PRAGMA synchronous=NORMAL")
        db.execute("PRAGMA foreign_keys=ON")
        db.execute("PRAGMA temp_store=MEMORY")
        # What an article is looked up and entered by lies all over its tables; of 100,000 that is some 30 MB.
        db.execute("PRAGMA cache_size=-32768")
        db.execute("PRAGMA cell_size_check=ON")
        db.execute("PRAGMA journal_size_limit=67108864")
        # What an article changes lies all over the tables: the rarer it is put in its place, the less is written.
        db.execute("PRAGMA wal_autocheckpoint=12000")
        return db
    except BaseException:
        db.close()
        raise


def _choose_journal(db: sqlite3.Connection, mode: str) -> None:
    try:
        if db.execute(f"PRAGMA journal_mode={mode}").fetchone()[0].upper() != mode:
            db.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError as error:
        # The mode cannot be changed while others have the file open; the one it has will do.
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
