"""Groups of near copies: the same report in several papers, cut and edited a little.

A group has a leader, and each of its members is like the leader. Being like one of a leader's copies is not enough:
from one day's report to the next much stays the same, and after ten days nothing is. Only leaders, and texts that are
like no other, are looked up by their bands; so no two of those are alike, as far as the bands tell.
"""

from __future__ import annotations

import sqlite3

from store.catalog.signature import BANDS, LIKE, bands, likeness

_MOST = 400
"""Texts that one is held against, at most."""
_CANDIDATES = f"""
SELECT s.article, s.numbers FROM (
    SELECT DISTINCT article FROM band WHERE row IN ({", ".join("?" * BANDS)}) LIMIT {_MOST}
) AS b JOIN signature AS s ON s.article = b.article
"""


def join(db: sqlite3.Connection, article: int, signature: bytes) -> bool:
    """Put a new text into the group of the leader that it is most like; says whether there is one."""
    if not signature:
        return False
    db.execute("INSERT OR REPLACE INTO signature VALUES (?, ?)", (article, signature))
    return _place(db, article, signature)


def leave(db: sqlite3.Connection, article: int) -> bool:
    """Forget a text that goes; those that it led find other leaders. Says whether it was in a group."""
    row = db.execute("SELECT numbers FROM signature WHERE article=?", (article,)).fetchone()
    if row is None:
        return False
    led = db.execute("SELECT leader FROM copy WHERE article=?", (article,)).fetchone()
    db.execute("DELETE FROM signature WHERE article=?", (article,))
    if led is None or led[0] == article:
        db.executemany("DELETE FROM band WHERE row=? AND article=?", [(band, article) for band in bands(row[0])])
    if led is None:
        return False
    if led[0] != article:
        db.execute("DELETE FROM copy WHERE article=?", (article,))
        if db.execute("SELECT count(*) FROM copy WHERE leader=?", (led[0],)).fetchone()[0] == 1:
            # It leads nobody any more.
            db.execute("DELETE FROM copy WHERE article=?", (led[0],))
        return True
    sql = "SELECT c.article, s.numbers FROM copy c JOIN signature s USING(article) WHERE c.leader=? ORDER BY c.article"
    members = db.execute(sql, (article,)).fetchall()
    db.execute("DELETE FROM copy WHERE leader=?", (article,))
    for member, numbers in members:
        _place(db, member, numbers)
    return True


def _place(db: sqlite3.Connection, article: int, signature: bytes) -> bool:
    rows = bands(signature)
    alike = [
        (likeness(signature, numbers), -other)
        for other, numbers in db.execute(_CANDIDATES, rows).fetchall()
        if other != article
    ]
    best, negated = max(alike, default=(0.0, 0))
    if best < LIKE:
        db.executemany("INSERT OR IGNORE INTO band VALUES (?, ?)", [(row, article) for row in rows])
        return False
    leader = -negated
    db.execute("INSERT OR IGNORE INTO copy VALUES (?1, ?1)", (leader,))
    db.execute("INSERT OR REPLACE INTO copy VALUES (?, ?)", (article, leader))
    return True
