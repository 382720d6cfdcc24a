"""In which articles entities are named, and when those were published, as SQL. Pure.

The days of an entity's articles lie sorted in the index; days that were set by hand go over the files'.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from store.query.compile import Statement
from store.query.condition import Value

Sql = tuple[str, tuple[Value, ...]]


def appearances(ids: Sequence[int], *, dated: bool, within: Statement | None = None) -> Sql:
    """Return SQL that yields each article that names one of these rows once: `day`, `article`, `n` mentions.

    `dated`: the mirror holds days that were set by hand. `within`: only articles that this statement finds.
    """
    wanted = ", ".join(map(str, ids)) or "NULL"
    where, values = among(within, "e.article")
    if len(ids) == 1:
        sql = f"SELECT e.day, e.article, e.n FROM library.article_entity AS e WHERE e.entity = {wanted} AND {where}"
    else:
        sql = (
            "SELECT max(e.day) AS day, e.article, sum(e.n) AS n FROM library.article_entity AS e"
            f" WHERE e.entity IN ({wanted}) AND {where} GROUP BY e.article"
        )
    if dated:
        sql = (
            f"SELECT coalesce(d.day, y.day) AS day, y.article, y.n FROM ({sql}) AS y"
            " LEFT JOIN mirror.redated AS d ON d.article = y.article"
        )
    return sql, values


def among(within: Statement | None, column: str) -> Sql:
    """Return the condition that an article is among those that a statement finds."""
    if within is None or (not within.sql and not within.is_contrary):
        return "1", ()
    return f"{column} {'NOT ' * within.is_contrary}IN (SELECT id FROM ({within.sql}))", within.values


def day_of(number: int | None) -> date | None:
    """Return a day from how the index keeps it, YYYYMMDD."""
    return date(number // 10_000, number // 100 % 100, number % 100) if number else None
