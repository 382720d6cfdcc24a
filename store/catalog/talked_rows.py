"""Writing the days that a text talks about: its dates as days of the calendar."""

from __future__ import annotations

import sqlite3
from datetime import date

from store.entities.days import DATES, days_meant


def write_days(db: sqlite3.Connection, article: int) -> None:
    """Bring the days that an article talks about up to date with its mentions and its own day.

    Runs inside the caller's transaction, after the mentions were written.
    """
    db.execute("DELETE FROM talked WHERE article=?", (article,))
    marks = ", ".join("?" * len(DATES))
    sql = f"SELECT start, end FROM mention WHERE article=? AND label IN ({marks})"
    places = db.execute(sql, (article, *DATES)).fetchall()
    if not places:
        return
    sql = "SELECT a.published, a.language, b.text FROM article a JOIN body b USING(id) WHERE a.id=?"
    published, language, text = db.execute(sql, (article,)).fetchone()
    day = date.fromisoformat(published) if published else None
    rows = []
    for start, end in places:
        days = days_meant(text[start:end], day, language)
        if days is not None:
            rows.append((article, start, number_of(days[0]), number_of(days[1])))
    db.executemany("INSERT INTO talked VALUES (?,?,?,?)", rows)


def number_of(day: date) -> int:
    """Return a day as the index keeps it: YYYYMMDD."""
    return day.year * 10_000 + day.month * 100 + day.day
