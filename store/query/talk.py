"""When texts are about: the months or years of the dates in them. For the query thread."""

from __future__ import annotations

from store.article import ArticleKey, EntityKey
from store.query.appearances import among, appearances
from store.query.compile import Statement
from store.query.condition import talked
from store.query.connection import Connection
from store.query.entity_page import filled


def talked_about(
    connection: Connection,
    *,
    within: Statement | None = None,
    article: ArticleKey | None = None,
    key: EntityKey | None = None,
    by: str = "month",
) -> tuple[tuple[str, int], ...]:
    """Count by month or year the articles that talk of a day in it, gaps filled.

    What is longer than a month, as a year, says nothing about months; what is longer than a year nothing at all.
    """
    with connection.view() as db:
        if connection.dated:
            connection.redated.bring_talk_up_to_date()
        where, values = among(within, "t.article")
        if article is not None:
            where, values = f"{where} AND t.article = ?", (*values, article)
        if key is not None:
            sql, more = appearances(connection.joined.ids(key), dated=False)
            where, values = f"{where} AND t.article IN (SELECT article FROM ({sql}))", (*values, *more)
        part = 100 if by == "month" else 10_000
        near = "t.last - t.first < 100" if by == "month" else "t.first / 10000 = t.last / 10000"
        rows = db.execute(
            f"SELECT part, count(*) FROM (SELECT DISTINCT t.article, t.first / {part} AS part"
            f" FROM {talked(dated=connection.dated)} AS t WHERE {where} AND {near}) GROUP BY part",
            values,
        ).fetchall()
    return filled(dict(rows), by)
