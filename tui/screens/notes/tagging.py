"""Tags of a note: asked for, put on and off by a number, and put on again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.errors import DatelineError
from store.library import TagNote
from store.library.note_rows import NoteRow
from tui.commands.tag_words import signed, tag_words
from tui.screens.key_words import key_of
from tui.screens.main import again, saving
from tui.screens.main.proposals import TAGS, propose_tags
from tui.screens.main.tagging import digit_question
from tui.widgets.question import Question

if TYPE_CHECKING:
    from tui.screens.notes.screen import NotesScreen


def ask(screen: NotesScreen, row: NoteRow) -> None:
    """Ask for tags to add, and with a minus to remove."""
    uses = [use.name for use in screen.library.tags()]

    def propose(text: str, at: int) -> tuple[int, list[str]]:
        return propose_tags(text, at, uses, row.note.tags)

    screen.prompt.ask(Question("tag the note:", lambda text: change(screen, row, text), propose=propose, hint=TAGS))


def change(screen: NotesScreen, row: NoteRow, text: str) -> None:
    """Change the tags as the words say: what they name is put on, with a minus taken off."""
    try:
        add, remove = tag_words(text)
    except DatelineError as error:
        screen.say(str(error))
        return
    if add or remove:
        _save(screen, row, add, remove)


def repeat(screen: NotesScreen, row: NoteRow) -> None:
    """Change the tags of the note as others were changed last."""
    tags = again.tags_of(screen.main)
    if tags is None:
        screen.say(f"no tag to put on again yet: {key_of(screen, 'notes.tag')} tags the note")
    else:
        saving.save(screen.main, TagNote((row.note.id,), *tags), again.tags_in_words(*tags), keep=True)


def put_digit(screen: NotesScreen, row: NoteRow, digit: int) -> None:
    """Put on, or take off, the tag of a number; a free number asks once which tag it shall carry."""
    tag = next((use.name for use in screen.library.tags() if use.digit == digit), None)
    if tag is not None:
        having = tag in row.note.tags
        _save(screen, row, () if having else (tag,), (tag,) if having else ())
        return

    def put_on(new: str) -> None:
        _save(screen, row, (new,), ())

    screen.prompt.ask(digit_question(screen.main, digit, f"tag for {digit}:", put_on, screen.say))


def _save(screen: NotesScreen, row: NoteRow, add: tuple[str, ...], remove: tuple[str, ...]) -> None:
    saving.save(screen.main, TagNote((row.note.id,), add, remove), f"tag: {signed(add, remove)}")
