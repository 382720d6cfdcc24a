"""What a sub-command is, and how its arguments are read: one declaration makes the parser and the help."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from keyword import iskeyword
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from store.errors import UsageError
from store.record import Record
from tui.cli.output import Output

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

_TAKES_WORDS = ("-q", "--query", "--text", "--quote")
"""Options whose value may begin with a dash, as `-q -tag:seen` does."""


class Subcommand(Record):
    """One word after `dateline`."""

    name: str
    help: str
    """One line, in the imperative."""
    usage: str
    """What follows the name, as the user types it."""
    arguments: Callable[[Parser], None]
    run: Callable[[argparse.Namespace, Output], int]
    more: str = ""
    """Examples or advice under the options."""
    takes_more: bool = False
    """Whether the words after the first `--` are kept apart, as `args.after`."""


class Parser(argparse.ArgumentParser):
    """A parser that raises `UsageError` where argparse would print and exit."""

    def __init__(self, name: str, usage: str, about: str, more: str, out: Output) -> None:
        self.out = out
        super().__init__(
            prog=f"dateline {name}".strip(),
            usage=f"dateline {name} {usage}".replace("  ", " ").replace("%", "%%"),
            description=about.replace("%", "%%"),
            epilog=more.replace("%", "%%"),
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )

    def error(self, message: str) -> NoReturn:
        """Refuse the arguments."""
        raise UsageError(f"{message}\nusage: {self.usage}\nTry `{self.prog} --help`.".replace("%%", "%"))

    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        if file is sys.stderr:
            self.out.say(message.rstrip("\n"))
        else:
            self.out.write(message)

    def read(self, argv: Sequence[str]) -> argparse.Namespace:
        """Parse; options may stand between paths, and a query may begin with a dash.

        Raises:
            UsageError: what is wrong, with the usage.
        """
        return self.parse_intermixed_args(self._joined(argv))

    def _joined(self, argv: Sequence[str]) -> list[str]:
        known = self._option_string_actions
        joined: list[str] = []
        words = iter(argv)
        for word in words:
            if word == "--":
                return [*joined, word, *words]
            if word in _TAKES_WORDS and word in known:
                value = next(words, None)
                if value is not None and value.startswith("-") and value not in known:
                    joined.append(f"{word}={value}" if word.startswith("--") else word + value)
                    continue
                joined += [word] if value is None else [word, value]
            else:
                joined.append(word)
        return joined


def find(name: str) -> Subcommand:
    """Load a sub-command's declaration."""
    module = f"{name}_" if iskeyword(name) else name
    command: Subcommand = import_module(f"tui.cli.{module}").COMMAND
    return command


# ---- arguments that several commands share -------------------------------------------------------------------------
def takes_paths(parser: Parser, help: str = "folders and files; none: the library opened last") -> None:
    """Declare `[PATH ...]`."""
    parser.add_argument("paths", nargs="*", metavar="PATH", help=help)


def takes_query(parser: Parser) -> None:
    """Declare `-q QUERY`."""
    parser.add_argument("-q", "--query", metavar="QUERY", default="", help="only articles that match this query")


def takes_store(parser: Parser, *, model: bool = True) -> None:
    """Declare where the annotations are, and the pipeline."""
    parser.add_argument("--db", metavar="FILE", type=file_argument, help="the annotation file to use")
    if model:
        parser.add_argument("--model", metavar="M", help="the spaCy pipeline: its name, or its folder")


def takes_format(parser: Parser, *formats: str) -> None:
    """Declare `--format`; the first is the default."""
    parser.add_argument("--format", metavar="FORMAT", choices=formats, default=formats[0], help=", ".join(formats))


def file_argument(text: str) -> Path:
    """Read the name of a file."""
    if not text:
        raise argparse.ArgumentTypeError("a file's name is missing")
    return Path(text)


def count_argument(text: str) -> int:
    """Read a whole number from 1."""
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 1")
    return int(text)
