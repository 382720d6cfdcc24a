"""Annotated articles whose text is nowhere any more, as an index of their own: the same tables, in memory.

What is gone is found out when a query asks for it: the texts that the mirror knows, less those that the library has.
So nothing has to be told when a file goes or comes back.
"""

from __future__ import annotations

import sqlite3

from store.article import ArticleId, ArticleKey
from store.catalog.schema import INDEX
from store.paths import storable
from store.query.answer import Describe, GoneText
from store.query.fold import clean

_BEARING = """
SELECT text_hash FROM mirror.tagged
UNION SELECT text_hash FROM mirror.marked WHERE starred OR notes OR highlights OR draft
"""
_AWAY = f"""
SELECT m.text_hash FROM ({_BEARING}) AS m
WHERE NOT EXISTS (SELECT 1 FROM library.article AS x WHERE x.text_hash = m.text_hash)
"""
_ARTICLE = (
    "INSERT INTO gone.article(id, text_hash, title, byline, published, language, url, encoding, words, added)"
    " VALUES (?, ?, ?, '', ?, ?, '', '', ?, '')"
)


class GoneArticles:
    """Keeps the database `gone` of a connection that has the library and the mirror attached."""

    def __init__(self, db: sqlite3.Connection, describe: Describe) -> None:
        self._db = db
        self._describe = describe
        self._tables: sqlite3.Connection | None = None
        """Holds the database; made when there is the first article to go into it."""
        self._present: dict[ArticleId, ArticleKey] = {}
        self._elsewhere: set[ArticleId] = set()
        """Texts of other libraries, which are not missing here."""
        self._marks = 0
        self._seen: tuple[int, int] | None = None

    def close(self) -> None:
        """Let go of the memory."""
        if self._tables is not None:
            self._tables.close()

    def forget(self, articles: list[ArticleId] | None = None) -> None:
        """Describe these texts anew, or all, when they are asked for next: their marks or notes have changed."""
        self._marks += 1
        gone = self._present if articles is None else [one for one in articles if one in self._present]
        self._remove(list(gone))
        self._elsewhere.difference_update(self._elsewhere.copy() if articles is None else articles)

    def forget_library(self) -> None:
        """Look again, since another index was attached."""
        self._seen = None

    def any(self) -> bool:
        """Tell whether articles are gone, having brought what is known of them up to date."""
        (version,) = self._db.execute("PRAGMA library.data_version").fetchone()
        if self._seen != (version, self._marks):
            self._bring_up_to_date()
            self._seen = (version, self._marks)
        return bool(self._present)

    def _bring_up_to_date(self) -> None:
        if self._db.execute("SELECT 1 FROM library.meta WHERE key = 'looked'").fetchone() is None:
            # While the folders are read for the first time, everything that comes later would look gone.
            self._remove(list(self._present))
            return
        away = {ArticleId(text) for (text,) in self._db.execute(_AWAY)}
        self._remove([text for text in self._present if text not in away])
        for text in away - self._present.keys() - self._elsewhere:
            found = self._describe(text)
            if found is None:
                self._elsewhere.add(text)
            else:
                self._put(text, found)

    def _put(self, text: ArticleId, found: GoneText) -> None:
        if self._tables is None:
            # A connection of its own makes the tables, as the script names no database.
            uri = f"file:dateline-gone-{id(self)}?mode=memory&cache=shared"
            self._tables = sqlite3.connect(uri, uri=True, check_same_thread=False)
            self._tables.executescript(INDEX)
            self._db.execute("ATTACH ? AS gone", (uri,))
        db, key = self._db, found.key
        title = clean(found.title)
        db.execute("BEGIN")
        try:
            db.execute(_ARTICLE, (key, text, title, found.published, found.language, found.words))
            db.execute("INSERT INTO gone.body VALUES (?, ?, ?, '[]')", (key, title, clean(found.text)))
            for source in dict.fromkeys(found.sources):
                place = storable(source.path), storable(source.member), key
                db.execute("INSERT OR IGNORE INTO gone.source(path, member, article) VALUES (?, ?, ?)", place)
        except BaseException:
            db.execute("ROLLBACK")
            raise
        db.execute("COMMIT")
        self._present[text] = key

    def _remove(self, texts: list[ArticleId]) -> None:
        for text in texts:
            key = self._present[text]
            self._db.execute("BEGIN")
            try:
                for table, column in (("source", "article"), ("body", "id"), ("article", "id")):
                    self._db.execute(f"DELETE FROM gone.{table} WHERE {column} = ?", (key,))
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")
            del self._present[text]
