"""The query thread: it answers queries over the index and the mirror, one after the other."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import CancelledError, Future, InvalidStateError
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from store.errors import CatalogError, QueryError
from store.query.answer import Answer, Describe, Standing
from store.query.ast import Query
from store.query.compile import Statement, asks_for_gone, compile_queries
from store.query.complete import Completion, Name
from store.query.connection import Connection, Interrupted, MarkedRow
from store.query.found import any_of
from store.query.keys import KeyList
from store.query.parser import parse
from store.query.saved import Saved, expand
from store.query.snippet import Snippet, snippet

_SUPERSEDED = {
    "search": ("search", "complete", "snippets"),
    "complete": ("complete",),
    "step": ("step",),
    "snippets": ("snippets",),
}
"""What is not waited for any more when a job of a group comes: the search of a key comes before its completion."""


@dataclass(slots=True)
class _Job:
    work: Callable[[Connection], Any]
    future: Future[Any] = field(default_factory=Future)
    group: str = ""
    """Of jobs that a later key makes needless: see `_SUPERSEDED`."""


class _Later(Exception):  # noqa: N818 - a job's way to let others go first
    """The job has more to do; it goes to the end of the queue."""


class QuerySession:
    """Answers queries on a thread of its own, which starts with the first of them.

    Whoever cancels a future stops its query. All errors arrive through the futures.
    """

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
        self._jobs: deque[_Job] = deque()
        self._changed = threading.Condition()
        """Guards the jobs, `_running`, `_connection` and `_closed`."""
        self._running: _Job | None = None
        self._connection: Connection | None = None
        self._thread: threading.Thread | None = None
        self._closed = False

    def search(
        self, *queries: str, sort: str = "date", grouping: str = "none", typing: bool = False, fold: bool = False
    ) -> Future[Answer]:
        """Answer the conjunction of some queries; the last is being written when `typing`.

        `fold`: of near copies that are found, one stands for the others.
        A later call with `typing` cancels an earlier one. `sort` is one of `fields.SORTS`, for queries that
        do not say; `grouping` one of `grouping.GROUPINGS`.

        Raises (through the future):
            QueryError: with the column within the query that is wrong.
            CatalogError: the index cannot be read.
            CancelledError: a later call was quicker.
        """
        today = self._today()

        def answer(connection: Connection) -> Answer:
            last = len(queries) - 1
            parsed = [parse(query, typing=typing and number == last) for number, query in enumerate(queries)]
            if typing:
                # At once and newest first, whatever order is chosen for what stands at the end.
                parsed = [replace(query, sort="date") for query in parsed]
            statement = self._compiled(connection, parsed, today, sort)
            found = connection.find(statement, grouping)
            keys, copies = connection.fold(found) if fold else (found, {})
            keys, groups = connection.group(keys, statement.order, grouping)
            listed = KeyList(keys)
            if not typing:
                # Nobody asks where an article stands in a list that the next key replaces.
                listed.know_places()
            return Answer(listed, statement.words, statement.order, copies, groups)

        return self._submit(_Job(answer, group="search" if typing else ""))

    def since(self, queries: Sequence[str], first: str) -> Future[list[int]]:
        """Find the articles that match all queries and were first seen after a time, as the index writes it."""
        today = self._today()

        def find(connection: Connection) -> list[int]:
            statement = self._compiled(connection, [parse(query) for query in queries], today)
            new = connection.added_after(first)
            return [key for key in connection.find(statement) if key in new]

        return self._submit(_Job(find))

    def count(self, queries: Sequence[str]) -> Future[list[int]]:
        """Count the articles of each query; -1 for one that is wrong. Later searches go first."""
        today = self._today()
        waiting = list(queries)
        counts: list[int] = []

        def count(connection: Connection) -> list[int]:
            while len(counts) < len(waiting):
                counts.append(self._count(connection, waiting[len(counts)], today))
                if self._jobs and len(counts) < len(waiting):
                    raise _Later
            return counts

        return self._submit(_Job(count))

    def neighbour(self, words: Sequence[str], keys: Sequence[int], at: int, by: int) -> Future[int | None]:
        """Find the next article of a list in which one of these words stands, from the index `at` on, without it.

        `words` are those of an answer, `by` is 1 or -1. Returns its index, None when there is none.
        """
        today = self._today()

        def look(connection: Connection) -> int | None:
            gone = min(keys, default=0) < 0 and connection.any_gone()
            having = set(connection.find(compile_queries([Query(any_of(words))], today=today, gone=gone)))
            indexes = range(at + 1, len(keys)) if by > 0 else range(at - 1, -1, -1)
            return next((index for index in indexes if keys[index] in having), None)

        return self._submit(_Job(look, group="step"))

    def snippets(self, keys: Sequence[int], words: Sequence[str]) -> Future[dict[int, Snippet]]:
        """Return what stands around the first of an answer's words in the texts of these articles, where there is one.

        The headline is left out. A later call cancels an earlier one, and so does a search while typing.
        """
        wanted, sought = list(keys), tuple(words)

        def make(connection: Connection) -> dict[int, Snippet]:
            found: dict[int, Snippet] = {}
            for key in wanted:
                if connection.abandoned():
                    raise Interrupted
                title, text = connection.text(key)
                start = len(title) if title and text.startswith(title) else 0
                made = snippet(text, sought, start=start)
                if made is not None:
                    found[key] = made
            return found

        return self._submit(_Job(make, group="snippets"))

    def names(self, field: str) -> Future[Sequence[Name]]:
        """Tell all that a field may hold, of `tag`, `path` and `lang`, with the number of articles of each."""
        return self._submit(_Job(lambda connection: connection.names(field)))

    def complete(self, query: str, cursor: int) -> Future[Completion]:
        """Tell what can stand at the cursor; a later call cancels an earlier one, and so does a search while typing.

        An empty query is completed by nothing, but has what takes long made ready.
        """

        def completion(connection: Connection) -> Completion:
            if not query.strip():
                connection.prepare_completion()
            return connection.complete(query, cursor)

        return self._submit(_Job(completion, group="complete"))

    def standing(self) -> Future[Standing]:
        """Count what has become of annotated articles."""
        return self._submit(_Job(lambda connection: connection.standing()))

    def fill_mirror(self, rows: Iterable[MarkedRow]) -> Future[None]:
        """Replace all marks and notes: (article id, marks, [(note id, its texts), ...]).

        The rows are taken on the query thread, so they must not change meanwhile.
        """
        return self._submit(_Job(lambda connection: connection.fill_mirror(rows)))

    def update_mirror(self, rows: Iterable[MarkedRow]) -> Future[None]:
        """Replace the marks and notes of these articles; searches asked for afterwards know them."""
        kept = list(rows)
        return self._submit(_Job(lambda connection: connection.update_mirror(kept)))

    def reopen(self, index: Path | None = None) -> Future[None]:
        """Open the index again after it was made or rebuilt, or another one. The marks stay."""
        if index is not None:
            self._index = index
        path = self._index
        return self._submit(_Job(lambda connection: connection.attach(path)))

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

    def _submit(self, job: _Job) -> Future[Any]:
        superseded: list[_Job] = []
        with self._changed:
            if self._closed:
                job.future.set_exception(CatalogError("The library is closed."))
                return job.future
            if job.group:
                others = _SUPERSEDED[job.group]
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

    def _stop(self, job: _Job) -> None:
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
                    result = job.work(connection)
                except _Later:
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

    def _take(self) -> _Job | None:
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

    def _put_back(self, job: _Job) -> None:
        with self._changed:
            self._running = None
            if not self._closed:
                self._jobs.append(job)

    def _finish(self, job: _Job, result: Any = None, error: BaseException | None = None) -> None:
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

    def _count(self, connection: Connection, query: str, today: date) -> int:
        try:
            statement = self._compiled(connection, [parse(query)], today)
        except QueryError:
            return -1
        return connection.count(statement)

    def _compiled(self, connection: Connection, queries: list[Query], today: date, sort: str = "date") -> Statement:
        saved = self._saved()
        queries = [expand(query, saved) for query in queries]
        gone = asks_for_gone(queries) and connection.any_gone()
        return compile_queries(queries, sort=sort, today=today, dated=connection.dated, gone=gone)
