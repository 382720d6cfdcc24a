"""`dateline tags`: the tags in use, and giving one another name."""

from __future__ import annotations

import argparse

from store.errors import NotFoundError, UsageError
from store.library import Library, RenameTag, TagUse
from tui.cli.choosing import opened
from tui.cli.command import Parser, Subcommand, takes_format, takes_store
from tui.cli.output import Output
from tui.cli.shapes import tag_shape

_COLUMNS = ("name", "articles", "last_used", "digit")


def _arguments(parser: Parser) -> None:
    parser.add_argument("words", nargs="*", metavar="rename OLD NEW", help="give a tag another name everywhere")
    takes_format(parser, "table", "json", "jsonl", "csv")
    takes_store(parser, model=False)


def _run(args: argparse.Namespace, out: Output) -> int:
    if args.words and (args.words[0] != "rename" or len(args.words) != 3):
        raise UsageError("`dateline tags` takes nothing, or `rename OLD NEW`.")
    with opened(args, ()) as library:
        library.load_annotations().result()
        return _rename(library, *args.words[1:], out=out) if args.words else _list(library, args.format, out)


def _rename(library: Library, old: str, new: str, *, out: Output) -> int:
    receipt = library.change(RenameTag(old, new)).result()
    if not receipt.sentence:
        known = any(tag.name == old for tag in library.tags())
        if not known:
            raise NotFoundError(f"no article has the tag {old}; `dateline tags` lists those in use.")
    out.say(receipt.sentence or "It has this name already.")
    return 0


def _list(library: Library, format: str, out: Output) -> int:
    tags = library.tags()
    if format == "json":
        n = out.json({}, "tags", map(tag_shape, tags))
    elif format == "jsonl":
        n = out.json_lines(map(tag_shape, tags))
    elif format == "csv":
        n = out.csv(_COLUMNS, (list(tag_shape(tag).values()) for tag in tags))
    else:
        n = len(tags)
        for tag in tags:
            out.line(_row(tag))
    return 0 if n else 1


def _row(tag: TagUse) -> str:
    digit = str(tag.digit) if tag.digit else " "
    last = tag.last_used.astimezone().date().isoformat() if tag.last_used else " " * 10
    return f"{digit}  {tag.articles:>7,}  {last}  {tag.name}"


COMMAND = Subcommand(
    name="tags",
    help="List the tags in use, or rename one",
    usage="[rename OLD NEW] [--format FORMAT]",
    arguments=_arguments,
    run=_run,
    more="The columns of the table: number key, articles, last used, name.\n"
    "Renamed to a tag that exists, the two become one.",
)
