"""The one door to everything that is kept and found: what the screen and the command line call.

It delegates: texts and names come from the catalog, lists from the query session, tags and notes from the annotations.
Methods that can take long return a future; the others cost the same whatever the size of the library, and may be
called from an event loop.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

from store.annotations.records import Change, Draft, Marks, Note, Receipt, TagUse, Target, UndoEntry
from store.article import ArticleId, ArticleKey, ListedArticle, Problem, StoredArticle
from store.config import Config
from store.indexer.client import IndexerClient
from store.indexer.protocol import Message


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a query: every article's key, in the order asked for."""

    keys: array[int]
    words: tuple[str, ...] = ()
    """The words and phrases that were looked for in the text, folded, to be marked where they stand."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How far the index has come."""

    articles: int
    analysed: int
    problems: int


class Library:
    """A set of opened roots with their index, and the user's annotation file."""

    roots: tuple[Path, ...]
    config: Config

    @classmethod
    def open(cls, paths: Sequence[Path], config: Config, *, annotations: Path | None = None) -> Library:
        """Open the library that these files and folders make. Reads nothing that grows with the library.

        A file's root is its folder, and the list is narrowed to the file (`narrowed`).

        Raises:
            NotFoundError: a path that does not exist.
        """
        raise NotImplementedError

    def close(self, *, wait: float = 2.0) -> None:
        """Finish what was asked to be saved and close every handle; waits `wait` seconds at most."""
        raise NotImplementedError

    # ---- articles --------------------------------------------------------------------------------------------------
    def reopen(self) -> None:
        """Open the index again after an indexer has made or rebuilt it."""
        raise NotImplementedError

    def first_page(self, limit: int = 200) -> list[ListedArticle]:
        """Return the newest articles at once; empty before the first indexing."""
        raise NotImplementedError

    def rows(self, keys: Sequence[int]) -> list[ListedArticle | None]:
        """Return what the list shows of these articles, in their order; None for one that is gone."""
        raise NotImplementedError

    def article(self, key: ArticleKey) -> StoredArticle | None:
        """Return an article with its text and mentions."""
        raise NotImplementedError

    def locate(self, what: str) -> list[ArticleKey]:
        """Find articles by path, `PATH#MEMBER` or a prefix of at least 6 digits of an id. An existing path wins."""
        raise NotImplementedError

    def key_of(self, article: ArticleId) -> ArticleKey | None:
        """Return the row of a text in the open index."""
        raise NotImplementedError

    def counts(self) -> Counts:
        """Return how many articles there are and how many have been analysed; cheap, from counters."""
        raise NotImplementedError

    def problems(self) -> list[Problem]:
        """Return everything that could not be shown, with its reason."""
        raise NotImplementedError

    # ---- queries ---------------------------------------------------------------------------------------------------
    def search(self, *queries: str, sort: str = "date", typing: bool = False) -> Future[Found]:
        """Answer the conjunction of some queries on the query thread.

        A later call with `typing` stops an earlier one, whose future is then cancelled.

        Raises (through the future):
            QueryError: with the column within the last query.
        """
        raise NotImplementedError

    def count(self, queries: Sequence[str]) -> Future[list[int]]:
        """Count the articles of each query on the query thread; -1 for one that is wrong."""
        raise NotImplementedError

    # ---- annotations -----------------------------------------------------------------------------------------------
    def load_annotations(self) -> Future[None]:
        """Read the annotation file on the writer thread; until then all marks are empty and changes wait their turn.

        Raises (through the future):
            AnnotationsError: the file cannot be used; nothing was written.
        """
        raise NotImplementedError

    @property
    def read_only(self) -> str:
        """Why changes cannot be saved, as a sentence; empty when they can."""
        raise NotImplementedError

    def target(self, key: ArticleKey) -> Target:
        """Return an article as changes name it."""
        raise NotImplementedError

    def marks(self, article: ArticleId) -> Marks:
        """Return an article's marks, with changes that are still being saved."""
        raise NotImplementedError

    def change(self, change: Change) -> Future[Receipt]:
        """Save a change. `marks` shows it at once; the future ends when the disk has it.

        Raises (through the future):
            NotSaved: it was taken back; the message says why.
        """
        raise NotImplementedError

    def undo(self) -> Future[Receipt]:
        """Take back this session's newest change, then ended sessions'."""
        raise NotImplementedError

    def redo(self) -> Future[Receipt]:
        """Do again what was undone last."""
        raise NotImplementedError

    def history(self) -> list[UndoEntry]:
        """Return the undo list, newest first."""
        raise NotImplementedError

    def notes(self, article: ArticleId) -> list[Note]:
        """Return an article's notes, oldest first."""
        raise NotImplementedError

    def draft(self, article: ArticleId) -> Draft | None:
        """Return text that was being written on an article when its session ended."""
        raise NotImplementedError

    def tags(self) -> list[TagUse]:
        """Return all tags, most recently used first."""
        raise NotImplementedError

    def refresh(self) -> Future[frozenset[ArticleId]]:
        """Take in what other sessions saved; returns the articles whose marks changed."""
        raise NotImplementedError

    # ---- indexing --------------------------------------------------------------------------------------------------
    def indexer(self, on_message: Callable[[Message], None]) -> IndexerClient:
        """Return the client of this library's indexer; `on_message` runs on the event loop that starts it."""
        raise NotImplementedError

    def bring_up_to_date(
        self, *, analyse: Iterable[ArticleId] | None = None, everything: bool = False, jobs: int = 1,
        progress: Callable[[Message], None] | None = None,
    ) -> str:
        """Index in the foreground: texts always, mentions of `analyse`, or of `everything`.

        Returns an empty string, or why the index could only be read along (another session writes it).
        """
        raise NotImplementedError
