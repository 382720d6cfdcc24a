"""The user's annotations, as the library's door hands them on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from store.annotations.records import Change, Draft, Marks, Note, RenameTag, Target, TextChange
from store.annotations.search_records import Search
from store.annotations.tag_records import TagOrder, TagReach, TagUse
from store.annotations.undo_records import Receipt, UndoEntry, Whose
from store.article import Article, ArticleId, ArticleKey, Source
from store.catalog.articles import CatalogReader
from store.errors import AnnotationsError, NotFoundError
from store.indexer.protocol import Replaced
from store.library.desk import Desk
from store.library.following import Texts, target
from store.library.gone import GoneArticles
from store.library.keeping import Keeping

if TYPE_CHECKING:
    from store.annotations.base_file import Tables
    from store.annotations.tag_tree import TagBranch
    from store.library.note_rows import NoteRow
    from store.library.text_difference import TextDifference

UNDONE_UNASKED = 20
"""Articles and notes up to which a change is undone without asking."""


class AnnotatedLibrary:
    """What a library knows of the user's annotations, and every way to change them."""

    roots: tuple[Path, ...]
    index_file: Path
    _catalog: CatalogReader
    _desk: Desk
    _texts: Texts
    _gone: GoneArticles
    _keeping: Keeping

    def load_annotations(self) -> Future[None]:
        """Read the annotation file on the writer thread; until then all marks are empty and changes wait their turn.

        Annotations then follow files that were edited meanwhile; what is asked for later waits for that.

        Raises (through the future):
            AnnotationsError: the file cannot be used; nothing was written.
        """
        return self._desk.load(self._follow_all)

    def _follow_all(self) -> None:
        """Take annotations along that lie on texts which were edited while nobody looked; on the writer's thread."""
        for old, new in self._texts.moved(self._desk.annotated(), self.roots):
            self._desk.adopt(old, new)
        for changed in self._texts.present(self._desk.changed()):
            # Notes that could not follow when the change was noticed do so now.
            self._desk.adopt(changed.id, changed)
        if not self._desk.read_only:
            self._keeping.catch_up(self._desk.noted)

    def follow_returned(self) -> Future[frozenset[ArticleId]]:
        """Take in what others saved; annotations of articles that are gone follow to what is at their places now."""

        def follow() -> None:
            for old, new in self._texts.moved(self._gone.targets(), self.roots):
                self._desk.adopt(old, new)

        return self._desk.refresh(follow)

    @property
    def dates_set(self) -> bool:
        """Whether publication dates had been set by hand when the annotations were read."""
        return self._desk.dated

    @property
    def annotations_ready(self) -> bool:
        """Whether the annotation file has been read."""
        return self._desk.loaded

    @property
    def read_only(self) -> str:
        """Why changes cannot be saved, as a sentence; empty when they can."""
        return self._desk.read_only

    @property
    def warnings(self) -> tuple[str, ...]:
        """What went wrong with the annotation file without costing anything yet, as sentences."""
        return self._desk.warnings + self._keeping.warnings

    def target(self, key: ArticleKey) -> Target:
        """Return an article as changes name it.

        Raises:
            NotFoundError: it has gone from the library.
        """
        found = self._gone.target(key) if key < 0 else target(self._catalog, key)
        if found is None:
            raise NotFoundError("This article is no longer in the library.")
        return found

    def title_of(self, article: ArticleId) -> str:
        """Return the title of an annotated article, also of one that is not in this library."""
        writer = self._desk.known
        found = writer.target(article) if writer is not None else None
        return found.title if found is not None else ""

    def marks(self, article: ArticleId) -> Marks:
        """Return an article's marks, with changes that are still being saved."""
        return self._desk.marks(article)

    def change(self, change: Change) -> Future[Receipt]:
        """Save a change. `marks` shows it at once; the future ends when the disk has it.

        Raises (through the future):
            NotSaved: it was taken back; the message says why.
        """
        if isinstance(change, RenameTag) and not change.queries:
            from store.query.renaming import queries_after  # a start renames nothing

            change = change.replace(queries=queries_after(self.searches(), change.old, change.new))
        return self._desk.change(change)

    def undo(self, expected: str = "", most: int | None = None) -> Future[Receipt]:
        """Take back this session's newest change, then ended sessions'; see `AnnotationStore.undo`.

        Raises (through the future):
            UndoRefused: it is another step than `expected` by now.
        """
        return self._desk.undo(expected, most)

    def undo_entry(self, entry: str) -> Future[Receipt]:
        """Take back one step of the history.

        Raises (through the future):
            UndoRefused: a later one builds on it, which the message names.
        """
        return self._desk.undo_entry(entry, again=False)

    def redo_entry(self, entry: str) -> Future[Receipt]:
        """Do one undone step of the history again; raises as `undo_entry` does."""
        return self._desk.undo_entry(entry, again=True)

    def redo(self) -> Future[Receipt]:
        """Do again what was undone last."""
        return self._desk.redo()

    def history(self) -> list[UndoEntry]:
        """Return the undo list, newest first."""
        return self._desk.history()

    def next_undo(self) -> UndoEntry | None:
        """Return the step that `undo` would take back, as far as is saved."""
        writer = self._desk.known
        return writer.next_undo() if writer is not None else None

    def about(self, entry: UndoEntry) -> str:
        """Return the title of the article that a step of the history is about; empty where it is several."""
        writer = self._desk.known
        return writer.about(entry) if writer is not None else ""

    def whose(self, entry: UndoEntry) -> Whose:
        """Tell which session a step of the history is of."""
        writer = self._desk.known
        return writer.whose(entry) if writer is not None else Whose.ENDED

    def notes(self, article: ArticleId) -> list[Note]:
        """Return an article's notes, oldest first."""
        return self._desk.notes(article)

    def all_notes(self) -> Iterator[tuple[Target, Note]]:
        """Yield every note there is with its article, also of other libraries and of texts that are gone."""
        for article in self._desk.annotated():
            for note in self._desk.notes(article.id):
                yield article, note

    def note_rows(self, known: Sequence[NoteRow] = ()) -> list[NoteRow]:
        """Return every note as a list shows it, newest first; `known` are rows from before, which spare work.

        Looks at all notes: call it on a thread of its own.
        """
        from store.library.note_rows import note_rows  # a start lists none

        return note_rows(self._desk, self.index_file, self.roots, known=known)

    @property
    def note_changes(self) -> int:
        """A number that grows with every note written, changed or removed, by whichever session."""
        return self._desk.note_changes

    def text_change(self, article: ArticleId) -> TextChange | None:
        """Return what text an article's notes were made on, where it reads differently now; until that is accepted."""
        writer = self._desk.known
        return writer.text_change(article) if writer is not None else None

    def compare_texts(self, article: Article) -> tuple[Article, TextDifference]:
        """Compare an article with the text that it had when it was noted on; returns that text too.

        It may take its time: for a thread of its own.

        Raises:
            NotFoundError: the text has not changed, or the old one cannot be read; the message says which.
        """
        from store.library.noted_text import compare_with_noted

        return compare_with_noted(self._keeping, self.text_change(article.id), article)

    def will_annotate(self, article: Article) -> None:
        """Tell of an article that was read without the index, so that notes on it are placed and its text is kept."""
        self._texts.tell(article)

    def draft(self, article: ArticleId) -> Draft | None:
        """Return text that was being written on an article when its session ended."""
        return self._desk.draft(article)

    def tags(self) -> list[TagUse]:
        """Return all tags, most recently used first."""
        return self._desk.tags()

    def tag_tree(self, order: TagOrder = TagOrder.NAME) -> list[TagBranch]:
        """Return the tags in use as a tree, each followed by those below it."""
        writer = self._desk.known
        return writer.tag_tree(order) if writer is not None else []

    def tag_reach(self, tag: str) -> TagReach:
        """Return what renaming or deleting a tag, with the tags below it, would touch; from memory."""
        writer = self._desk.known
        return writer.tag_reach(tag) if writer is not None else TagReach(0, 0)

    @property
    def digits(self) -> dict[int, str]:
        """The tags on the number keys 1 to 9; not to be changed."""
        writer = self._desk.known
        return writer.digits if writer is not None else {}

    @property
    def tag_changes(self) -> int:
        """A number that grows with every change to what is known of the tags."""
        writer = self._desk.known
        return writer.tag_changes if writer is not None else 0

    def searches(self) -> list[Search]:
        """Return the saved searches, by name."""
        writer = self._desk.known
        return writer.searches() if writer is not None else []

    def saved_search(self, name: str) -> Search:
        """Return a saved search by its name, in whatever case.

        Raises:
            NotFoundError: there is none.
        """
        found = next((one for one in self.searches() if one.name.casefold() == name.strip().casefold()), None)
        if found is None:
            raise NotFoundError(f"There is no saved search {name}; `dateline searches` lists them.")
        return found

    @property
    def search_changes(self) -> int:
        """A number that grows with every saved search made, changed or deleted, by whichever session."""
        writer = self._desk.known
        return writer.search_changes if writer is not None else 0

    def snapshot(self) -> Future[Tables]:
        """Return the annotation file's tables as they are once all that was asked for before is saved."""
        return self._desk.snapshot()

    def gone_target(self, key: ArticleKey) -> Target | None:
        """Return an article that is gone, by its key below zero, as changes name it."""
        return self._gone.target(key)

    def refresh(self) -> Future[frozenset[ArticleId]]:
        """Take in what other sessions saved; returns the articles whose marks changed."""
        return self._desk.refresh()

    def _follow(self, replaced: Sequence[Replaced]) -> None:
        """Take annotations along with texts that were edited; where that fails the next start does it."""
        if not replaced:
            return
        with suppress(AnnotationsError):
            if not self._desk.loaded:
                self.load_annotations().result()
            for one in replaced:
                if self._desk.bears(one.old):
                    new = self._texts.target_at(one.new, Source(*one.source))
                    self._desk.adopt(one.old, new).result()
