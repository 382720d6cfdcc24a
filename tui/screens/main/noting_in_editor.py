"""Writing notes in $EDITOR, from the pane or straight away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from tui.editor import EditorError, edit_text
from tui.screens.main import noting
from tui.screens.main.handlers import does

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen


@does("note.editor", "note.continue")
def in_editor(screen: MainScreen, _: str) -> None:
    """Write in $EDITOR, from the pane or straight away."""
    screen.once_loaded(lambda: _in_editor(screen))


def _in_editor(screen: MainScreen) -> None:
    writing, pane = screen.writing, screen.note_pane
    if writing is not None and pane is not None and pane.is_open:
        body = pane.text
    else:
        begun = noting.begin(screen, None)
        if begun is None:
            return
        writing, body = begun
    try:
        with screen.app.suspend():
            text = edit_text(body, screen.library.config.editor)
    except (EditorError, SuspendNotSupported) as error:
        if isinstance(error, EditorError) and error.written is not None:
            # It may have been ended with the line to the terminal, as we shall be.
            noting.keep(screen, writing, error.written, str(error))
            noting.show_pane(screen, writing, error.written)
        screen.say(str(error))
        return
    if screen.writing is not None:
        noting.close(screen)
    screen.reader.clear_selection()
    from tui.widgets.note_pane import without_write_command

    noting.save_text(screen, writing, without_write_command(text).strip("\n"))
