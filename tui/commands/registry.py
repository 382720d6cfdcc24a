"""All commands, and how to look them up."""

from __future__ import annotations

from tui.commands import (
    changing,
    correcting,
    entity_list,
    finding,
    linking,
    marking,
    moving,
    naming,
    note_list,
    noting,
    passaging,
    running,
    tag_list,
)
from tui.commands.command import Command, Context

COMMANDS: tuple[Command, ...] = (
    *moving.COMMANDS,
    *finding.COMMANDS,
    *naming.COMMANDS,
    *entity_list.COMMANDS,
    *correcting.COMMANDS,
    *linking.COMMANDS,
    *marking.COMMANDS,
    *tag_list.COMMANDS,
    *noting.COMMANDS,
    *passaging.COMMANDS,
    *changing.COMMANDS,
    *note_list.COMMANDS,
    *running.COMMANDS,
)

BY_ID: dict[str, Command] = {command.id: command for command in COMMANDS}

GROUPS: tuple[tuple[str, tuple[Command, ...]], ...] = (
    ("Moving", moving.COMMANDS),
    ("Finding", finding.COMMANDS),
    ("Names", naming.COMMANDS),
    ("The page of a name, all names, the map, names that are likely the same", entity_list.COMMANDS),
    ("Correcting names", correcting.COMMANDS),
    ("Labels and links", linking.COMMANDS),
    ("Tags, stars, read marks, undo", marking.COMMANDS),
    ("The lists of tags, of saved searches, of changes and of corrections", tag_list.COMMANDS),
    ("Notes", noting.COMMANDS),
    ("Passages and their notes", passaging.COMMANDS),
    ("Changed texts", changing.COMMANDS),
    ("The list of notes", note_list.COMMANDS),
    ("Dateline", running.COMMANDS),
)
"""As help and README show them."""


def commands_in(*contexts: Context) -> list[Command]:
    """Return the commands whose keys work in any of these contexts, in their declared order."""
    return [command for command in COMMANDS if not set(contexts).isdisjoint(command.contexts)]
