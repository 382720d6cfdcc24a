"""What can be asked of the one thread that owns the annotations, and what is answered at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from datetime import datetime
from typing import TYPE_CHECKING

from store.annotations.records import NO_MARKS, Change, Draft, Marks, Note, NoteId, Target, TextChange
from store.annotations.search_records import Search
from store.annotations.tag_records import TagOrder, TagReach, TagUse
from store.annotations.thread import AnnotationThread
from store.annotations.undo_records import Receipt, UndoEntry, Whose
from store.article import ArticleId

if TYPE_CHECKING:
    from store.annotations.base_file import Tables
    from store.annotations.name_index import NameIndex
    from store.annotations.tag_tree import TagBranch


class AnnotationWriter(AnnotationThread):
    """The annotation file, served by a thread of its own. Every method may be called from any thread.

    Until the file is read, all marks are empty and changes wait their turn. The futures end on the writer's
    thread.
    """

    # ---- what takes its turn -------------------------------------------------------------------------------
    def load(self) -> Future[None]:
        """Read the file; after a failure, try again. The future raises AnnotationsError if it is unusable."""

        def load() -> None:
            self._opened()

        return self._ask(load)

    def submit(self, change: Change) -> Future[Receipt]:
        """Save a change; the future raises what `AnnotationStore.apply` raises."""
        return self._ask(lambda: self._opened().apply(change))

    def undo(self, expected: str = "", most: int | None = None) -> Future[Receipt]:
        """Take back the newest change; see `AnnotationStore.undo`."""
        return self._ask(lambda: self._opened().undo(expected, most))

    def redo(self) -> Future[Receipt]:
        """Do again what was undone last; see `AnnotationStore.redo`."""
        return self._ask(lambda: self._opened().redo())

    def undo_entry(self, entry: str) -> Future[Receipt]:
        """Take back one step of the history; see `AnnotationStore.undo_entry`."""
        return self._ask(lambda: self._opened().undo_entry(entry))

    def redo_entry(self, entry: str) -> Future[Receipt]:
        """Do one undone step again; see `AnnotationStore.redo_entry`."""
        return self._ask(lambda: self._opened().redo_entry(entry))

    def adopt(self, old: ArticleId, new: Target) -> Future[Receipt]:
        """Let annotations follow an edited file; see `AnnotationStore.adopt`."""
        return self._ask(lambda: self._opened().adopt(old, new))

    def snapshot(self) -> Future[Tables]:
        """Return the tables as they are once all that was asked for before is saved."""
        return self._ask(lambda: self._opened().snapshot())

    def refresh(self) -> Future[frozenset[ArticleId]]:
        """Take in what other sessions saved; the future gives the articles affected."""
        return self._ask(lambda: self._opened().refresh())

    # ---- what is answered at once --------------------------------------------------------------------------
    @property
    def loaded(self) -> bool:
        """Whether the file has been read."""
        return self._store is not None

    @property
    def read_only(self) -> str:
        """Why nothing can be saved, as a sentence; empty when it can, or when that is not yet known."""
        return self._store.read_only if self._store is not None else ""

    @property
    def warnings(self) -> tuple[str, ...]:
        """What went wrong without costing anything yet, as sentences."""
        return self._store.warnings if self._store is not None else ()

    @property
    def session(self) -> str:
        """The name under which this session's steps are kept; empty until the file is read."""
        return self._store.session if self._store is not None else ""

    def marks(self, article: ArticleId | Target) -> Marks:
        """Return an article's marks as they are saved."""
        return self._store.marks(article) if self._store is not None else NO_MARKS

    def notes(self, article: ArticleId | Target) -> list[Note]:
        """Return an article's notes, oldest first."""
        return self._store.notes(article) if self._store is not None else []

    def noted(self) -> list[tuple[Target, tuple[Note, ...]]]:
        """Return every article that bears notes, with them."""
        return self._store.noted() if self._store is not None else []

    @property
    def note_changes(self) -> int:
        """A number that grows with every note written, changed or removed; 0 until the file is read."""
        return self._store.note_changes if self._store is not None else 0

    @property
    def dated(self) -> bool:
        """Whether publication dates are set by hand; looks at every article."""
        return self._store is not None and self._store.dated

    def draft(self, article: ArticleId | Target) -> Draft | None:
        """Return the text that was being written on an article."""
        return self._store.draft(article) if self._store is not None else None

    def target(self, article: ArticleId) -> Target | None:
        """Return an annotated article as the file knows it, such as one whose text is gone."""
        return self._store.target(article) if self._store is not None else None

    def annotated(self, *, changed: bool = False) -> list[Target]:
        """Return every article that bears something, or those whose text changed since notes were made on it."""
        return self._store.annotated(changed=changed) if self._store is not None else []

    def annotated_since(self, article: ArticleId) -> datetime | None:
        """Return when an article was first tagged, noted on or read; None for one that never was."""
        return self._store.annotated_since(article) if self._store is not None else None

    def text_change(self, article: ArticleId | Target) -> TextChange | None:
        """Return what text an article's notes were made on, where it reads differently now; see `AnnotationStore`."""
        return self._store.text_change(article) if self._store is not None else None

    def tags(self) -> list[TagUse]:
        """Return the tags in use or on a number key, most recently used first."""
        return self._store.tags() if self._store is not None else []

    def tag_tree(self, order: TagOrder) -> list[TagBranch]:
        """Return the tags in use as a tree, each followed by those below it."""
        return self._store.known_tags.tree(order) if self._store is not None else []

    def tag_reach(self, tag: str) -> TagReach:
        """Return what renaming or deleting a tag would touch."""
        return self._store.known_tags.reach(tag) if self._store is not None else TagReach(0, 0)

    @property
    def digits(self) -> dict[int, str]:
        """The tags on the number keys; not to be changed."""
        return self._store.known_tags.digits if self._store is not None else {}

    @property
    def tag_changes(self) -> int:
        """A number that grows with every change to what is known of the tags."""
        return self._store.known_tags.changes if self._store is not None else 0

    def searches(self) -> list[Search]:
        """Return the saved searches, by name."""
        return self._store.searches.listed() if self._store is not None else []

    @property
    def search_changes(self) -> int:
        """A number that grows with every saved search made, changed or deleted."""
        return self._store.searches.changes if self._store is not None else 0

    @property
    def names(self) -> NameIndex | None:
        """What the user says about names; None until the file is read."""
        return self._store.names if self._store is not None else None

    def history(self) -> list[UndoEntry]:
        """Return the undo list, newest first."""
        return self._store.history() if self._store is not None else []

    def next_undo(self) -> UndoEntry | None:
        """Return the step that `undo` would take back."""
        return self._store.next_undo() if self._store is not None else None

    def about(self, entry: UndoEntry) -> str:
        """Return the title of the article that a step of the history is about, if it is a single one."""
        return self._store.about(entry) if self._store is not None else ""

    def whose(self, entry: UndoEntry) -> Whose:
        """Tell which session a step of the history is of."""
        return self._store.whose(entry) if self._store is not None else Whose.ENDED

    def mirror_rows(
        self, articles: Iterable[ArticleId] | None = None
    ) -> Iterator[tuple[ArticleId, Marks, list[tuple[NoteId, tuple[str, ...]]]]]:
        """Yield what a query needs of these articles, or of all; see `AnnotationStore.mirror_rows`."""
        if self._store is not None:
            yield from self._store.mirror_rows(articles)
