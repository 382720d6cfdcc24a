"""Finding a place for a note: likely passages first, then one that is selected, then the article as a whole."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from store.article import ArticleKey
from store.library import Found, PlaceNote, make_anchor
from store.library.note_places import NotePlace, likely_places, words_to_find
from store.library.note_rows import NoteRow
from tui.commands.command import Context
from tui.screens.main import saving
from tui.screens.main.notes_list import wait_with
from tui.screens.main.waiting import in_background
from tui.widgets.choice_list import Choice

if TYPE_CHECKING:
    from tui.screens.notes.screen import NotesScreen

ARTICLES = 12
"""Articles that are read through for the passage, beside the note's own."""

SELECT, WHOLE, SELECTED = "select it in the reader", "the article as a whole", "what is selected in the reader"


def offer(screen: NotesScreen, row: NoteRow) -> None:
    """Look for likely passages, and offer them."""
    if screen.library.read_only:
        screen.say(f"not saved: {screen.library.read_only}")
        return
    words = words_to_find(row.note)
    if not words:
        _choose(screen, row, [])
        return
    screen.say("looking for the passage…")

    def found(answer: Found) -> None:
        if not screen.is_open:
            return
        keys = [*([row.key] if row.key is not None else []), *map(ArticleKey, answer.keys[:ARTICLES])]
        in_background(screen, partial(_look, screen, row, keys), "places", exclusive=True)

    def failed(_: BaseException) -> None:
        if screen.is_open:
            _choose(screen, row, [])

    query = " OR ".join(f'"{word}"' for word in words)
    screen.main.when_done(screen.library.search(query, sort="relevance"), found, failed)


async def _look(screen: NotesScreen, row: NoteRow, keys: list[ArticleKey]) -> None:
    places = await asyncio.to_thread(likely_places, screen.library.index_file, row.note, keys)
    if screen.is_current:
        _choose(screen, row, places)


def _choose(screen: NotesScreen, row: NoteRow, places: list[NotePlace]) -> None:
    screen.say("")
    rows: list[Choice] = []
    quote = " ".join((row.note.was or row.quote).split())
    if quote:
        rows += [Choice(f"“{quote}”", style="quiet"), Choice("")]
    own = [place for place in places if place.target.id == row.target.id]
    others = [place for place in places if place.target.id != row.target.id]
    if own:
        rows += [Choice("In its article", heading=True), *map(_row, own)]
    for title in dict.fromkeys(place.target.title for place in others):
        rows.append(Choice(f"In “{title}”", heading=True))
        rows += [_row(place) for place in others if place.target.title == title]
    if not places:
        rows.append(Choice("no passage reads like it", style="quiet"))
    rows.append(Choice("Or", heading=True))
    if screen.main.reader.selected is not None:
        rows.append(Choice(f"  {SELECTED}: “{screen.main.reader.selected_text[:60]}”", SELECTED))
    selects, puts = screen.key_of("select.begin"), screen.key_of("note.place")
    rows.append(Choice(f"  {SELECT}: {selects}, then {puts} there", SELECT))
    if not row.gone and row.note.anchor is not None:
        rows.append(Choice(f"  {WHOLE}", WHOLE))
    screen.main.choose("Where does this note belong?", rows, Context.OVERLAY, lambda value: _put(screen, row, value))


def _row(place: NotePlace) -> Choice:
    text = " ".join(place.anchor.quote.split())
    return Choice(f"  {text}", place, f"{place.likeness:.0f} %")


def _put(screen: NotesScreen, row: NoteRow, value: object) -> None:
    main = screen.main
    if isinstance(value, NotePlace):
        saving.save(main, PlaceNote(row.note.id, value.target, value.anchor))
    elif value == WHOLE:
        saving.save(main, PlaceNote(row.note.id, row.target, None))
    elif value == SELECTED and main.reader.selected is not None and main.opened is not None:
        anchor = make_anchor(main.opened.stored.article.text, *main.reader.selected)
        saving.save(main, PlaceNote(row.note.id, main.library.target(main.opened.stored.key), anchor))
        main.reader.clear_selection()
    elif value == SELECT:
        screen.dismiss(None)
        wait_with(main, row)
