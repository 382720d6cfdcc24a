"""What the user adds to articles, as records, and the changes that can be made to it. No I/O."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, NewType

from store.annotations.name_records import NameChange
from store.annotations.search_records import ApplyRule, DeleteSearch, SaveSearch
from store.article import ArticleId, Source
from store.record import Record

if TYPE_CHECKING:
    from store.annotations.contents import Contents

DocumentId = NewType("DocumentId", str)
"""An annotated article's own identity: minted at its first annotation, never changed."""

NoteId = NewType("NoteId", str)


class Target(Record):
    """The article that a change is about: enough to find its annotations again, or to begin them."""

    id: ArticleId
    title: str = ""
    sources: tuple[Source, ...] = ()


class Marks(Record):
    """What a list shows of an article's annotations."""

    tags: tuple[str, ...] = ()
    """In the order they were added."""
    starred: bool = False
    read: bool = False
    notes: int = 0
    """Notes with a body."""
    highlights: int = 0
    """Notes without one."""
    draft: bool = False
    position: int = 0
    """Offset of the first character that was on screen when the article was left."""
    changed: bool = False
    """It bears notes, and its text has changed since; until the user accepts the new text."""
    lost: int = 0
    """Notes and highlights whose passage is not found in the present text."""
    published: date | None = None
    """The publication date that the user set by hand, which goes over the file's."""
    note_tags: tuple[str, ...] = ()
    """The tags of its notes and highlights, each once."""


NO_MARKS = Marks()


class Anchor(Record):
    """A passage, as the W3C Web Annotation Data Model's text quote and text position selectors."""

    quote: str
    prefix: str
    suffix: str
    start: int
    end: int


class Note(Record):
    """A note on an article or on a passage of it. Markdown."""

    id: NoteId
    article: DocumentId
    body: str
    created: datetime
    updated: datetime
    revision: int
    """Counts the edits; an edit names the revision it started from."""
    tags: tuple[str, ...] = ()
    anchor: Anchor | None = None
    conflict_of: NoteId | None = None
    """Set on the second text kept when two sessions edited the same note."""
    text: ArticleId | None = None
    """The text that it was written on, which is kept as evidence."""
    was: str = ""
    """The quote as it was marked at first, where the passage reads differently now; else empty."""
    lost: bool = False
    """The passage is not in the article's present text: `anchor` is what it was, and wants a new place."""


class Draft(Record):
    """Text being written and not yet saved as a note."""

    article: ArticleId
    note: NoteId | None
    """The note being edited, or None for a new one."""
    body: str
    at: datetime
    id: str
    """What a change that goes on with it, or ends it, calls it by."""
    anchor: Anchor | None = None
    """The passage that a new note is on."""
    base_revision: int | None = None
    """The revision of the note that the writing started from; None where an earlier Dateline did not keep it."""

    def base_in(self, note: Note) -> int:
        """Return the revision that this edit of a note started from; 0 where that is unknown and the note changed."""
        if self.base_revision is not None:
            return self.base_revision
        return note.revision if note.updated <= self.at else 0


class TextChange(Record):
    """What became of an article's text since notes were made on it."""

    text: ArticleId
    """The text as it was, which is kept."""
    at: datetime
    """When the change was noticed."""


# ---- changes -----------------------------------------------------------------------------------------------
# A change says what the user meant. It is applied under the lock to the newest documents, so that two
# sessions' changes merge: tags are set deltas; star, read and position are last write wins; a note names its
# base revision.


class Tag(Record):
    """Add and remove tags on articles."""

    targets: tuple[Target, ...]
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()


class Star(Record):
    """Star articles, or take the star off."""

    targets: tuple[Target, ...]
    on: bool


class Read(Record):
    """Mark articles read or unread. `automatic` marks are no undo step."""

    targets: tuple[Target, ...]
    on: bool
    automatic: bool = False


class Position(Record):
    """Remember where an article was left. Never an undo step."""

    target: Target
    offset: int


class SaveNote(Record):
    """Write a new note (`note` None) or a new body of one."""

    target: Target
    body: str
    note: NoteId | None = None
    base_revision: int = 0
    anchor: Anchor | None = None
    tags: tuple[str, ...] = ()
    draft: str | None = None
    """The draft that goes with it; empty: what this session kept of it; None: it was not being written."""


class DeleteNote(Record):
    """Delete a note."""

    note: NoteId


class SaveDraft(Record):
    """Keep unsaved text. Never an undo step."""

    target: Target
    body: str
    note: NoteId | None = None
    anchor: Anchor | None = None
    """The passage that a new note is on."""
    base_revision: int = 0
    draft: str = ""
    """The draft of an ended session that this goes on with; it is no longer offered."""


class DropDraft(Record):
    """Forget unsaved text: what this session kept, and the draft of an ended one that it went on with."""

    target: Target
    note: NoteId | None = None
    draft: str = ""


class RenameTag(Record):
    """Rename a tag everywhere, with the tags below it; onto a tag that exists, the two become one."""

    old: str
    new: str
    queries: tuple[tuple[str, str, str], ...] = ()
    """Of saved searches that ask for it: name, query, and the query after it. One that was edited meanwhile stays."""


class DeleteTag(Record):
    """Take a tag, and the tags below it, off everything."""

    tag: str


class TagNote(Record):
    """Add and remove tags on notes and highlights."""

    notes: tuple[NoteId, ...]
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()


class PlaceNote(Record):
    """Put a note on a passage, such as one that lost its own; on another article too."""

    note: NoteId
    target: Target
    anchor: Anchor | None
    """None: on the article as a whole."""


class SettleNotes(Record):
    """Make one note of the two that were kept when two sessions edited it at once, or leave them as two."""

    note: NoteId
    """The one that stays."""
    base_revision: int
    other: NoteId | None
    """The one that goes; None leaves both, and calls neither the other's double."""
    other_revision: int = 0
    body: str | None = None
    """What the note says from then on; None leaves it as it is."""


class AcceptText(Record):
    """Take the present text of changed articles as read: they are marked as changed no longer."""

    targets: tuple[Target, ...]


class SetPublished(Record):
    """Set the publication date of articles by hand; None goes back to what their files say."""

    targets: tuple[Target, ...]
    published: date | None


class AssignDigit(Record):
    """Put a tag on a number key, 1 to 9; None frees the key."""

    digit: int
    tag: str | None


class Import(Record):
    """Take in what another annotation file holds, beside what is here; see `merge.py` for what becomes one."""

    contents: Contents


Change = (
    Tag | Star | Read | Position | SaveNote | DeleteNote | SaveDraft | DropDraft | RenameTag | DeleteTag | TagNote
    | PlaceNote | SettleNotes | AcceptText | SetPublished | AssignDigit | SaveSearch | DeleteSearch | ApplyRule
    | NameChange | Import
)  # fmt: skip
