"""Writing in $EDITOR, from whatever screen: the terminal is lent, and what was written is not lost where that fails."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from tui.editor import EditorError, edit_text

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen
    from tui.screens.notes.screen import NotesScreen
    from tui.screens.sheet import Sheet


def write_in_editor(
    screen: MainScreen | NotesScreen | Sheet, body: str, rescue: Callable[[str, str], None]
) -> str | None:
    """Return what was written in $EDITOR, which began with `body`; None where it failed, and the screen tells why.

    `rescue` is called with what a failed editor has left behind, and why it failed.
    """
    try:
        with screen.app.suspend():
            text = edit_text(body, screen.library.config.editor)
    except (EditorError, SuspendNotSupported) as error:
        if isinstance(error, EditorError) and error.written is not None:
            # It may have been ended with the line to the terminal, as we shall be.
            rescue(error.written, str(error))
        screen.say(str(error))
        return None
    from tui.widgets.note_pane import without_write_command

    return without_write_command(text).strip("\n")
