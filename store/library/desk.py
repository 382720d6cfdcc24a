"""The annotations as the screen sees them: what is saved, over it what is being saved, and lists that know of both."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from store.annotations.preview import preview
from store.annotations.records import NO_MARKS, Change, Draft, Marks, Note, Target
from store.annotations.tag_records import TagUse
from store.annotations.undo_records import Receipt, UndoEntry
from store.annotations.writer import AnnotationWriter
from store.article import Article, ArticleId
from store.library.lists import Lists
from store.library.overlay import Overlay

if TYPE_CHECKING:
    from store.annotations.base_file import Tables

T = TypeVar("T")


class Desk:
    """One annotation file at work. The writer's thread starts with the first call that needs it."""

    def __init__(
        self,
        file: Path,
        lists: Lists,
        is_live: Callable[[ArticleId], bool],
        article_of: Callable[[ArticleId], Article | None] = lambda _: None,
    ) -> None:
        """`is_live` and `article_of` tell of the texts in the library, on the writer's thread."""
        self.file = file
        self._lists = lists
        self._is_live = is_live
        self._article_of = article_of
        self._overlay = Overlay(preview)
        self._starting = Lock()
        self._writer: AnnotationWriter | None = None
        self._refused = ""
        self.dated = False
        """Whether publication dates had been set by hand when the file was read."""

    # ---- reading ---------------------------------------------------------------------------------------------
    @property
    def loaded(self) -> bool:
        """Whether the file has been read."""
        return self._writer is not None and self._writer.loaded

    @property
    def read_only(self) -> str:
        """Why changes cannot be saved; empty when they can."""
        return self._refused or (self._writer.read_only if self._writer is not None else "")

    @property
    def warnings(self) -> tuple[str, ...]:
        """What went wrong without costing anything yet, as sentences."""
        return self._writer.warnings if self._writer is not None else ()

    def marks(self, article: ArticleId) -> Marks:
        """Return an article's marks, with the changes that are still being saved."""
        saved = self._writer.marks(article) if self._writer is not None else NO_MARKS
        return self._overlay.over(article, saved)

    def notes(self, article: ArticleId) -> list[Note]:
        """Return an article's notes, oldest first."""
        return self._writer.notes(article) if self._writer is not None else []

    def noted(self) -> list[tuple[Target, tuple[Note, ...]]]:
        """Return every article that bears notes, with them, also where its text is gone."""
        return self._writer.noted() if self._writer is not None else []

    @property
    def note_changes(self) -> int:
        """A number that grows with every note written, changed or removed."""
        return self._writer.note_changes if self._writer is not None else 0

    def draft(self, article: ArticleId) -> Draft | None:
        """Return the text that was being written on an article."""
        return self._writer.draft(article) if self._writer is not None else None

    def tags(self) -> list[TagUse]:
        """Return all tags, most recently used first."""
        return self._writer.tags() if self._writer is not None else []

    @property
    def known(self) -> AnnotationWriter | None:
        """The file at work, for what only it knows; None before anything was asked of it."""
        return self._writer

    def history(self) -> list[UndoEntry]:
        """Return the undo list, newest first."""
        return self._writer.history() if self._writer is not None else []

    def target(self, article: ArticleId) -> Target | None:
        """Return an annotated article as the file knows it, also one whose text is gone."""
        return self._writer.target(article) if self._writer is not None else None

    def annotated(self) -> list[Target]:
        """Return every article that bears something, as the file knows it."""
        return self._writer.annotated() if self._writer is not None else []

    def changed(self) -> list[Target]:
        """Return the articles whose text changed since notes were made on it."""
        return self._writer.annotated(changed=True) if self._writer is not None else []

    def snapshot(self) -> Future[Tables]:
        """Return the tables of the file as they are once all that was asked for before is saved."""
        return self._started().snapshot()

    # ---- changing --------------------------------------------------------------------------------------------
    def load(self, then: Callable[[], None]) -> Future[None]:
        """Read the file on the writer's thread, where `then` is called as soon as it is read."""
        writer = self._started()

        def read(future: Future[None]) -> None:
            error = future.exception()
            self._refused = str(error) if error is not None else ""
            if error is None:
                self.dated = writer.dated
                self._lists.fill(writer.mirror_rows)
                self._join()
                then()

        return _after(writer.load(), read)

    def change(self, change: Change) -> Future[Receipt]:
        """Save a change, shown at once."""
        number = self._overlay.add(change)
        asked = self._started().submit(change)
        return self._followed(asked, lambda: self._overlay.drop(number, change))

    def undo(self, expected: str, most: int | None) -> Future[Receipt]:
        """Take back the newest change."""
        return self._followed(self._started().undo(expected, most))

    def undo_entry(self, entry: str, *, again: bool) -> Future[Receipt]:
        """Take back one step of the history, or do it again."""
        writer = self._started()
        return self._followed(writer.redo_entry(entry) if again else writer.undo_entry(entry))

    def redo(self) -> Future[Receipt]:
        """Do again what was undone last."""
        return self._followed(self._started().redo())

    def adopt(self, old: ArticleId, new: Target) -> Future[Receipt]:
        """Let annotations follow an edited file."""
        return self._followed(self._started().adopt(old, new))

    def bears(self, article: ArticleId) -> bool:
        """Whether the file knows a text, so that it matters where it went."""
        return self.target(article) is not None

    def refresh(self, then: Callable[[], None] | None = None) -> Future[frozenset[ArticleId]]:
        """Take in what other sessions saved; `then` is called on the writer's thread."""

        def follow(future: Future[frozenset[ArticleId]]) -> None:
            if future.exception() is None:
                self._mirror(future.result())
                if then is not None:
                    then()

        return _after(self._started().refresh(), follow)

    def close(self, wait: float, *, fold: bool = True) -> bool:
        """Save what was asked for and end the thread; waits `wait` seconds. Returns whether all was saved.

        With `fold` the plain file is brought up to date, as far as the time allows.
        """
        return self._writer is None or self._writer.close(wait, fold=fold)

    # ---- inside ----------------------------------------------------------------------------------------------
    def _started(self) -> AnnotationWriter:
        with self._starting:
            if self._writer is None:
                self._writer = AnnotationWriter(self.file, is_live=self._is_live, article_of=self._article_of)
            return self._writer

    def _followed(self, asked: Future[Receipt], then: Callable[[], None] | None = None) -> Future[Receipt]:
        def follow(future: Future[Receipt]) -> None:
            if then is not None:
                then()
            if future.exception() is None:
                self._mirror(future.result().articles)

        return _after(asked, follow)

    def _join(self) -> None:
        names = self._writer.names if self._writer is not None else None
        if names is not None:
            self._lists.join(names.joined)

    def _mirror(self, articles: frozenset[ArticleId]) -> None:
        self._join()
        if articles and self._writer is not None:
            self._lists.update(self._writer.mirror_rows(articles))


def _after(asked: Future[T], follow: Callable[[Future[T]], None]) -> Future[T]:
    """Return a future that ends like the one asked for, when what follows from it is done."""
    told: Future[T] = Future()
    # Whoever waits must not be able to call off a change that may be on the disk already.
    told.set_running_or_notify_cancel()

    def tell(done: Future[Any]) -> None:
        error: BaseException | None
        try:
            follow(done)
            error = done.exception()
        except BaseException as failed:  # noqa: BLE001 - whoever waits is told, whatever it was
            error = failed
        if error is not None:
            told.set_exception(error)
        else:
            told.set_result(done.result())

    asked.add_done_callback(tell)
    return told
