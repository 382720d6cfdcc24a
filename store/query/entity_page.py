"""An entity's page: who or what it is, its mentions in their sentences, and when it was named. For the query thread."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator

from store.article import Article, ArticleKey, Block, BlockKind, EntityKey
from store.catalog.entity_rows import Alias, Coordinates, EntityCard, MentionLine
from store.query.appearances import Sql, appearances, day_of
from store.query.compile import Statement
from store.query.connection import Connection
from store.sentences import sentence_at

ORDERS = ("newest", "oldest", "best")
_FORMS = 30
"""Forms that a page tells of."""
_LABELLED = 50
"""Of how many of the newest articles the mentions are looked at for the entity's label."""
_RANKED = 5_000
"""Articles that are ranked at most: of more, those that name the entity most often."""
_LONGEST = 600
"""Characters of a sentence that are shown at most, around the mention: some texts have no full stops."""
_SATURATED, _LENGTH = 1.2, 0.75
"""BM25's k1 and b: how soon more mentions say no more, and how much a long text counts against them."""


def card(connection: Connection, key: EntityKey) -> EntityCard | None:
    """Return the head of an entity's page; None where nothing in the library names it."""
    with connection.view() as db:
        joined = connection.joined
        ids = joined.ids(key)
        if not ids:
            return None
        columns = "id, kind, canonical, folded, mentions, articles, latitude, longitude, country"
        found = db.execute(f"SELECT {columns} FROM library.entity WHERE id IN ({_list(ids)})").fetchall()
        rows = {row[0]: row for row in found}
        final = joined.final(key)
        head = rows[ids[0]]
        placed = next((rows[one][6:9] for one in ids if rows[one][6] is not None), None)
        sql, values = appearances(ids, dated=connection.dated)
        first, last, articles = db.execute(
            f"SELECT min(nullif(day, 0)), max(nullif(day, 0)), count(*) FROM ({sql})", values
        ).fetchone()
        others = [Alias(EntityKey(f"{row[1]}:{row[3]}"), row[2], row[4]) for row in rows.values()]
        others.sort(key=lambda alias: (-alias.mentions, alias.name))
        return EntityCard(
            key=final,
            name=head[2],
            kind=final.partition(":")[0],
            label=_label(db, ids, sql, values),
            aliases=tuple(alias for alias in others if alias.key != final),
            forms=_forms(db, ids, [(row[2], row[4]) for row in rows.values()]),
            mentions=sum(row[4] for row in rows.values()),
            articles=articles,
            first=day_of(first),
            last=day_of(last),
            at=Coordinates(*placed) if placed else None,
        )


def mention_lines(
    connection: Connection,
    key: EntityKey,
    *,
    order: str = "newest",
    within: Statement | None = None,
    skip: int = 0,
    limit: int = 60,
) -> list[MentionLine]:
    """Return mentions of an entity in their sentences; reads no more texts than it returns lines.

    `order`: newest and oldest go by publication, undated last; best begins with the articles that are most about it, by
    BM25: how often they name it, against how long they are.
    """
    lines: list[MentionLine] = []
    with connection.view() as db:
        ids = connection.joined.ids(key)
        if not ids:
            return []
        found = appearances(ids, dated=connection.dated, within=within)
        for day, article, n in _ordered(db, found, order):
            if skip >= n:
                skip -= n
                continue
            lines += list(_lines(db, ids, article, day))[skip : skip + limit - len(lines)]
            skip = 0
            if len(lines) >= limit:
                break
    return lines


def months(connection: Connection, key: EntityKey, *, by: str = "month") -> tuple[tuple[str, int], ...]:
    """Count an entity's dated articles by month (`2017-03`) or year (`2017`) of publication, gaps filled."""
    with connection.view() as db:
        ids = connection.joined.ids(key)
        sql, values = appearances(ids, dated=connection.dated)
        part = 100 if by == "month" else 10_000
        rows = db.execute(f"SELECT day / {part}, count(*) FROM ({sql}) WHERE day > 0 GROUP BY 1", values).fetchall()
    return filled(dict(rows), by)


