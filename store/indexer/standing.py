"""Whether this process writes the index or stands by, and how that changes."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

from store.article import ArticleId, ArticleKey, Mention
from store.catalog import first_seen, opening
from store.catalog.articles import CatalogReader
from store.catalog.waiting import LookedUp
from store.catalog.writer import CatalogWriter
from store.disk.lock import FileLock
from store.errors import CatalogError
from store.indexer.analysing import log_error
from store.indexer.protocol import Articles, Hello, Ready, Trouble
from store.indexer.wire import Outbox

RETRY, RETRY_LATER = 1.0, 30.0
"""Seconds between attempts to become the writer: while another session is, and when the index cannot be written."""
_REBUILDS = 3
"""Times that one process builds a damaged index anew: more often means a broken disk."""
_OTHER_SESSION = "Another session of Dateline keeps this library's index up to date."


class Standing:
    """Holds the library's lock with the writer, or a reader while somebody else writes. Always one of the two."""

    def __init__(self, hello: Hello, out: Outbox, on_writer: Callable[[CatalogWriter], None]) -> None:
        """Take the lock if it is free, and tell the screen. `on_writer` is called with each index opened to write."""
        self.index = Path(hello.index)
        self.writer: CatalogWriter | None = None
        self.reader: CatalogReader | None = None
        self._may_write = hello.write
        self._out = out
        self._on_writer = on_writer
        self._lock = FileLock(self.index.with_name(self.index.name + ".lock"))
        self._why = _OTHER_SESSION
        self._retry_at = 0.0
        self._generation = 0
        self._rebuilt = 0
        if not self._try_to_write():
            self._stand_by()

    def look_around(self) -> None:
        """While standing by: take over if the lock is free, else tell the screen what the writer has changed."""
        if self.reader is None or (time.monotonic() >= self._retry_at and self._try_to_write()):
            return
        if self.reader.outdated():
            self.reader.reopen()
            self._out.send(Ready("standby", self._why))
        counts = self.reader.counts()
        if counts.generation != self._generation:
            self._generation = counts.generation
            self._out.send(Articles(counts.articles, counts.generation))

    def look_up(self, article: ArticleId) -> LookedUp | None:
        """Return a text with what is known of its names; None when the index has it not."""
        if self.writer is not None:
            return self.writer.look_up(article)
        return self.reader.look_up(article) if self.reader is not None else None

    def mentions(self, key: int) -> tuple[Mention, ...]:
        """Return the names that an article has now."""
        if self.writer is not None:
            return self.writer.mentions(key)
        return self.reader.mentions(ArticleKey(key)) if self.reader is not None else ()

    def failed(self, error: sqlite3.DatabaseError) -> None:
        """Go on after the index failed under our hands: build a damaged one anew, else stand by."""
        if self.writer is None:
            if self.reader is not None:
                self.reader.reopen()
        elif opening.is_damage(error) and self._rebuilt < _REBUILDS:
            self.build_anew(str(error))
        else:
            self.writer.abandon()
            self._step_back(f"The index {self.index} cannot be written: {error}.")

    def build_anew(self, why: str) -> None:
        """Delete the index and make an empty one."""
        if self.writer is None:
            return
        self._rebuilt += 1
        self.writer.abandon()
        self._open_again(f"The index was damaged ({why}) and is built anew.", first_seen.remove)

    def renew(self) -> None:
        """Make the index again if somebody has deleted it: it may be deleted at any time."""
        if self.writer is not None and self.writer.lost():
            self.writer.abandon()
            self._open_again("The index was deleted and is built anew.", lambda _: None)

    def settle(self) -> None:
        """Leave as little as can be for the next start to tidy up, now that nothing is left to do."""
        if self.writer is not None:
            try:
                self.writer.settle()
            except sqlite3.DatabaseError as error:
                # All is committed; the next change finds out what is wrong with the disk.
                log_error(error)

    def close(self) -> None:
        """Commit and close."""
        if self.writer is not None:
            self.writer.close()
        if self.reader is not None:
            self.reader.close()

    def _try_to_write(self) -> bool:
        if not self._may_write:
            return False
        self._retry_at = time.monotonic() + RETRY
        try:
            self.index.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not self._lock.try_acquire():
                self._why = _OTHER_SESSION
                return False
            self.writer = CatalogWriter(self.index)
        except (OSError, CatalogError) as error:
            self._lock.release()
            self._retry_at = time.monotonic() + RETRY_LATER
            reason = f"The index {self.index} cannot be written: {opening.reason_of(error)}."
            self._say(str(error) if isinstance(error, CatalogError) else reason)
            return False
        if self.reader is not None:
            self.reader.close()
            self.reader = None
        self._announce(self.writer, self.writer.rebuilt)
        return True

    def _announce(self, writer: CatalogWriter, rebuilt: str) -> None:
        if rebuilt:
            self._out.send(Trouble(str(self.index), "indexer", rebuilt))
        self._why = _OTHER_SESSION
        self._out.send(Ready("writer"))
        self._on_writer(writer)

    def _open_again(self, reason: str, prepare: Callable[[Path], None]) -> None:
        try:
            prepare(self.index)
            self.writer = CatalogWriter(self.index)
        except (OSError, CatalogError) as error:
            self._step_back(f"The index {self.index} cannot be written: {opening.reason_of(error)}.")
        else:
            self._announce(self.writer, reason)

    def _step_back(self, reason: str) -> None:
        """Stand by, since the index cannot be written for now."""
        self.writer = None
        self._lock.release()
        self._retry_at = time.monotonic() + RETRY_LATER
        self._say(reason)
        self._stand_by()

    def _stand_by(self) -> None:
        self.reader = CatalogReader(self.index)
        self._generation = self.reader.counts().generation
        self._out.send(Ready("standby", self._why))

    def _say(self, reason: str) -> None:
        if reason != self._why:
            self._why = reason
            self._out.send(Trouble(str(self.index), "indexer", reason))
