"""How words name the key of a command: by the key that it has now, or by its title where it has none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from tui.commands.registry import BY_ID

if TYPE_CHECKING:
    from textual.screen import Screen

    from tui.screens.host import Host


def key_of(screen: Screen[Any], command_id: str) -> str:
    """Return the first key of a command, as words name it: `w`, `] n`, or `“Save the filter under a name”`."""
    command = BY_ID[command_id]
    keys = cast("Host", screen.app).keys_of(command)
    return keys[0] if keys else f"“{command.title}”"


def shows_all(screen: Screen[Any], close: str, find: str) -> str:
    """Say what lists everything again where words narrow a list: `esc shows all again`.

    That is the escape key where it leaves the screen; else one opens the line with the words again.
    """
    leaves = cast("Host", screen.app).keys_of(BY_ID[close])
    return "esc shows all again" if "esc" in leaves else f"{key_of(screen, find)} changes the words"
