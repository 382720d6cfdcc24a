"""How list and text are shown, as far as it is set while one reads: theme, width, order, groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands.command import Context
from tui.screens.main import command_line, looks, ordering
from tui.screens.main.handlers import does, given
from tui.widgets.choice_list import Choice

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen


@does("look.theme")
def ask_theme(screen: MainScreen, _: str) -> None:
    """Offer the themes."""

    def chosen(name: object) -> None:
        if isinstance(name, str):
            set_theme(screen, name)

    rows = [Choice(name, name) for name in screen.host.theme_names]
    screen.choose("Theme", rows, Context.CHOICE, chosen)


@given("look.theme")
def set_theme(screen: MainScreen, name: str) -> None:
    """Change the theme, now and for the next start."""
    screen.host.choose_theme(name.strip())
    screen.say(f"theme: {name.strip()}")


@does("look.set")
def ask_setting(screen: MainScreen, _: str) -> None:
    """Let a setting be written on the command line."""
    command_line.open_line(screen, "set ")


@given("look.set")
def set_it(screen: MainScreen, text: str) -> None:
    """Set one thing to a value."""
    name, _, value = text.strip().partition(" ")
    value = value.strip()
    match name:
        case "theme":
            set_theme(screen, value)
        case "width":
            looks.set_measure(screen, int(value))
            screen.say(f"lines of {value} columns where there is room")
        case "order":
            ordering.set_order(screen, value)
        case "group":
            ordering.set_grouping(screen, value)
