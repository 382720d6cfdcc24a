"""The manual page, made of the commands' own declarations: `python -m tui.cli.manual` prints it for `man`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator

from tui.cli import NAMES, reader
from tui.cli.command import Parser, find
from tui.cli.output import Output
from tui.commands.command import Command, Context, span
from tui.commands.footer import help_of
from tui.commands.registry import GROUPS

_FILES = (
    ("~/.local/share/dateline/annotations.json", "Tags, notes and all else that you said: a TinyDB file."),
    ("~/.config/dateline/config.toml", "Settings, if you want any."),
    ("~/.cache/dateline/", "The index, which may be deleted at any time."),
)
_SIGNS = {"\\": "\\e", "-": "\\-", "`": "\\(ga", "'": "\\(aq", '"': "\\(dq"}
_ENDINGS = (("0", "All went well."), ("1", "Nothing was found."), ("2", "Used in a wrong way."), ("3", "It could not."))


def page() -> str:
    """Return the manual page of the program, in man's macros, as ASCII."""
    text = "\n".join(_lines()) + "\n"
    return "".join(letter if letter.isascii() else f"\\[u{ord(letter):04X}]" for letter in text)


def _lines() -> Iterator[str]:
    yield '.TH DATELINE 1 "" "Dateline"'
    yield from (".SH NAME", "dateline \\- read a folder of articles, with names, tags and notes")
    yield ".SH SYNOPSIS"
    yield f".B dateline\n{_escaped(reader.USAGE)}"
    for name in NAMES:
        yield f".br\n.B dateline {name}\n{_escaped(find(name).usage)}"
    yield ".SH DESCRIPTION"
    yield _escaped(
        "A reader for a folder of articles, in the terminal. It shows people, places, organisations and dates while "
        "you read, keeps your tags and notes in one plain file, and finds it all again. A word that is no command is "
        "a file or a folder to read."
    )
    yield from _options("", reader.arguments)
    yield ".SH COMMANDS"
    for name in NAMES:
        command = find(name)
        yield f".SS dateline {name} {_escaped(command.usage)}"
        yield _escaped(f"{command.help}.")
        yield from _options(name, command.arguments)
        if command.more:
            yield from (".PP", ".nf", _escaped(command.more), ".fi")
    yield ".SH KEYS"
    for title, commands in GROUPS:
        yield f".SS {_escaped(title)}"
        yield from (line for command in commands if command.keys for line in _key(command))
    for heading, rows in (("FILES", _FILES), ("EXIT STATUS", _ENDINGS)):
        yield f".SH {heading}"
        yield from (f".TP\n.B {_escaped(what)}\n{_escaped(told)}" for what, told in rows)


def _options(name: str, arguments: Callable[[Parser], None]) -> Iterator[str]:
    parser = Parser(name, "", "", "", Output())
    arguments(parser)
    for action in parser._actions:
        if action.option_strings and not isinstance(action, argparse._HelpAction):
            value = f" {action.metavar}" if isinstance(action.metavar, str) and action.nargs != 0 else ""
            yield f".TP\n.B {_escaped(', '.join(action.option_strings) + value)}"
            yield _escaped((action.help or "").replace("%%", "%"))


def _key(command: Command) -> Iterator[str]:
    keys = " … ".join(span(command, command.keys)) or ", ".join(command.keys)
    where = "" if command.contexts == (Context.MAIN,) else f" ({', '.join(map(str, command.contexts))})"
    help = help_of(command, lambda other: other.keys)
    yield f".TP\n.B {_escaped(keys)}\n{_escaped(f'{command.title}. {help}'.strip() + where)}"


def _escaped(text: str) -> str:
    """Write a text so that man takes nothing in it for a request."""
    safe = "".join(_SIGNS.get(letter, letter) for letter in text)
    return "\n".join(f"\\&{line}" if line.startswith(".") else line for line in safe.split("\n"))


if __name__ == "__main__":
    sys.stdout.write(page())
