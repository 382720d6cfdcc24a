"""The list of entities: found by the beginnings of their words, most named first, counted among what a query finds.

There are two ways to the first of a million names. Without a query the words in the index lie by level, so that those
that are named most come first (store.catalog.entity_words). With one, all that the query's articles name is counted
once and kept: a rare beginning is then looked up among the words, a common one among the names in order of count.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from store.article import EntityKey
from store.catalog.entity_rows import EntityList, EntityRow
from store.catalog.entity_words import LEVELS, words, words_of
from store.query.appearances import appearances, day_of
from store.query.compile import Statement
from store.query.connection import Connection
from store.query.counted import Counted

KINDS = ("person", "organisation", "place", "group", "other")
"""What is listed unless kinds are asked for; dates and amounts are not."""
ORDERS = ("articles", "mentions", "name", "newest")

_MANY = 20_000
"""Entities that are looked at for one key, at most."""
_LAST = "\U0010ffff"
_COLUMNS = "e.id, e.kind, e.canonical, e.folded, e.mentions, e.articles"


@dataclass(frozen=True, slots=True)
class _Found:
    id: int
    kind: str
    name: str
    folded: str
    mentions: int
    articles: int


def find_entities(
    connection: Connection,
    text: str = "",
    *,
    kinds: Sequence[str] = (),
    within: Statement | None = None,
    order: str = "articles",
    limit: int = 200,
) -> EntityList:
    """Return entities whose names hold a word for each beginning in `text`, of these kinds, in an order.

    `within`: only what these articles name, counted among them. The order is one of `ORDERS`.
    """
    wanted, kinds = words(text), tuple(kinds) or KINDS
    with connection.view() as db:
        if within is None:
            found, complete = _in_library(db, wanted, kinds, order, limit)
        else:
            found, complete = _counted_within(db, connection.counted(within), wanted, kinds, limit)
        rows = _as_rows(connection, db, found, within)
    rows.sort(key=_KEYS[order])
    return EntityList(tuple(rows[:limit]), len(rows) if complete else None, complete and len(rows) <= limit)


_KEYS = {
    "articles": lambda row: (-row.articles, -row.mentions, row.name),
    "mentions": lambda row: (-row.mentions, -row.articles, row.name),
    "name": lambda row: (row.name.casefold(), row.kind),
    "newest": lambda row: (-row.last.toordinal() if row.last else 1, -row.articles, row.name),
}


def _in_library(
    db: sqlite3.Connection, wanted: Sequence[str], kinds: Sequence[str], order: str, limit: int
) -> tuple[list[_Found], bool]:
    """Return enough entities to find the first of an order among them, and whether that is all."""
    enough = limit if order == "articles" else _MANY
    found: dict[int, _Found] = {}
    for level in range(LEVELS - 1, 0, -1):
        if len(found) > enough:
            return list(found.values()), False
        for row in _of_level(db, wanted, kinds, level):
            found[row.id] = row
            if len(found) > enough + _MANY:
                return list(found.values()), False
    return list(found.values()), True


def _of_level(
    db: sqlite3.Connection, wanted: Sequence[str], kinds: Sequence[str], level: int
) -> Iterator[_Found]:
    marks = ", ".join("?" * len(kinds))
    if not wanted:
        sql = f"SELECT {_COLUMNS} FROM library.entity AS e WHERE e.kind IN ({marks}) AND e.level = ?"
        yield from (_Found(*row) for row in db.execute(sql, (*kinds, level)))
        return
    longest = max(wanted, key=len)
    sql = (
        f"SELECT {_COLUMNS} FROM library.entity_word AS w CROSS JOIN library.entity AS e ON e.id = w.entity"
        f" WHERE w.kind IN ({marks}) AND w.level = ? AND w.word >= ? AND w.word < ?"
    )
    for row in db.execute(sql, (*kinds, level, longest, longest + _LAST)):
        found = _Found(*row)
        if len(wanted) == 1 or begins(found.folded, wanted):
            yield found


def begins(name: str, wanted: Iterable[str]) -> bool:
    """Tell whether each of these is the beginning of a word of a name."""
    having = words_of(name)
    return all(any(word.startswith(one) for word in having) for one in wanted)


def _counted_within(
    db: sqlite3.Connection, counted: Counted, wanted: Sequence[str], kinds: Sequence[str], limit: int
) -> tuple[list[_Found], bool]:
    found: list[_Found] = []
    for ids in counted.in_order(2_000):
        sql = f"SELECT {_COLUMNS} FROM library.entity AS e WHERE e.id IN ({', '.join(map(str, ids))})"
        for row in map(lambda row: _Found(*row), db.execute(sql)):
            if row.kind in kinds and begins(row.folded, wanted):
                articles, mentions = counted[row.id]
                found.append(_Found(row.id, row.kind, row.name, row.folded, mentions, articles))
        if len(found) > limit:
            return found, False
    return found, True


def _as_rows(
    connection: Connection, db: sqlite3.Connection, found: Sequence[_Found], within: Statement | None
) -> list[EntityRow]:
    """Return what is shown of entities; those that were joined become one."""
    rows: list[EntityRow] = []
    done: set[int] = set()
    for one in found:
        head = connection.joined.rows.get(one.id)
        if head is None:
            rows.append(_row(db, one, EntityKey(f"{one.kind}:{one.folded}")))
        elif head not in done:
            done.add(head)
            rows.append(_joined_row(connection, db, head, within))
    return rows


def row_of(connection: Connection, db: sqlite3.Connection, entity: int) -> EntityRow:
    """Return what is shown of the entity of a row of the index, or of the one that it was joined in."""
    head = connection.joined.rows.get(entity)
    if head is not None:
        return _joined_row(connection, db, head, None)
    found = _Found(*db.execute(f"SELECT {_COLUMNS} FROM library.entity AS e WHERE e.id = ?", (entity,)).fetchone())
    return _row(db, found, EntityKey(f"{found.kind}:{found.folded}"))


def _row(db: sqlite3.Connection, one: _Found, key: EntityKey) -> EntityRow:
    ends = "SELECT (SELECT min(day) FROM library.article_entity WHERE entity = ?1 AND day > 0),"
    ends += " (SELECT max(day) FROM library.article_entity WHERE entity = ?1)"
    first, last = db.execute(ends, (one.id,)).fetchone()
    return EntityRow(key, one.name, one.kind, one.mentions, one.articles, day_of(first), day_of(last))


def _joined_row(connection: Connection, db: sqlite3.Connection, head: int, within: Statement | None) -> EntityRow:
    sql, values = appearances(connection.joined.groups[head], dated=connection.dated, within=within)
    counts = f"SELECT count(*), coalesce(sum(n), 0), min(nullif(day, 0)), max(nullif(day, 0)) FROM ({sql})"
    articles, mentions, first, last = db.execute(counts, values).fetchone()
    row = db.execute("SELECT kind, canonical, folded FROM library.entity WHERE id = ?", (head,)).fetchone()
    key = connection.joined.final(EntityKey(f"{row[0]}:{row[2]}"))
    return EntityRow(key, row[1], key.partition(":")[0], mentions, articles, day_of(first), day_of(last))
