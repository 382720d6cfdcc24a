"""Putting what a file holds now in the place of what it held, one article after the other."""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime

from store.article import Article, ArticleId, ArticleKey, Problem, Source
from store.catalog.transactions import Edit, Transactions
from store.paths import storable


class FileUpdate:
    """One file's new content. A commit may come in between: until `finish` the file counts as unread."""

    def __init__(self, writer: Transactions, path: str) -> None:
        self._writer = writer
        self._path = path
        self._stored = storable(path)
        self._members: dict[str, ArticleId] = {}
        self._left: set[int] = set()
        self._spoken: set[int] = set()
        with writer.changing(0) as db:
            db.execute(
                "INSERT INTO file(path, stamp) VALUES (?1,'') ON CONFLICT(path) DO UPDATE SET stamp=''",
                (self._stored,),
            )
            writer.delete_problems("path=? AND stage IN ('read', 'scan')", (self._stored,))

    def add(self, item: Article | Problem) -> None:
        """Put the next article of the file, or keep why one cannot be shown."""
        if isinstance(item, Problem):
            self._writer.put_problem(item)
            return
        member = self._free_member(item)
        if member is None:
            return
        with self._writer.changing() as db:
            key = self._article(db, item, member)
            self._spoken.add(key)
            old = db.execute(
                "SELECT article, text_hash FROM source JOIN article a ON a.id=article WHERE path=? AND member=?",
                (self._stored, member),
            ).fetchone()
            if old is not None and old[0] == key:
                return
            db.execute("INSERT OR REPLACE INTO source VALUES (?,?,?)", (self._stored, member, key))
            self._writer.note_change()
            if old is not None:
                self._left.add(old[0])
                self._writer.delete_problems("path=? AND member=? AND stage='analyse'", (self._stored, member))
                place = Source(self._path, member)
                self._writer.note_edit(Edit(place, ArticleId(old[1]), item.id, ArticleKey(old[0])))

    def finish(self, stamp: str) -> None:
        """Forget what the file no longer holds, and note that it has been read whole."""
        with self._writer.changing(0) as db:
            rows = db.execute("SELECT member, article FROM source WHERE path=?", (self._stored,)).fetchall()
            for member, article in rows:
                if member not in self._members:
                    db.execute("DELETE FROM source WHERE path=? AND member=?", (self._stored, member))
                    self._writer.delete_problems("path=? AND member=? AND stage='analyse'", (self._stored, member))
                    self._writer.note_change()
                    self._left.add(article)
            self._writer.drop_sourceless(self._left)
            db.execute("UPDATE file SET stamp=? WHERE path=?", (stamp, self._stored))

    def _free_member(self, item: Article) -> str | None:
        """Return the name of the article's place; None when the file has this very article already.

        Two records of a file may carry the same id: the second one's place is named by its text, too.
        """
        member = storable(item.member)
        if self._members.get(member, item.id) != item.id:
            member = f"{member}@{item.id[:12]}"
        if member in self._members:
            return None
        self._members[member] = item.id
        return member

    def _article(self, db: sqlite3.Connection, item: Article, member: str) -> int:
        """Return the row of the article's text, made or brought up to date."""
        shown = (
            item.title,
            item.byline,
            item.published.isoformat() if item.published else "",
            item.language,
            item.url,
            item.encoding,
        )
        blocks = json.dumps([[b.kind.value, b.start, b.end, b.level] for b in item.blocks], separators=(",", ":"))
        row = db.execute(
            "SELECT id, title, byline, published, language, url, encoding FROM article WHERE text_hash=?",
            (item.id,),
        ).fetchone()
        if row is None:
            key = (
                db.execute(
                    "INSERT INTO article"
                    "(text_hash, title, byline, published, language, url, encoding, words, added)"
                    " VALUES (?,?,?,?,?,?,?,?,?)",
                    (item.id, *shown, item.words, datetime.now().isoformat(timespec="seconds")),
                ).lastrowid
                or 0
            )
            db.execute("INSERT INTO body VALUES (?,?,?,?)", (key, item.title, item.text, blocks))
            self._writer.note_change(1)
            return key
        key = int(row[0])
        if key in self._spoken or not self._speaks_for(db, key, member):
            return key
        if row[1:] != shown:
            db.execute(
                "UPDATE article SET title=?, byline=?, published=?, language=?, url=?, encoding=? WHERE id=?",
                (*shown, key),
            )
            self._writer.note_change()
        if row[1] != item.title:
            # The full text follows insertions and deletions only.
            db.execute("DELETE FROM body WHERE id=?", (key,))
            db.execute("INSERT INTO body VALUES (?,?,?,?)", (key, item.title, item.text, blocks))
        elif db.execute("UPDATE body SET blocks=?1 WHERE id=?2 AND blocks<>?1", (blocks, key)).rowcount:
            self._writer.note_change()
        return key

    def _speaks_for(self, db: sqlite3.Connection, key: int, member: str) -> bool:
        """Whether this place's title and date are the text's: it is the first of those that are settled."""
        earlier = db.execute(
            "SELECT 1 FROM source JOIN file USING(path) WHERE article=? AND stamp<>''"
            " AND (path, member) < (?, ?) LIMIT 1",
            (key, self._stored, member),
        ).fetchone()
        return earlier is None
