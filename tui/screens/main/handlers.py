"""Which function carries out which command of the main screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.commands.registry import BY_ID

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen

Handler = Callable[["MainScreen", str], None]
"""Takes the screen and the key that was pressed (empty from the palette)."""

HANDLERS: dict[str, Handler] = {}
GIVEN: dict[str, Handler] = {}
"""What carries out a command of which the argument was written on the command line, and takes that."""


def handler_of(command_id: str) -> Handler:
    """Return what carries out a command.

    The first call imports all of it, which a start need not wait for.
    """
    from tui.screens.main import abilities as abilities

    return HANDLERS[command_id]


def answered(screen: MainScreen, command_id: str, key: str) -> bool:
    """Take a key as the answer to a question about many articles, where one is open; tells whether one was."""
    from tui.screens.main import bulk

    return bulk.answered(screen, command_id, key)


def does(*command_ids: str) -> Callable[[Handler], Handler]:
    """Register a function as what these commands do."""

    def register(handler: Handler) -> Handler:
        for command_id in command_ids:
            if command_id not in BY_ID or command_id in HANDLERS:
                raise ValueError(f"{command_id} is no command, or is done by two functions")
            HANDLERS[command_id] = handler
        return handler

    return register


def given(command_id: str) -> Callable[[Handler], Handler]:
    """Register a function as what a command does with an argument."""

    def register(handler: Handler) -> Handler:
        command = BY_ID.get(command_id)
        if command is None or command.takes is None or command_id in GIVEN:
            raise ValueError(f"{command_id} is no command that takes an argument, or is done by two functions")
        GIVEN[command_id] = handler
        return handler

    return register
