"""The notes in the panel: what each is on, what it says; the one gone to in full. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from store.library import Note, NoteId
from tui.render.clusters import shown
from tui.render.pieces import UNICODE, TextGlyphs
from tui.render.wrap import wrap
from tui.widgets.choice_list import Choice

_LINES = 2
"""Lines of a note that is not gone to."""
_MOST = 40
"""Lines of the one that is; whoever wrote more reads it in the editor."""


def note_rows(
    notes: Sequence[Note],
    here: NoteId | None,
    width: int,
    now: datetime,
    glyphs: TextGlyphs = UNICODE,
) -> list[Choice]:
    """List notes: those on the article first, then in the order of the text, then those that lost their place.

    `width` is the room for a line; the note `here` is shown in full.
    """
    there = {note.id for note in notes}
    twice = {one for note in notes if note.conflict_of in there for one in (note.id, note.conflict_of)}
    rows: list[Choice] = []
    for note in sorted(notes, key=_place):
        rows += _rows_of(note, note.id == here, note.id in twice, width, now, glyphs)
    return rows


def _place(note: Note) -> tuple[int, int]:
    if note.anchor is None:
        return 0, 0
    return 2 if note.lost else 1, note.anchor.start


def _rows_of(note: Note, here: bool, twice: bool, width: int, now: datetime, glyphs: TextGlyphs) -> list[Choice]:
    from tui.render.note_row import age  # what lists notes is no part of a start

    sign = glyphs.note if note.body else glyphs.mark
    quote = " ".join(note.anchor.quote[:200].split()) if note.anchor is not None else ""
    body = [" ".join(line.split()) for line in note.body[:8_000].splitlines() if line.strip()]
    head = quote or (body[0] if body else "(empty)")
    rest = body if quote or here else body[1:]
    state = "kept twice" if twice else age(note.updated, now)
    rows = [Choice(f"{sign} {head}", note.id, state, style="here" if here else "")]
    room = max(8, width - 2)
    if here:
        lines = [line.text for text in map(shown, rest) for line in wrap(text, 0, len(text), room)]
        rows += [Choice(f"  {line}") for line in lines[:_MOST]]
        if len(lines) > _MOST:
            rows.append(Choice("  …", style="quiet"))
    else:
        rows += [Choice(f"  {line}", style="quiet") for line in rest[:_LINES]]
    if note.lost:
        rows.append(Choice("  (place lost)", style="quiet"))
    if note.tags and (here or not body):
        rows.append(Choice("  " + " ".join(f"#{tag}" for tag in note.tags), style="quiet"))
    return rows
