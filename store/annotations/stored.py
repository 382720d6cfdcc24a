"""What is read of the annotations, at any time and by any thread."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from store.annotations.documents import found_by, read_sources, read_time
from store.annotations.index import Index
from store.annotations.living import LivingWriters
from store.annotations.name_index import NameIndex
from store.annotations.records import NO_MARKS, Draft, Marks, Note, NoteId, Target, TextChange
from store.annotations.search_index import SearchIndex
from store.annotations.tag_index import TagIndex
from store.annotations.tag_records import TagUse
from store.annotations.undo_list import UndoList
from store.annotations.undo_records import UndoEntry, Whose
from store.article import ArticleId

MirrorRow = tuple[ArticleId, Marks, list[tuple[NoteId, tuple[str, ...]]]]
"""An article's text, its marks, and its notes as (id, the texts they are found by: body and quotes)."""
MirrorRows = Iterable[MirrorRow]


class StoredAnnotations:
    """The reading half of the annotation store."""

    session: str
    _index: Index
    _living: LivingWriters
    _undo_list: UndoList

    def marks(self, article: ArticleId | Target) -> Marks:
        """Return an article's marks."""
        return self._index.marks.get(_text(article), NO_MARKS)

    @property
    def dated(self) -> bool:
        """Whether publication dates are set by hand; looks at every article."""
        return any(marks.published is not None for marks in list(self._index.marks.values()))

    def notes(self, article: ArticleId | Target) -> list[Note]:
        """Return an article's notes, oldest first."""
        document = self._index.documents.get(_text(article), "")
        return list(self._index.notes.get(document, ()))

    def noted(self) -> list[tuple[Target, tuple[Note, ...]]]:
        """Return every article that bears notes, with them, also where its text is gone."""
        return [
            (Target(ArticleId(one["text_hash"]), one["title"], read_sources(one["sources"])), notes)
            for one, notes in self._index.noted()
        ]

    @property
    def note_changes(self) -> int:
        """A number that grows with every note written, changed or removed, by whichever session."""
        return self._index.note_changes

    def draft(self, article: ArticleId | Target) -> Draft | None:
        """Return the newest text being written on an article by this session or an ended one."""
        drafts = self._index.drafts.get(self._index.documents.get(_text(article), ""), ())
        own = next((draft for session, draft in drafts if session == self.session), None)
        return own or next((draft for session, draft in drafts if session not in self._living.names), None)

    @property
    def known_tags(self) -> TagIndex:
        """What is known of the tags: uses, tree, reach, number keys."""
        return self._index.tags

    def tags(self) -> list[TagUse]:
        """Return the tags in use or on a number key, most recently used first."""
        return self._index.tags.in_use()

    @property
    def searches(self) -> SearchIndex:
        """The saved searches."""
        return self._index.searches

    @property
    def names(self) -> NameIndex:
        """What the user says about names: corrections, decisions, tags and notes of entities."""
        return self._index.names

    def history(self) -> list[UndoEntry]:
        """Return the undo list, newest first."""
        order = self._index.order
        return sorted(list(self._index.history.values()), key=lambda entry: order.get(entry.id, 0), reverse=True)

    def next_undo(self) -> UndoEntry | None:
        """Return the step that `undo` would take back."""
        return self._undo_list.next()

    def whose(self, entry: UndoEntry) -> Whose:
        """Tell which session a step of the history is of. Costs a look at that session's lock."""
        return self._undo_list.whose(entry)

    def about(self, entry: UndoEntry) -> str:
        """Return the title of the article that a step is about; empty where it is several, or none."""
        return self._index.title(entry.document) if entry.document is not None else ""

    def mirror_rows(self, articles: Iterable[ArticleId] | None = None) -> Iterator[MirrorRow]:
        """Yield text, marks and notes (id, texts) of these articles, or of all that bear something.

        An article that is asked for and bears nothing is yielded with empty marks, so that its rows can go.
        """
        for text in list(self._index.marks) if articles is None else articles:
            yield text, self.marks(text), [(note.id, found_by(note)) for note in self.notes(text)]

    def text_change(self, article: ArticleId | Target) -> TextChange | None:
        """Return what text an article's notes were made on, where it reads differently now and nobody accepted that."""
        return self._index.text_change(_text(article))

    def target(self, article: ArticleId) -> Target | None:
        """Return an annotated article with the title and places that are kept, even if its text is gone."""
        found = self._index.article(article)
        return Target(article, found["title"], read_sources(found["sources"])) if found else None

    def annotated(self, *, changed: bool = False) -> list[Target]:
        """Return every article that bears something, or those whose text changed since notes were made on it."""
        texts = [text for text, marks in list(self._index.marks.items()) if marks.changed or not changed]
        return [found for text in texts if (found := self.target(text)) is not None]

    def annotated_since(self, article: ArticleId) -> datetime | None:
        """Return when the document that speaks for a text was made; None where there is none."""
        document = self._index.article(article)
        return None if document is None else read_time(document["created"])


def _text(article: ArticleId | Target) -> ArticleId:
    return article.id if isinstance(article, Target) else article
