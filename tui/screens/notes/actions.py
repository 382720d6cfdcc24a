"""What the keys of the list of notes do."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from store.library import DeleteNote, Note
from store.library.note_rows import NoteOrder, NoteRow
from tui.commands.command import Command, Context
from tui.render.citation import citation
from tui.render.safe import safe
from tui.screens import prompt_keys
from tui.screens.main import saving
from tui.screens.main.handlers import handler_of
from tui.screens.main.notes_list import open_at
from tui.screens.notes import editing, placing, tagging, texts
from tui.screens.notes.listing import Only
from tui.widgets.choice_list import Choice
from tui.widgets.question import Question

if TYPE_CHECKING:
    from tui.screens.notes.screen import NotesScreen

Action = Callable[["NotesScreen", str], None]

ACTIONS: dict[str, Action] = {}
"""By command."""


def _does(*command_ids: str) -> Callable[[Action], Action]:
    def register(action: Action) -> Action:
        ACTIONS.update(dict.fromkeys(command_ids, action))
        return action

    return register


def _on_note(act: Callable[[NotesScreen, NoteRow], None]) -> Action:
    """Make an action of one that needs a note under the cursor."""

    def action(screen: NotesScreen, _: str) -> None:
        row = screen.current
        if row is None:
            screen.say("no note here")
        else:
            act(screen, row)

    return action


# ---- moving ----------------------------------------------------------------------------------------------------------
@_does("notes.down", "notes.up", "notes.half-page-down", "notes.half-page-up", "notes.page-down", "notes.page-up",
       "notes.start", "notes.end")  # fmt: skip
def move(screen: NotesScreen, _: str) -> None:
    """Move in the list, or scroll the note that one has gone into."""
    what = screen.host.command.removeprefix("notes.")
    by = -1 if what.endswith(("up", "start")) else 1
    if screen.inside:
        height = screen.page.size.height
        lines = 10**6 if what in ("start", "end") else max(1, height // (2 if "half" in what else 1) - 2)
        screen.page.scroll_relative(y=by * (lines if what not in ("down", "up") else 1), animate=False)
    elif what in ("start", "end"):
        screen.notes.move(by * 10**9)
    elif "page" in what:
        screen.notes.page(by, half="half" in what)
    else:
        screen.notes.move(by)


@_does("notes.read")
def read(screen: NotesScreen, _: str) -> None:
    """Go into the note, or back to the list."""
    screen.go_inside(not screen.inside and screen.current is not None)


@_does("notes.close")
def close(screen: NotesScreen, key: str) -> None:
    """Take one step out: of the note, of the words that narrow the list, of the screen."""
    if screen.inside:
        screen.go_inside(False)
    elif key == "esc" and screen.listing.words:
        screen.narrow("")
    else:
        screen.dismiss(None)


# ---- what is listed --------------------------------------------------------------------------------------------------
@_does("notes.find")
def find(screen: NotesScreen, _: str) -> None:
    """Narrow the list while one types."""
    before = screen.listing.words
    tags = [use.name for use in screen.library.tags() if use.notes]

    def propose(text: str, at: int) -> tuple[int, list[str]]:
        start = text.rfind(" ", 0, at) + 1
        word = text[start:at].casefold()
        return start, [f"#{tag}" for tag in tags if word[:1] == "#" and tag.casefold().startswith(word[1:])][:9]

    screen.prompt.ask(Question("find:", screen.narrow, before, propose, screen.narrow, lambda: screen.narrow(before)))


@_does("notes.which")
def which(screen: NotesScreen, _: str) -> None:
    """Offer the choices of notes, with counts."""
    where = "of all libraries" if screen.listing.everywhere else "of this library"
    rows = [Choice(f"Notes {where}", heading=True)]
    for only in Only:
        count = len(screen.listing.replace(only=only, words="").of(screen.rows))
        rows.append(Choice(f"  {only.value}", only, f"{count:,}"))

    def chosen(value: object) -> None:
        if isinstance(value, Only):
            screen.relist(screen.listing.replace(only=value), keep=False)

    screen.main.choose("Which notes", rows, Context.CHOICE, chosen)


@_does("notes.everywhere")
def everywhere(screen: NotesScreen, _: str) -> None:
    """List those of all libraries, or of this one."""
    screen.relist(screen.listing.replace(everywhere=not screen.listing.everywhere))
    screen.say("notes of all libraries" if screen.listing.everywhere else "notes of this library")


@_does("notes.order")
def order(screen: NotesScreen, _: str) -> None:
    """Order by article, or newest first."""
    newest = screen.listing.order is NoteOrder.NEWEST
    screen.relist(screen.listing.replace(order=NoteOrder.ARTICLE if newest else NoteOrder.NEWEST))


# ---- one note --------------------------------------------------------------------------------------------------------
@_does("notes.open")
@_on_note
def open_article(screen: NotesScreen, row: NoteRow) -> None:
    """Open the article at the passage."""
    key = screen.key_of_article(row)
    if key is None:
        path = row.target.sources[0].path if row.target.sources else row.target.title
        gone = "its file is gone; note and quote stay here" if row.gone else "it is in another library"
        screen.say(f"{gone}: {path}")
        return
    screen.dismiss(None)
    open_at(screen.main, key, row.note)


_does("notes.tag")(_on_note(tagging.ask))
_does("change.repeat")(_on_note(tagging.repeat))


@_does("notes.digit")
def digit(screen: NotesScreen, key: str) -> None:
    """Put on, or take off, the tag of a number."""
    row = screen.current
    if row is None or len(key) != 1:
        screen.say("no note here")
    else:
        tagging.put_digit(screen, row, int(key))


def given(screen: NotesScreen, command: Command, argument: str) -> None:
    """Carry out a command of which the argument was written on the command line."""
    if command.id == "notes.find":
        screen.narrow(argument)
    elif command.id == "notes.tag" and screen.current is not None:
        tagging.change(screen, screen.current, argument)


@_does("notes.delete")
@_on_note
def delete(screen: NotesScreen, row: NoteRow) -> None:
    """Delete the note; undo brings it back."""
    what = "Note" if row.note.body else "Highlight"
    saving.save(screen.main, DeleteNote(row.note.id), f"{what} deleted")


@_does("notes.copy")
@_on_note
def copy(screen: NotesScreen, row: NoteRow) -> None:
    """Copy quote, note and citation."""
    stored = screen.article_of(row)
    path = row.target.sources[0].path if row.target.sources else ""
    there = safe(". ".join(part for part in (f"“{row.target.title}”", path) if part))
    cited = citation(stored) if stored else f"{there}."
    quote = " ".join(row.quote.split())
    text = "\n\n".join(part for part in (f"“{quote}”" if quote else "", row.note.body.strip(), cited) if part)
    screen.say(screen.host.copy(text))


@_does("notes.edit")
@_on_note
def edit(screen: NotesScreen, row: NoteRow) -> None:
    """Edit the note in its place."""
    editing.edit(screen, row)


@_does("notes.editor")
@_on_note
def edit_elsewhere(screen: NotesScreen, row: NoteRow) -> None:
    """Edit the note in $EDITOR."""
    editing.in_editor(screen, row)


_does("note.save")(lambda screen, _: editing.save(screen))
_does("note.discard")(lambda screen, _: editing.discard(screen))
_does("note.continue")(lambda screen, _: editing.in_editor(screen, None))


@_does("notes.place")
@_on_note
def place(screen: NotesScreen, row: NoteRow) -> None:
    """Find a place for the note."""
    placing.offer(screen, row)


@_does("notes.texts")
@_on_note
def compare(screen: NotesScreen, row: NoteRow) -> None:
    """Compare the two texts of a note that is kept twice."""

    def joined(note: Note) -> None:
        editing.edit(screen, row.replace(note=note))

    texts.compare(screen, screen.main, row.note, [one.note for one in screen.rows], joined)


# ---- the program -----------------------------------------------------------------------------------------------------
@_does("notes.undo", "notes.redo")
def undo(screen: NotesScreen, _: str) -> None:
    """Undo, or do again, as on the main screen."""
    screen.host.command = screen.host.command.replace("notes.", "undo.")
    handler_of(screen.host.command)(screen.main, "")


@_does("notes.help")
def keys(screen: NotesScreen, _: str) -> None:
    """Show the keys of this screen; choosing one does it."""
    from tui.screens.keys_help import show_keys

    show_keys(screen, screen.contexts())


@_does("prompt.cancel", "prompt.complete", "prompt.next", "prompt.previous")
def in_prompt(screen: NotesScreen, _: str) -> None:
    """Carry out the keys of an open question."""
    prompt_keys.carry_out(screen.prompt, screen.host.command)
