"""Which notes are listed: of this library or of all, all or some of them, narrowed by words, in which order. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from store.library.note_rows import NoteOrder, NoteRow, narrowed, ordered
from store.record import Record


class Only(StrEnum):
    """A choice of notes."""

    ALL = "all notes and highlights"
    LOST = "without a place"
    TWICE = "kept twice"
    WRITTEN = "with words of yours"
    HIGHLIGHTS = "highlights alone"


class Listing(Record):
    """What is listed, and how."""

    only: Only = Only.ALL
    everywhere: bool = False
    """Also the notes on articles of other libraries."""
    words: str = ""
    order: NoteOrder = NoteOrder.NEWEST

    def of(self, rows: Sequence[NoteRow]) -> list[NoteRow]:
        """Return those of these notes that are listed; they are given newest first."""
        found = [row for row in rows if (self.everywhere or row.ours) and _is(row, self.only)]
        if self.words.strip():
            found = narrowed(found, self.words)
        return found if self.order is NoteOrder.NEWEST else ordered(found, self.order)

    def nothing(self, shows_all: str) -> str:
        """Say that there are none, and where words narrow the list, what `shows_all`."""
        if self.words.strip():
            return f"no note with “{self.words.strip()}”; {shows_all}"
        if self.only is Only.LOST:
            return "every note has its place"
        if self.only is Only.TWICE:
            return "no note is kept twice"
        where = "" if self.everywhere else " in this library"
        return f"no notes yet{where}; a in the reader writes one"


def _is(row: NoteRow, only: Only) -> bool:
    match only:
        case Only.ALL:
            return True
        case Only.LOST:
            return row.wants_place
        case Only.TWICE:
            return row.twice
        case Only.WRITTEN:
            return bool(row.note.body)
        case Only.HIGHLIGHTS:
            return not row.note.body
