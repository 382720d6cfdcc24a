"""The names that a model found in a text, kept once for all libraries: no text is analysed twice."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path

from store.article import ArticleId, Mention
from store.catalog import opening, schema
from store.errors import CatalogError


class AnalysisStore:
    """Names by text and recogniser, as the model gave them, unlinked. Several processes may write at once.

    It only saves work: where it cannot be used it finds nothing and keeps nothing, and `trouble` says why.
    """

    def __init__(self, path: Path) -> None:
        self.trouble = ""
        self._db: sqlite3.Connection | None = None
        self._path = path
        try:
            self._db, self.trouble = opening.open_for_writing(path, schema.ANALYSIS, schema.ANALYSIS_VERSION)
        except CatalogError as error:
            self.trouble = str(error)
            self._db = opening.open_for_reading(path, schema.ANALYSIS_VERSION)

    def find(self, article: ArticleId, recogniser: str) -> tuple[Mention, ...] | None:
        """Return what this recogniser found in a text; None when it has not seen it."""
        if self._db is None:
            return None
        sql = "SELECT mentions FROM analysis WHERE text_hash=? AND recogniser=?"
        try:
            row = self._db.execute(sql, (article, recogniser)).fetchone()
            return None if row is None else tuple(Mention(s, e, label) for s, e, label in json.loads(row[0]))
        except (sqlite3.Error, ValueError) as error:
            self._give_up(error)
            return None

    def keep(self, recogniser: str, found: Mapping[ArticleId, Sequence[Mention]]) -> None:
        """Keep what this recogniser found in some texts, in one short transaction."""
        if self._db is None or not found:
            return
        rows = [
            (
                article,
                recogniser,
                json.dumps([[m.start, m.end, m.label] for m in mentions], separators=(",", ":")),
            )
            for article, mentions in found.items()
        ]
        try:
            self._db.execute("BEGIN IMMEDIATE")
            self._db.executemany("INSERT OR REPLACE INTO analysis VALUES (?,?,?)", rows)
            self._db.execute("COMMIT")
        except sqlite3.Error as error:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            self._give_up(error)

    def close(self) -> None:
        """Close the handle."""
        if self._db is not None:
            self._db.close()
            self._db = None

    def _give_up(self, error: Exception) -> None:
        """Go on without; a damaged store is deleted, so that the next start makes a sound one."""
        self.trouble = f"{self._path} cannot be used: {error}."
        if isinstance(error, sqlite3.OperationalError) and not opening.is_damage(error):
            return
        self.close()
        if isinstance(error, sqlite3.Error) and opening.is_damage(error):
            opening.remove(self._path)
