"""The index as a database attached to a connection, which can be changed for another; or an empty one in its place."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from urllib.parse import quote

from store.catalog.schema import INDEX, INDEX_VERSION

_CACHE = 8_192
"""Kilobytes of the index kept in memory."""


class AttachedIndex:
    """What statements call `library`."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._empty: sqlite3.Connection | None = None
        self.is_attached = False

    def close(self) -> None:
        """Close the empty index; the connection is whoever made it's to close."""
        if self._empty is not None:
            self._empty.close()

    def attach(self, index: Path | None) -> None:
        """Attach this index in the place of another; while it is not there or not of our version, an empty one.

        Raises:
            sqlite3.Error: it is there and cannot be read.
        """
        self._detach()
        if index is not None and index.exists():
            place = f"file:{quote(os.fsencode(index))}?mode=ro"
            try:
                usable = self._attach(place)
            except sqlite3.OperationalError:
                if os.access(index.parent, os.W_OK) or index.with_name(index.name + "-wal").exists():
                    raise
                # Where nobody can write, SQLite must be told so, since it cannot make its -shm file.
                self._detach()
                usable = self._attach(f"{place}&immutable=1")
            if usable:
                return
            self._detach()
        self._attach(self._empty_index())

    def _attach(self, uri: str) -> bool:
        """Attach an index; tell whether it is complete and of our version."""
        self._db.execute("ATTACH ? AS library", (uri,))
        self.is_attached = True
        self._db.execute(f"PRAGMA library.cache_size = -{_CACHE}")
        return self._usable()

    def _detach(self) -> None:
        if self.is_attached:
            self._db.execute("DETACH library")
            self.is_attached = False

    def _usable(self) -> bool:
        (version,) = self._db.execute("PRAGMA library.user_version").fetchone()
        needed = "name IN ('article', 'fulltext', 'spaceless', 'article_entity', 'copy')"
        (tables,) = self._db.execute(f"SELECT count(*) FROM library.sqlite_master WHERE {needed}").fetchone()
        return bool(version == INDEX_VERSION and tables == 5)

    def _empty_index(self) -> str:
        uri = f"file:dateline-empty-{id(self)}?mode=memory&cache=shared"
        if self._empty is None:
            self._empty = sqlite3.connect(uri, uri=True, check_same_thread=False)
            self._empty.executescript(INDEX)
        return uri
