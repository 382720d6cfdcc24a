"""Groups of near copies: the same report in several papers, cut and edited a little.

A group has a leader, the text it began with, and each of its members is like the leader. Being like one of a leader's
copies is not enough: from one day's report to the next much stays the same, and after ten days nothing is. Leaders
alone, and texts that are like no other, are looked up by their bands; so no two of those are alike, as bands tell it.

When the leader's text goes, its signature stays under a number below zero for as long as two copies are left: the group
is what it was, and a thousand copies may go one after the other without being held against each other each time.
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
    """Forget a text that goes; says whether it was in a group."""
    row = db.execute("SELECT numbers FROM signature WHERE article=?", (article,)).fetchone()
    if row is None:
        return False
    led = db.execute("SELECT leader FROM copy WHERE article=?", (article,)).fetchone()
    db.execute("DELETE FROM copy WHERE article=?", (article,))
    if led is None:
        _forget(db, article)
        return False
    leader = int(led[0])
    left = db.execute("SELECT article FROM copy WHERE leader=? LIMIT 2", (leader,)).fetchall()
    if len(left) == 1:
        _dissolve(db, leader, left[0][0])
    if leader == article and len(left) > 1:
        _bequeath(db, article)
    elif leader != article:
        db.execute("DELETE FROM signature WHERE article=?", (article,))
    return True


def _place(db: sqlite3.Connection, article: int, signature: bytes) -> bool:
    rows = bands(signature)
    alike = [
        (likeness(signature, numbers), other)
        for other, numbers in db.execute(_CANDIDATES, rows).fetchall()
        if other != article
    ]
    best, leader = max(alike, default=(0.0, 0))
    if best < LIKE:
        db.executemany("INSERT OR IGNORE INTO band VALUES (?, ?)", [(row, article) for row in rows])
        return False
    if leader > 0:
        db.execute("INSERT OR IGNORE INTO copy VALUES (?1, ?1)", (leader,))
    db.execute("INSERT OR REPLACE INTO copy VALUES (?, ?)", (article, leader))
    return True


def _dissolve(db: sqlite3.Connection, leader: int, last: int) -> None:
    """Make the last one of a group a text that is like no other; if it was not the leader, it may be like another."""
    db.execute("DELETE FROM copy WHERE article=?", (last,))
    if last != leader:
        _forget(db, leader)
        (numbers,) = db.execute("SELECT numbers FROM signature WHERE article=?", (last,)).fetchone()
        _place(db, last, numbers)


def _bequeath(db: sqlite3.Connection, leader: int) -> None:
    """Keep what a leader is looked up by under a number that no article has."""
    (number,) = db.execute("SELECT min(min(article), 0) - 1 FROM signature").fetchone()
    db.execute("UPDATE signature SET article=? WHERE article=?", (number, leader))
    (numbers,) = db.execute("SELECT numbers FROM signature WHERE article=?", (number,)).fetchone()
    moved = [(number, row, leader) for row in bands(numbers)]
    db.executemany("UPDATE band SET article=? WHERE row=? AND article=?", moved)
    db.execute("UPDATE copy SET leader=? WHERE leader=?", (number, leader))


def _forget(db: sqlite3.Connection, article: int) -> None:
    """Delete the signature of a text, and what it is looked up by."""
    row = db.execute("SELECT numbers FROM signature WHERE article=?", (article,)).fetchone()
    if row is not None:
        db.executemany("DELETE FROM band WHERE row=? AND article=?", [(band, article) for band in bands(row[0])])
        db.execute("DELETE FROM signature WHERE article=?", (article,))
