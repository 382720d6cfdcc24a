"""From a screen over the main one: the keys that work on each, and what its command line does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tui.commands import over as reach
from tui.commands.command import Command, Context
from tui.commands.registry import BY_ID
from tui.screens import labels
from tui.screens.main import command_line, finding_all, status
from tui.screens.main.entity_pages import close_all
from tui.screens.main.handlers import handler_of
from tui.screens.offered import Do, Go

if TYPE_CHECKING:
    from textual.screen import Screen

    from tui.screens.main.screen import MainScreen


def did(main: MainScreen, screen: Screen[Any], command: Command, key: str) -> bool:
    """Carry out a key that works on every screen; tells whether it is one."""
    if command.id not in reach.KEYS:
        return False
    match command.id:
        case "help.palette":
            if getattr(screen, "labels", None) is not None:
                screen.labels.end()  # type: ignore[attr-defined]
            command_line.open_line(main, over=screen)
        case "hint.begin":
            labels.begin(main, screen)
        case _:
            handler_of(command.id)(main, key)
    return True


def act(main: MainScreen, screen: Screen[Any], what: Do | Go) -> None:
    """Do what was chosen on the command line that lies over a screen."""
    if isinstance(what, Go):
        if what.sort in ("view", "article"):
            close_all(main)
        finding_all.go(main, what)
        status.show(main)
        return
    command, kinds = BY_ID[what.command], context(screen)
    if command in reach.own(kinds):
        if what.argument:
            screen.given(command, what.argument)  # type: ignore[attr-defined]
        else:
            main.host.perform(command, on=screen)
    elif command.id in reach.KEYS:
        did(main, screen, command, "")
    elif command.id in reach.STAYS:
        _do_beneath(main, screen, command, what.argument)
    else:
        close_all(main)
        command_line.act(main, what)


def _do_beneath(main: MainScreen, screen: Screen[Any], command: Command, argument: str) -> None:
    """Carry out a command of the main screen while another lies over it."""
    if command.id == "look.set" and not argument:
        # Over this screen, where it reaches no article either.
        command_line.open_line(main, f"{command.words[0]} ", over=screen)
    elif command.id == "help.keys" and not argument:
        from tui.screens.keys_help import show_keys

        show_keys(screen, (context(screen),))
    elif argument:
        command_line.perform_with(main, command, argument)
    else:
        main.host.command = command.id
        main.status.message = ""
        handler_of(command.id)(main, "")
        main.show_status()


def context(screen: Screen[Any]) -> Context:
    """Return where the keys of a screen are looked up first."""
    found: tuple[Context, ...] = screen.contexts()  # type: ignore[attr-defined]
    return found[0]
