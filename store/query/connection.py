"""The query thread's SQLite connection: the index, read only, and the mirror of the marks, in memory."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from store.article import ArticleId, EntityKey
from store.catalog.opening import add_functions
from store.catalog.schema import MIRROR
from store.query import mirror
from store.query.answer import Describe, Group, Standing
from store.query.attached import AttachedIndex
from store.query.compile import Statement
from store.query.complete import Completion, Name, complete
from store.query.copies import Copies, Folding
from store.query.counted import Counted, Counting
from store.query.fold import worded
from store.query.found import close_by
from store.query.gone import GoneArticles
from store.query.joined import Joined
from store.query.mirror import MarkedRow as MarkedRow
from store.query.names import KnownNames
from store.query.orders import Orders, numbers
from store.query.redated import Redated
from store.query.saved import Saved
from store.query.telling import Interrupted as Interrupted
from store.query.telling import Later as Later
from store.query.telling import told

_WAIT = 2.0
"""Seconds to wait for an index that is just being rebuilt."""
_LOOK = 1_000_000
"""SQLite's steps, some tens of milliseconds, between two looks whether somebody still waits."""


class Connection:
    """One connection for one thread; only `interrupt` may be called from others.

    The index is attached, not opened as the main database, so that it can be changed for another (`attach`)
    while the mirror stays.
    """

    def __init__(
        self, index: Path | None, describe: Describe = lambda _: None, saved: Callable[[], Saved] = dict
    ) -> None:
        """`describe` tells what is known of annotated texts that the index does not have, `saved` of searches."""
        self._db = sqlite3.connect(
            ":memory:", uri=True, isolation_level=None, check_same_thread=False, timeout=_WAIT
        )
        self._db.create_function("worded", 1, worded, deterministic=True)
        self._db.create_function("close_by", -1, close_by, deterministic=True)
        add_functions(self._db)  # what is known of articles that are gone is written
        self._db.execute("ATTACH ':memory:' AS mirror")
        self._db.executescript(MIRROR)
        # `interrupt` is quicker, but is lost when it comes just before a statement begins.
        self._db.set_progress_handler(lambda: self.abandoned(), _LOOK)
        self.abandoned: Callable[[], bool] = lambda: False
        """Tells whether nobody waits for the statement that runs."""
        self.others_wait: Callable[[], bool] = lambda: False
        """Tells whether there is something else to do."""
        # Attached by the first query, so that marks are kept even while the index cannot be read.
        self._index = index
        self._library = AttachedIndex(self._db)
        self._gone = GoneArticles(self._db, describe)
        self._orders = Orders(self._db)
        self._folding = Folding(self._db)
        self._counting = Counting(self._db)
        self.joined = Joined(self._db)
        self.redated = Redated(self._db)
        self._names = KnownNames(self._db, self.joined, saved)

    def close(self) -> None:
        """Close every handle."""
        self._db.close()
        self._gone.close()
        self._library.close()

    def interrupt(self) -> None:
        """Stop the statement that is running, if one is."""
        self._db.interrupt()

    def attach(self, index: Path | None) -> None:
        """Read this index from now on; while it is not there or not of our version, an empty one.

        Raises:
            CatalogError: it is there and cannot be read.
        """
        self._index = index
        self._gone.forget_library()
        self._names.forget_library()
        self._orders.forget_library()
        self._folding.forget_library()
        self._counting.forget_library()
        self.redated.forget_library()
        self.joined.forget_library()
        with told():
            self._library.attach(index)

    def _made_ready(self) -> sqlite3.Connection:
        """Return the database with an index attached, trying again after it could not be read."""
        if not self._library.is_attached:
            self.attach(self._index)
        return self._db

    def find(self, statement: Statement, grouping: str = "none") -> array[int]:
        """Return the ids that a statement finds, in its order: group by group, but for those that are ranked."""
        with told():
            db = self._made_ready()
            # One view of the index for what is found and for the order of all.
            with self._transaction():
                if statement.is_ordered:
                    return array("q", numbers(db, statement.sql, statement.values))
                order = self._orders[statement.order, self.dated, grouping]
                if not statement.sql:
                    return order.ids[:]
                found = numbers(db, statement.sql, statement.values)
                return order.sorted(found, contrary=statement.is_contrary, stop=self.stop_if_abandoned)

    def find_first(self, statement: Statement, most: int) -> tuple[array[int], int]:
        """Return the first ids that an ascending statement finds, in its order, and how many it finds in all."""
        with told():
            db = self._made_ready()
            with self._transaction():
                found = numbers(db, statement.sql, statement.values)
                return self._orders[statement.order, self.dated, "none"].first(found, most), len(found)

    def added_after(self, first: str) -> dict[int, ArticleId]:
        """Return the articles that were first seen after a local time, with their texts."""
        with told():
            sql = "SELECT id, text_hash FROM library.article WHERE added > ?"
            return {key: ArticleId(text) for key, text in self._made_ready().execute(sql, (first,))}

    def group(self, ids: array[int], order: str, grouping: str) -> tuple[array[int], tuple[Group, ...]]:
        """Bring ids group by group, each in the order that it has, and return them with the groups.

        A list in which articles are gone has none.
        """
        if grouping == "none" or min(ids, default=0) < 0:
            return ids, ()
        with told(), self._transaction():
            return self._orders["date" if order == "relevance" else order, self.dated, grouping].grouped(ids)

    def fold(self, keys: array[int]) -> tuple[array[int], Copies]:
        """Take the articles out of a list that near copies in it stand for."""
        with told():
            self._made_ready()
            return self._folding.fold(keys, self.stop_if_abandoned)

    def stop_if_abandoned(self) -> None:
        """Give up, for whoever works long without SQLite, when nobody waits any more."""
        if self.abandoned():
            raise Interrupted

    def count(self, statement: Statement) -> int:
        """Count the articles that a statement finds."""
        with told():
            db = self._made_ready()
            every = "SELECT count(*) FROM library.article"
            if not statement.sql:
                return int(db.execute(every).fetchone()[0])
            sql = f"SELECT count(DISTINCT id) FROM ({statement.sql})"
            if statement.is_contrary:
                sql = f"SELECT ({every}) - ({sql})"
            return int(db.execute(sql, statement.values).fetchone()[0])

    def text(self, key: int) -> tuple[str, str]:
        """Return an article's title and text; both empty when it has left the index."""
        with told():
            db = self._made_ready()
            if key < 0 and not self._gone.any():
                return "", ""
            place = "library" if key > 0 else "gone"
            row = db.execute(f"SELECT title, text FROM {place}.body WHERE id = ?", (key,)).fetchone()
        return (row[0], row[1]) if row is not None else ("", "")

    def complete(self, query: str, cursor: int) -> Completion:
        """Tell what can stand at the cursor of a query."""
        with told():
            self._made_ready()
            return complete(query, cursor, self._names)

    def names(self, field: str) -> Sequence[Name]:
        """Return all that a field may hold, with the number of articles of each: tags, folders, languages."""
        with told():
            self._made_ready()
            return self._names(field, "/" if field == "path" else "")

    # ---- the marks -----------------------------------------------------------------------------------------
    @property
    def dated(self) -> bool:
        """Whether publication dates were set by hand."""
        return bool(self._db.execute("SELECT EXISTS (SELECT 1 FROM mirror.dated)").fetchone()[0])

    def tell_talk_anew(self) -> None:
        """Find which days those articles talk of whose own day was set by hand."""
        with self.view():
            self.redated.bring_talk_up_to_date()

    def any_gone(self) -> bool:
        """Tell whether annotated articles are gone; from then on a statement may be about them, too."""
        with told():
            self._made_ready()
            return self._gone.any()

    def standing(self) -> Standing:
        """Count what has become of annotated articles."""
        with told():
            db = self._made_ready()
            changed, lost = db.execute(
                "SELECT coalesce(sum(m.changed), 0), coalesce(sum(m.lost), 0) FROM mirror.marked AS m"
                " CROSS JOIN library.article AS x ON x.text_hash = m.text_hash WHERE m.changed OR m.lost"
            ).fetchone()
            gone = db.execute("SELECT count(*) FROM gone.article").fetchone()[0] if self._gone.any() else 0
        return Standing(changed, lost, gone)

    def fill_mirror(self, rows: Iterable[MarkedRow]) -> None:
        """Replace the whole mirror."""
        with told():
            with self._transaction():
                mirror.fill(self._db, rows)
            self._gone.forget()
            self._marks_changed()

    def update_mirror(self, rows: Iterable[MarkedRow]) -> None:
        """Replace what the mirror holds of these articles."""
        kept = list(rows)
        with told():
            with self._transaction():
                mirror.update(self._db, kept)
            self._gone.forget([row[0] for row in kept])
            self._marks_changed()

    def _marks_changed(self) -> None:
        self._names.marks_changed()
        self._orders.dates_changed()
        self._folding.marks_changed()
        self._counting.marks_changed()
        self.redated.marks_changed()

    # ---- entities ------------------------------------------------------------------------------------------
    def join_names(self, joined: Mapping[EntityKey, EntityKey]) -> None:
        """Take these entities, each by its key, for another one; in the place of all that were joined before."""
        with told(), self._transaction():
            self.joined.fill(joined)

    def names_joined(self) -> bool:
        """Tell whether entities were joined, having found their rows in the index."""
        if self.joined.any:
            with self.view():
                return True
        return False

    def counted(self, within: Statement) -> Counted:
        """Count who and what is named in the articles that a statement finds. Inside a `view`."""
        return self._counting(within, self.pause)

    def pause(self) -> None:
        """Let others go first, for a job that can go on where it was, or give up when nobody waits any more."""
        self.stop_if_abandoned()
        if self.others_wait():
            raise Later

    @contextmanager
    def view(self) -> Iterator[sqlite3.Connection]:
        """Give one view of the index and the mirror, for questions that take several statements."""
        with told():
            db = self._made_ready()
            with self._transaction():
                self.joined.bring_up_to_date()
                if self.dated:
                    self.redated.bring_up_to_date()
                yield db

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")
