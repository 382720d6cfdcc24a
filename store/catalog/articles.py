"""Reading the index: what the list shows, an article with its names, where things are."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

from store.article import (
    Article,
    ArticleId,
    ArticleKey,
    Block,
    BlockKind,
    ListedArticle,
    Mention,
    Problem,
    Source,
    StoredArticle,
)
from store.catalog import opening, schema
from store.catalog.mentions import NamedEntity, count_entities, read_found, read_mentions
from store.catalog.versions import Versions, has_no_pipeline
from store.catalog.waiting import LanguageCount, LookedUp, Waiting, count_languages, look_up, waiting
from store.paths import openable
from store.record import Record

_LISTED = """
SELECT a.id, a.text_hash, a.title, a.published, a.words,
    (SELECT path FROM source WHERE article=a.id ORDER BY path, member LIMIT 1),
    (SELECT member FROM source WHERE article=a.id ORDER BY path, member LIMIT 1),
    a.byline, a.language, a.url, {people}
FROM article a
"""
_NO_PEOPLE = "''"
_PEOPLE = """(SELECT group_concat(canonical, char(10)) FROM (
    SELECT e.canonical FROM article_entity AS n JOIN entity AS e ON e.id = n.entity
    WHERE n.article = a.id AND e.kind = 'person' ORDER BY n.n DESC, e.canonical LIMIT 3
))"""
_T = TypeVar("_T")


class CatalogCounts(Record):
    """How far the index has come, from counters that cost the same whatever its size."""

    articles: int = 0
    analysed: int = 0
    """Articles whose names were found, by this recogniser or an older one, or that cannot be analysed."""
    problems: int = 0
    generation: int = 0
    """Grows with every change of the set of articles, or of what a list shows of one."""


class CatalogReader:
    """A read-only view of an index, quick enough for an event loop. Without an index it is an empty library.

    A read that meets a damaged file answers as if nothing were there and says so in `damaged`.
    """

    def __init__(self, path: Path, *, people: bool = False) -> None:
        """With `people` a list shows who is named most; it costs some milliseconds a page."""
        self.path = path
        self._listed = _LISTED.format(people=_PEOPLE if people else _NO_PEOPLE)
        self.damaged = ""
        """Why the index must be built anew, as SQLite says it; empty while all is well."""
        self.exists = False
        """Whether there is an index; until then everything is empty."""
        self.rebuilt = 0
        """How often another index was found in the place of one: from then on keys mean other articles."""
        self._identity: tuple[int, int] | None = None
        self._db = self._open()

    def reopen(self) -> None:
        """Open the index again after an indexer has made or rebuilt it."""
        self._db.close()
        self.damaged = ""
        before = self._identity
        self._db = self._open()
        if before is not None and before != self._identity:
            self.rebuilt += 1

    def outdated(self) -> bool:
        """Whether something else lies at the path than the index that is open, be it only half made."""
        return _identity(self.path) != self._identity

    def close(self) -> None:
        """Close the handle."""
        self._db.close()

    # ---- lists ---------------------------------------------------------------------------------------------
    def first_page(self, limit: int = 200) -> list[ListedArticle]:
        """Return the newest articles; the undated come last."""
        rows = self._all(self._listed + " ORDER BY a.published DESC, a.id LIMIT ?", (limit,))
        return [_listed(row) for row in rows]

    def page_around(self, key: int, limit: int = 200) -> list[ListedArticle]:
        """Return an article with those around it in the same order; empty when it is gone."""
        days = self._all("SELECT published FROM article WHERE id=?", (key,))
        if not days:
            return []
        day, half = days[0][0], limit // 2
        # Each is a search in the index of days, also where all articles are undated, or none.
        newer = [("published IS ? AND id < ? ORDER BY id DESC", (day, key)),
                 ("published > ? ORDER BY published, id DESC", (day or "",))]  # fmt: skip
        older: list[tuple[str, Sequence[Any]]] = [("published IS ? AND id > ? ORDER BY id", (day, key))]
        if day is not None:
            older += [("published < ? ORDER BY published DESC, id", (day,)),
                      ("published IS ? AND id > ? ORDER BY id", (None, 0))]  # fmt: skip
        before, after = self._keys(half, newer), self._keys(half, older)
        return [row for row in self.rows([*reversed(before), key, *after]) if row is not None]

    def _keys(self, most: int, steps: Sequence[tuple[str, Sequence[Any]]]) -> list[int]:
        """Return the articles of one step after the other, until there are enough."""
        found: list[int] = []
        for where, values in steps:
            if len(found) < most:
                rows = self._all(f"SELECT id FROM article WHERE {where} LIMIT ?", (*values, most - len(found)))
                found.extend(row[0] for row in rows)
        return found

    def rows(self, keys: Sequence[int]) -> list[ListedArticle | None]:
        """Return what the list shows of these articles, in their order; None for one that is gone."""
        sql = self._listed + " WHERE a.id IN (SELECT value FROM json_each(?))"
        found = {row[0]: _listed(row) for row in self._all(sql, (_json(keys),))}
        return [found.get(key) for key in keys]

    # ---- one article ---------------------------------------------------------------------------------------
    def article(self, key: ArticleKey) -> StoredArticle | None:
        """Return an article with its text, sources and names; None when it is gone."""
        rows = self._all(
            "SELECT a.title, b.text, b.blocks, a.byline, a.published, a.language, a.url, a.encoding,"
            " a.analysed, a.words FROM article a JOIN body b USING(id) WHERE a.id=?",
            (key,),
        )
        if not rows:
            return None
        title, text, blocks, byline, published, language, url, encoding, analysed, words = rows[0]
        sources = self.sources(key)
        article = Article(
            title=title,
            text=text,
            blocks=tuple(Block(BlockKind(k), s, e, n) for k, s, e, n in json.loads(blocks)),
            byline=byline,
            published=_date(published),
            language=language,
            url=url,
            encoding=encoding,
            member=sources[0].member if sources else "",
        )
        mentions = self.mentions(key) if analysed else ()
        return StoredArticle(key, article, sources, bool(analysed), mentions, has_no_pipeline(analysed), words)

    def mentions(self, key: ArticleKey) -> tuple[Mention, ...]:
        """Return an article's names in order of start; the longer first where two start alike."""
        return self._guarded(lambda: read_mentions(self._db, key), ())

    def found_names(self, key: ArticleKey) -> tuple[Mention, ...] | None:
        """Return an article's names as they were found, where the index has other ones; see `corrected_texts`."""
        return self._guarded(lambda: read_found(self._db, key), None)

    def sources(self, key: ArticleKey) -> tuple[Source, ...]:
        """Return all places an article was read from, in order of path and member."""
        rows = self._all("SELECT path, member FROM source WHERE article=? ORDER BY path, member", (key,))
        return tuple(Source(openable(path), openable(member)) for path, member in rows)

    def titles_of(self, keys: Iterable[int]) -> dict[int, tuple[ArticleId, str]]:
        """Return the texts and titles of those of these rows that are still there."""
        sql = "SELECT id, text_hash, title FROM article WHERE id IN (SELECT value FROM json_each(?))"
        return {key: (ArticleId(text), title) for key, text, title in self._all(sql, (_json(keys),))}

    def sources_of(self, keys: Sequence[int]) -> dict[int, tuple[Source, ...]]:
        """Return the places that these articles were read from, each as `sources` does."""
        sql = "SELECT article, path, member FROM source WHERE article IN (SELECT value FROM json_each(?))"
        found: dict[int, list[Source]] = {}
        for key, path, member in self._all(f"{sql} ORDER BY article, path, member", (_json(keys),)):
            found.setdefault(key, []).append(Source(openable(path), openable(member)))
        return {key: tuple(places) for key, places in found.items()}

    def key_of(self, article: ArticleId) -> ArticleKey | None:
        """Return the row of a text."""
        rows = self._all("SELECT id FROM article WHERE text_hash=?", (article,))
        return ArticleKey(rows[0][0]) if rows else None

    def keys_of(self, articles: Iterable[ArticleId]) -> dict[ArticleId, ArticleKey]:
        """Return the rows of those of these texts that are in the index."""
        sql = "SELECT text_hash, id FROM article WHERE text_hash IN (SELECT value FROM json_each(?))"
        rows = self._all(sql, (json.dumps(list(articles)),))
        return {ArticleId(article): ArticleKey(key) for article, key in rows}

    def ids_of(self, keys: Iterable[int]) -> dict[ArticleKey, ArticleId]:
        """Return the texts of those of these rows that are still there."""
        rows = self._all(
            "SELECT id, text_hash FROM article WHERE id IN (SELECT value FROM json_each(?))", (_json(keys),)
        )
        return {ArticleKey(key): ArticleId(article) for key, article in rows}

    def first_seen(self, key: ArticleKey) -> date | None:
        """Return the day on which this index first saw a text."""
        rows = self._all("SELECT added FROM article WHERE id=?", (key,))
        return datetime.fromisoformat(rows[0][0]).replace(tzinfo=UTC).astimezone().date() if rows else None

    def is_live(self, article: ArticleId) -> bool:
        """Whether a text is still somewhere under the library's roots."""
        return self.key_of(article) is not None

    # ---- finding -------------------------------------------------------------------------------------------
    def locate(self, what: str) -> list[ArticleKey]:
        """Find articles by path (a folder's are all below it), `PATH#MEMBER`, or six or more digits of an id.

        An existing path wins over an id. Relative paths count from the working folder. In order of path.
        """
        from store.catalog.locating import locate  # a start looks nothing up

        return locate(self._all, what)

    # ---- the library ---------------------------------------------------------------------------------------
    def counts(self) -> CatalogCounts:
        """Return the counters that the writer keeps."""
        meta = dict(self._all("SELECT key, value FROM meta"))
        names = ("articles", "analysed", "problems", "generation")
        return CatalogCounts(*(int(meta.get(name, "0")) for name in names))

    def problems(self, most: int = -1) -> list[Problem]:
        """Return what could not be shown, with its reason, in order of path; the first `most`, or all."""
        sql = "SELECT path, stage, reason, member FROM problem ORDER BY path, member, stage LIMIT ?"
        rows = self._all(sql, (most,))
        return [Problem(openable(path), stage, reason, openable(member)) for path, stage, reason, member in rows]

    def waiting(self, versions: Versions) -> list[Waiting]:
        """Return all texts whose names are not of their language's recogniser and linking, newest first."""
        return self._guarded(lambda: waiting(self._db, versions, 1 << 62), [])

    def look_up(self, article: ArticleId) -> LookedUp | None:
        """Return a text with what is known of its names."""
        return self._guarded(lambda: look_up(self._db, article), None)

    def languages(self) -> list[LanguageCount]:
        """Count the articles of each language, most first, and how many of them no pipeline reads."""
        return self._guarded(lambda: count_languages(self._db), [])

    def entities(self, keys: Iterable[int] | None = None, label: str = "") -> list[NamedEntity]:
        """Count who and what is named in these articles, or in all; see `count_entities`."""
        return self._guarded(lambda: count_entities(self._db, keys, label), [])

    # ---- below ---------------------------------------------------------------------------------------------
    def _open(self) -> sqlite3.Connection:
        self._identity = _identity(self.path)
        db = opening.open_for_reading(self.path, schema.INDEX_VERSION)
        self.exists = db is not None
        if db is None:
            # What another process is still making becomes an index in the same file.
            self._identity = None
            db = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
            db.executescript(schema.INDEX)
        return db

    def _all(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        return self._guarded(lambda: self._db.execute(sql, values).fetchall(), [])

    def _guarded(self, read: Callable[[], _T], empty: _T) -> _T:
        try:
            return read()
        except sqlite3.DatabaseError as error:
            if not opening.is_damage(error) and not isinstance(error, sqlite3.OperationalError):
                raise
            if opening.is_damage(error):
                self.damaged = str(error)
            return empty


def _listed(row: tuple[Any, ...]) -> ListedArticle:
    key, article, title, published, words, path, member, byline, language, url, people = row
    source = Source(openable(path or ""), openable(member or ""))
    named = tuple(people.split("\n")) if people else ()
    return ListedArticle(
        ArticleKey(key), ArticleId(article), title, _date(published), words, source, byline, language, url, named
    )


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _json(numbers: Iterable[int]) -> str:
    return "[" + ",".join(map(str, numbers)) + "]"


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
