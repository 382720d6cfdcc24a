"""`dateline read`: the library as plain lines and prompts, for screen readers, dumb terminals and pipes."""

from __future__ import annotations

import argparse
from pathlib import Path

from store.errors import UsageError
from store.library import Library, remember
from tui.cli.choosing import bring_up_to_date, config_of, default_paths
from tui.cli.command import Parser, Subcommand, count_argument, takes_paths, takes_query, takes_store
from tui.cli.output import Output


def _arguments(parser: Parser) -> None:
    takes_paths(parser, "folders and files to read; none: the library that was opened last")
    takes_query(parser)
    parser.add_argument("--width", metavar="N", type=count_argument, help="columns of a line; a pipe's are not broken")
    takes_store(parser)


def _run(args: argparse.Namespace, out: Output) -> int:
    return read(args, out)


def read(args: argparse.Namespace, out: Output) -> int:
    """Open a linear session on what the reader's arguments name; returns the exit status.

    Raises:
        UsageError: no path was given, and no library was opened before.
    """
    import sys

    from tui.cli.export_here import Exporter
    from tui.linear.run import run
    from tui.linear.voice import Voice

    given = [Path(one) for one in args.paths] or default_paths()
    if not given:
        raise UsageError("which folder? Name one, as in `dateline read ~/articles`.")
    library = Library.open(given, config_of(args), annotations=args.db)
    remember(library.roots)
    if not (sys.stdin and sys.stdin.isatty()):
        # A script hears the same each time: what lies in the folders is read before its first line.
        bring_up_to_date(library, out)
    columns = getattr(args, "width", None) or (out.width - 1 if out.terminal else 0)
    return run(library, Voice(out, columns), query=args.query, exporter=Exporter(library))


COMMAND = Subcommand(
    name="read",
    help="Read as plain lines and prompts, for screen readers, dumb terminals and pipes",
    usage="[PATH ...] [-q QUERY] [--width N]",
    arguments=_arguments,
    run=_run,
    more="Commands are words, such as list, open 3, more, names, tag japan, note; help lists them.\n"
    "Nothing is drawn twice and no cursor moves. Without a terminal commands come from standard input, a line each:\n"
    "  printf 'open 1\\nnames\\n' | dateline read ~/articles",
)
