"""Where articles are about: places that can only be one, with how often each is named. For the query thread."""

from __future__ import annotations

from store.article import ArticleKey, EntityKey
from store.catalog.entity_rows import Place
from store.query.compile import Statement
from store.query.connection import Connection

_PLACED = "SELECT id, kind, canonical, folded, latitude, longitude, country, articles, mentions FROM library.entity"


def places(
    connection: Connection, *, within: Statement | None = None, article: ArticleKey | None = None
) -> tuple[Place, ...]:
    """Return the places of a library, of the articles that a statement finds, or of one article; most named first."""
    with connection.view() as db:
        if article is not None:
            within = Statement(f"SELECT {int(article)} AS id", (), (), "date")
        counted = connection.counted(within) if within is not None else None
        found: dict[EntityKey, Place] = {}
        done: set[int] = set()
        joined = connection.joined
        for one, kind, name, folded, lat, lon, country, articles, mentions in db.execute(
            f"{_PLACED} WHERE latitude IS NOT NULL"
        ).fetchall():
            key = EntityKey(f"{kind}:{folded}")
            if one in joined.rows:
                if joined.rows[one] in done:
                    continue
                done.add(joined.rows[one])
                key = joined.final(key)
                articles, mentions = joined.counts(joined.rows[one], within)
            elif counted is not None:
                articles, mentions = counted.of(one, articles, mentions)
            if articles:
                found[key] = Place(key, name, lat, lon, country, articles, mentions)
    return tuple(sorted(found.values(), key=lambda place: (-place.articles, -place.mentions, place.name)))
