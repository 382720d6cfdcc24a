"""Looks at the language of each text once, when there is nothing more urgent or its names are wanted."""

from __future__ import annotations

from collections import deque

from store.article import ArticleId
from store.catalog.waiting import LookedUp
from store.catalog.writer import CatalogWriter
from store.entities.language import DETECTOR_VERSION, Detector
from store.indexer.analysing import blocks_of
from store.indexer.wire import Outbox

_QUEUE = 1000
"""Texts asked for at a time."""
_AT_ONCE = 16
"""Texts in one step, about 15 ms."""


class Languages:
    """Tells languages, and puts them into the index."""

    def __init__(self, out: Outbox) -> None:
        self._out = out
        self._detector = Detector()
        self._waiting: deque[ArticleId] = deque()
        self._may_wait = True
        self._done = 0

    def of(self, found: LookedUp, article: ArticleId, writer: CatalogWriter | None) -> str:
        """Return a text's language; one that has not been looked at is now."""
        if found.judged == DETECTOR_VERSION:
            return found.language
        language = self._detector.language(found.text, blocks_of(found.blocks), found.declared)
        if writer is not None:
            writer.put_language(article, language, DETECTOR_VERSION)
        return language

    @property
    def loaded(self) -> bool:
        """Whether the detector takes up memory."""
        return self._detector.loaded

    def must_load(self, found: LookedUp) -> bool:
        """Whether the detector has to be loaded for this text and is not; it begins to load then, beside other work."""
        if found.judged == DETECTOR_VERSION:
            return False
        return self._detector.must_load(found.text, blocks_of(found.blocks), found.declared)

    def look_again(self) -> None:
        """Expect texts that have not been looked at, be it in another index."""
        self._waiting.clear()
        self._may_wait = True

    def step(self, writer: CatalogWriter) -> bool:
        """Look at some texts, the newest first; False when all have been looked at."""
        if not self._waiting and self._may_wait:
            self._waiting.extend(writer.unjudged(DETECTOR_VERSION, _QUEUE))
        if not self._waiting:
            if self._done:
                # Lists show languages.
                writer.note_change()
            self._may_wait, self._done = False, 0
            return False
        for _ in range(min(_AT_ONCE, len(self._waiting))):
            article = self._waiting.popleft()
            found = writer.look_up(article)
            if found is not None:
                self.of(found, article, writer)
            self._done += 1
        self._out.progress("languages", self._done, self._done + len(self._waiting))
        return True

    def unload(self) -> None:
        """Give the detector's memory back."""
        self._detector.unload()
