"""What came of a change: its receipt, and its step of the undo list, as records. No I/O."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from store.annotations.records import Anchor, DocumentId, NoteId
from store.article import ArticleId
from store.record import Record


class Receipt(Record):
    """What a change did; when it is handed out, the disk has it."""

    sentence: str
    """For the status line and the undo list: "Untagged 37 articles: japan". Empty when nothing changed."""
    articles: frozenset[ArticleId] = frozenset()
    """The articles whose marks changed."""
    undo: str = ""
    """Id of the undo entry, or empty where the change is no undo step."""
    note: NoteId | None = None
    """The note that was written, if one was."""
    conflict: bool = False
    """True when a note was kept beside another session's edit of it."""
    skipped: int = 0
    """By undo and redo: fields that another session has changed since, which were left alone."""
    passage: Anchor | None = None
    """By undo and redo of a note: where it is, or where it was."""
    asks: UndoEntry | None = None
    """By an undo that was not to take back just anything: the step that it would take back. Nothing has changed."""


class Whose(StrEnum):
    """Which session a step of the undo list is of."""

    OWN = "this session"
    ENDED = "earlier session"
    LIVING = "another session that runs"


class UndoEntry(Record):
    """One step of the undo list."""

    id: str
    sentence: str
    at: datetime
    session: str
    undone: bool
    articles: int = 1
    """How many articles, notes, corrections and names it touches."""
    document: DocumentId | None = None
    """The article that it is about, if it is a single one."""
