"""Near copies folded: of the articles found, one of each group stands for the others.

The one that bears something of the user's, else the one that was published first, else the first. In which order they
come in each group is asked of SQLite once, and kept until the index or the marks change: a long list folds in passing.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable
from itertools import filterfalse

_RANKED = """
SELECT c.leader, c.article
FROM library.copy AS c JOIN library.article AS a ON a.id = c.article
LEFT JOIN mirror.marked AS m ON m.text_hash = a.text_hash
LEFT JOIN mirror.dated AS d ON d.text_hash = a.text_hash
ORDER BY
    NOT (coalesce(m.starred OR m.notes OR m.highlights OR m.draft, 0)
        OR EXISTS (SELECT 1 FROM mirror.tagged AS t WHERE t.text_hash = a.text_hash)),
    coalesce(d.published, a.published) = '', coalesce(d.published, a.published), c.article
"""
Copies = dict[int, tuple[int, ...]]
"""An article that stands for others -> those, the next best first."""


class Folding:
    """Which of an article's copies stands for the others, in the library that is attached to a connection."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._marks = 0
        self._seen: object = None
        self._group = self._ranked = array("q")
        """Of all copies the best first: which group each is of, and which article it is."""
        self._rank: dict[int, int] = {}

    def marks_changed(self) -> None:
        """Note that something was annotated, or dated."""
        self._marks += 1

    def forget_library(self) -> None:
        """Let go of everything, since another index was attached."""
        self._seen = None

    def fold(self, keys: array[int], stop: Callable[[], None]) -> tuple[array[int], Copies]:
        """Return a list without the articles that others in it stand for, and who stands for whom.

        Each stands where it stood. `stop` raises when nobody waits any more.
        """
        self._bring_up_to_date()
        stop()
        rank = self._rank
        ranks = sorted(map(rank.__getitem__, rank.keys() & set(keys)))
        stop()
        first: dict[int, int] = {}
        others: dict[int, list[int]] = {}
        hidden: set[int] = set()
        for place in ranks:
            key, group = self._ranked[place], self._group[place]
            shown = first.setdefault(group, key)
            if shown != key:
                others.setdefault(shown, []).append(key)
                hidden.add(key)
        if not hidden:
            return keys, {}
        stop()
        left = array("q", filterfalse(hidden.__contains__, keys))
        return left, {key: tuple(copies) for key, copies in others.items()}

    def _bring_up_to_date(self) -> None:
        (version,) = self._db.execute("PRAGMA library.data_version").fetchone()
        if self._seen == (version, self._marks):
            return
        rows = self._db.execute(_RANKED).fetchall()
        self._group = array("q", (leader for leader, _ in rows))
        self._ranked = array("q", (article for _, article in rows))
        self._rank = {article: place for place, article in enumerate(self._ranked)}
        self._seen = (version, self._marks)
