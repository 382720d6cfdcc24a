"""Who and what an entity is named with, the closest first. For the query thread.

The measure is Dunning's log-likelihood ratio G² (Accurate Methods for the Statistics of Surprise and Coincidence, 1993)
of the table of articles that name both, one, the other and neither: what is named everywhere is no company, and two
articles are no evidence. Only what is named together more often than by chance counts.
"""

from __future__ import annotations

from itertools import islice
from math import log

from store.article import EntityKey
from store.catalog.entity_rows import Companion, Together
from store.query.appearances import appearances
from store.query.candidates import KINDS
from store.query.compile import Statement
from store.query.connection import Connection
from store.query.counted import count_within

MEASURE = "log-likelihood G²"
MOST = 20_000
"""Articles that are looked at, the newest."""
FEWEST = 2
"""Articles that name both, below which nothing is said; an entity of a single article has that one's names."""


def together(connection: Connection, key: EntityKey, *, limit: int = 40) -> Together:
    """Return who and what is named in an entity's articles beyond chance, by G²; dates and amounts are left out."""
    with connection.view() as db:
        joined = connection.joined
        ids = joined.ids(key)
        if not ids:
            return Together((), MEASURE, 0, 0)
        sql, values = appearances(ids, dated=connection.dated)
        (every,) = db.execute(f"SELECT count(*) FROM ({sql})", values).fetchone()
        (library,) = db.execute("SELECT count(*) FROM library.named").fetchone()
        newest = f"SELECT article AS id FROM ({sql}) ORDER BY day DESC LIMIT {MOST}"
        counted = count_within(db, Statement(newest, values, (), "date"), connection.stop_if_abandoned)
        of = min(every, MOST)
        fewest = min(FEWEST, of)
        found: list[Companion] = []
        done: set[int] = set(ids)
        order = counted.in_order()
        while some := list(islice(order, 1_000)):
            lists = ", ".join(map(str, some))
            columns = "id, kind, canonical, folded, articles"
            rows = {row[0]: row for row in db.execute(f"SELECT {columns} FROM library.entity WHERE id IN ({lists})")}
            for one in some:
                _, kind, name, folded, articles = rows[one]
                both = counted[one][0]
                if one in done or both < fewest or kind not in KINDS:
                    continue
                score = g_squared(both, of - both, articles - both, max(0, library - of - articles + both))
                found.append(Companion(EntityKey(f"{kind}:{folded}"), name, kind, both, score))
            if counted[some[-1]][0] < fewest:
                break
    found = [one for one in found if one.score > 0 or library == of]
    found.sort(key=lambda one: (-one.score, -one.both, one.name))
    return Together(tuple(found[:limit]), MEASURE, of, every)


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
