"""Which articles make training data: those whose names the user has put right, or all that are asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from store.annotations.corrected import corrected
from store.article import ArticleId, Mention, StoredArticle
from store.entities.language_names import language_name
from store.entities.occurring import places_of, sought
from store.exchange.tokenising import Misaligned, Written, write_in_words
from store.exchange.training import Example, examples_of, json_line
from store.library.library import Library

__all__ = ["Misaligned", "TrainingData", "Written", "write_in_words"]


class TrainingData:
    """Articles with their names, read one by one. What was read is counted."""

    def __init__(
        self,
        library: Library,
        keys: Sequence[int],
        *,
        uncorrected: bool = False,
        names: Mapping[ArticleId, tuple[Mention, ...]] | None = None,
    ) -> None:
        """`uncorrected`: also articles that no correction concerns. `names` are mentions that are not in the index."""
        self._library = library
        self._present = [key for key in keys if key > 0]
        self._uncorrected = uncorrected
        self._names = names or {}
        self.articles = self.unanalysed = self.left_out = self.unread = 0
        """Articles exported; whose names are not known; in which nothing was corrected; that no model reads."""
        self.languages: Counter[str] = Counter()
        """Articles by the name of their language; empty: not clear."""

    def __iter__(self) -> Iterator[StoredArticle]:
        self.articles = self.unanalysed = self.left_out = self.unread = 0
        self.languages.clear()
        with self._library.reading() as many:
            for stored in many.articles(self._present):
                if (not self._uncorrected or stored.no_model) and not self._is_corrected(stored):
                    self.left_out += not self._uncorrected
                    self.unread += self._uncorrected
                    continue
                if not stored.analysed and stored.article.id in self._names:
                    stored = stored.replace(analysed=True, mentions=self._names[stored.article.id])
                if not stored.analysed:
                    self.unanalysed += 1
                    continue
                # The index may follow what was corrected a moment ago only later; correcting again changes nothing.
                corrections = self._library.corrections_for(stored.article.id)
                names = corrected(stored.article.text, stored.mentions, corrections)
                stored = stored.replace(mentions=tuple(names))
                self.articles += 1
                self.languages[language_name(stored.article.language)] += 1
                yield stored

    def examples(self) -> Iterator[Example]:
        """Yield the paragraphs of the articles."""
        for stored in self:
            yield from examples_of(stored)

    def json_lines(self) -> Iterator[Mapping[str, Any]]:
        """Yield the articles, an object each."""
        return map(json_line, self)

    def waiting(self) -> list[ArticleId]:
        """Return the texts that would be exported if their names were known."""
        with self._library.reading() as many:
            return [
                one.article.id
                for one in many.articles(self._present)
                if not one.analysed and (self._uncorrected or self._is_corrected(one))
            ]

    def _is_corrected(self, stored: StoredArticle) -> bool:
        corrections = self._library.corrections_for(stored.article.id)
        if corrections.here:
            return True
        flat = sought(stored.article.text) if corrections.wide else ""
        return any(next(places_of(flat, one.surface), None) for one in corrections.wide)
