"""Which panes are shown, and whose keys work in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widget import Widget

from tui.commands.command import BELOW, Context

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen

_ROOMY = 98
"""Columns from which on a list of 35 leaves the text beside it 60 and more."""


def arrange(screen: MainScreen, pane: Widget) -> None:
    """Show what fits the size, and the pane that is to have the focus."""
    # Who goes to the list or to the names wants to see them.
    screen.alone = screen.alone and pane not in (screen.articles, screen.panel)
    # Set on the widgets themselves, since a pane must be shown before it can take the focus.
    narrow, wide = screen.size.width < 76, screen.size.width >= 110
    writing = screen.writing is not None
    wanted = screen.panel_wanted if screen.panel_wanted is not None else wide
    panel = (wanted or pane is screen.panel) and not writing and not screen.alone
    in_list = pane is screen.articles
    screen.query_one("#sidebar").display = not screen.alone and (in_list or not narrow)
    reading = not (narrow and in_list) and not (narrow and panel and pane is screen.panel)
    screen.query_one("#reading").display = reading
    screen.panel.display = panel and not (narrow and pane is not screen.panel)
    screen.set_class(screen.alone, "-alone")
    screen.set_class(screen.size.width >= _ROOMY, "-roomy")


def contexts(screen: MainScreen) -> tuple[Context, ...]:
    """Return where keys are looked up while no question is open, in order."""
    panes: dict[object, Context] = {
        screen.articles: Context.LIST, screen.reader: Context.READER, screen.panel: Context.PANEL,
    }  # fmt: skip
    focused = panes.get(screen.focused)
    if focused is Context.READER:
        if screen.reader.selected is not None:
            focused = Context.SELECTION
        elif screen.reader.passage is not None and not screen.triage:
            focused = Context.NOTE
    asked = (focused, *BELOW[focused]) if focused else (Context.MAIN,)
    return (Context.HINTS, *asked) if screen.status.hinting is not None else asked
