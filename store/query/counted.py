"""Who and what is named in many articles, counted from the row that each article has of all its entities.

Half of a large library takes half a second. So it is done in pieces, between which other questions have their turn;
what has been counted is kept until the index or the marks change, since each key in a list of entities asks for it.
Of more than half the rest is counted, and taken off what the index has of all.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from store.query.appearances import among
from store.query.compile import Statement
from store.query.orders import numbers

_AT_ONCE = 500
"""Articles counted in one piece, some milliseconds."""
_FEW = 5_000
"""Articles up to which entities are counted one by one, and not in a table of all."""
_STEPS = (256, 64, 16, 6, 3, 2, 1)
"""Those named most are wanted first and sorted alone, then those of at least the next number of articles."""

Wanted = tuple[str, tuple[str | int | float, ...], bool, object]


class Counted:
    """In how many of some articles each entity is named, and how often."""

    def __init__(self, articles: int, last: int) -> None:
        """Be ready to count so many articles; `last` is the last row that an entity has."""
        # A table of all entities takes a few milliseconds to make and to look through, and little memory for many.
        few = articles <= _FEW
        self._last = 0 if few else last
        self.articles: array[int] | Counter[int] = Counter() if few else array("I", bytes(4 * (last + 1)))
        """By entity, how many of the articles name it."""
        self._again: array[int] | Counter[int] = Counter() if few else array("I", bytes(4 * (last + 1)))
        """By entity, how often it is mentioned besides the first time in each."""
        self.is_rest = False
        """Whether the articles are those that are left out."""
        self._sorted: list[array[int]] = []

    def add(self, rows: Iterable[tuple[bytes, bytes]]) -> None:
        """Count some articles, each by its row of `named`."""
        some = list(rows)
        for counts, place in ((self.articles, 0), (self._again, 1)):
            entities = ids_in(row[place] for row in some)
            if isinstance(counts, Counter):
                counts.update(entities)
                continue
            for entity in entities:
                counts[entity] += 1

    def of(self, entity: int, articles: int, mentions: int) -> tuple[int, int]:
        """Return in how many articles an entity is named and how often; it takes both counts of the whole library."""
        here = self._count(entity)
        often = here + self._again[entity] if here else 0
        return (articles - here, mentions - often) if self.is_rest else (here, often)

    def in_order(self) -> Iterator[int]:
        """Yield the entities that are named at all, those of the most articles first."""
        above = 1 << 32
        for number, step in enumerate(_STEPS if self._last else _STEPS[-2:]):
            if number == len(self._sorted):
                counts = self.articles
                pairs = counts.items() if isinstance(counts, Counter) else enumerate(counts)
                found = [entity for entity, n in pairs if step <= n < above]
                found.sort(key=counts.__getitem__, reverse=True)
                self._sorted.append(array("I", found))
            yield from self._sorted[number]
            above = step

    def sorted(self, entities: Iterable[int]) -> list[int]:
        """Return those of these entities that are named at all, each once, those of the most articles first."""
        found = {entity for entity in entities if self._count(entity)}
        return sorted(found, key=self.articles.__getitem__, reverse=True)

    def _count(self, entity: int) -> int:
        # What the index got to know meanwhile is in no table.
        return self.articles[entity] if not self._last or entity <= self._last else 0


def ids_in(rows: Iterable[bytes]) -> array[int]:
    """Return the entities of some rows of `named`, one after the other."""
    return array("I", b"".join(rows))


class Counting:
    """Counts what the articles of a statement name, and keeps the last count."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._marks = 0
        self._wanted: Wanted | None = None
        self._counted = Counted(0, 0)
        self._left: array[int] = array("q")
        """Articles that are still to be counted."""

    def marks_changed(self) -> None:
        """Count anew, since the statement may find other articles."""
        self._marks += 1

    def forget_library(self) -> None:
        """Count anew, since another index was attached."""
        self._wanted = None

    def __call__(self, within: Statement, pause: Callable[[], None]) -> Counted:
        """Count what the articles name that a statement finds.

        `pause` raises when others should go first, or nobody waits any more: asked again, it goes on where it was.
        """
        (version,) = self._db.execute("PRAGMA library.data_version").fetchone()
        wanted = (within.sql, within.values, within.is_contrary, (version, self._marks))
        if self._wanted != wanted:
            self._begin(within)
            self._wanted = wanted
        while self._left:
            some = self._left[-_AT_ONCE:]
            self._counted.add(rows_of(self._db, some))
            del self._left[-_AT_ONCE:]
            if self._left:
                pause()
        return self._counted

    def _begin(self, within: Statement) -> None:
        self._wanted = None
        every = "SELECT c.article AS id FROM library.named AS c WHERE"
        where, values = among(within, "c.article")
        self._left = array("q", numbers(self._db, f"{every} {where}", values))
        (all_of_them,) = self._db.execute("SELECT count(*) FROM library.named").fetchone()
        is_rest = len(self._left) * 2 > all_of_them
        if is_rest:
            self._left = array("q", numbers(self._db, f"{every} NOT ({where})", values))
        self._counted = Counted(len(self._left), last_entity(self._db))
        self._counted.is_rest = is_rest


def rows_of(
    db: sqlite3.Connection, articles: Iterable[int], *, mentions: bool = True
) -> list[tuple[bytes, bytes]]:
    """Return the rows of `named` of these articles; without `mentions` each entity once."""
    columns = "entities, again" if mentions else "entities, x''"
    wanted = ", ".join(map(str, articles))
    return db.execute(f"SELECT {columns} FROM library.named WHERE article IN ({wanted})").fetchall()


def last_entity(db: sqlite3.Connection) -> int:
    """Return the last row that an entity has."""
    return int(db.execute("SELECT coalesce(max(id), 0) FROM library.entity").fetchone()[0])
