"""What `dateline` takes without a sub-command: what to read. `tui.__main__` opens the reader on it."""

from __future__ import annotations

from tui.cli.command import Parser, takes_paths, takes_query, takes_store

HELP = "Read a folder of articles"
USAGE = "[PATH ...] [-q QUERY] [--db FILE] [--model M]"


def arguments(parser: Parser) -> None:
    """Declare what the reader takes."""
    takes_paths(parser, "folders and files to read; none: the library that was opened last")
    takes_query(parser)
    takes_store(parser)
    parser.add_argument("--version", action="store_true", help="say which version this is")
