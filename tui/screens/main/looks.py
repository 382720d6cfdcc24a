"""How the text is looked at: alone or with everything around it, in longer or shorter lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.config import NARROWEST, WIDEST
from tui.render.layout import MARGIN
from tui.screens.key_words import key_of
from tui.screens.main.handlers import does

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen

STEP = 4
"""Columns that a line gets longer or shorter at a time."""


@does("look.alone")
def alone(screen: MainScreen, _: str) -> None:
    """Show nothing but the text, or everything again."""
    screen.alone = not screen.alone
    if screen.alone:
        screen.enter(screen.reader)
    screen.show_panes()


def set_measure(screen: MainScreen, columns: int) -> None:
    """Set the text in lines of so many columns at most, now and from now on."""
    if columns != screen.reader.measure:
        screen.reader.measure = columns
        screen.host.habits = screen.host.habits.replace(measure=columns)


@does("look.wider", "look.narrower")
def measure(screen: MainScreen, _: str) -> None:
    """Make the lines longer or shorter; the same words stay in the first line."""
    by = -STEP if screen.host.command == "look.narrower" else STEP
    reader = screen.reader
    room = reader.size.width - 2 * MARGIN
    # A line that the pane cuts short is no place to begin: the key has to be seen.
    now = min(reader.measure, max(room, NARROWEST)) if by < 0 else reader.measure
    wanted = max(NARROWEST, min(WIDEST, now + by))
    set_measure(screen, wanted)
    if by > 0 and room < wanted:
        screen.say(f"lines of at most {wanted} columns; this pane has room for {max(1, room)}, "
                   f"{key_of(screen, 'look.alone')} shows the text alone")
    elif wanted in (NARROWEST, WIDEST) and now == wanted:
        screen.say(f"lines of {wanted} columns; no {'narrower' if by < 0 else 'wider'}")
    else:
        screen.say(f"lines of {wanted} columns")
