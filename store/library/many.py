"""What is asked of many articles at once, on a thread of its own: by the thousand, from a connection of that thread."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from store.annotations.records import Target
from store.article import ArticleId, ArticleKey, Source, StoredArticle
from store.catalog.articles import CatalogReader
from store.library.desk import Desk
from store.library.following import targets
from store.library.gone import GoneArticles

_AT_ONCE = 500
"""Articles asked for in one statement."""


class ManyArticles:
    """Reads articles by their keys; also those that are gone, which have keys below zero. For one thread."""

    def __init__(self, reader: CatalogReader, gone: GoneArticles, desk: Desk) -> None:
        self._reader = reader
        self._gone = gone
        self._desk = desk

    def targets(self, keys: Sequence[int]) -> Iterator[Target]:
        """Yield articles as changes name them, in their order; those that have left the library are left out."""
        for at in range(0, len(keys), _AT_ONCE):
            some = keys[at : at + _AT_ONCE]
            if all(key > 0 for key in some):
                yield from targets(self._reader, some)
                continue
            for key in some:
                gone = self._gone.target(ArticleKey(key)) if key < 0 else None
                yield from [gone] if gone is not None else targets(self._reader, [key])

    def ids(self, keys: Sequence[int]) -> Iterator[tuple[int, ArticleId]]:
        """Yield the texts of these articles with their keys, in their order."""
        for at in range(0, len(keys), _AT_ONCE):
            some = keys[at : at + _AT_ONCE]
            known = self._reader.ids_of(key for key in some if key > 0)
            for key in some:
                gone = self._gone.target(ArticleKey(key)) if key < 0 else None
                text = gone.id if gone is not None else known.get(ArticleKey(key))
                if text is not None:
                    yield key, text

    def in_place_of(self, sources: Mapping[int, Source]) -> dict[int, int]:
        """Return what is read now from where articles were, by their keys; those whose place is empty are left out."""
        found = {key: self._reader.locate(f"{place.path}#{place.member}") for key, place in sources.items() if key > 0}
        return {key: keys[0] for key, keys in found.items() if keys and keys[0] != key}

    def articles(self, keys: Sequence[int]) -> Iterator[StoredArticle]:
        """Yield whole articles, one after the other, with the dates that were set by hand."""
        for key in keys:
            stored = self._gone.article(ArticleKey(key)) if key < 0 else self._reader.article(ArticleKey(key))
            if stored is None:
                continue
            day = self._desk.marks(stored.article.id).published
            yield stored if day is None else stored.replace(article=stored.article.replace(published=day))
