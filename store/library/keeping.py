"""Keeping the texts under notes that were made before texts were kept, in the background; and reading what was kept."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from store.annotations.records import Note, Target
from store.article import Article, ArticleId
from store.catalog.articles import CatalogReader

if TYPE_CHECKING:
    from store.annotations.kept_texts import KeptTexts


class Keeping:
    """The kept texts of a library's annotation file. For any thread."""

    def __init__(self, annotations: Path, index: Path) -> None:
        self._annotations = annotations
        self._index = index
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self.warnings: tuple[str, ...] = ()
        """What could not be kept, as sentences."""

    def read(self, text: ArticleId) -> Article | None:
        """Return a text that was kept; None where it was not, or cannot be read."""
        return self._kept().read(text)

    def trouble(self, text: ArticleId) -> str:
        """Return why a text cannot be read, as a sentence; empty when it can."""
        return self._kept().trouble(text)

    def catch_up(self, noted: Callable[[], list[tuple[Target, tuple[Note, ...]]]]) -> None:
        """Begin to keep the texts under these notes that are in the library and not yet kept."""
        if self._thread is None and not self._stop.is_set():
            self._thread = threading.Thread(target=self._work, args=(noted,), name="keeping", daemon=True)
            self._thread.start()

    def close(self, wait: float) -> None:
        """End what is being done; the next start goes on with it."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(wait)

    def _work(self, noted: Callable[[], list[tuple[Target, tuple[Note, ...]]]]) -> None:
        kept = self._kept()
        missing = [target.id for target, _ in noted() if not self._stop.is_set() and not kept.has(target.id)]
        if not missing:
            return
        reader = CatalogReader(self._index)
        try:
            for text, key in reader.keys_of(missing).items():
                stored = reader.article(key)
                if self._stop.is_set():
                    return
                if stored is not None and stored.article.id == text:
                    kept.keep(stored.article)
        except OSError as error:
            self.warnings = (f"Texts with notes could not be kept in {kept.folder}: {error.strerror or error}.",)
        finally:
            reader.close()

    def _kept(self) -> KeptTexts:
        from store.annotations.kept_texts import KeptTexts  # a start needs none

        return KeptTexts(self._annotations)
