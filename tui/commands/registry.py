"""All commands, and how to look them up."""

from __future__ import annotations

from tui.commands import finding, marking, moving, naming, noting, running
from tui.commands.command import Command, Context

COMMANDS: tuple[Command, ...] = (
    *moving.COMMANDS,
    *finding.COMMANDS,
    *naming.COMMANDS,
    *marking.COMMANDS,
    *noting.COMMANDS,
    *running.COMMANDS,
)

BY_ID: dict[str, Command] = {command.id: command for command in COMMANDS}

GROUPS: tuple[tuple[str, tuple[Command, ...]], ...] = (
    ("Moving", moving.COMMANDS),
    ("Finding", finding.COMMANDS),
    ("Names", naming.COMMANDS),
    ("Tags, stars, read marks, undo", marking.COMMANDS),
    ("Notes", noting.COMMANDS),
    ("Dateline", running.COMMANDS),
)
"""As help and README show them."""


def commands_in(*contexts: Context) -> list[Command]:
    """Return the commands whose keys work in any of these contexts, in their declared order."""
    return [command for command in COMMANDS if not set(contexts).isdisjoint(command.contexts)]
