"""The texts that annotations are on: from the open library, from others on this machine, from what was kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path

from store.article import Article, ArticleId, Mention, Source
from store.catalog.articles import CatalogReader
from store.record import Record


class Known(Record):
    """What is known of an article apart from the user's words."""

    article: Article
    sources: tuple[Source, ...] = ()
    """Where it is now; none for a text that is only kept."""
    mentions: tuple[Mention, ...] = ()
    analysed: bool = False
    retrieved: date | None = None
    """When an index first saw the text."""


class Shelf:
    """Finds texts by their identity. For one thread; opens its own handles, so that no other thread waits."""

    def __init__(
        self,
        indexes: Iterable[Path],
        kept: Callable[[ArticleId], Article | None] = lambda _: None,
        names: Mapping[ArticleId, tuple[Mention, ...]] | None = None,
    ) -> None:
        """`indexes` are asked in this order; `names` are known apart from them."""
        self._indexes = list(dict.fromkeys(indexes))
        self._readers: list[CatalogReader] = []
        self._kept = kept
        self._names = names or {}

    def find(self, text: ArticleId) -> Known | None:
        """Return an article by its text; None where that is nowhere."""
        for number in range(len(self._indexes)):
            known = self._in_index(self._reader(number), text)
            if known is not None:
                return known
        article = self._kept(text)
        return Known(article) if article is not None else None

    def kept(self, text: ArticleId) -> Article | None:
        """Return the text that was kept for a note's sake."""
        return self._kept(text)

    def close(self) -> None:
        """Close every handle."""
        for reader in self._readers:
            reader.close()

    def _reader(self, number: int) -> CatalogReader:
        # Others are opened only once a text is not in the first.
        while len(self._readers) <= number:
            self._readers.append(CatalogReader(self._indexes[len(self._readers)]))
        return self._readers[number]

    def _in_index(self, reader: CatalogReader, text: ArticleId) -> Known | None:
        key = reader.key_of(text)
        stored = reader.article(key) if key is not None else None
        if key is None or stored is None:
            return None
        names = self._names.get(text)
        return Known(
            stored.article,
            stored.sources,
            stored.mentions if names is None else names,
            stored.analysed or names is not None,
            reader.first_seen(key),
        )
