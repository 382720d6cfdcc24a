"""`dateline completions`: what a shell needs to complete the command line, made of the commands' own declarations."""

from __future__ import annotations

import argparse
from typing import Any

from tui.cli import NAMES, reader
from tui.cli.command import Parser, Subcommand, find
from tui.cli.output import Output

SHELLS = ("bash", "zsh", "fish", "tcsh")
_FILES = frozenset({"PATH", "PATH|ID", "FILE", "FOLDER", "A", "B", "C"})
"""Names of arguments that are files or folders."""


def _arguments(parser: Parser) -> None:
    parser.add_argument("shell", metavar="SHELL", choices=SHELLS, help=", ".join(SHELLS))


def _run(args: argparse.Namespace, out: Output) -> int:
    out.write(script(args.shell))
    out.flush()
    return 0


def script(shell: str) -> str:
    """Return the script that makes a shell complete `dateline`."""
    import shtab  # only this command needs it

    whole = _Whole(prog="dateline", description=_plain(f"{reader.HELP}."), allow_abbrev=False)
    reader.arguments(whole)
    # A word that is no command is a folder to read, which shells complete by themselves.
    for action in [one for one in whole._actions if one.dest == "paths"]:
        whole._actions.remove(action)
    commands = whole.add_subparsers(dest="command", metavar="COMMAND")
    for name in NAMES:
        command = find(name)
        each = commands.add_parser(name, help=_plain(command.help), description=_plain(command.help))
        command.arguments(each)
        _complete_files(each)
    made: str = shtab.complete(whole, shell).replace("complete -o bashdefault", "complete -o bashdefault -o default")
    return made if made.endswith("\n") else f"{made}\n"


class _Whole(Parser):
    """A parser of all commands, or of one, which reads nothing: it is there to be looked at."""

    def __init__(self, **about: Any) -> None:
        self.out = Output()
        argparse.ArgumentParser.__init__(self, **about)


def _complete_files(parser: argparse.ArgumentParser) -> None:
    import shtab

    for action in parser._actions:
        metavar = action.metavar if isinstance(action.metavar, str) else ""
        if metavar in _FILES and action.choices is None:
            action.complete = shtab.FILE  # type: ignore[attr-defined]


def _plain(text: str) -> str:
    return text.replace("%", "%%").replace("`", "'")


COMMAND = Subcommand(
    name="completions",
    help="Print a script that lets your shell complete commands and options",
    usage="bash|zsh|fish|tcsh",
    arguments=_arguments,
    run=_run,
    more="bash:  dateline completions bash > ~/.local/share/bash-completion/completions/dateline\n"
    "zsh:   dateline completions zsh > a file _dateline in a folder that fpath names\n"
    "fish:  dateline completions fish > ~/.config/fish/completions/dateline.fish",
)
