"""The notes of the article on screen, where they lie in its text: marked, gone to, shown, edited, deleted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from store.article import Article
from store.library import DeleteNote, Note, NoteId
from tui.render.hits import Span
from tui.screens.key_words import key_of
from tui.screens.main import naming, saving
from tui.screens.main.handlers import does
from tui.widgets.reader_passages import Passage

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen


def place_of(note: Note, article: Article) -> Span | None:
    """Return the passage of a note in a text; None for one on the whole article, and where it is lost."""
    anchor = note.anchor
    if anchor is None or note.lost or not article.text.startswith(anchor.quote, anchor.start):
        return None
    return (anchor.start, anchor.end) if anchor.end == anchor.start + len(anchor.quote) else None


def mark(screen: MainScreen, article: Article, notes: Sequence[Note]) -> None:
    """Mark the passages of an article's notes in its text."""
    places = ((note, place_of(note, article)) for note in notes)
    passages = [Passage(*place, note.id, bool(note.body)) for note, place in places if place is not None]
    screen.reader.set_passages(passages)


def note_with(screen: MainScreen, identity: NoteId | None) -> Note | None:
    """Return a note of the article on screen."""
    if identity is None or screen.opened is None:
        return None
    return next((note for note in screen.library.notes(screen.opened.stored.article.id) if note.id == identity), None)


def current_note(screen: MainScreen) -> Note | None:
    """Return the note that was gone to, and that keys act on."""
    passage = screen.reader.passage if screen.in_reader else None
    return note_with(screen, passage.note if passage is not None else None)


# ---- showing ---------------------------------------------------------------------------------------------------------
def show(screen: MainScreen) -> None:
    """Show the note that was gone to, or that is around the current name: beside the text, else below it."""
    passage = screen.reader.passage_around
    note = note_with(screen, passage.note if passage is not None else None)
    before, screen.status.note_here = screen.status.note_here, note.id if note is not None else None
    beside = bool(screen.panel.display) and screen.size.width >= 110
    if screen.greets:
        pass  # the first keys stand there
    elif note is None or passage is None or not note.body or beside or screen.writing is not None:
        screen.reader.hide_foot()
    else:
        sign = screen.reader.palette.glyphs.note
        screen.reader.show_foot(f"{sign} {words_of(screen, passage, note)}", note.body)
    if before != screen.status.note_here:
        naming.fill_panel(screen)


def words_of(screen: MainScreen, passage: Passage, note: Note) -> str:
    """Tell which note it is, how old, and its tags."""
    from tui.render.ago import ago

    passages = screen.reader.passages
    kind = "note" if note.body else "highlight"
    parts = [f"{kind} {passages.number_of(passage)} of {len(passages.all)}",
             ago(note.updated, datetime.now().astimezone()), " ".join(f"#{tag}" for tag in note.tags)]  # fmt: skip
    return " · ".join(part for part in parts if part)


def status_words(screen: MainScreen) -> str:
    """Tell of the note that was gone to; empty without one."""
    passage, note = screen.reader.passage, current_note(screen)
    if passage is None or note is None:
        return ""
    words = words_of(screen, passage, note)
    return words if note.body else f"{words} · “{' '.join(passage_text(screen, passage)[:80].split())}”"


def passage_text(screen: MainScreen, passage: Passage) -> str:
    """Return the words of a passage."""
    return screen.opened.stored.article.text[passage.start : passage.end] if screen.opened else ""


def go_to(screen: MainScreen, passage: Passage) -> None:
    """Bring a passage that was made current on screen, with its note beside or below it."""
    show(screen)
    screen.reader.reveal(*passage.span)


# ---- commands --------------------------------------------------------------------------------------------------------
@does("passage.next", "passage.previous")
def next_note(screen: MainScreen, _: str) -> None:
    """Go to the next note or highlight in the text, or the one before."""
    by = -1 if screen.host.command == "passage.previous" else 1

    def go() -> None:
        reader = screen.reader
        passage = reader.move_passage(by)
        if passage is not None:
            go_to(screen, passage)
        elif reader.passages.all:
            screen.say(f"no more notes {'below' if by > 0 else 'above'}")
        else:
            select = key_of(screen, "select.begin")
            screen.say(f"no notes or highlights in this text; {select} selects a passage to write on")

    screen.once_loaded(go)


def go_to_note(screen: MainScreen, identity: NoteId) -> None:
    """Go from the panel to a note: to its passage in the text, else into the note itself."""
    from tui.screens.main import noting, reading

    note = note_with(screen, identity)
    if note is None:
        return
    if screen.reader.passages.of(identity) is None:
        if note.lost and not note.body:
            screen.say(f"the place of this highlight is lost; {key_of(screen, 'note.place')} lists what wants a place")
        else:
            noting.edit_note(screen, identity)
        return
    reading.remember(screen)
    screen.enter(screen.reader)
    passage = screen.reader.take_passage(identity)
    if passage is not None:
        # After the frame: where one pane is shown at a time the text has no size before.
        screen.once_laid_out(lambda: go_to(screen, passage))


@does("passage.edit")
def edit(screen: MainScreen, _: str) -> None:
    """Edit the note gone to."""
    from tui.screens.main import noting

    note = current_note(screen)
    if note is None:
        screen.say(f"no note here; {key_of(screen, 'passage.next')} goes to the next one")
    else:
        noting.edit_note(screen, note.id)


@does("passage.delete")
def delete(screen: MainScreen, _: str) -> None:
    """Delete the note gone to, with its highlight."""
    note = current_note(screen)
    if note is None:
        screen.say(f"no note here; {key_of(screen, 'passage.next')} goes to the next one")
    else:
        saving.save(screen, DeleteNote(note.id), "Note deleted" if note.body else "Highlight removed")


def to_copy(screen: MainScreen) -> str:
    """Return passage, words and citation of the note gone to; empty without one."""
    note, passage = current_note(screen), screen.reader.passage
    if note is None or passage is None or screen.opened is None:
        return ""
    quote = f"“{' '.join(passage_text(screen, passage).split())}”"
    from tui.render.citation import citation  # a start copies nothing

    return "\n\n".join(part for part in (quote, note.body.strip(), citation(screen.opened.stored)) if part)
