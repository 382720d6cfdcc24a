"""Who and what is named in many articles, counted from the row that each article has of all its entities."""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from store.query.appearances import among
from store.query.compile import Statement

_AT_ONCE = 250
"""Articles counted in one piece; between two the screen has its turn."""


def ids_in(rows: Iterable[bytes]) -> array[int]:
    """Return the entities of some rows of `named`, one after the other."""
    return array("I", b"".join(rows))


class Counted:
    """In how many of some articles each entity is named, and how often."""

    def __init__(self, articles: Counter[int], again: Counter[int]) -> None:
        self._articles = articles
        self._again = again
        self._order: array[int] | None = None

    def __getitem__(self, entity: int) -> tuple[int, int]:
        """Return in how many articles an entity is named, and how often."""
        articles = self._articles[entity]
        return articles, articles + self._again[entity]

    def in_order(self) -> Iterator[int]:
        """Yield all entities, those of the most articles first."""
        if self._order is None:
            self._order = array("I", self.sorted(self._articles))
        return iter(self._order)

    def sorted(self, entities: Iterable[int]) -> Sequence[int]:
        """Return those of these entities that are named at all, each once, those of the most articles first."""
        named = set(entities) & self._articles.keys()
        return sorted(named, key=self._articles.__getitem__, reverse=True)


class Counting:
    """Counts what the articles of a statement name, and keeps the last count until index or marks change."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._marks = 0
        self._seen: object = None
        self._kept = Counted(Counter(), Counter())

    def marks_changed(self) -> None:
        """Count anew, since the statement may find other articles."""
        self._marks += 1

    def forget_library(self) -> None:
        """Count anew, since another index was attached."""
        self._seen = None

    def __call__(self, within: Statement, stop: Callable[[], None]) -> Counted:
        """Count what the articles name that a statement finds. `stop` raises when nobody waits any more."""
        (version,) = self._db.execute("PRAGMA library.data_version").fetchone()
        wanted = (version, self._marks, within.sql, within.values, within.is_contrary)
        if self._seen != wanted:
            self._kept = count_within(self._db, within, stop)
            self._seen = wanted
        return self._kept


def count_within(db: sqlite3.Connection, within: Statement, stop: Callable[[], None]) -> Counted:
    """Count what the articles name that a statement finds. `stop` raises when nobody waits any more."""
    where, values = among(within, "c.article")
    rows = db.execute(f"SELECT c.entities, c.again FROM library.named AS c WHERE {where}", values)
    articles: Counter[int] = Counter()
    again: Counter[int] = Counter()
    while some := rows.fetchmany(_AT_ONCE):
        stop()
        articles.update(ids_in(row[0] for row in some))
        again.update(ids_in(row[1] for row in some))
    return Counted(articles, again)
