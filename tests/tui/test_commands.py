"""Commands are declared once, and every declaration is carried out."""

from __future__ import annotations

from collections import Counter

import pytest

from tui.commands.command import Context
from tui.commands.registry import COMMANDS, GROUPS
from tui.commands.table import keys_table


def test_ids_are_unique_and_in_one_group() -> None:
    assert not [command_id for command_id, n in Counter(c.id for c in COMMANDS).items() if n > 1]
    assert sorted(c.id for _, group in GROUPS for c in group) == sorted(c.id for c in COMMANDS)


def test_every_command_of_the_main_screen_is_carried_out_by_one_function() -> None:
    import tui.screens.main.abilities  # noqa: F401 - the handlers register on import
    from tui.screens.main.handlers import HANDLERS

    elsewhere = {
        Context.CHOICE, Context.OVERLAY, Context.NOTES, Context.TEXTS, Context.TAGS, Context.SEARCHES, Context.HISTORY,
        Context.CHANGES, Context.ENTITY, Context.ENTITIES, Context.MAP, Context.LIKELY, Context.CORRECTIONS,
        Context.COMMAND, Context.LINKS,
    }  # fmt: skip
    wanted = {command.id for command in COMMANDS if not set(command.contexts) <= elsewhere}
    assert wanted == set(HANDLERS)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_a_command_says_what_it_does(command: object) -> None:
    from tui.commands.command import Command

    assert isinstance(command, Command)
    assert command.title and command.title[0].isupper() and not command.title.endswith(".")
    assert command.contexts
    assert not any(key.startswith("alt+") or (key[:1] == "f" and key[1:].isdigit()) for key in command.keys)


def test_the_table_names_every_key() -> None:
    table = keys_table()
    for command in COMMANDS:
        if command.argument not in ("digit", "letter"):
            for key in command.keys:
                assert f"`{key}`".replace("|", "\\|") in table
