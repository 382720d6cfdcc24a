"""The user's marks and notes as SQL sees them: filling the tables of the mirror."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from store.annotations.records import Marks
from store.article import ArticleId
from store.catalog.schema import MIRRORED
from store.query.fold import fold, worded

MarkedRow = tuple[ArticleId, Marks, Sequence[tuple[str, Sequence[str]]]]
"""An article's marks and its notes, each as (note id, its texts: body and quotes)."""


def fill(db: sqlite3.Connection, rows: Iterable[MarkedRow]) -> None:
    """Replace all marks. Runs inside the caller's transaction."""
    for table in MIRRORED:
        db.execute(f"DELETE FROM mirror.{table}")
    _insert(db, rows)


def update(db: sqlite3.Connection, rows: Sequence[MarkedRow]) -> None:
    """Replace the marks of these articles. Runs inside the caller's transaction."""
    for table in MIRRORED:
        db.executemany(f"DELETE FROM mirror.{table} WHERE text_hash = ?", [(row[0],) for row in rows])
    _insert(db, rows)


def _insert(db: sqlite3.Connection, rows: Iterable[MarkedRow]) -> None:
    marked, tagged, noted, dated = [], [], [], []
    for article, marks, notes in rows:
        counted = (marks.notes, marks.highlights, marks.draft, marks.changed, marks.lost)
        state = (marks.starred, marks.read, *counted)
        if any(state):
            marked.append((article, *map(int, state)))
        # Two tags that differ in case alone are one to every query; the article's own come first and stay.
        tagged += [(article, tag, fold(tag), 1) for tag in marks.tags]
        tagged += [(article, tag, fold(tag), 0) for tag in marks.note_tags]
        # A phrase is looked for within one line.
        noted += [(article, note, "\n".join(worded(text) for text in texts if text)) for note, texts in notes]
        if marks.published is not None:
            dated.append((article, marks.published.isoformat()))
    put = "INSERT OR IGNORE INTO mirror."
    db.executemany(f"{put}marked VALUES (?, ?, ?, ?, ?, ?, ?, ?)", marked)
    db.executemany(f"{put}tagged VALUES (?, ?, ?, ?)", tagged)
    db.executemany(f"{put}note VALUES (?, ?, ?)", noted)
    db.executemany(f"{put}dated VALUES (?, ?)", dated)
