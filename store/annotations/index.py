"""What is read of the annotations, kept ready: marks, notes, drafts, tags and history, found at once.

Only the writer's thread changes it. Other threads read it at any time: what they get is frozen, and entries
are put in place whole. Copying the values of a dict is one step for other threads, so that lists are safe to
make as well.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from store.annotations.documents import (
    ALIASES,
    ARTICLES,
    CORRECTIONS,
    DRAFTS,
    ENTITIES,
    NAME_DRAFTS,
    NOTES,
    SEARCHES,
    TAGS,
    UNDO,
    Document,
    draft_of,
    entry_of,
    note_of,
    read_time,
)
from store.annotations.name_index import NameIndex
from store.annotations.records import NO_MARKS, Draft, Marks, Note, TextChange
from store.annotations.search_index import SearchIndex
from store.annotations.storage import Edit
from store.annotations.tag_index import TagIndex
from store.annotations.undo_records import UndoEntry
from store.article import ArticleId

Place = tuple[str, str]
"""A source as it is stored: path and member."""


class Index:
    """Everything known, by every way it is asked for."""

    def __init__(self) -> None:
        # For every thread.
        self.marks: dict[ArticleId, Marks] = {}
        self.notes: dict[str, tuple[Note, ...]] = {}
        """By document, oldest first."""
        self.documents: dict[ArticleId, str] = {}
        """From a text to the document that bears its annotations."""
        self.by_place: dict[Place, tuple[str, ...]] = {}
        self.texts: dict[str, ArticleId] = {}
        """From a document to its text."""
        self.drafts: dict[str, tuple[tuple[str, Draft], ...]] = {}
        """By document, each with the session that writes it, newest first."""
        self.history: dict[str, UndoEntry] = {}
        """In the order of their making."""
        self.note_changes = 0
        """Grows with every note that is written, changed or removed."""
        self.tags = TagIndex()
        self.searches = SearchIndex()
        self.names = NameIndex(self.documents, self.texts)

        # For the writer's thread.
        self.keys: dict[str, dict[str, str]] = defaultdict(dict)
        """By table, from an id to the key in the file."""
        self.order: dict[str, int] = {}
        """The sequence number of each step of the history."""
        self.note_documents: dict[str, dict[str, Document]] = defaultdict(dict)
        self.draft_documents: dict[str, dict[str, Document]] = defaultdict(dict)
        self._articles: dict[str, Document] = {}
        self._notes: dict[str, Note] = {}
        """Each note by its id, so that one that changes costs no more where an article bears hundreds."""
        self._sharing: dict[ArticleId, list[str]] = {}

    def article(self, text: ArticleId) -> Document | None:
        """Return the document that speaks for a text."""
        return self._articles.get(self.documents.get(text, ""))

    def title(self, document: str) -> str:
        """Return the title of a document's article; empty when there is none. For any thread."""
        found = self._articles.get(document)
        return found["title"] if found is not None else ""

    def text_change(self, text: ArticleId) -> TextChange | None:
        """Return what text an article's notes were made on, where it is another now and that was not accepted."""
        article = self.article(text)
        changed = article["changed"] if article is not None else None
        return TextChange(ArticleId(changed["text"]), read_time(changed["at"])) if changed else None

    def noted(self) -> list[tuple[Document, tuple[Note, ...]]]:
        """Return the articles that bear notes, with them; also those whose text another article bears as well."""
        found = ((self._articles.get(one), notes) for one, notes in list(self.notes.items()))
        return [(article, notes) for article, notes in found if article is not None]

    def take_in(self, edits: Iterable[Edit]) -> frozenset[ArticleId]:
        """Follow what changed in the file; returns the texts whose marks, notes or drafts are affected."""
        touched: set[str] = set()
        affected: set[ArticleId] = set()
        for table, key, before, after in edits:
            for document in (before, after):
                if document is None:
                    continue
                if table == ARTICLES:
                    touched.add(document["id"])
                    affected.add(document["text_hash"])
                elif table in (NOTES, DRAFTS):
                    touched.add(document["article"])
            if table == ARTICLES:
                self._article(before, after)
            elif table == NOTES:
                self._note(before, after)
            elif table == DRAFTS:
                _swap(self.draft_documents, before, after)
            elif table == TAGS:
                self.tags.row(before, after)
            elif table == SEARCHES:
                self.searches.take(before, after)
            elif table in (CORRECTIONS, ALIASES, ENTITIES, NAME_DRAFTS):
                self.names.take(table, before, after)
                if table == ENTITIES:
                    self.tags.entity(before, after)
            elif table == UNDO:
                self._step(before, after)
            else:
                continue
            self._key(table, key, before, after)
        affected |= {self.texts[one] for one in touched if one in self.texts}
        self._publish(touched, affected)
        self.tags.publish()
        self.names.publish()
        return frozenset(affected)

    def _key(self, table: str, key: str, before: Document | None, after: Document | None) -> None:
        keys = self.keys[table]
        if before is not None and keys.get(before["id"]) == key:
            del keys[before["id"]]
        if after is not None:
            keys[after["id"]] = key

    def _article(self, before: Document | None, after: Document | None) -> None:
        self.tags.article(before, after)
        if before is not None:
            for place in places(before):
                left = tuple(one for one in self.by_place.get(place, ()) if one != before["id"])
                if left:
                    self.by_place[place] = left
                else:
                    self.by_place.pop(place, None)
            self._share(before["text_hash"], before["id"], False)
            self._articles.pop(before["id"], None)
            self.texts.pop(before["id"], None)
        if after is not None:
            for place in places(after):
                self.by_place[place] = (*self.by_place.get(place, ()), after["id"])
            self._articles[after["id"]] = after
            self.texts[after["id"]] = after["text_hash"]
            self._share(after["text_hash"], after["id"], True)

    def _share(self, text: ArticleId, document: str, on: bool) -> None:
        """Keep which document speaks for a text: should two have come to bear the same, the oldest one."""
        sharing = [one for one in self._sharing.get(text, ()) if one != document]
        if on:
            sharing.append(document)
        if len(sharing) > 1:
            sharing.sort(key=lambda one: (self._articles[one]["created"], one))
        if sharing:
            self._sharing[text] = sharing
            self.documents[text] = sharing[0]
        else:
            self._sharing.pop(text, None)
            self.documents.pop(text, None)

    def _note(self, before: Document | None, after: Document | None) -> None:
        self.tags.note(before, after)
        if before is not None:
            self._notes.pop(before["id"], None)
        if after is not None:
            self._notes[after["id"]] = note_of(after)
        _swap(self.note_documents, before, after)
        self.note_changes += 1

    def _step(self, before: Document | None, after: Document | None) -> None:
        if after is not None:
            self.order[after["id"]] = after["n"]
            self.history[after["id"]] = entry_of(after)
        elif before is not None:
            self.order.pop(before["id"], None)
            self.history.pop(before["id"], None)

    def _publish(self, documents: set[str], texts: set[ArticleId]) -> None:
        for one in documents:
            if one in self.note_documents or one in self.notes:
                self._publish_notes(one)
            if one in self.draft_documents or one in self.drafts:
                self._publish_drafts(one)
        for text in texts:
            document = self.documents.get(text)
            marks = NO_MARKS if document is None else self._marks(document)
            if marks == NO_MARKS:
                self.marks.pop(text, None)
            else:
                self.marks[text] = marks

    def _publish_notes(self, document: str) -> None:
        found = sorted(self.note_documents.get(document, {}).values(), key=lambda note: note["n"])
        _set(self.notes, document, tuple(self._notes[note["id"]] for note in found))

    def _publish_drafts(self, document: str) -> None:
        text = self.texts.get(document)
        drafts = sorted(self.draft_documents.get(document, {}).values(), key=lambda draft: -draft["n"])
        read = tuple((draft["session"], draft_of(draft, text)) for draft in drafts) if text else ()
        _set(self.drafts, document, read)

    def _marks(self, document: str) -> Marks:
        article = self._articles[document]
        marks = Marks(
            tags=tuple(article["tags"]),
            starred=article["star"],
            read=article["read"],
            draft=document in self.drafts,
            position=article["position"],
            changed=article["changed"] is not None,
            published=None if article["published"] is None else date.fromisoformat(article["published"]),
        )
        notes = self.notes.get(document, ())
        if not notes:
            # Most articles bear none, and a file may hold 100,000 of them.
            return marks
        bodies = sum(1 for note in notes if note.body)
        return marks.replace(
            notes=bodies,
            highlights=len(notes) - bodies,
            lost=sum(1 for note in notes if note.lost),
            note_tags=tuple(dict.fromkeys(tag for note in notes for tag in note.tags)),
        )


def places(article: Document) -> list[Place]:
    """Return an article document's sources as they are looked up."""
    return [(one["path"], one.get("member", "")) for one in article["sources"]]


def _swap(by_article: dict[str, dict[str, Document]], before: Document | None, after: Document | None) -> None:
    if before is not None:
        documents = by_article[before["article"]]
        documents.pop(before["id"], None)
        if not documents:
            del by_article[before["article"]]
    if after is not None:
        by_article[after["article"]][after["id"]] = after


def _set(where: dict[str, tuple], key: str, value: tuple) -> None:  # type: ignore[type-arg]
    if value:
        where[key] = value
    else:
        where.pop(key, None)
