"""The query thread's SQLite connection: the index, read only, and the mirror of the marks, in memory."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from store.annotations.records import Marks
from store.article import ArticleId
from store.catalog.schema import INDEX, INDEX_VERSION, MIRROR
from store.errors import CatalogError
from store.query.fold import fold, worded
from store.query.found import close_by

MarkedRow = tuple[ArticleId, Marks, Sequence[tuple[str, str]]]
"""An article's marks and its notes, each as (note id, body)."""

_WAIT = 2.0
"""Seconds to wait for an index that is just being rebuilt."""
_LOOK = 1_000_000
"""SQLite's steps, some tens of milliseconds, between two looks whether somebody still waits."""
_CACHE = 8_192
"""Kilobytes of the index kept in memory."""


class Connection:
    """One connection for one thread; only `interrupt` may be called from others.

    The index is attached, not opened as the main database, so that it can be changed for another (`attach`)
    while the mirror stays.
    """

    def __init__(self, index: Path | None) -> None:
        self._db = sqlite3.connect(
            ":memory:", uri=True, isolation_level=None, check_same_thread=False, timeout=_WAIT
        )
        self._db.create_function("fold", 1, fold, deterministic=True)
        self._db.create_function("worded", 1, worded, deterministic=True)
        self._db.create_function("close_by", -1, close_by, deterministic=True)
        self._db.execute("ATTACH ':memory:' AS mirror")
        self._db.executescript(MIRROR)
        self._empty: sqlite3.Connection | None = None
        # `interrupt` is quicker, but is lost when it comes just before a statement begins.
        self._db.set_progress_handler(lambda: self.abandoned(), _LOOK)
        self.abandoned: Callable[[], bool] = lambda: False
        """Tells whether nobody waits for the statement that runs."""
        # Attached by the first query, so that marks are kept even while the index cannot be read.
        self._index = index
        self._attached = False

    def close(self) -> None:
        """Close every handle."""
        self._db.close()
        if self._empty is not None:
            self._empty.close()

    def interrupt(self) -> None:
        """Stop the statement that is running, if one is."""
        self._db.interrupt()

    def attach(self, index: Path | None) -> None:
        """Read this index from now on; while it is not there or not of our version, an empty one.

        Raises:
            CatalogError: it is there and cannot be read.
        """
        self._index = index
        with _told():
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
        self._attached = True
        self._db.execute(f"PRAGMA library.cache_size = -{_CACHE}")
        return self._usable()

    def _detach(self) -> None:
        if self._attached:
            self._db.execute("DETACH library")
            self._attached = False

    def _made_ready(self) -> sqlite3.Connection:
        """Return the database with an index attached, trying again after it could not be read."""
        if not self._attached:
            self.attach(self._index)
        return self._db

    def _usable(self) -> bool:
        (version,) = self._db.execute("PRAGMA library.user_version").fetchone()
        needed = "name IN ('article', 'fulltext', 'article_entity')"
        (tables,) = self._db.execute(f"SELECT count(*) FROM library.sqlite_master WHERE {needed}").fetchone()
        return bool(version == INDEX_VERSION and tables == 3)

    def _empty_index(self) -> str:
        uri = f"file:dateline-empty-{id(self)}?mode=memory&cache=shared"
        if self._empty is None:
            self._empty = sqlite3.connect(uri, uri=True, check_same_thread=False)
            self._empty.executescript(INDEX)
        return uri

    def ids(self, sql: str, values: Sequence[object]) -> str:
        """Return the ids that a statement yields, in its order, with commas between.

        SQLite joins them itself, in one step without Python's lock: the screen never waits for a long list.
        """
        with _told():
            row = self._made_ready().execute(f"SELECT group_concat(id) FROM ({sql})", values).fetchone()
        return row[0] or ""

    def count(self, sql: str, values: Sequence[object]) -> int:
        """Count the articles that a statement yields."""
        with _told():
            row = self._made_ready().execute(f"SELECT count(*) FROM ({sql})", values).fetchone()
        return int(row[0])

    def fill_mirror(self, rows: Iterable[MarkedRow]) -> None:
        """Replace the whole mirror."""
        with _told(), self._transaction():
            for table in ("marked", "tagged", "note"):
                self._db.execute(f"DELETE FROM mirror.{table}")
            self._insert(rows)

    def update_mirror(self, rows: Iterable[MarkedRow]) -> None:
        """Replace what the mirror holds of these articles."""
        kept = list(rows)
        with _told(), self._transaction():
            for table in ("marked", "tagged", "note"):
                self._db.executemany(
                    f"DELETE FROM mirror.{table} WHERE text_hash = ?", [(row[0],) for row in kept]
                )
            self._insert(kept)

    def _insert(self, rows: Iterable[MarkedRow]) -> None:
        marked, tagged, noted = [], [], []
        for article, marks, notes in rows:
            state = (marks.starred, marks.read, marks.notes, marks.highlights, marks.draft)
            if any(state):
                marked.append((article, *map(int, state)))
            # Two tags that differ in case alone are one to every query.
            tagged += [(article, tag, fold(tag)) for tag in marks.tags]
            noted += [(article, note, worded(body)) for note, body in notes if body]
        self._db.executemany("INSERT OR REPLACE INTO mirror.marked VALUES (?, ?, ?, ?, ?, ?)", marked)
        self._db.executemany("INSERT OR IGNORE INTO mirror.tagged VALUES (?, ?, ?)", tagged)
        self._db.executemany("INSERT OR REPLACE INTO mirror.note VALUES (?, ?, ?)", noted)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")


@contextmanager
def _told() -> Iterator[None]:
    """Turn SQLite's errors into words for the user; `Interrupted` is for the query thread alone."""
    try:
        yield
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", "")
        if name == "SQLITE_INTERRUPT":
            raise Interrupted from error
        raise CatalogError(_sentence(name, str(error))) from error


def _sentence(name: str, said: str) -> str:
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return "The index is being rebuilt by another session; try again in a moment."
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return "The index is damaged; `dateline index` builds it anew. Tags and notes are not in it."
    return (
        f"The index cannot be read ({said}); `dateline index` builds it anew. Tags and notes are not in it."
    )


class Interrupted(Exception):  # noqa: N818 - no error: somebody asked for it
    """A statement was stopped because nobody waits for it any more."""
