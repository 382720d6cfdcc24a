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
