"""The README's table of keys, written from the declarations: `python -m tui.commands.table` prints it."""

from __future__ import annotations

import sys

from tui.commands.command import Command, Context
from tui.commands.registry import GROUPS


def keys_table() -> str:
    """Return all commands with their keys as Markdown, one table a group."""
    parts = []
    for title, commands in GROUPS:
        rows = [_row(command) for command in commands if command.keys]
        parts.append("\n".join([f"**{title}**", "", "| keys | where | do |", "|---|---|---|", *rows]))
    return "\n\n".join(parts) + "\n"


def _row(command: Command) -> str:
    digits = command.argument == "digit"
    keys = "`1` … `9`" if digits else " ".join(f"`{_escaped(key)}`" for key in command.keys)
    where = ", ".join(str(context) for context in command.contexts)
    text = command.title if not command.help else f"{command.title}. {command.help}"
    return f"| {keys} | {'' if command.contexts == (Context.MAIN,) else where} | {_escaped(text)} |"


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(keys_table())
