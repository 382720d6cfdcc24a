"""Lists of articles: the query session, started with the first question, and the marks that it joins."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from store.annotations.records import Marks, NoteId
from store.article import ArticleId, EntityKey

if TYPE_CHECKING:
    from store.query.answer import Describe
    from store.query.saved import Saved
    from store.query.session import QuerySession

MarkedRow = tuple[ArticleId, Marks, list[tuple[NoteId, tuple[str, ...]]]]
Rows = Callable[[], Iterator[MarkedRow]]


class Lists:
    """The query session and its mirror of the annotations.

    The mirror is filled with the first question or with the annotations, whichever comes last: a command that asks
    nothing needs neither. The writer's thread brings the marks while the event loop asks.
    """

    def __init__(self, index: Path, describe: Describe = lambda _: None, saved: Callable[[], Saved] = dict) -> None:
        """`describe` tells what is known of annotated texts that the index does not have, `saved` of searches."""
        self._index = index
        self._saved = saved
        self._describe = describe
        self._lock = Lock()
        self._session: QuerySession | None = None
        self._rows: Rows | None = None
        self._joined: Mapping[EntityKey, EntityKey] = {}

    @property
    def session(self) -> QuerySession:
        """The query session; it knows the marks that are known now."""
        with self._lock:
            if self._session is None:
                from store.query.session import QuerySession  # after the first paint, which asks nothing

                self._session = QuerySession(self._index, describe=self._describe, saved=self._saved)
                if self._rows is not None:
                    self._session.fill_mirror(self._rows())
                if self._joined:
                    self._session.join_names(self._joined)
            return self._session

    def fill(self, rows: Rows) -> None:
        """Take all marks from now on from here."""
        with self._lock:
            self._rows = rows
            if self._session is not None:
                self._session.fill_mirror(rows())

    def update(self, rows: Iterable[MarkedRow]) -> None:
        """Take in marks that changed; a search asked for afterwards knows them."""
        with self._lock:
            if self._session is not None:
                self._session.update_mirror(rows)

    def join(self, joined: Mapping[EntityKey, EntityKey]) -> None:
        """Take each of these entities for another one from now on, unless it is the same mapping as before."""
        with self._lock:
            if joined is not self._joined:
                self._joined = joined
                if self._session is not None:
                    self._session.join_names(joined)

    def reopen(self) -> None:
        """Open the index again."""
        with self._lock:
            if self._session is not None:
                self._session.reopen()

    def close(self, wait: float) -> None:
        """Cancel what is asked and end the thread."""
        with self._lock:
            session, self._session = self._session, None
        if session is not None:
            session.close(wait)
