"""The note on a name: written on its page or in $EDITOR."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from store.library import Receipt, WriteEntityNote
from tui.editor import EditorError, edit_text
from tui.screens.main import saving
from tui.widgets.note_pane import without_write_command
from tui.widgets.prompt import Question

if TYPE_CHECKING:
    from tui.screens.names.page import EntityScreen
    from tui.screens.names.who import Who


@dataclass(frozen=True, slots=True)
class Writing:
    """The note being written."""

    who: Who
    body: str
    """As it was when the writing began."""
    revision: int


def begin(screen: EntityScreen) -> None:
    """Open the note for writing, in the place of the lists."""
    if screen.library.read_only:
        screen.say(f"no notes now: {screen.library.read_only}")
        return
    _open(screen, _begun(screen), None)


def _begun(screen: EntityScreen) -> Writing:
    record = screen.library.entity_record(screen.who.key)
    return Writing(screen.who, record.body if record else "", record.revision if record else 0)


def _open(screen: EntityScreen, writing: Writing, body: str | None) -> None:
    screen.writing = writing
    screen.add_class("-writing")
    screen.pane.open(f"note on: {writing.who.name}", writing.body if body is None else body)
    screen.show_lines()


def _close(screen: EntityScreen) -> None:
    screen.writing = None
    screen.remove_class("-writing")
    screen.pane.close()
    screen.set_focus(screen.listed, scroll_visible=False)
    screen.show_lines()


def save(screen: EntityScreen) -> None:
    """Save what was written and close; an emptied note is taken away."""
    writing = screen.writing
    if writing is not None:
        body = screen.pane.text
        _close(screen)
        _write(screen, writing, body)


def keep(screen: EntityScreen) -> None:
    """Save what is being written, since Dateline is told to go: the note is where its words are kept."""
    writing = screen.writing
    if writing is not None and screen.pane.text.strip() != writing.body.strip():
        screen.library.change(_change(writing, screen.pane.text))


def _change(writing: Writing, body: str) -> WriteEntityNote:
    who = writing.who
    return WriteEntityNote(who.key, who.name, who.kind, body.strip("\n"), writing.revision)


def _write(screen: EntityScreen, writing: Writing, body: str) -> None:
    if body.strip() == writing.body.strip():
        screen.say("note unchanged")
        return
    main = screen.main
    main.status.saving += 1
    screen.say("saving the note…")

    def saved(receipt: Receipt) -> None:
        saving.saved(main, receipt)
        if receipt.conflict:
            screen.say("another session changed this note: both texts are in it, one below the other")

    def failed(error: BaseException) -> None:
        # The words are more than a message: they go back on the screen, where they can be saved again.
        saving.not_saved(main, error)
        if screen.is_attached and screen.writing is None:
            _open(screen, writing, body)

    main.when_done(main.library.change(_change(writing, body)), saved, failed)


def discard(screen: EntityScreen) -> None:
    """Ask, then throw away what was written."""
    writing = screen.writing
    if writing is None:
        return

    def take(answer: str) -> None:
        if answer.strip().lower() in ("y", "yes"):
            _close(screen)
            screen.say("discarded")
        else:
            back()

    def back() -> None:
        screen.pane.query_one("TextArea").focus()

    if screen.pane.text.strip() == writing.body.strip():
        _close(screen)
    else:
        screen.prompt.ask(Question("discard what you wrote? y or n:", take, cancelled=back))


def in_editor(screen: EntityScreen) -> None:
    """Go on in $EDITOR."""
    writing = screen.writing
    if writing is None:
        return
    try:
        with screen.app.suspend():
            text = edit_text(screen.pane.text, screen.library.config.editor)
    except (EditorError, SuspendNotSupported) as error:
        screen.say(str(error))
        return
    _close(screen)
    _write(screen, writing, without_write_command(text).strip("\n"))