def filled(counts: dict[int, int], by: str) -> tuple[tuple[str, int], ...]:
    """Name months (YYYYMM) or years, and put those in between in that have nothing."""
    if not counts:
        return ()
    if by != "month":
        return tuple((f"{year:04}", counts.get(year, 0)) for year in range(min(counts), max(counts) + 1))
    numbers = {month // 100 * 12 + month % 100 - 1: n for month, n in counts.items()}
    every = range(min(numbers), max(numbers) + 1)
    return tuple((f"{month // 12:04}-{month % 12 + 1:02}", numbers.get(month, 0)) for month in every)


def _ordered(db: sqlite3.Connection, found: Sql, order: str) -> Iterable[tuple[int, int, int]]:
    sql, values = found
    if order != "best":
        by = "day DESC" if order == "newest" else "day = 0, day"
        return db.execute(f"SELECT day, article, n FROM ({sql}) ORDER BY {by}, article", values)
    (average,) = db.execute("SELECT avg(words) FROM (SELECT words FROM library.article LIMIT 1000)").fetchone()
    rows = db.execute(
        f"SELECT x.day, x.article, x.n, a.words FROM (SELECT * FROM ({sql}) ORDER BY n DESC LIMIT {_RANKED}) AS x"
        " CROSS JOIN library.article AS a ON a.id = x.article",
        values,
    ).fetchall()

    def score(row: tuple[int, int, int, int]) -> float:
        n, length = row[2], row[3] / (average or 1)
        return float(n / (n + _SATURATED * (1 - _LENGTH + _LENGTH * length)))

    rows.sort(key=lambda row: (-score(row), -row[0], row[1]))
    return [row[:3] for row in rows]


def _lines(db: sqlite3.Connection, ids: tuple[int, ...], key: int, day: int) -> Iterator[MentionLine]:
    row = db.execute(
        "SELECT a.title, b.text, b.blocks FROM library.article AS a JOIN library.body AS b USING(id) WHERE a.id = ?",
        (key,),
    ).fetchone()
    if row is None:
        return
    title, text, blocks = row
    article = Article(title, text, tuple(Block(BlockKind(k), s, e, n) for k, s, e, n in json.loads(blocks)))
    sql = f"SELECT start, end FROM library.mention WHERE article = ? AND entity IN ({_list(ids)}) ORDER BY start"
    for start, end in db.execute(sql, (key,)):
        sentence, at = _in_one_line(text, *_around(article, start, end), start, end)
        yield MentionLine(ArticleKey(key), title, day_of(day), start, end, sentence, at)


def _around(article: Article, start: int, end: int) -> tuple[int, int]:
    """Return the sentence of a mention, cut where it is too long to be one."""
    first, last = sentence_at(article, start)
    last = max(last, end)
    if last - first > _LONGEST:
        first = max(first, start - _LONGEST // 3)
        last = max(end, min(last, first + _LONGEST))
    return first, last


def _in_one_line(text: str, first: int, last: int, start: int, end: int) -> tuple[str, tuple[int, int]]:
    """Join the lines of a stretch of text; return it and where the mention stands in it."""
    before = " ".join(text[first:start].split())
    before += " " * bool(before and text[start - 1].isspace())
    name = " ".join(text[start:end].split())
    after = " ".join(text[end:last].split())
    after = " " * bool(after and text[end].isspace()) + after
    return before + name + after, (len(before), len(before) + len(name))


def _label(db: sqlite3.Connection, ids: tuple[int, ...], sql: str, values: tuple[object, ...]) -> str:
    newest = f"SELECT article FROM ({sql}) ORDER BY day DESC LIMIT {_LABELLED}"
    found = db.execute(
        f"SELECT m.label FROM ({newest}) AS x CROSS JOIN library.mention AS m ON m.article = x.article"
        f" WHERE m.entity IN ({_list(ids)})",
        values,
    )
    counts = Counter(label for (label,) in found)
    return counts.most_common(1)[0][0] if counts else ""


def _forms(
    db: sqlite3.Connection, ids: tuple[int, ...], canonical: list[tuple[str, int]]
) -> tuple[tuple[str, int], ...]:
    """Return how entities are written. What is not kept as a form is written like the canonical name."""
    counts: Counter[str] = Counter()
    sql = f"SELECT form, n FROM library.entity_form WHERE entity IN ({_list(ids)})"
    for form, n in db.execute(sql):
        counts[form] += n
    sql = (
        "SELECT e.canonical, coalesce(sum(f.n), 0) FROM library.entity AS e LEFT JOIN library.entity_form AS f"
        f" ON f.entity = e.id WHERE e.id IN ({_list(ids)}) GROUP BY e.id"
    )
    mentions = Counter[str]()
    for name, n in canonical:
        mentions[name] += n
    for name, others in db.execute(sql):
        mentions[name] -= others
    counts.update({name: n for name, n in mentions.items() if n > 0})
    return tuple(sorted(counts.items(), key=lambda form: (-form[1], form[0]))[:_FORMS])


def _list(ids: Iterable[int]) -> str:
    return ", ".join(map(str, ids))
