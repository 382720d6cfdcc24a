"""The query thread itself: it does one job after the other, and leaves what nobody waits for any more."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, InvalidStateError
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from store.errors import CatalogError
from store.query.answer import Describe
from store.query.connection import Connection, Interrupted, Later
from store.query.saved import Saved

_SUPERSEDED = {
    "search": ("search", "complete", "snippets"),
    "complete": ("complete",),
    "step": ("step",),
    "snippets": ("snippets",),
}
"""What is not waited for any more when a job of a group comes: the search of a key comes before its completion.

A job of a group that is not told of here takes the place of others of that group alone.
"""


class Job(Struct):
    """Something to be done on the query thread."""

    work: Callable[[Connection], Any]
    future: Future[Any] = field(default_factory=Future)
    group: str = ""
    """Of jobs that a later key makes needless: see `_SUPERSEDED`."""


class QueryThread:
    """Does jobs on a thread of its own, which starts with the first of them."""

    def __init__(
        self,
        index: Path | None,
        *,
        today: Callable[[], date] = date.today,
        describe: Describe = lambda _: None,
        saved: Callable[[], Saved] = dict,
    ) -> None:
        """On the query thread `describe` tells what is known of annotated texts that the index does not have, and
        `saved` which searches are saved.
        """
        self._index = index
        self._today = today
        self._describe = describe
        self._saved = saved
        self._jobs: deque[Job] = deque()
        self._changed = threading.Condition()
        """Guards the jobs, `_running`, `_connection` and `_closed`."""
        self._running: Job | None = None
        self._connection: Connection | None = None
        self._thread: threading.Thread | None = None
        self._closed = False

    def reopen(self, index: Path | None = None) -> Future[None]:
        """Open the index again after it was made or rebuilt, or another one. The marks stay."""
        if index is not None:
            self._index = index
        path = self._index
        return self._submit(Job(lambda connection: connection.attach(path)))

    def close(self, wait: float = 2.0) -> None:
        """Cancel what is waiting, stop what is running and close all handles; waits `wait` seconds."""
        with self._changed:
            self._closed = True
            waiting = [*self._jobs, *([self._running] if self._running else [])]
            self._jobs.clear()
            self._changed.notify()
        for job in waiting:
            job.future.cancel()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(wait)

    def _submit(self, job: Job) -> Future[Any]:
        superseded: list[Job] = []
        with self._changed:
            if self._closed:
                job.future.set_exception(CatalogError("The library is closed."))
                return job.future
            if job.group:
                others = _SUPERSEDED.get(job.group, (job.group,))
                superseded = [old for old in (*self._jobs, self._running) if old is not None and old.group in others]
            self._jobs.append(job)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="queries", daemon=True)
                self._thread.start()
            self._changed.notify()
        job.future.add_done_callback(lambda _: self._stop(job))
        # Outside the lock: a future's callbacks may ask for the next search.
        for old in superseded:
            old.future.cancel()
        return job.future

    def _stop(self, job: Job) -> None:
        """Stop a job's statement when its future was cancelled."""
        if not job.future.cancelled():
            return
        # Tells those who wait for several futures at once.
        job.future.set_running_or_notify_cancel()
        with self._changed:
            if self._running is job and self._connection is not None:
                self._connection.interrupt()

    def _work(self) -> None:
        connection: Connection | None = None
        try:
            while (job := self._take()) is not None:
                try:
                    if connection is None:
                        connection = self._connect()
                    connection.abandoned = job.future.cancelled
                    connection.others_wait = lambda: bool(self._jobs)
                    result = job.work(connection)
                except Later:
                    self._put_back(job)
                except Interrupted:
                    self._finish(job, error=CancelledError())
                except Exception as error:  # noqa: BLE001 - it is the asker's, and must not end the thread
                    self._finish(job, error=error)
                else:
                    self._finish(job, result)
        finally:
            with self._changed:
                self._connection = None
            if connection is not None:
                connection.close()

    def _connect(self) -> Connection:
        connection = Connection(self._index, self._describe, self._saved)
        with self._changed:
            self._connection = connection
        return connection

    def _take(self) -> Job | None:
        """Wait for a job that somebody still waits for; None when the session is closed."""
        with self._changed:
            while True:
                while self._jobs:
                    job = self._jobs.popleft()
                    if not job.future.cancelled():
                        self._running = job
                        return job
                if self._closed:
                    return None
                self._changed.wait()

    def _put_back(self, job: Job) -> None:
        with self._changed:
            self._running = None
            if not self._closed:
                self._jobs.append(job)

    def _finish(self, job: Job, result: Any = None, error: BaseException | None = None) -> None:
        with self._changed:
            self._running = None
        # The future is never marked running, so that cancelling it works until it has its result.
        try:
            if error is None:
                job.future.set_result(result)
            else:
                job.future.set_exception(error)
        except InvalidStateError:
            return
