"""Annotations follow files whose text has changed, also while Dateline was not running."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from store.annotations.records import Target
from store.article import Article, ArticleId, ArticleKey, Source
from store.catalog.articles import CatalogReader


class Texts:
    """What the index knows, for a thread of its own: it is opened with the first question, and again when it is new."""

    def __init__(self, index: Path) -> None:
        self._index = index
        self._reader: CatalogReader | None = None
        self._told: dict[ArticleId, Article] = {}

    def is_live(self, article: ArticleId) -> bool:
        """Whether a text is still somewhere under the library's roots."""
        return self._opened().is_live(article)

    def article(self, article: ArticleId) -> Article | None:
        """Return a text that is under the library's roots, with its title and blocks."""
        if article in self._told:
            return self._told[article]
        reader = self._opened()
        key = reader.key_of(article)
        stored = reader.article(key) if key is not None else None
        return stored.article if stored is not None else None

    def tell(self, article: Article) -> None:
        """Tell of an article that was read without the index."""
        self._told[article.id] = article

    def present(self, annotated: Iterable[Target]) -> list[Target]:
        """Return those articles that are under the library's roots, with the places where they are now."""
        reader = self._opened()
        keys = reader.keys_of(one.id for one in annotated) if reader.exists else {}
        return [found for key in keys.values() if (found := target(reader, key)) is not None]

    def moved(self, annotated: Iterable[Target], roots: Sequence[Path]) -> Iterator[tuple[ArticleId, Target]]:
        """Yield annotated texts that are gone while their place holds another, with what it holds now."""
        reader = self._opened()
        if not reader.exists:
            return
        inside = tuple(f"{root}{os.sep}".replace("//", "/") for root in roots)
        files = frozenset(map(str, roots))
        # The file knows articles of all libraries; those of others are not missing here.
        ours = [one for one in annotated if any(s.path.startswith(inside) or s.path in files for s in one.sources)]
        present = reader.keys_of(one.id for one in ours)
        for old in ours:
            if old.id in present:
                continue
            for source in old.sources:
                keys = reader.locate(f"{source.path}#{source.member}" if source.member else source.path)
                new = target(reader, keys[0]) if len(keys) == 1 else None
                if new is not None:
                    yield old.id, new
                    break

    def target_at(self, article: ArticleId, source: Source) -> Target:
        """Return a text as changes name it, all its places included; one that is gone again with the one given."""
        key = self._opened().key_of(article)
        found = target(self._opened(), key) if key is not None else None
        return found or Target(article, "", (source,))

    def close(self) -> None:
        """Close the handle."""
        if self._reader is not None:
            self._reader.close()

    def _opened(self) -> CatalogReader:
        if self._reader is None:
            self._reader = CatalogReader(self._index)
        elif self._reader.outdated():
            self._reader.reopen()
        return self._reader


def target(reader: CatalogReader, key: ArticleKey) -> Target | None:
    """Return an article as changes name it; None for one that is gone."""
    row = reader.rows([key])[0]
    return None if row is None else Target(row.id, row.title, reader.sources(key))


def targets(reader: CatalogReader, keys: Sequence[int]) -> list[Target]:
    """Return articles as changes name them, in their order; those that are gone are left out."""
    titles, places = reader.titles_of(keys), reader.sources_of(keys)
    return [Target(*titles[key], places.get(key, ())) for key in keys if key in titles]
