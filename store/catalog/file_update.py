"""Putting what a file holds now in the place of what it held, one article after the other."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime

from store.article import Article, ArticleId, ArticleKey, Problem, Source
from store.catalog import copies
from store.catalog.entry import Entry, entry_of
from store.catalog.talked_rows import write_days
from store.catalog.transactions import Edit, Transactions
from store.paths import storable

_AT_ONCE = 200
"""Places forgotten in one piece."""
_HELD = """
CREATE TEMP TABLE IF NOT EXISTS held(member TEXT PRIMARY KEY, article INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS temp.held_article ON held(article);
CREATE TEMP TABLE IF NOT EXISTS left_behind(article INTEGER PRIMARY KEY);
CREATE TEMP TABLE IF NOT EXISTS known(raw INTEGER, member TEXT, article INTEGER, PRIMARY KEY(raw, member))
WITHOUT ROWID;
DELETE FROM temp.known;
DELETE FROM temp.held;
DELETE FROM temp.left_behind;
"""
"""What the file holds that is being read, and the texts that have lost a place in it: there may be millions."""


def _first_seen(retrieved: str) -> str:
    """Return when the user first had an article, in UTC: now, or when it was fetched, where the file says so.

    So what Dateline saved keeps its day when the index is built anew.
    """
    now = datetime.now(UTC).replace(tzinfo=None)
    try:
        fetched = datetime.fromisoformat(retrieved).astimezone(UTC).replace(tzinfo=None) if retrieved else now
    except (ValueError, OverflowError):
        fetched = now
    return min(fetched, now).isoformat(timespec="microseconds")


class FileUpdate:
    """One file's new content, one file at a time. A commit may come in between: until `finish` it counts as unread."""

    def __init__(self, writer: Transactions, path: str) -> None:
        self._writer = writer
        self._path = path
        self._stored = storable(path)
        self._knows = False
        with writer.changing(0) as db:
            for statement in _HELD.split(";"):
                db.execute(statement)
            db.execute(
                "INSERT INTO file(path, stamp) VALUES (?1,'') ON CONFLICT(path) DO UPDATE SET stamp=''",
                (self._stored,),
            )
            writer.delete_problems("path=? AND stage IN ('read', 'scan')", (self._stored,))

    def add(self, item: Article | Entry | Problem) -> None:
        """Put the next article of the file, or keep why one cannot be shown.

        Raises:
            UnicodeEncodeError: an article holds characters that are none.
        """
        if isinstance(item, Problem):
            self._writer.put_problem(item)
        else:
            self._put(item if isinstance(item, Entry) else entry_of(item))

    def _put(self, item: Entry) -> None:
        with self._writer.changing() as db:
            member = self._free_member(db, item)
            if member is None:
                return
            key = self._article(db, item, member)
            db.execute("INSERT INTO temp.held VALUES (?,?)", (member, key))
            old = db.execute(
                "SELECT article, text_hash FROM source JOIN article a ON a.id=article WHERE path=? AND member=?",
                (self._stored, member),
            ).fetchone()
            if old is not None and old[0] == key:
                if item.raw:
                    db.execute(
                        "UPDATE source SET raw=?3 WHERE path=?1 AND member=?2 AND raw<>?3",
                        (self._stored, member, item.raw),
                    )
                return
            db.execute(
                "INSERT OR REPLACE INTO source(path, member, article, raw) VALUES (?,?,?,?)",
                (self._stored, member, key, item.raw),
            )
            self._writer.note_change()
            if old is not None:
                db.execute("INSERT OR IGNORE INTO temp.left_behind VALUES (?)", (old[0],))
                self._writer.delete_problems("path=? AND member=? AND stage='analyse'", (self._stored, member))
                place = Source(self._path, member)
                self._writer.note_edit(Edit(place, ArticleId(old[1]), item.id, ArticleKey(old[0])))

    def keep(self, raw: int) -> bool:
        """Say whether the file's article with this fingerprint is in the index; if so, it stays in its place."""
        with self._writer.changing(0) as db:
            if not self._knows:
                db.execute(
                    "INSERT INTO temp.known SELECT raw, member, article FROM source WHERE path=? AND raw<>0",
                    (self._stored,),
                )
                self._knows = True
            found = db.execute("SELECT member, article FROM temp.known WHERE raw=?", (raw,)).fetchone()
            if found is None:
                return False
            held = db.execute("SELECT article FROM temp.held WHERE member=?", (found[0],)).fetchone()
            if held is None:
                db.execute("INSERT INTO temp.held VALUES (?,?)", found)
            # Another record may have taken its place, by the same id.
            return held is None or bool(held[0] == found[1])

    def finish(self, stamp: str) -> None:
        """Forget what the file no longer holds, and note that it has been read whole."""
        for _ in self.finishing(stamp):
            pass

    def finishing(self, stamp: str) -> Iterator[None]:
        """Do the same in pieces, between which one may commit."""
        last: str | None = ""
        while last is not None:
            last = self._forget_places(last)
            yield
        while self._forget_texts():
            yield
        with self._writer.changing(0) as db:
            db.execute("UPDATE file SET stamp=? WHERE path=?", (stamp, self._stored))

    def _forget_places(self, after: str) -> str | None:
        """Forget some places that are not in the file any more; returns the last, or None when that was all."""
        with self._writer.changing(0) as db:
            rows = db.execute(
                "SELECT member, article FROM source s WHERE path=? AND member>=? AND NOT EXISTS"
                " (SELECT 1 FROM temp.held WHERE member=s.member) ORDER BY member LIMIT ?",
                (self._stored, after, _AT_ONCE),
            ).fetchall()
            for member, article in rows:
                db.execute("DELETE FROM source WHERE path=? AND member=?", (self._stored, member))
                self._writer.delete_problems("path=? AND member=? AND stage='analyse'", (self._stored, member))
                self._writer.note_change()
                db.execute("INSERT OR IGNORE INTO temp.left_behind VALUES (?)", (article,))
        return rows[-1][0] if len(rows) == _AT_ONCE else None

    def _forget_texts(self) -> bool:
        """Forget some texts that have no place left; says whether there may be more."""
        with self._writer.changing(0) as db:
            rows = db.execute("SELECT article FROM temp.left_behind LIMIT ?", (_AT_ONCE,)).fetchall()
            self._writer.drop_sourceless(row[0] for row in rows)
            db.executemany("DELETE FROM temp.left_behind WHERE article=?", rows)
        return len(rows) == _AT_ONCE

    def _free_member(self, db: sqlite3.Connection, item: Entry) -> str | None:
        """Return the name of the article's place; None when the file has this very article already.

        Two records of a file may carry the same id: the second one's place is named by its text, too.
        """
        for name in (item.member, f"{item.member}@{item.id[:12]}"):
            sql = "SELECT text_hash FROM temp.held JOIN article a ON a.id=article WHERE member=?"
            held = db.execute(sql, (name,)).fetchone()
            if held is None:
                return name
            if held[0] == item.id:
                return None
        return None

    def _article(self, db: sqlite3.Connection, item: Entry, member: str) -> int:
        """Return the row of the article's text, made or brought up to date."""
        shown = (
            item.title,
            item.byline,
            item.published,
            item.declared,
            item.url,
            item.encoding,
        )
        row = db.execute(
            "SELECT id, title, byline, published, declared, url, encoding FROM article WHERE text_hash=?",
            (item.id,),
        ).fetchone()
        if row is None:
            key = (
                db.execute(
                    "INSERT INTO article"
                    "(text_hash, title, byline, published, declared, url, encoding, language, judged, words, added)"
                    " VALUES (?,?,?,?,?,?,?,?,?,?,?)",
                    (item.id, *shown, item.language, item.judged, item.words,
                     self._writer.first_seen(item.id) or _first_seen(item.retrieved)),
                ).lastrowid
                or 0
            )
            db.execute("INSERT INTO body VALUES (?,?,?,?)", (key, item.title, item.text, item.blocks))
            copies.join(db, key, item.signature)
            self._writer.note_change(1)
            return key
        key = int(row[0])
        if not self._speaks_for(db, key, member):
            return key
        if row[1:] != shown:
            db.execute(
                "UPDATE article SET title=?, byline=?, published=?, declared=?, url=?, encoding=? WHERE id=?",
                (*shown, key),
            )
            if row[4] != item.declared:
                db.execute("UPDATE article SET language=declared, judged=0 WHERE id=?", (key,))
            if row[3] != shown[2]:
                write_days(db, key)
            self._writer.note_change()
        if row[1] != item.title:
            # The full text follows insertions and deletions only.
            db.execute("DELETE FROM body WHERE id=?", (key,))
            db.execute("INSERT INTO body VALUES (?,?,?,?)", (key, item.title, item.text, item.blocks))
        elif db.execute("UPDATE body SET blocks=?1 WHERE id=?2 AND blocks<>?1", (item.blocks, key)).rowcount:
            self._writer.note_change()
        return key

    def _speaks_for(self, db: sqlite3.Connection, key: int, member: str) -> bool:
        """Whether this place's title and date are the text's: it is the first of those that are settled."""
        if db.execute("SELECT 1 FROM temp.held WHERE article=?", (key,)).fetchone() is not None:
            return False
        earlier = db.execute(
            "SELECT 1 FROM source JOIN file USING(path) WHERE article=? AND stamp<>''"
            " AND (path, member) < (?, ?) LIMIT 1",
            (key, self._stored, member),
        ).fetchone()
        return earlier is None
