"""Who and what is named in many articles, counted from the row that each article has of all its entities."""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from store.query.appearances import among
from store.query.compile import Statement

_AT_ONCE = 500
"""Articles counted in one piece; between two the screen has its turn."""


class Counted:
    """In how many of some articles each entity is named, and how often."""

    def __init__(self, articles: Counter[int], mentions: Counter[int]) -> None:
        self._articles = articles
        self._again = mentions

    def __getitem__(self, entity: int) -> tuple[int, int]:
        """Return in how many articles an entity is named, and how often."""
        articles = self._articles[entity]
        return articles, articles + self._again[entity]

    def in_order(self, size: int) -> Iterator[Sequence[int]]:
        """Yield all entities in pieces, those of the most articles first."""
        every = [entity for entity, _ in self._articles.most_common()]
        return (every[at : at + size] for at in range(0, len(every), size))


def count_within(db: sqlite3.Connection, within: Statement, stop: Callable[[], None]) -> Counted:
    """Count what the articles name that a statement finds. `stop` raises when nobody waits any more."""
    where, values = among(within, "c.article")
    rows = db.execute(f"SELECT c.entities, c.again FROM library.named AS c WHERE {where}", values)
    articles: Counter[int] = Counter()
    mentions: Counter[int] = Counter()
    while some := rows.fetchmany(_AT_ONCE):
        stop()
        articles.update(array("I", b"".join(row[0] for row in some)))
        mentions.update(array("I", b"".join(row[1] for row in some)))
    return Counted(articles, mentions)
