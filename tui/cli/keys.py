"""`dateline keys`: every command with its id and the keys it has now, as one writes them into the settings."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator

from store import paths
from store.config_file import load
from tui.cli.command import Parser, Subcommand, takes_format
from tui.cli.layout import cut
from tui.cli.output import Output
from tui.commands.command import Command, span
from tui.commands.footer import help_of
from tui.commands.presets import PRESETS
from tui.commands.registry import GROUPS
from tui.keymap import PRESET, Keymap

_ID, _KEYS = 28, 22
"""Columns of the table."""


def _arguments(parser: Parser) -> None:
    parser.add_argument("words", nargs="*", metavar="WORD", help="only commands with these words")
    parser.add_argument("--preset", metavar="NAME", choices=tuple(PRESETS),
                        help=f"the keys of a preset, {' or '.join(PRESETS)}, without your own")  # fmt: skip
    takes_format(parser, "table", "toml", "json")


def _run(args: argparse.Namespace, out: Output) -> int:
    file = paths.config_file()
    own = {PRESET: args.preset} if args.preset else load(file).keys
    keymap = Keymap(own, str(file))
    groups = [(title, kept) for title, commands in GROUPS if (kept := [*_chosen(commands, args.words, keymap)])]
    match args.format:
        case "json":
            shapes = (_shape(command, title, keymap) for title, commands in groups for command in commands)
            out.json({"preset": keymap.preset}, "commands", shapes)
        case "toml":
            _toml(groups, keymap, out)
        case _:
            _table(groups, keymap, out)
    return out.found(len(groups), "no command has these words; `dateline keys` lists all")


def _chosen(commands: tuple[Command, ...], words: list[str], keymap: Keymap) -> Iterator[Command]:
    wanted = [word.casefold() for word in words]
    for command in commands:
        text = f"{command.id} {command.title} {help_of(command, keymap.keys_of)} {_where(command)}".casefold()
        if all(word in text or word in map(str.casefold, keymap.keys_of(command)) for word in wanted):
            yield command


def _where(command: Command) -> str:
    return ", ".join(command.contexts)


def _shape(command: Command, title: str, keymap: Keymap) -> dict[str, object]:
    return {
        "id": command.id,
        "keys": list(keymap.keys_of(command)),
        "where": [str(context) for context in command.contexts],
        "title": command.title,
        "help": help_of(command, keymap.keys_of),
        "group": title,
        "own": keymap.is_own(command),
        "preset_keys": list(keymap.preset_keys_of(command)),
    }


def _table(groups: list[tuple[str, list[Command]]], keymap: Keymap, out: Output) -> None:
    for index, (title, commands) in enumerate(groups):
        if index:
            out.line()
        out.line(title)
        for command in commands:
            # A sequence is written with its blank, so keys stand two apart.
            keys = " … ".join(span(command, keymap.keys_of(command))) or "  ".join(keymap.keys_of(command))
            sign = "*" if keymap.is_own(command) else " "
            line = f"{sign} {command.id:<{_ID}}{keys:<{_KEYS}} {command.title} ({_where(command)})"
            out.line(cut(line, out.width) if out.terminal else line)


def _toml(groups: list[tuple[str, list[Command]]], keymap: Keymap, out: Output) -> None:
    out.line("[keys]")
    out.line(f"preset = {json.dumps(keymap.preset)}")
    for title, commands in groups:
        out.block(f"\n# {title}")
        for command in commands:
            keys = json.dumps(list(keymap.keys_of(command)), ensure_ascii=False)
            out.line(f'"{command.id}" = {keys}  # {command.title} ({_where(command)})')


COMMAND = Subcommand(
    name="keys",
    help="List all commands with their ids and the keys they have now",
    usage="[WORD ...] [--preset NAME] [--format FORMAT]",
    arguments=_arguments,
    run=_run,
    more="The columns: your own settings have a *, id, keys, what the command does and where.\n"
    "`--format toml` writes it as the settings take it: keep the lines that you change, under [keys].",
)
