"""Articles whose day of publication was set by hand, as rows of the index, and whom they name then."""

from __future__ import annotations

import sqlite3
from itertools import groupby
from operator import itemgetter

from store.query.appearances import day_of
from store.query.counted import ids_in

_FILL = """
INSERT INTO mirror.redated(article, day)
SELECT x.id, CAST(replace(m.published, '-', '') AS INTEGER)
FROM mirror.dated AS m CROSS JOIN library.article AS x ON x.text_hash = m.text_hash
"""
_NAMED = "SELECT d.day, c.entities FROM mirror.redated AS d CROSS JOIN library.named AS c ON c.article = d.article"
_DATES = """
SELECT d.article, d.day, a.language, m.start, m.end
FROM mirror.redated AS d CROSS JOIN library.mention AS m ON m.article = d.article
CROSS JOIN library.article AS a ON a.id = d.article WHERE m.label IN ({}) ORDER BY d.article
"""
_FIRST = """
SELECT day FROM library.article_entity WHERE entity = ? AND day > 0
AND article NOT IN (SELECT article FROM mirror.redated) ORDER BY day{} LIMIT 1
"""


class Redated:
    """Keeps `mirror.redated`: days, as YYYYMMDD, that go over those in the index."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._marks = 0
        self._seen: object = None
        self._talked: object = None
        self._ends: dict[int, tuple[int, int]] = {}
        """By entity, the first and the last of these days on which it is named."""

    def marks_changed(self) -> None:
        """Find the articles anew, since others may have been dated."""
        self._marks += 1

    def forget_library(self) -> None:
        """Find the articles anew, since another index was attached."""
        self._seen = self._talked = None

    def bring_up_to_date(self) -> None:
        """Find the rows anew where the index or the marks have changed."""
        version = (self._db.execute("PRAGMA library.data_version").fetchone()[0], self._marks)
        if self._seen == version:
            return
        self._db.execute("DELETE FROM mirror.redated")
        self._db.execute(_FILL)
        self._ends = {}
        for day, entities in self._db.execute(_NAMED):
            for entity in ids_in([entities]):
                first, last = self._ends.get(entity, (day, day))
                self._ends[entity] = (min(first, day), max(last, day))
        self._seen = version

    def bring_talk_up_to_date(self) -> None:
        """Find anew which days these articles talk of: "last Tuesday" is another one after another day."""
        from store.catalog.talked_rows import number_of
        from store.entities.days import DATES, days_meant

        self.bring_up_to_date()
        if self._talked == self._seen:
            return
        self._db.execute("DELETE FROM mirror.retalked")
        named = self._db.execute(_DATES.format(", ".join("?" * len(DATES))), DATES).fetchall()
        for article, places in groupby(named, key=itemgetter(0)):
            [(text,)] = self._db.execute("SELECT text FROM library.body WHERE id = ?", (article,))
            for _, day, language, start, end in places:
                days = days_meant(text[start:end], day_of(day), language)
                if days is not None:
                    row = (article, number_of(days[0]), number_of(days[1]))
                    self._db.execute("INSERT INTO mirror.retalked VALUES (?, ?, ?)", row)
        self._talked = self._seen

    def ends(self, entity: int) -> tuple[int, int]:
        """Return the first and the last day on which an entity is named, each 0 where there is none."""
        days = [day for order in ("", " DESC") for (day,) in self._db.execute(_FIRST.format(order), (entity,))]
        days += self._ends.get(entity, ())
        return (min(days), max(days)) if days else (0, 0)
