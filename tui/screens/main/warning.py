"""What went wrong with the annotation file without costing anything yet: each thing is said once, in its turn."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen


def tell(screen: MainScreen) -> None:
    """Say what has not been said yet, one after the other."""
    from tui.screens.main import telling

    state = screen.status
    if screen.library.read_only not in ("", state.refused):
        # Before one writes, not after it.
        state.refused = screen.library.read_only
        telling.tell(screen, short(screen, state.refused), "refused")
    for sentence in screen.library.warnings[state.told_warnings :]:
        state.told_warnings += 1
        telling.tell(screen, short(screen, sentence), f"warning {state.told_warnings}")


def refused(screen: MainScreen, error: BaseException) -> None:
    """Say once that the file has become unusable while it was in use; what was read of it stays on screen."""
    if screen.status.refused != str(error):
        screen.status.refused = str(error)
        screen.say(short(screen, str(error)))


def short(screen: MainScreen, sentence: str) -> str:
    """Return a sentence with the name of a file for its path, but in a command, which may be copied.

    So it is with the annotation file, and with that of the user's own names.
    """
    names = screen.library.config.names
    parts = sentence.split("`")
    for file in (screen.library.annotations_file, *([names] if names is not None else ())):
        for path in {str(file), os.path.realpath(file)}:
            parts[::2] = [part.replace(path, file.name) for part in parts[::2]]
    return "`".join(parts)
