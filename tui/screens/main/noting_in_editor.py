"""Writing notes in $EDITOR, from the pane or straight away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.screens.in_editor import write_in_editor
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

    def rescue(written: str, why: str) -> None:
        noting.keep(screen, writing, written, why)
        noting.show_pane(screen, writing, written)

    text = write_in_editor(screen, body, rescue)
    if text is None:
        return
    if screen.writing is not None:
        noting.close(screen)
    screen.reader.clear_selection()
    noting.save_text(screen, writing, text)
