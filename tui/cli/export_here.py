"""`dateline export` for the articles of an open reader: the same words, without paths, and into a file."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Sequence
from pathlib import Path

from store.errors import UsageError
from store.library import Library
from tui.cli import export
from tui.cli.command import Parser
from tui.cli.output import Output

_PROPOSED = ("--format", "--group", "--private", "--no-private", "--all", "-q", "-o")


class Exporter:
    """Reads the words that follow `export`, and carries them out."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def words_after(self, before: Sequence[str]) -> Sequence[str]:
        """Return what can stand behind these words."""
        last = before[-1] if before else ""
        if last == "--format":
            return export.FORMATS
        if last == "--group":
            return export.GROUPS
        if last in ("-o", "--output", "-q", "--query"):
            return ()
        return [word for word in _PROPOSED if word not in before]

    def wrong(self, text: str) -> str:
        """Say what is wrong with the words; empty where they will do."""
        try:
            _read(text)
        except UsageError as error:
            return str(error).partition("\n")[0]
        return ""

    def file(self, text: str) -> Path:
        """Return the file that the words name.

        Raises:
            UsageError: what is wrong with them.
        """
        path: Path = _read(text).output
        return path

    def export(self, text: str, keys: Sequence[int]) -> str:
        """Export these articles, or those of them that a query among the words finds; returns what to say of it.

        May be called on any thread.

        Raises:
            UsageError: what is wrong with the words.
            DatelineError: the query is wrong, or the file cannot be written.
        """
        args, told = _read(text), _Told()
        if args.query:
            found = set(self._library.search(args.query).result().keys)
            keys = [key for key in keys if key in found]
        export.write_here(args, self._library, keys, told)
        return "; ".join(told.said).replace("dateline: ", "")


class _Told(Output):
    """Keeps what a command has to say."""

    def __init__(self) -> None:
        super().__init__(_Nowhere())
        self.said: list[str] = []

    def say(self, text: str) -> None:
        """Keep a message."""
        self.said.append(text)


class _Nowhere:
    """Takes what nobody reads."""

    def write(self, data: bytes, /) -> None:
        """Take some."""

    def flush(self) -> None:
        """Hand over what was taken."""


def _read(text: str) -> argparse.Namespace:
    parser = Parser("export", "[-q QUERY] [--format FORMAT] [--group BY] [--[no-]private] [--all] -o FILE",
                    export.COMMAND.help, "", _Told())  # fmt: skip
    export.arguments(parser)
    try:
        words = shlex.split(text)
    except ValueError as error:
        raise UsageError("a quote in it is not closed") from error
    if {"-h", "--help"}.intersection(words):
        raise UsageError("the shell tells more: dateline export --help")
    args = parser.read(words)
    if args.paths or args.db or args.model:
        raise UsageError("here the articles of the list are exported: no path, --db or --model")
    if args.output is None:
        raise UsageError("-o FILE says where to, as in -o notes.md")
    try:
        args.output = args.output.expanduser()
    except RuntimeError as error:
        raise UsageError("-o: nobody here has a home folder of that name") from error
    return args

