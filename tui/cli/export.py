"""`dateline export`: passages, notes and tags as a dossier, or as data."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from store.errors import UsageError
from store.library import Library
from tui.cli.choosing import bring_up_to_date, chosen, default_paths, opened, opened_for, tell_warnings
from tui.cli.command import Parser, Subcommand, file_argument, takes_paths, takes_query, takes_store
from tui.cli.output import Output

if TYPE_CHECKING:
    from store.library.exchanging import Grouping

FORMATS = ("markdown", "html", "jsonl", "csv", "webannotation", "spacy", "conll")
TRAINING = ("spacy", "conll")
"""The formats that hold names, not annotations."""
_BY_SUFFIX = {
    ".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html", ".jsonl": "jsonl",
    ".ndjson": "jsonl", ".csv": "csv", ".jsonld": "webannotation",
    ".spacy": "spacy", ".conll": "conll", ".iob": "conll",
}  # fmt: skip
GROUPS = ("article", "date", "person", "tag")


def arguments(parser: Parser) -> None:
    """Declare what may follow."""
    takes_paths(parser, "folders and files; without them and -q: everything there is, also on articles that are gone")
    takes_query(parser)
    parser.add_argument(
        "--format", metavar="FORMAT", type=_format,
        help=f"{', '.join(FORMATS)}; without it what the ending of FILE says, else markdown",
    )  # fmt: skip
    parser.add_argument(
        "--group", metavar="BY", choices=GROUPS,
        help=f"for markdown and html: {', '.join(GROUPS)}",
    )  # fmt: skip
    parser.add_argument(
        "--private",
        action=argparse.BooleanOptionalAction,
        help="with notes tagged private, or without (else: with them in jsonl alone)",
    )
    parser.add_argument(
        "--all", action="store_true",
        help="for spacy, conll: also articles in which you corrected no name",
    )  # fmt: skip
    parser.add_argument("-o", "--output", metavar="FILE", type=file_argument, help="write there, not to stdout")
    takes_store(parser)


def _format(text: str) -> str:
    if text not in FORMATS:
        raise argparse.ArgumentTypeError(f"{text!r} is none of {', '.join(FORMATS)}")
    return text


def _format_of(args: argparse.Namespace) -> str:
    suffix = args.output.suffix.lower() if args.output else ""
    return str(args.format or _BY_SUFFIX.get(suffix) or "markdown")


def _how(args: argparse.Namespace, format: str) -> tuple[Grouping, bool]:
    """Return what notes are grouped by, and whether private ones are with them."""
    from store.library.exchanging import Grouping
    from tui.cli.export_formats import DOSSIERS

    if args.all:
        raise UsageError("--all is for spacy and conll; other formats hold your notes and tags.")
    if args.group and format not in DOSSIERS:
        raise UsageError(f"--group is for markdown and html; {format} has every note once.")
    private = format == "jsonl" if args.private is None else args.private
    return Grouping(args.group or Grouping.ARTICLE), private


def write_here(args: argparse.Namespace, library: Library, keys: Sequence[int], out: Output) -> int:
    """Write some articles of an open library; names that are not known yet are left out. Returns the exit code."""
    format = _format_of(args)
    if format in TRAINING:
        from tui.cli.export_training import write_here as write_training

        return write_training(args, format, library, keys, out)
    from store.library.exchanging import exporting
    from tui.cli.export_formats import write_export

    grouping, private = _how(args, format)
    with exporting(library, keys, private=private) as export:
        return write_export(args.output, format, export, grouping, library, out)


def _run(args: argparse.Namespace, out: Output) -> int:
    format = _format_of(args)
    if format in TRAINING:
        from tui.cli.export_training import run

        return run(args, format, out)
    from store.library.exchanging import Grouping, exporting  # brings what reads the annotation file
    from tui.cli.export_formats import DOSSIERS, write_export

    grouping, private = _how(args, format)
    with _library(args, out) as (library, keys), exporting(library, keys, private=private) as export:
        if format in DOSSIERS and grouping is Grouping.PERSON and library.roots and (missing := export.unnamed()):
            names = bring_up_to_date(library, out, analyse=missing)
            with exporting(library, keys, private=private, names=names) as again:
                return write_export(args.output, format, again, grouping, library, out)
        return write_export(args.output, format, export, grouping, library, out)


@contextmanager
def _library(args: argparse.Namespace, out: Output) -> Iterator[tuple[Library, Sequence[int] | None]]:
    """Open what is asked for, with the keys of the articles that are meant; None for all there is."""
    if args.paths or args.query:
        with opened_for(args, out) as library:
            yield library, chosen(library, args.query, out)
    else:
        with opened(args, default_paths()) as library:
            library.load_annotations().result()
            tell_warnings(library, out)
            yield library, None


COMMAND = Subcommand(
    name="export",
    help="Write out passages, notes and tags, or names as training data",
    usage="[PATH ...] [-q QUERY] [--format FORMAT] [--group BY] [--[no-]private] [--all] [-o FILE]",
    arguments=arguments,
    run=_run,
    more="markdown and html are dossiers: each passage in its sentence, with its note and its source.\n"
    "jsonl holds all that is kept, and `dateline import` takes it back; csv and webannotation hold notes,\n"
    "highlights and tags for other programs. spacy and conll hold texts with their names, corrected as you did,\n"
    "to train a model with: a .spacy file for `spacy train`, JSON lines with offsets (a .jsonl file, or stdout),\n"
    "or a word a line. What is exported is counted on stderr.",
)
