"""The one thread that owns the annotations: jobs are done in the order they were asked for.

Nothing of TinyDB or orjson is imported before the thread runs, since a start must not wait for them.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from store.article import ArticleId
from store.errors import NotSaved

if TYPE_CHECKING:
    from store.annotations.quiet import QuietFolding
    from store.annotations.store import AnnotationStore

T = TypeVar("T")

_FOLDING = 2.0
"""Seconds that closing waits for the plain file to be brought up to date. Nothing is lost where that is not enough."""


class AnnotationThread:
    """Opens the annotation file with the first job, and folds it in quiet moments."""

    def __init__(
        self,
        path: Path,
        *,
        session: str | None = None,
        is_live: Callable[[ArticleId], bool] = lambda _: False,
        **options: Any,
    ) -> None:
        """Begin the thread; the first call touches the file. `options` are those of `AnnotationStore`."""
        self.path = path
        self._options = {"session": session, "is_live": is_live, **options}
        self._store: AnnotationStore | None = None
        self._jobs: queue.SimpleQueue[tuple[Callable[[], Any], Future[Any]] | None] = queue.SimpleQueue()
        self._closing = threading.Lock()
        self._closed = False
        self._folds = True
        self._served = threading.Event()
        """Set when everything that was asked for is done."""
        self._thread = threading.Thread(target=self._serve, name="annotations", daemon=True)
        self._thread.start()

    def close(self, wait: float = 2.0, *, fold: bool = True) -> bool:
        """Save what was asked for and end the thread; returns whether it was saved in `wait` seconds.

        Within that time the plain file is brought up to date too, unless `fold` says that there is none to spare.
        Whatever is asked for afterwards fails with NotSaved.
        """
        until = time.monotonic() + wait
        with self._closing:
            if not self._closed:
                self._closed, self._folds = True, fold
                self._jobs.put(None)
        saved = self._served.wait(wait)
        self._thread.join(max(0.0, min(_FOLDING, until - time.monotonic())))
        return saved

    def _ask(self, job: Callable[[], T]) -> Future[T]:
        future: Future[T] = Future()
        with self._closing:
            if not self._closed:
                self._jobs.put((job, future))
                return future
        future.set_exception(NotSaved("Not saved: Dateline is closing. Start it again and do it again."))
        return future

    def _opened(self) -> AnnotationStore:
        if self._store is None:
            from store.annotations.collector import kept_for_good
            from store.annotations.store import AnnotationStore

            with kept_for_good():
                self._store = AnnotationStore(self.path, **self._options)
        return self._store

    def _serve(self) -> None:
        from store.annotations.quiet import QuietFolding

        quiet = QuietFolding()
        try:
            self._work(quiet)
        finally:
            self._served.set()
        if self._store is not None:
            self._store.close(fold=self._folds)

    def _work(self, quiet: QuietFolding) -> None:
        from store.annotations.collector import no_collector

        while True:
            try:
                asked = self._jobs.get(timeout=quiet.patience())
            except queue.Empty:
                quiet.step(self._opened())
                continue
            if asked is None:
                return
            job, future = asked
            if not future.set_running_or_notify_cancel():
                continue
            result: Any = None
            with no_collector():
                try:
                    result = job()
                except BaseException as error:  # noqa: BLE001 - whoever asked is told, whatever it was
                    future.set_exception(error)
                else:
                    future.set_result(result)
            del result, job, asked
            if self._store is not None:
                quiet.look(self._store)
