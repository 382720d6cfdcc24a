"""Annotated articles whose text is nowhere any more: what is still known of them, under keys below zero.

Which they are is found out by queries (`store.query.gone`); here they get their keys, and are read by them. An article
that has come back is read from the library again, also by the key it had while it was gone.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from store.annotations.records import Note, Target
from store.article import (
    Article,
    ArticleId,
    ArticleKey,
    Block,
    BlockKind,
    ListedArticle,
    Source,
    StoredArticle,
)
from store.catalog.articles import CatalogReader
from store.library.desk import Desk
from store.query.answer import GoneText

_FEWEST_DIGITS = 6
_NOWHERE = Source("")


class GoneArticles:
    """The articles of a library that are gone, as far as they were asked for."""

    def __init__(
        self, roots: Sequence[Path], desk: Desk, catalog: CatalogReader, kept: Callable[[ArticleId], Article | None]
    ) -> None:
        """`kept` returns the text that was kept of an annotated article, if it was."""
        self._inside = tuple(f"{root}{os.sep}".replace("//", "/") for root in roots)
        self._files = frozenset(map(str, roots))
        self._desk = desk
        self._catalog = catalog
        self._kept = kept
        # Written on the query thread alone.
        self._keys: dict[ArticleId, ArticleKey] = {}
        self._described: dict[ArticleKey, tuple[ArticleId, ListedArticle]] = {}

    def describe(self, text: ArticleId) -> GoneText | None:
        """Return what queries find an article by that the index does not have; None for one of another library."""
        target = self._desk.target(text)
        if target is None or not any(map(self._is_ours, target.sources)):
            return None
        key = self._keys.setdefault(text, ArticleKey(-len(self._keys) - 1))
        article = self._read(target)
        listed = ListedArticle(
            key, text, target.title or article.title, article.published, article.words, (*target.sources, _NOWHERE)[0]
        )
        self._described[key] = text, listed
        day = article.published.isoformat() if article.published else ""
        return GoneText(key, listed.title, article.text, listed.words, target.sources, day, article.language)

    def _is_ours(self, source: Source) -> bool:
        return source.path.startswith(self._inside) or source.path in self._files

    # ---- by key ----------------------------------------------------------------------------------------------
    def row(self, key: int) -> ListedArticle | None:
        """Return what the list shows of an article."""
        text, listed = self._described.get(ArticleKey(key), (None, None))
        if text is None or listed is None:
            return None
        back = self._catalog.key_of(text)
        if back is not None:
            return self._catalog.rows([back])[0]
        return listed if self._desk.target(text) is not None else None

    def article(self, key: int) -> StoredArticle | None:
        """Return the text that was kept of an article, else its notes with what they quote of it."""
        target = self.target(key)
        if target is None:
            return None
        back = self._catalog.key_of(target.id)
        if back is not None:
            return self._catalog.article(back)
        # There are no names to wait for.
        article = self._read(target)
        return StoredArticle(ArticleKey(key), article, target.sources, analysed=True, words=article.words)

    def target(self, key: int) -> Target | None:
        """Return an article as changes name it."""
        text, _ = self._described.get(ArticleKey(key), (None, None))
        return self._desk.target(text) if text is not None else None

    # ---- finding ---------------------------------------------------------------------------------------------
    def key_of(self, text: ArticleId) -> ArticleKey | None:
        """Return the key of a text that was described."""
        key = self._keys.get(text)
        return key if key in self._described else None

    def locate(self, what: str) -> list[ArticleKey]:
        """Find articles by where they were last, `PATH` or `PATH#MEMBER`, or by six or more digits of an id."""
        paths = {os.path.abspath(what), os.path.realpath(what), what}  # noqa: PTH100 - keeps links
        found = []
        for text, key in list(self._keys.items()):
            target = self._desk.target(text)
            places = (place for source in target.sources for place in _spellings(source)) if target is not None else ()
            is_prefix = len(what) >= _FEWEST_DIGITS and text.startswith(what.lower())
            if target is not None and (is_prefix or not paths.isdisjoint(places)):
                found.append(key)
        return found

    def targets(self) -> list[Target]:
        """Return all that were described, as the annotation file knows them."""
        targets = map(self._desk.target, list(self._keys))
        return [target for target in targets if target is not None]

    # ---- the text --------------------------------------------------------------------------------------------
    def _read(self, target: Target) -> Article:
        return self._kept(target.id) or remembered(target, self._desk.notes(target.id))


def _spellings(source: Source) -> tuple[str, ...]:
    return (source.path, f"{source.path}#{source.member}") if source.member else (source.path,)


@dataclass(frozen=True, kw_only=True)
class Remembered(Article):
    """What can be read of an article whose text was not kept. It keeps the identity of that text."""

    of: ArticleId

    @cached_property
    def id(self) -> ArticleId:
        """The identity of the text that is gone."""
        return self.of


def remembered(target: Target, notes: Sequence[Note]) -> Article:
    """Make what can be read of an article without a text: its title and its notes, each below what it marks."""
    title = target.title or "An article without a title"
    blocks = [Block(BlockKind.TITLE, 0, len(title))]
    text = title
    for note in sorted(notes, key=lambda note: note.anchor.start if note.anchor is not None else -1):
        quote = note.anchor.quote if note.anchor is not None else ""
        for kind, words in ((BlockKind.QUOTE, quote), (BlockKind.PARAGRAPH, note.body)):
            if words.strip():
                blocks.append(Block(kind, len(text) + 2, len(text) + 2 + len(words), int(kind is BlockKind.QUOTE)))
                text += f"\n\n{words}"
    member = target.sources[0].member if target.sources else ""
    return Remembered(title, text, tuple(blocks), member=member, of=target.id)
