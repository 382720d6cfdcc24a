"""From the main screen to the list of all notes and back: to a passage, and with a note that wants a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.article import ArticleKey
from store.library import Note, PlaceNote, make_anchor
from store.library.note_rows import NoteRow
from tui.screens.key_words import key_of
from tui.screens.main import noting, reading, saving, status
from tui.screens.main.handlers import does

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen


@does("note.list")
def all_notes(screen: MainScreen, _: str) -> None:
    """List all notes and highlights."""
    show_notes(screen)


def show_notes(screen: MainScreen, *, lost: bool = False) -> None:
    """Lay the list of notes over the screen, once the annotations are read; with `lost` those without a place."""

    def show() -> None:
        from tui.screens.notes.listing import Listing, Only
        from tui.screens.notes.screen import NotesScreen

        listing = Listing(only=Only.LOST) if lost else Listing()
        screen.status.message = ""
        screen.app.push_screen(NotesScreen(screen, listing))

    screen.once_loaded(show)


def open_at(screen: MainScreen, key: ArticleKey, note: Note) -> None:
    """Open an article at a note's passage, also one that is not in the present list."""
    reading.remember(screen)
    reading.point_at(screen, key)
    in_sight = bool(screen.query_one("#reading").display)
    if not reading.show(screen, key, deliberately=True):
        return
    screen.enter(screen.reader)
    anchor = note.anchor
    screen.reader.take_passage(note.id)
    if anchor is not None and not note.lost and screen.opened is not None:
        text = screen.opened.stored.article.text
        # Of an article that is gone there may be left no more than what its notes quote.
        there = text.startswith(anchor.quote, anchor.start)
        start = anchor.start if there else max(0, text.find(anchor.quote))
        if in_sight:
            screen.call_after_refresh(screen.reader.reveal, start, start + len(anchor.quote))
        else:
            # Where one pane is shown at a time the text has no size yet: the passage will be in its first line.
            screen.reader.go_to(start)
    if note.lost:
        lists = key_of(screen, "note.place")
        lost = "the passage of this note is not in the text any more"
        screen.status.message = f"{lost}; {lists} lists what wants a place"
    status.show(screen)


# ---- a note that wants a place ---------------------------------------------------------------------------------------
def wait_with(screen: MainScreen, row: NoteRow) -> None:
    """Keep a note in hand until its passage is selected in the reader."""
    screen.placing = row
    if row.key is not None:
        reading.remember(screen)
        reading.point_at(screen, row.key)
        reading.show(screen, row.key, deliberately=True)
    screen.enter(screen.reader)
    select, place = key_of(screen, "select.begin"), key_of(screen, "note.place")
    lets = key_of(screen, "step.out")
    screen.say(f"select the passage with {select}, then {place} puts the note on it; {lets} lets it be")


@does("note.place")
def place(screen: MainScreen, _: str) -> None:
    """Put the note in hand on the selection; with none in hand, list those without a place."""
    row = screen.placing
    if row is None:
        show_notes(screen, lost=True)
        return
    selected, opened = screen.reader.selected, screen.opened
    if selected is None or opened is None:
        screen.say(
            f"select the passage first: {key_of(screen, 'select.begin')}; "
            f"then {key_of(screen, 'note.place')} puts the note on it"
        )
        return
    screen.placing = None
    screen.reader.clear_selection()
    anchor = make_anchor(opened.stored.article.text, *selected)
    change = PlaceNote(row.note.id, screen.library.target(opened.stored.key), anchor)
    saving.save(screen, change, "Note placed")


@does("note.texts")
def compare(screen: MainScreen, _: str) -> None:
    """Compare the texts of the first note on this article that is kept twice."""
    from tui.screens.notes import texts

    opened = screen.opened
    notes = screen.library.notes(opened.stored.article.id) if opened else []
    there = {note.id for note in notes}
    double = next((note for note in notes if note.conflict_of in there), None)

    def joined(note: Note) -> None:
        if screen.opened is opened:
            noting.edit_note(screen, note.id)

    if double is None:
        screen.say("no note on this article is kept twice")
    else:
        texts.compare(screen, screen, double, notes, joined)
