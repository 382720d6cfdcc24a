"""The indexer beside the linear mode: on a thread with an event loop of its own, and what it has told so far."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from threading import Condition, Event, Thread
from typing import TYPE_CHECKING

from store.article import ArticleId
from store.library import Idle, Library, Mentions, Message, Progress, Replaced, Trouble

if TYPE_CHECKING:
    from store.library import IndexerClient

_STEP = 0.2
"""Seconds after which a wait looks anew at what may have happened without a message."""
_STOP = 0.3
"""Seconds that the indexer is given to end by itself."""


class Background:
    """Keeps the library up to date; everything it tells is fetched, nothing calls back."""

    def __init__(self, library: Library) -> None:
        """Make what starts nothing yet; `library` is only asked from this thread for what any thread may ask."""
        self._client: IndexerClient = library.indexer(self._heard)
        self._thread = Thread(target=self._run, name="indexer", daemon=True)
        self._stopping = asyncio.Event()
        self._ready = Event()
        self._loop: asyncio.AbstractEventLoop
        self._changed = Condition()
        self._names: Mentions | None = None
        self._troubles: list[Trouble] = []
        self._replaced: list[Replaced] = []
        self.progress: Progress | None = None
        """How far it has come, as told last."""
        self.idle = False
        """Whether nothing is left to do."""
        self.trouble = ""
        """Why it cannot work at all; empty while it can."""
        self._may_pass = False
        self._started = False

    def start(self) -> None:
        """Start it; returns at once."""
        self._started = True
        self._thread.start()
        self._ready.wait()

    def stop(self) -> None:
        """End it soon; what it was at is done again another time."""
        if self._started:
            self._loop.call_soon_threadsafe(self._stopping.set)
            self._thread.join(_STOP + 1.0)

    def look_again(self) -> None:
        """Have the folders looked at again."""
        if self._started:
            self.idle = False
            self._loop.call_soon_threadsafe(self._client.rescan)

    def want_names(self, article: ArticleId) -> None:
        """Have this article's names found next."""
        with self._changed:
            if self._names is None or self._names.id != article:
                self._names = None
        if self._started:
            self._loop.call_soon_threadsafe(self._client.show, article)

    def names_of(self, article: ArticleId) -> Mentions | None:
        """Return the names of the article that was asked for last, as far as they are found."""
        with self._changed:
            return self._names if self._names is not None and self._names.id == article else None

    def news(self) -> tuple[list[Trouble], list[Replaced]]:
        """Return what went wrong and what was edited since this was asked last."""
        with self._changed:
            troubles, self._troubles = self._troubles, []
            replaced, self._replaced = self._replaced, []
        return troubles, replaced

    def wait(self, done: Callable[[], bool]) -> None:
        """Wait until `done`, which is asked after every message and now and then, or until nothing can come."""
        while not done() and not self.trouble:
            with self._changed:
                self._changed.wait(_STEP)

    # ---- on the thread of its own ------------------------------------------------------------------------------
    def _run(self) -> None:
        asyncio.run(self._work())

    async def _work(self) -> None:
        self._loop = asyncio.get_running_loop()
        try:
            await self._client.start()
        finally:
            self._ready.set()
        await self._stopping.wait()
        # Until it is gone: whoever watches it dies with this loop, and would complain.
        await self._client.stop(_STOP)

    def _heard(self, message: Message) -> None:
        with self._changed:
            if isinstance(message, Mentions):
                self._names = message
            elif isinstance(message, Progress):
                self.progress, self.idle = message, False
                if self._may_pass:
                    # One that stopped was started again.
                    self.trouble, self._may_pass = "", False
            elif isinstance(message, Idle):
                self.idle = True
            elif isinstance(message, Replaced):
                self._replaced.append(message)
            elif isinstance(message, Trouble):
                self._take(message)
            self._changed.notify_all()

    def _take(self, trouble: Trouble) -> None:
        # A document that cannot be shown is told of by `dateline doctor`.
        if not trouble.source:
            self._troubles.append(trouble)
            if trouble.stage in ("load", "indexer"):
                self.trouble, self._may_pass = trouble.reason, trouble.stage == "indexer"
