"""Seeing to it that every text that bears a note is kept, and that texts which are gone can still be read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from store.annotations.kept_texts import KeptTexts
from store.article import Article, ArticleId
from store.disk.atomic import System


class Evidence:
    """The texts of one annotation file's articles: those that are in the library, else those that were kept."""

    def __init__(
        self,
        annotations: Path,
        article_of: Callable[[ArticleId], Article | None],
        warn: Callable[[str], None],
        system: System,
    ) -> None:
        """`article_of` returns an article that is in the library; `warn` tells the user of what was not kept."""
        self._kept = KeptTexts(annotations, system=system)
        self._article_of = article_of
        self._warn = warn

    def keep(self, text: ArticleId) -> None:
        """Keep a text on which a note is being saved; what goes wrong is told, and costs the note nothing."""
        try:
            if not self._kept.has(text) and (article := self._article_of(text)) is not None:
                self._kept.keep(article)
        except OSError as error:
            why = error.strerror or error
            where = self._kept.folder
            self._warn(f"A text with notes could not be kept in {where}: {why}. The notes are not affected.")

    def text(self, text: ArticleId) -> str | None:
        """Return a text; None where it is neither in the library nor kept."""
        article = self._article_of(text) or self._kept.read(text)
        return article.text if article is not None else None
