"""Entities as a way to read: who, where and when, across a library."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING

from store.article import ArticleKey, EntityKey
from store.library.lists import Lists
from store.library.named import NamedLibrary

if TYPE_CHECKING:
    from store.catalog.entity_rows import EntityCard, EntityList, Likely, MentionLine, Place, Together

_FIELDS = {"person": "person", "organisation": "org", "place": "place"}


class EntityLibrary(NamedLibrary):
    """The part of a library that tells of entities; every answer is a future.

    A later question of the same kind cancels an earlier one. What the user has joined is one everywhere. Wrong
    queries arrive through the future as QueryError.
    """

    narrowed: str
    _lists: Lists

    def entity(self, key: EntityKey) -> Future[EntityCard | None]:
        """Return the head of an entity's page; None where nothing in the library names it."""
        from store.query.entity_page import card  # a start asks nothing

        return self._lists.session.about_entities(lambda db, _: card(db, key), group="entity")

    def entities(
        self,
        words: str = "",
        *,
        kinds: tuple[str, ...] = (),
        query: str = "",
        order: str = "articles",
        limit: int = 200,
    ) -> Future[EntityList]:
        """List who and what is named, by the beginnings of words, of these kinds, in the articles of a query.

        Without kinds: all but dates and amounts. The counts are those within the query. `order` is one of articles,
        mentions (most first), name and newest.
        """
        from store.query.entity_search import find_entities

        return self._lists.session.about_entities(
            lambda db, found: find_entities(db, words, kinds=kinds, within=found, order=order, limit=limit),
            self._queries(query),
            group="entities",
        )

    def mention_lines(
        self, key: EntityKey, *, order: str = "newest", query: str = "", skip: int = 0, limit: int = 60
    ) -> Future[list[MentionLine]]:
        """Return mentions of an entity, each in its sentence, by the articles' publication: `newest` or `oldest` first.

        `best` begins with the articles that are most about it, by BM25: how often they name it, against their length.
        """
        from store.query.entity_page import mention_lines

        return self._lists.session.about_entities(
            lambda db, found: mention_lines(db, key, order=order, within=found, skip=skip, limit=limit),
            [query],
            # Of two names beside each other both are wanted.
            group=f"mention lines of {key}",
        )

    def together(self, key: EntityKey, *, limit: int = 40) -> Future[Together]:
        """Return who and what an entity is named with, the closest first by the measure that the answer names."""
        from store.query.company import together

        return self._lists.session.about_entities(lambda db, _: together(db, key, limit=limit), group="together")

    def months(self, key: EntityKey, *, by: str = "month") -> Future[tuple[tuple[str, int], ...]]:
        """Count an entity's articles by `month` (`2017-03`) or `year` of publication, gaps filled."""
        from store.query.entity_page import months

        return self._lists.session.about_entities(lambda db, _: months(db, key, by=by), group="months")

    def talked_about(
        self, *, query: str = "", article: ArticleKey | None = None, key: EntityKey | None = None, by: str = "month"
    ) -> Future[tuple[tuple[str, int], ...]]:
        """Count the articles that talk of a day in each `month` or `year`, by the dates in their texts, gaps filled."""
        from store.query.talk import talked_about

        return self._lists.session.about_entities(
            lambda db, found: talked_about(db, within=found, article=article, key=key, by=by),
            [query] if article is not None or key is not None else self._queries(query),
            group="talked about",
        )

    def places(self, *, query: str = "", article: ArticleKey | None = None) -> Future[tuple[Place, ...]]:
        """Return the places that can only be one, with coordinates and counts: a library's, a query's, an article's."""
        from store.query.entity_places import places

        return self._lists.session.about_entities(
            lambda db, found: places(db, within=found, article=article),
            [] if article is not None else self._queries(query),
            group="places",
        )

    def likely_same(
        self,
        key: EntityKey | None = None,
        *,
        limit: int = 50,
        decided: Collection[frozenset[EntityKey]] | None = None,
    ) -> Future[tuple[Likely, ...]]:
        """Return pairs that are probably the same, of the library or with one entity; the likeliest first.

        Pairs in `decided` are left out: by default those that the user has decided, one way or the other.
        """
        from store.query.likely import LikelySame

        if decided is None:
            decided = {frozenset((one.key, one.into)) for one in self.entity_decisions()}
        ask = LikelySame(key, decided, limit)
        return self._lists.session.about_entities(lambda db, _: ask(db), group="likely same")

    def with_all(self, keys: Sequence[EntityKey]) -> str:
        """Return the query for the articles that name all of these entities."""
        from store.query.ast import Field

        parts = ((key, *key.partition(":")) for key in keys)
        return " ".join(
            str(Field(_FIELDS[kind], name, exact=True) if kind in _FIELDS else Field("entity", key, exact=True))
            for key, kind, _, name in parts
        )

    def join_names(self, joined: Mapping[EntityKey, EntityKey]) -> Future[None]:
        """Take each of these entities for another from now on, in the place of all that were joined before."""
        return self._lists.session.join_names(joined)

    def _queries(self, query: str) -> list[str]:
        return [one for one in (self.narrowed, query) if one]
