"""All notes as a list shows them: with their article, and what became of it; found by words and tags."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from store.annotations.records import Note, NoteId, Target
from store.article import ArticleKey
from store.catalog.articles import CatalogReader
from store.library.desk import Desk
from store.query.fold import fold
from store.record import Record

_WORD = re.compile(r'(#|tag:)?(?:"([^"]*)"?|(\S+))')
_LONGEST = 4_000
"""Characters of a note that are looked through: what one writes, not what one pastes."""


class NoteOrder(StrEnum):
    """In which order notes are listed."""

    NEWEST = "newest first"
    """By when they were written or changed last."""
    ARTICLE = "by article"
    """By title, then in the order of the text."""


class NoteRow(Record):
    """A note or highlight, with what is known of its article."""

    note: Note
    target: Target
    """The article as the annotation file knows it, which may be gone."""
    key: ArticleKey | None
    """Its row in the open index, if it has one."""
    ours: bool
    """Whether the article is, or was, in the opened library."""
    gone: bool
    """Its text is nowhere any more."""
    differs: bool
    """Its text is another than the one that the note was written on."""
    twice: bool
    """Two sessions edited it at once: this is one of two texts that were kept."""
    words: str
    """What it is found by, folded: body, quotes, title, tags."""

    @property
    def wants_place(self) -> bool:
        """Whether it has lost its passage, or its article."""
        return self.note.lost or self.gone

    @property
    def quote(self) -> str:
        """The marked passage as it was when it was found last; empty for a note on a whole article."""
        return self.note.anchor.quote if self.note.anchor is not None else ""


def note_rows(desk: Desk, index: Path, roots: Sequence[Path], *, known: Iterable[NoteRow] = ()) -> list[NoteRow]:
    """Return every note there is, newest first. For a thread of its own: it looks at all of them.

    Rows that are `known` from before and still hold are taken over, which spares most of the work.
    """
    before = {row.note.id: row for row in known}
    noted = desk.noted()
    twice = kept_twice(note for _, notes in noted for note in notes)
    inside = tuple(f"{root}{os.sep}".replace("//", "/") for root in roots)
    files = frozenset(map(str, roots))
    reader = CatalogReader(index)
    rows: list[NoteRow] = []
    try:
        present = reader.keys_of(target.id for target, _ in noted)
        for target, notes in noted:
            key = present.get(target.id)
            ours = key is not None or any(s.path.startswith(inside) or s.path in files for s in target.sources)
            gone = key is None and _is_gone(reader, target, ours)
            differs = desk.marks(target.id).changed
            for note in notes:
                old = before.get(note.id)
                same = old is not None and old.note is note and old.target.title == target.title
                words = old.words if old is not None and same else _words(note, target)
                rows.append(NoteRow(note, target, key, ours, gone, differs, note.id in twice, words))
    finally:
        reader.close()
    return ordered(rows, NoteOrder.NEWEST)


def kept_twice(notes: Iterable[Note]) -> set[NoteId]:
    """Return which of these notes are one of two texts that were kept, both of them still there."""
    beside = {note.id: note.conflict_of for note in notes}
    pairs = ((one, other) for one, other in beside.items() if other is not None and other in beside)
    return {note for pair in pairs for note in pair}


def _is_gone(reader: CatalogReader, target: Target, ours: bool) -> bool:
    """Whether a text that has no row is nowhere, as far as can be told without reading files."""
    for source in target.sources:
        if os.path.lexists(source.path) and not (ours and reader.locate(source.path)):
            # It is of another library, or not indexed yet.
            return False
    return True


def _words(note: Note, target: Target) -> str:
    quote = note.anchor.quote if note.anchor is not None else ""
    tags = " ".join(f"#{tag}" for tag in note.tags)
    return fold("\n".join((note.body[:_LONGEST], quote[:_LONGEST], note.was[:_LONGEST], target.title, tags)))


# ---- finding and ordering ------------------------------------------------------------------------------------
def narrowed(rows: Sequence[NoteRow], text: str) -> list[NoteRow]:
    """Return the notes that hold every word, in any place and without regard to case and accents.

    `#name` and `tag:name` ask for a tag that begins so, `"two words"` for both in a row.
    """
    words: list[str] = []
    tags: list[str] = []
    for tag, phrase, word in _WORD.findall(text):
        (tags if tag else words).append(fold(phrase or word))
    return [
        row
        for row in rows
        if all(word in row.words for word in words)
        and all(any(fold(own).startswith(tag) for own in row.note.tags) for tag in tags)
    ]


def ordered(rows: Iterable[NoteRow], order: NoteOrder) -> list[NoteRow]:
    """Return notes in an order; notes of one moment as they were written."""
    if order is NoteOrder.ARTICLE:
        return sorted(rows, key=_by_article)
    return sorted(rows, key=_age, reverse=True)


def _age(row: NoteRow) -> tuple[datetime, datetime, str]:
    return row.note.updated, row.note.created, row.note.id


def _by_article(row: NoteRow) -> tuple[str, str, int, datetime]:
    start = row.note.anchor.start if row.note.anchor is not None else -1
    return fold(row.target.title), row.target.id, start, row.note.created
