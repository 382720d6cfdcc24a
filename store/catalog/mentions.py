"""Reading names: those of one article, and who and what a library is about."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable

from store.article import Mention
from store.record import Record


class NamedEntity(Record):
    """Who or what is named, and how often."""

    name: str
    kind: str
    """person, organisation, place, group, number or other."""
    label: str
    """The label that most of its mentions carry."""
    mentions: int
    articles: int


def read_mentions(db: sqlite3.Connection, article: int) -> tuple[Mention, ...]:
    """Return an article's names in order of start; the longer first where two start alike."""
    sql = (
        "SELECT start, end, label, canonical FROM mention JOIN entity ON entity.id=entity"
        " WHERE article=? ORDER BY start, end DESC"
    )
    return tuple(Mention(*row) for row in db.execute(sql, (article,)))


def read_found(db: sqlite3.Connection, article: int) -> tuple[Mention, ...] | None:
    """Return an article's names as they were found, where corrections have made others of them; else None."""
    if db.execute("SELECT 1 FROM sqlite_master WHERE name='corrected'").fetchone() is None:
        return None
    row = db.execute("SELECT found FROM corrected WHERE article=?", (article,)).fetchone()
    return None if row is None else unpacked(row[0])


def packed(mentions: Iterable[Mention]) -> bytes:
    """Write names as they are kept beside corrected ones."""
    rows = [[one.start, one.end, one.label, one.entity] for one in mentions]
    return zlib.compress(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace"), 1)


def unpacked(data: bytes) -> tuple[Mention, ...]:
    """Read them back."""
    return tuple(Mention(*row) for row in json.loads(zlib.decompress(data)))


def count_entities(db: sqlite3.Connection, keys: Iterable[int] | None = None, label: str = "") -> list[NamedEntity]:
    """Count who and what is named in these articles, or in all; most mentions first.

    With `label`, only the mentions that carry it. Reads every mention, so it is nothing for an event loop.
    """
    conditions, values = [], []
    if keys is not None:
        conditions.append("article IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(list(keys)))
    places = f" WHERE {conditions[0]}" if conditions else ""
    # An entity has one row for each article, but not for each label.
    articles = f"SELECT entity, count(*) AS texts FROM article_entity{places} GROUP BY entity"
    if label:
        conditions.append("label=?")
        values.append(label)
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    if label:
        articles = f"SELECT entity, count(DISTINCT article) AS texts FROM mention{where} GROUP BY entity"
    labels = f"SELECT entity, label, count(*) AS n FROM mention{where} GROUP BY entity, label"
    rows = db.execute(
        # SQLite takes `label` from the row that holds the maximum.
        "SELECT canonical, kind, label, max(n), sum(n), texts"
        f" FROM ({labels}) JOIN ({articles}) USING (entity) JOIN entity ON entity.id=entity"
        " GROUP BY entity ORDER BY sum(n) DESC, canonical",
        (*values, *(values if label else values[: len(places) > 0])),
    )
    return [NamedEntity(name, kind, most, n, articles) for name, kind, most, _, n, articles in rows]
