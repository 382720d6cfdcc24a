"""One run of `add` or `fetch` on one folder: who is asked, where it goes, what is remembered; and what came of it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from store.article import Article
from store.disk.atomic import make_folder
from store.disk.lock import FileLock
from store.errors import FetchError
from store.fetching.client import Client
from store.fetching.memory import Memory, lock_file
from store.fetching.shelf import Shelf, identity
from store.formats.saved import Saved
from store.record import Record


class Status(StrEnum):
    """What came of one page, feed or entry."""

    SAVED = "saved"
    UPDATED = "updated"
    THERE = "already there"
    LEFT = "left out"
    FAILED = "not saved"


class Outcome(Record):
    """What came of one address."""

    status: Status
    url: str
    path: Path | None = None
    title: str = ""
    published: str = ""
    reason: str = ""
    """What went wrong, or what there is to say beside: the end of a sentence that begins with the address."""


class Visit:
    """What the steps of one run share."""

    def __init__(self, shelf: Shelf, client: Client, memory: Memory, *, dry: bool) -> None:
        self.shelf = shelf
        self.client = client
        self.memory = memory
        self.dry = dry
        """Whether nothing is written."""

    def within(self, path: Path) -> str:
        """Return how the memory names a file of the folder."""
        return os.fspath(path.relative_to(self.shelf.folder))

    def where(self, within: str, url: str) -> Path | None:
        """Return where the article of an address is: where it was last, or wherever it was moved to in the folder."""
        path = self.shelf.folder / within
        head = self.shelf.head(path)
        if head is not None and url in (head.url, head.asked):
            return path
        return next((path for path, head in self.shelf.saved() if url in (head.url, head.asked)), None)

    def still_there(self, within: str, head: Saved) -> Path | None:
        """Return where an article was last, if it is there still."""
        path = self.shelf.folder / within
        there = self.shelf.head(path)
        return path if there is not None and identity(there) == identity(head) else None

    def keep(self, path: Path, data: bytes, article: Article, url: str, *, reason: str = "") -> Outcome:
        """Write an article, and say so."""
        status = Status.UPDATED if os.path.lexists(path) else Status.SAVED
        if not self.dry:
            self.shelf.put(path, data)
        return self.told(status, url, path, article, reason=reason)

    def told(self, status: Status, url: str, path: Path, article: Article, *, reason: str = "") -> Outcome:
        """Say what came of an article."""
        published = article.published.isoformat() if article.published else ""
        return Outcome(status, url, path, article.title, published, reason)


@contextmanager
def visit(folder: Path, *, dry: bool = False, client: Callable[[dict[str, float]], Client] = Client) -> Iterator[Visit]:
    """Begin a run; what it has learned is kept however it ends.

    Raises:
        UsageError: nothing can be saved into this folder.
        FetchError: another run is at work there, or its memory cannot be read.
    """
    shelf = Shelf(folder)
    lock = FileLock(lock_file(shelf.folder))
    try:
        if not dry:
            make_folder(shelf.folder)
            if not lock.try_acquire():
                raise FetchError(f"Another `dateline add` or `fetch` is at work in {folder}; wait for it to end.")
        memory = Memory(shelf)
        made = client(memory.waits)
        try:
            yield Visit(shelf, made, memory, dry=dry)
        finally:
            memory.waits = {host: until for host, until in made.waits.items() if until > time.time()}
            if not dry:
                memory.save()
    finally:
        lock.close()
