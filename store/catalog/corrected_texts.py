"""Which texts have other names than were found in them, and which corrections the index reflects.

The names as they were found are kept beside the corrected ones, so that a correction that is withdrawn costs no
analysis. The two tables are made when the first correction comes.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from store.article import ArticleId, Mention, fold_name
from store.catalog.folding import fold
from store.catalog.grams import expression
from store.catalog.mention_rows import replace_mentions
from store.catalog.mentions import packed, read_found
from store.catalog.writer import CatalogWriter

_TABLES = (
    # What each correction said when the index came to reflect it.
    "CREATE TABLE IF NOT EXISTS correction(id TEXT PRIMARY KEY, said TEXT NOT NULL) WITHOUT ROWID",
    # Texts whose names were corrected, with the names that were found: zlib, JSON [[start, end, label, entity], ...].
    "CREATE TABLE IF NOT EXISTS corrected("
    "article INTEGER PRIMARY KEY REFERENCES article(id) ON DELETE CASCADE, found BLOB NOT NULL)",
)


class CorrectedTexts:
    """Writes corrected names, in the open transaction of an index's writer."""

    def __init__(self, writer: CatalogWriter) -> None:
        self._writer = writer
        sql = "SELECT count(*) FROM sqlite_master WHERE name IN ('correction', 'corrected')"
        self._made: bool = self._all(sql)[0][0] == len(_TABLES)

    # ---- which corrections -----------------------------------------------------------------------------------
    def said(self) -> dict[str, str]:
        """Return what the corrections said that the index reflects, by their ids."""
        return dict(self._all("SELECT id, said FROM correction")) if self._made else {}

    def note(self, said: Mapping[str, str | None]) -> None:
        """Note what corrections say from now on; None for one that is withdrawn."""
        with self._changing() as db:
            db.executemany("DELETE FROM correction WHERE id=?", [(one,) for one in said])
            rows = [(one, what) for one, what in said.items() if what is not None]
            db.executemany("INSERT INTO correction VALUES (?,?)", rows)

    # ---- which texts -----------------------------------------------------------------------------------------
    def key_of(self, article: ArticleId) -> int | None:
        """Return the row of a text."""
        found = self._all("SELECT id FROM article WHERE text_hash=?", (article,))
        return int(found[0][0]) if found else None

    def naming(self, surface: str, label: str) -> Iterator[int]:
        """Yield the texts that may have a mention with these words and this label."""
        forms = {form.replace("'", mark) for form in _spellings(surface) for mark in "'’"}
        entities = self._all(
            "SELECT id FROM entity WHERE folded IN (SELECT value FROM json_each(?1))"
            " UNION SELECT entity FROM entity_form WHERE form IN (SELECT value FROM json_each(?2))",
            (json.dumps([fold_name(form) for form in forms]), json.dumps(list(forms))),
        )
        # Letters may be composed or apart, and spaces doubled.
        longest = 2 * len(surface) + 8
        for (entity,) in entities:
            sql = (
                "SELECT DISTINCT m.article FROM article_entity ae JOIN mention m ON m.article=ae.article"
                " WHERE ae.entity=?1 AND m.entity=?1 AND m.label=?2 AND m.end-m.start<=?3"
            )
            yield from (key for (key,) in self._all(sql, (entity, label, longest)))

    def holding(self, surface: str) -> list[int]:
        """Return the texts that may have these words."""
        words = fold(surface)
        pairs = expression(words)
        if pairs is not None:
            return self._keys("SELECT rowid FROM spaceless WHERE spaceless MATCH ?", (pairs,))
        if not any(map(str.isalnum, words)):
            return []
        return self._keys("SELECT rowid FROM fulltext WHERE fulltext MATCH ?", ('"' + words.replace('"', '""') + '"',))

    def corrected(self) -> list[int]:
        """Return the texts whose names are corrected."""
        return self._keys("SELECT article FROM corrected") if self._made else []

    def corrected_holding(self, surface: str) -> list[int]:
        """Return the texts whose names are corrected and which may have these words."""
        corrected = set(self.corrected())
        return [key for key in self.holding(surface) if key in corrected] if corrected else []

    # ---- one text --------------------------------------------------------------------------------------------
    def names_in(self, key: int) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
        """Return the names of a text as they are, and as they were found, before any correction."""
        present = self._writer.mentions(key)
        found = read_found(self._writer.connection, key) if self._made else None
        return present, present if found is None else found

    def text(self, key: int) -> tuple[ArticleId, str] | None:
        """Return a text by its row, if its names have been looked for."""
        sql = "SELECT text_hash, text FROM article JOIN body USING(id) WHERE id=? AND analysed<>''"
        found = self._all(sql, (key,))
        return (ArticleId(found[0][0]), found[0][1]) if found else None

    def put(
        self,
        key: int,
        text: str,
        present: Sequence[Mention],
        found: Sequence[Mention],
        corrected: Sequence[Mention],
        kind_of: Callable[[str], str],
    ) -> bool:
        """Put the corrected names of a text in the place of those that it has; says whether they are others."""
        changes = _differ(present, corrected)
        if changes:
            with self._writer.changing() as db:
                replace_mentions(db, key, text, corrected, kind_of, present)
        self.keep(key, found, corrected)
        return changes

    def keep(self, key: int, found: Sequence[Mention], corrected: Sequence[Mention]) -> None:
        """Keep the names of a text as they were found, where they are others than the corrected ones."""
        if not _differ(found, corrected):
            if self._made:
                with self._writer.changing(0) as db:
                    db.execute("DELETE FROM corrected WHERE article=?", (key,))
            return
        with self._changing() as db:
            db.execute("INSERT OR REPLACE INTO corrected VALUES (?,?)", (key, packed(found)))

    # ---- below -----------------------------------------------------------------------------------------------
    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        with self._writer.changing(0) as db:
            if not self._made:
                for table in _TABLES:
                    db.execute(table)
            yield db
        self._made = True

    def _all(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        return self._writer.connection.execute(sql, values).fetchall()

    def _keys(self, sql: str, values: Sequence[object] = ()) -> list[int]:
        return [key for (key,) in self._all(sql, values)]


def _spellings(surface: str) -> set[str]:
    """Return the ways in which a name is likely to be written, case and apostrophes apart."""
    plain = surface.replace("’", "'")
    return {plain, plain.upper(), plain.lower(), plain.title(), plain.casefold()}


def _differ(found: Sequence[Mention], corrected: Sequence[Mention]) -> bool:
    if len(found) != len(corrected):
        return True
    # Most are the same; an entity's name is as it was shown first, whatever this text writes.
    pairs = zip(found, corrected, strict=True)
    return any(one is not other and one != other and _row(one) != _row(other) for one, other in pairs)


def _row(mention: Mention) -> tuple[int, int, str, str]:
    return mention.start, mention.end, mention.label, fold_name(mention.entity)
