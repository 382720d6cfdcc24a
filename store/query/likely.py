"""Entities that are probably the same, found among those that share a word. For the query thread.

Never all pairs: for each of the entities that are named most, those of its kind are looked at that share a word with
it, unless half the library has that word.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator

from store.article import EntityKey
from store.catalog.entity_rows import EntityRow, Likely
from store.catalog.entity_words import LEVELS, words
from store.query.connection import Connection
from store.query.entity_search import row_of
from store.query.likeness import likeness

KINDS = ("person", "organisation", "place")
LOOKED_AT = 1_500
"""Entities for which others are looked for, the most named of them."""
_SHARED = 400
"""Entities of a word that are looked at, the most named; of a common word they are none too many."""
_LEAST = 60.0
_LAST = "\U0010ffff"

Pair = frozenset[EntityKey]


def likely_same(
    connection: Connection,
    key: EntityKey | None = None,
    *,
    decided: Collection[Pair] = (),
    limit: int = 50,
) -> tuple[Likely, ...]:
    """Return pairs that are probably the same, the likeliest of the most named first.

    With `key` only pairs with that entity. Pairs in `decided`, and those that are joined, are left out.
    """
    with connection.view() as db:
        joined = connection.joined
        heads = list(joined.ids(key)) if key is not None else list(_most_named(db))
        found: dict[tuple[int, int], tuple[float, str]] = {}
        names: dict[int, tuple[str, str, str, int]] = {}
        for head in heads:
            connection.stop_if_abandoned()
            for pair, score, why in _like(db, head, names):
                if score > found.get(pair, (0.0, ""))[0]:
                    found[pair] = (score, why)
        left = []
        for (one, other), (score, why) in found.items():
            keys = [joined.final(EntityKey(f"{names[row][0]}:{names[row][2]}")) for row in (one, other)]
            if keys[0] != keys[1] and frozenset(keys) not in decided:
                left.append((score, one, other, why))
        left.sort(key=lambda pair: (-pair[0] * min(names[pair[1]][3], names[pair[2]][3]).bit_length(), pair[1:3]))
        made = []
        for score, one, other, why in left[:limit]:
            first, second = sorted((row_of(connection, db, row) for row in (one, other)), key=_named_most)
            made.append(Likely(first, second, score, why))
        return tuple(made)


def _named_most(row: EntityRow) -> tuple[int, str]:
    return -row.articles, row.name


def _most_named(db: sqlite3.Connection) -> Iterator[int]:
    left = LOOKED_AT
    for level in range(LEVELS - 1, 0, -1):
        if left <= 0:
            return
        sql = (
            f"SELECT id FROM library.entity WHERE kind IN ({', '.join('?' * len(KINDS))}) AND level = ?"
            " ORDER BY articles DESC LIMIT ?"
        )
        for (entity,) in db.execute(sql, (*KINDS, level, left)):
            left -= 1
            yield entity


def _like(
    db: sqlite3.Connection, head: int, names: dict[int, tuple[str, str, str, int]]
) -> Iterator[tuple[tuple[int, int], float, str]]:
    known = db.execute("SELECT kind, canonical, folded, articles FROM library.entity WHERE id = ?", (head,)).fetchone()
    if known is None:
        return
    names[head] = known
    kind, name = known[0], known[1]
    levels = f"WITH RECURSIVE l(level) AS (SELECT {LEVELS} UNION ALL SELECT level - 1 FROM l WHERE level > 1)"
    for word in set(words(name)):
        rows = db.execute(
            f"{levels} SELECT e.id, e.kind, e.canonical, e.folded, e.articles FROM l"
            " CROSS JOIN library.entity_word AS w ON w.kind = ? AND w.level = l.level AND w.word = ?"
            " CROSS JOIN library.entity AS e ON e.id = w.entity LIMIT ?",
            (kind, word, _SHARED),
        )
        for other, *more in rows:
            if other == head:
                continue
            score, why = likeness(kind, name, more[1])
            if score >= _LEAST:
                names[other] = (more[0], more[1], more[2], more[3])
                yield (min(head, other), max(head, other)), score, why
