"""The list of entities: found by the beginnings of their words, in an order, counted among what a query finds."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence

from store.article import EntityKey
from store.catalog.entity_rows import EntityList, EntityRow
from store.catalog.entity_words import words
from store.query.appearances import day_of
from store.query.candidates import ENOUGH, KINDS, Candidate, Candidates, as_joined, of_group
from store.query.compile import Statement
from store.query.connection import Connection

ORDERS = ("articles", "mentions", "name", "newest")
_ENDS = """
SELECT (SELECT min(day) FROM library.article_entity WHERE entity = ?1 AND day > 0),
    (SELECT max(day) FROM library.article_entity WHERE entity = ?1)
"""


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

    `within`: only what these articles name, counted among them; first and last day are those of the whole library.
    The order is one of `ORDERS`; where it is not by articles, of very many that match the most named are put in it.
    """
    wanted, kinds = words(text), tuple(kinds) or KINDS
    with connection.view() as db:
        candidates = Candidates(db, wanted, kinds)
        if within is not None:
            enough = limit if order == "articles" else max(limit, ENOUGH)
            found, complete = candidates.within(connection.counted(within), enough)
        else:
            ways = {
                "articles": candidates.most_named,
                "mentions": candidates.most_mentioned,
                "name": candidates.first_by_name,
                "newest": candidates.newest,
            }
            found, complete = ways[order](limit)
        if connection.joined.any:
            found = as_joined(connection.joined, found, wanted, kinds, within)
        found.sort(key=_by(db, order))
        rows = tuple(_row(connection, db, one) for one in found[:limit])
    return EntityList(rows, len(found) if complete else None, complete and len(found) <= limit)


def row_of(connection: Connection, db: sqlite3.Connection, entity: int) -> EntityRow:
    """Return what is shown of the entity of a row of the index, or of the one that it was joined in."""
    columns = "id, kind, canonical, folded, mentions, articles"
    one = Candidate(*db.execute(f"SELECT {columns} FROM library.entity WHERE id = ?", (entity,)).fetchone())
    head = connection.joined.rows.get(entity)
    return _row(connection, db, one if head is None else of_group(connection.joined, head))


def _by(db: sqlite3.Connection, order: str) -> Callable[[Candidate], tuple[object, ...]]:
    if order == "mentions":
        return lambda one: (-one.mentions, -one.articles, one.folded)
    if order == "name":
        return lambda one: (one.folded, one.kind)
    if order == "newest":
        return lambda one: (-(db.execute(_ENDS, (one.id,)).fetchone()[1] or 0), -one.articles, one.folded)
    return lambda one: (-one.articles, -one.mentions, one.folded)


def _row(connection: Connection, db: sqlite3.Connection, one: Candidate) -> EntityRow:
    group = connection.joined.groups.get(one.id, (one.id,))
    if connection.dated:
        ends = [connection.redated.ends(row) for row in group]
    else:
        ends = [db.execute(_ENDS, (row,)).fetchone() for row in group]
    first, last = min((day for day, _ in ends if day), default=0), max(day or 0 for _, day in ends)
    counts = (one.mentions, one.articles)
    return EntityRow(EntityKey(f"{one.kind}:{one.folded}"), one.name, one.kind, *counts, day_of(first), day_of(last))
