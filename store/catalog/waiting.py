"""The texts whose names or languages are still to be found."""

from __future__ import annotations

import heapq
import sqlite3

from store.article import ArticleId
from store.catalog.versions import NO_PIPELINE, Versions
from store.record import Record


class Waiting(Record):
    """A text whose names have not been found by its language's recogniser, or not been linked by this code."""

    id: ArticleId
    language: str
    words: int = 0


class LookedUp(Record):
    """A text as the indexer needs it."""

    key: int
    text: str
    blocks: str
    """As JSON."""
    language: str
    """As it is believed to be, once it has been looked at."""
    declared: str
    """As its file says."""
    judged: int
    """The version of the detector that has looked at the language; 0: none has."""
    analysed: str
    """The version that its names are of; empty when it has none yet."""


class LanguageCount(Record):
    """A language of a library."""

    language: str
    """Empty: of texts whose language is not clear."""
    articles: int
    unread: int
    """Of these, the articles that no pipeline reads."""


def waiting(db: sqlite3.Connection, versions: Versions, limit: int) -> list[Waiting]:
    """Return texts to be analysed, those without names first, then the newest."""
    found: list[Waiting] = []
    pairs = [(language, analysed) for language, analysed, *_ in _waiting_groups(db, versions)]
    for without in (True, False):
        sql = (
            "SELECT published, id, text_hash, words FROM article WHERE language=? AND analysed=? AND failed=''"
            " ORDER BY published DESC, id LIMIT ?"
        )
        newest = [
            [(published, -key, Waiting(ArticleId(article), language, words))
             for published, key, article, words in db.execute(sql, (language, analysed, limit - len(found)))]
            for language, analysed in pairs
            if (not analysed) is without
        ]  # fmt: skip
        merged = heapq.merge(*newest, key=lambda one: one[:2], reverse=True)
        found += [text for _, text in zip(range(limit - len(found)), (one[2] for one in merged), strict=False)]
        if len(found) >= limit:
            break
    return found


def count_waiting(db: sqlite3.Connection, versions: Versions) -> tuple[int, int]:
    """Count the texts to be analysed, and their words."""
    groups = list(_waiting_groups(db, versions))
    return sum(group[2] for group in groups), sum(group[3] for group in groups)


def unjudged(db: sqlite3.Connection, detector: int, limit: int) -> list[ArticleId]:
    """Return the newest of the texts whose language this detector has not looked at."""
    found: list[ArticleId] = []
    for condition in ("judged=0", "judged>0 AND judged<?1", "judged>?1"):
        sql = f"SELECT text_hash FROM article WHERE {condition} ORDER BY published DESC, id LIMIT ?2"
        rows = db.execute(sql, (detector, limit - len(found))) if len(found) < limit else ()
        found += [ArticleId(row[0]) for row in rows]
    return found


def count_languages(db: sqlite3.Connection) -> list[LanguageCount]:
    """Count the articles of each language, most first."""
    sql = "SELECT language, count(*), sum(substr(analysed, 1, ?)=?) FROM article GROUP BY language ORDER BY 2 DESC, 1"
    return [LanguageCount(*row) for row in db.execute(sql, (len(NO_PIPELINE), NO_PIPELINE))]


def look_up(db: sqlite3.Connection, article: ArticleId) -> LookedUp | None:
    """Return a text with what is known of its names."""
    sql = (
        "SELECT a.id, b.text, b.blocks, a.language, a.declared, a.judged, a.analysed"
        " FROM article a JOIN body b USING(id) WHERE text_hash=?"
    )
    row = db.execute(sql, (article,)).fetchone()
    return None if row is None else LookedUp(*row)


def _waiting_groups(db: sqlite3.Connection, versions: Versions) -> list[tuple[str, str, int, int]]:
    """Return language and version of names of the texts to be analysed, how many they are, and their words."""
    sql = "SELECT language, analysed, count(*), sum(words) FROM article WHERE failed='' GROUP BY language, analysed"
    return [row for row in db.execute(sql) if versions.wait(row[0], row[1])]
