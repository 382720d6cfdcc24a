"""Who and what an entity is named with, the closest first. For the query thread.

The measure is Dunning's log-likelihood ratio G² (Accurate Methods for the Statistics of Surprise and Coincidence, 1993)
of the table of articles that name both, one, the other and neither: what is named everywhere is no company, and two
articles are no evidence. Only what is named together more often than by chance counts.
"""

from __future__ import annotations

import sqlite3
from heapq import nsmallest
from itertools import islice
from math import log

from store.article import EntityKey
from store.catalog.entity_rows import Companion, Together
from store.query.appearances import appearances
from store.query.candidates import KINDS
from store.query.connection import Connection
from store.query.counted import Counted, rows_of

MEASURE = "G²"
MOST = 4_000
"""Articles that are looked at, the newest."""
FEWEST = 2
"""Articles that name both, below which nothing is said; an entity of a single article has that one's names."""
_AT_ONCE = 500


def together(connection: Connection, key: EntityKey, *, limit: int = 40) -> Together:
    """Return who and what is named in an entity's articles beyond chance, by G²; dates and amounts are left out."""
    with connection.view() as db:
        joined = connection.joined
        ids = joined.ids(key)
        if not ids:
            return Together((), MEASURE, 0, 0)
        sql, values = appearances(ids, dated=connection.dated)
        (every,) = db.execute(f"SELECT count(*) FROM ({sql})", values).fetchone()
        newest = db.execute(f"SELECT article FROM ({sql}) ORDER BY day DESC LIMIT {MOST}", values).fetchall()
        counted = Counted(len(newest), 0)
        for at in range(0, len(newest), _AT_ONCE):
            connection.stop_if_abandoned()
            articles = (row[0] for row in newest[at : at + _AT_ONCE])
            counted.add(rows_of(db, articles, mentions=False))
        found = _closest(connection, db, counted, frozenset(ids), (len(newest), every), limit)
    return Together(tuple(found), MEASURE, len(newest), every)


def _closest(
    connection: Connection,
    db: sqlite3.Connection,
    counted: Counted,
    own: frozenset[int],
    looked_at: tuple[int, int],
    limit: int,
) -> list[Companion]:
    of, every = looked_at
    library = _articles(db)
    fewest = min(FEWEST, of)
    found: list[Companion] = []
    groups: dict[int, None] = {}
    order = counted.in_order()
    while some := list(islice(order, _AT_ONCE)):
        columns = "id, kind, canonical, folded, articles"
        wanted = ", ".join(map(str, some))
        rows = {row[0]: row for row in db.execute(f"SELECT {columns} FROM library.entity WHERE id IN ({wanted})")}
        for one in some:
            both = counted.articles[one]
            if one in own or both < fewest or one not in rows:
                continue
            if one in connection.joined.rows:
                groups[connection.joined.rows[one]] = None
                continue
            _, kind, name, folded, articles = rows[one]
            if kind in KINDS:
                score = _score(both, articles, of, every, library)
                found.append(Companion(EntityKey(f"{kind}:{folded}"), name, kind, both, score))
        found = nsmallest(limit, found, key=_rank)
        least = found[-1].score if len(found) == limit else 0.0
        next_most = counted.articles[some[-1]]
        # What is named in fewer articles cannot be closer than if it were named nowhere else.
        if next_most < fewest or (found and _score(next_most, 0, of, every, library) < least):
            break
    for head in groups:
        key, name = connection.joined.heads[head]
        both, articles = _of_group(connection, db, head, own, of)
        kind = key.partition(":")[0]
        if head not in own and both >= fewest and kind in KINDS:
            found.append(Companion(key, name, kind, both, _score(both, articles, of, every, library)))
    # In a library that is all about one there is no chance to be held against: then count tells.
    return nsmallest(limit, [one for one in found if one.score > 0 or of == library], key=_rank)


def _rank(one: Companion) -> tuple[float, int, str]:
    return -one.score, -one.both, one.name


def _score(both: int, articles: int, of: int, every: int, library: int) -> float:
    """Return G² of those articles that were looked at against the articles that do not name the first at all."""
    # Of those that name the first and were not looked at, as many are taken to name the other.
    elsewhere = max(0, articles - round(both * every / of))
    return g_squared(both, of - both, elsewhere, max(0, library - every - elsewhere))


def _of_group(
    connection: Connection, db: sqlite3.Connection, head: int, own: frozenset[int], of: int
) -> tuple[int, int]:
    """Return in how many of an entity's newest articles any of several that were joined is named, and in all."""
    members = ", ".join(map(str, connection.joined.groups[head]))
    sql, values = appearances(sorted(own), dated=connection.dated)
    newest = f"SELECT article FROM ({sql}) ORDER BY day DESC LIMIT {of}"
    both = f"SELECT count(DISTINCT article) FROM library.article_entity WHERE entity IN ({members})"
    (count,) = db.execute(f"{both} AND article IN ({newest})", values).fetchone()
    return int(count), connection.joined.counts(head, None)[0]


def _articles(db: sqlite3.Connection) -> int:
    row = db.execute("SELECT value FROM library.meta WHERE key = 'articles'").fetchone()
    return int(row[0]) if row is not None else int(db.execute("SELECT count(*) FROM library.article").fetchone()[0])


def g_squared(both: int, only_first: int, only_second: int, neither: int) -> float:
    """Return G² of a table of two by two; 0 where the two meet no more often than by chance."""
    first, second = both + only_first, both + only_second
    total = first + only_second + neither
    if not total or both * total <= first * second:
        return 0.0
    table = (
        (both, first * second),
        (only_first, first * (total - second)),
        (only_second, (total - first) * second),
        (neither, (total - first) * (total - second)),
    )
    return 2 * sum(n * log(n * total / expected) for n, expected in table if n)
