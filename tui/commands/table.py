"""The README's tables of keys and of the command line, from the declarations: `python -m tui.commands.table KIND`."""

from __future__ import annotations

import sys

from tui.commands.command import Command, Context, span
from tui.commands.footer import help_of
from tui.commands.over import SCREENS
from tui.commands.registry import GROUPS


def keys_table() -> str:
    """Return all commands with their keys as Markdown, one table a group."""
    parts = []
    for title, commands in GROUPS:
        rows = [_row(command) for command in commands if command.keys]
        parts.append("\n".join([f"**{title}**", "", "| keys | where | do |", "|---|---|---|", *rows]))
    return "\n\n".join(parts) + "\n"


def line_table() -> str:
    """Return what can be written on the command line as a Markdown table."""
    rows = []
    for _, commands in GROUPS:
        for command in commands:
            if not command.words:
                continue
            first, *others = command.words
            written = f"`{first} {command.takes.shown}`" if command.takes else f"`{first}`"
            also = " ".join(f"`{word}`" for word in others)
            where = ", ".join(map(str, command.contexts)) if SCREENS.issuperset(command.contexts) else ""
            rows.append(f"| {written} | {also} | {where} | {_escaped(command.title.rstrip('…'))} |")
    return "\n".join(["| write | or | on | do |", "|---|---|---|---|", *rows]) + "\n"


def _told(command: Command) -> str:
    help = help_of(command, lambda other: other.keys)
    return f"{command.title}. {help}" if help else command.title


def _row(command: Command) -> str:
    whole = " … ".join(f"`{key}`" for key in span(command, command.keys))
    keys = whole or " ".join(f"`{_escaped(key)}`" for key in command.keys)
    where = ", ".join(str(context) for context in command.contexts)
    return f"| {keys} | {'' if command.contexts == (Context.MAIN,) else where} | {_escaped(_told(command))} |"


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(line_table() if sys.argv[1:] == ["line"] else keys_table())
