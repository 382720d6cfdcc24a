"""The index's open transaction: what it changes, when it ends, and the counters that are kept with it."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from store.article import ArticleId, ArticleKey, Problem, Source
from store.catalog import copies, first_seen, opening, schema
from store.catalog.mention_rows import forget_mentions
from store.errors import CatalogError
from store.paths import storable
from store.record import Record

MOST_CHANGES = 256
"""Articles in one transaction, at most."""
FIRST_COMMIT, LAST_COMMIT = 0.03, 0.2
"""Seconds between commits: short at first, so that the first articles are shown at once."""


class Edit(Record):
    """A source that now holds another text."""

    source: Source
    old: ArticleId
    new: ArticleId
    key: ArticleKey
    """The row of the old text."""


class Transactions:
    """Changes made in pieces, committed in batches. Whoever opens it holds the library's lock."""

    def __init__(self, path: Path) -> None:
        """Open or make the index; one that is damaged or of another version is built anew.

        Raises:
            CatalogError: it cannot be written.
        """
        self._db, self.rebuilt = opening.open_for_writing(path, schema.INDEX, schema.INDEX_VERSION, first_seen.remove)
        """`rebuilt`: why the index had to be made anew, as a sentence; else empty."""
        self._interval = FIRST_COMMIT
        self._since = 0.0
        self._changes = 0
        self._set_changed = self._problems_changed = False
        self._edits: list[Edit] = []
        self._path = path
        try:
            self._begin()
        except sqlite3.DatabaseError as error:
            if not opening.is_damage(error):
                raise self._refused(error) from error
            # Damage further inside shows only now.
            first_seen.remove(path)
            self._db, _ = opening.open_for_writing(path, schema.INDEX, schema.INDEX_VERSION)
            self.rebuilt = f"The index was damaged ({error}) and is built anew."
            try:
                self._begin()
            except sqlite3.DatabaseError as again:
                raise self._refused(again) from again
        self._identity = path.stat().st_ino

    def _begin(self) -> None:
        """Take in what is there; where that fails the file is closed."""
        try:
            self._recount()
            first_seen.take_up(self._path, self._db)
            self._seen_before = first_seen.waits(self._db)
        except BaseException:
            self._db.close()
            raise

    def _refused(self, error: sqlite3.Error) -> CatalogError:
        return CatalogError(f"The index {self._path} cannot be written: {opening.reason_of(error)}.")

    def lost(self) -> bool:
        """Whether somebody has deleted or replaced the file that is written to."""
        try:
            return self._path.stat().st_ino != self._identity
        except OSError:
            return True

    @contextlib.contextmanager
    def changing(self, articles: int = 1) -> Iterator[sqlite3.Connection]:
        """Change the index in one piece: all of it goes into the open transaction, or nothing."""
        if not self._db.in_transaction:
            self._db.execute("BEGIN IMMEDIATE")
            self._since = time.monotonic()
        self._db.execute("SAVEPOINT piece")
        try:
            yield self._db
            self._db.execute("RELEASE piece")
            self._changes += articles
        except BaseException:
            # A full disk has already rolled everything back.
            if self._db.in_transaction:
                self._db.execute("ROLLBACK TO piece")
                self._db.execute("RELEASE piece")
                self._count_articles()
            raise

    @property
    def connection(self) -> sqlite3.Connection:
        """For this package: to read what is there, uncommitted changes included."""
        return self._db

    def first_seen(self, text: str) -> str:
        """Return when an index before this one first saw a text; empty where none did."""
        return first_seen.of(self._db, text) if self._seen_before else ""

    @property
    def pending(self) -> bool:
        """Whether something waits to be committed."""
        return self._db.in_transaction

    @property
    def due(self) -> bool:
        """Whether the open transaction is old or big enough to be committed."""
        late = time.monotonic() - self._since >= self._interval
        return self.pending and (late or self._changes >= MOST_CHANGES)

    def commit(self) -> bool:
        """Make all changes seen and kept; says whether the set of articles, or how one is listed, changed."""
        if not self._db.in_transaction:
            return False
        changed = self._set_changed
        self.generation += changed
        if self._problems_changed:
            self.problems = self._db.execute("SELECT count(*) FROM problem").fetchone()[0]
        counters = {
            "generation": self.generation,
            "articles": self.articles,
            "analysed": self.analysed,
            "problems": self.problems,
        }
        self._db.executemany("INSERT OR REPLACE INTO meta VALUES (?,?)", [(k, str(v)) for k, v in counters.items()])
        self._db.execute("COMMIT")
        self._interval = min(LAST_COMMIT, self._interval * 2)
        self._changes = 0
        self._set_changed = self._problems_changed = False
        return changed

    def settle(self) -> None:
        """Move what was committed from the log into the index: all that no reader holds back, outside a transaction.

        The next start reads what is left in the log once more.
        """
        if self._db.in_transaction:
            return
        waited = self._db.execute("PRAGMA busy_timeout").fetchone()[0]
        try:
            self._db.execute("PRAGMA busy_timeout=0")
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            self._db.execute(f"PRAGMA busy_timeout={waited}")

    def take_edits(self) -> list[Edit]:
        """Return the edits seen since the last call; call it after `commit`."""
        edits, self._edits = self._edits, []
        return edits

    def close(self) -> None:
        """Commit and close."""
        if self._db.in_transaction:
            self.commit()
        self._db.close()

    def abandon(self) -> None:
        """Close without writing anything more."""
        self._db.close()

    def put_problem(self, problem: Problem, stamp: str = "") -> None:
        """Keep why something cannot be shown."""
        with self.changing(0) as db:
            row = (storable(problem.path), problem.member, problem.stage, problem.reason, stamp)
            db.execute("INSERT OR REPLACE INTO problem VALUES (?,?,?,?,?)", row)
            self._problems_changed = True

    def delete_problems(self, where: str, values: Sequence[str]) -> None:
        """Forget problems; `where` is SQL of this package's own."""
        if self._db.execute(f"DELETE FROM problem WHERE {where}", values).rowcount:
            self._problems_changed = True

    def note_edit(self, edit: Edit) -> None:
        """Remember an edit until it is asked for."""
        self._edits.append(edit)

    def note_change(self, articles: int = 0) -> None:
        """Count articles that came or went; without any, what a list shows of one has changed."""
        self.articles += articles
        self._set_changed = True

    def drop_sourceless(self, articles: Iterable[int]) -> None:
        """Delete those of these articles that no source has any more."""
        for key in articles:
            db = self._db
            if db.execute("SELECT 1 FROM source WHERE article=?", (key,)).fetchone():
                continue
            row = db.execute("SELECT analysed<>'' OR failed<>'' FROM article WHERE id=?", (key,)).fetchone()
            if row is None:
                continue
            forget_mentions(db, key)
            copies.leave(db, key)
            db.execute("DELETE FROM body WHERE id=?", (key,))
            db.execute("DELETE FROM article WHERE id=?", (key,))
            self.analysed -= row[0]
            self.note_change(-1)

    def _recount(self) -> None:
        """Count what is there, and finish what a killed predecessor left half done."""
        meta = dict(self._db.execute("SELECT key, value FROM meta"))
        self.generation = int(meta.get("generation", "0"))
        self._count_articles()
        self.problems = self._db.execute("SELECT count(*) FROM problem").fetchone()[0]
        sql = "SELECT id FROM article WHERE NOT EXISTS (SELECT 1 FROM source WHERE article=article.id)"
        lost = [row[0] for row in self._db.execute(sql)]
        if lost:
            with self.changing():
                self.drop_sourceless(lost)
            self.commit()

    def _count_articles(self) -> None:
        sql = "SELECT count(*), coalesce(sum(analysed<>'' OR failed<>''), 0) FROM article"
        self.articles, self.analysed = self._db.execute(sql).fetchone()
