"""The texts whose names wait to be found, taken a few hundred at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection

from store.article import ArticleId
from store.catalog.versions import Versions
from store.catalog.waiting import Waiting
from store.catalog.writer import CatalogWriter
from store.indexer.pace import Pace
from store.indexer.wire import Outbox

_QUEUE = 256
"""Texts that wait, asked for at a time."""


class Backlog:
    """Gives out texts, and tells how far one has come with them."""

    def __init__(self, out: Outbox) -> None:
        self._out = out
        self._waiting: deque[Waiting] = deque()
        self._may_wait = False
        self._pace = Pace()

    def look_again(self, *, anew: bool = False) -> None:
        """Expect more texts; `anew`: those that were taken are of another index, or wait for something else."""
        self._may_wait = True
        if anew:
            self._waiting.clear()

    def take(
        self, writer: CatalogWriter, versions: Versions, taken: Collection[ArticleId] = ()
    ) -> Waiting | None:
        """Return the next text, the newest first; None when there is none left but those that are `taken`."""
        if not self._waiting and self._may_wait and versions:
            # Of those few hundred a language after the other, since each has a pipeline to be loaded.
            some = [text for text in writer.waiting(versions, _QUEUE + len(taken)) if text.id not in taken]
            self._waiting.extend(sorted(some, key=lambda text: text.language))
            self._pace.goal(writer.articles, *writer.count_waiting(versions))
        if not self._waiting:
            self._may_wait = False
            return None
        return self._waiting.popleft()

    def done(self, text: Waiting) -> None:
        """Tell that a text has been dealt with."""
        rest = not self._waiting
        self._out.progress("analyse", *self._pace.step(text.words), self._pace.seconds, last=rest)
