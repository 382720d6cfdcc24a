"""`dateline export`: passages, notes and tags as a dossier, or as data."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from store.errors import UsageError
from store.library import Library
from store.library.exchanging import (
    Export,
    Grouping,
    counted,
    exporting,
    html,
    markdown,
    new_file,
    remarks,
    spreadsheet,
    summary,
    webannotation,
)
from tui.cli.choosing import bring_up_to_date, chosen, default_paths, opened, opened_for, tell_warnings
from tui.cli.command import Parser, Subcommand, file_argument, takes_paths, takes_query, takes_store
from tui.cli.output import Output, to_json
from tui.render.safe import plain

FORMATS = ("markdown", "html", "jsonl", "csv", "webannotation")
_BY_SUFFIX = {
    ".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html", ".jsonl": "jsonl",
    ".ndjson": "jsonl", ".csv": "csv", ".jsonld": "webannotation",
}  # fmt: skip
_DOSSIERS = ("markdown", "html")


def _arguments(parser: Parser) -> None:
    takes_paths(parser, "folders and files; without them and -q: everything there is, also on articles that are gone")
    takes_query(parser)
    parser.add_argument(
        "--format", metavar="FORMAT", type=_format,
        help=f"{', '.join(FORMATS)}; without it what the ending of FILE says, else markdown",
    )  # fmt: skip
    parser.add_argument(
        "--group", metavar="BY", choices=[str(one) for one in Grouping],
        help=f"for markdown and html: {', '.join(Grouping)}",
    )  # fmt: skip
    parser.add_argument(
        "--private",
        action=argparse.BooleanOptionalAction,
        help="with notes tagged private, or without (else: with them in jsonl alone)",
    )
    parser.add_argument("-o", "--output", metavar="FILE", type=file_argument, help="write there, not to stdout")
    takes_store(parser)


def _format(text: str) -> str:
    if text == "spacy":
        raise argparse.ArgumentTypeError("spacy: training data is made of corrected names, which cannot be kept yet")
    if text not in FORMATS:
        raise argparse.ArgumentTypeError(f"{text!r} is none of {', '.join(FORMATS)}")
    return text


def _run(args: argparse.Namespace, out: Output) -> int:
    format = args.format or (_BY_SUFFIX.get(args.output.suffix.lower()) if args.output else None) or "markdown"
    if args.group and format not in _DOSSIERS:
        raise UsageError(f"--group is for markdown and html; {format} has every note once.")
    grouping = Grouping(args.group or Grouping.ARTICLE)
    private = format == "jsonl" if args.private is None else args.private
    with _library(args, out) as (library, keys), exporting(library, keys, private=private) as export:
        if format in _DOSSIERS and grouping is Grouping.PERSON and library.roots and (missing := export.unnamed()):
            names = bring_up_to_date(library, out, analyse=missing)
            with exporting(library, keys, private=private, names=names) as again:
                return _write(args.output, format, again, grouping, library, out)
        return _write(args.output, format, export, grouping, library, out)


@contextmanager
def _library(args: argparse.Namespace, out: Output) -> Iterator[tuple[Library, Sequence[int] | None]]:
    """Open what is asked for, with the keys of the articles that are meant; None for all there is."""
    if args.paths or args.query:
        with opened_for(args, out) as library:
            yield library, chosen(library, args.query)
    else:
        with opened(args, default_paths()) as library:
            library.load_annotations().result()
            tell_warnings(library, out)
            yield library, None


def _write(path: Path | None, format: str, export: Export, grouping: Grouping, library: Library, out: Output) -> int:
    dossier = format in _DOSSIERS
    if not export.selection.notes and (dossier or format == "csv"):
        said = remarks(export.selection, ())
        out.say("dateline: no notes and highlights to export" + (f": {', '.join(said)}." if said else "."))
        return 1
    if not export.selection.chosen:
        out.say("dateline: nothing to export.")
        return 1
    out.say("; ".join(_told(format, export, grouping)))
    if path is None:
        _data(format, export, grouping, out)
        return 0
    with new_file(path, never=library.annotations_file) as sink:
        _data(format, export, grouping, Output(sink))
    out.say(f"written to {path}")
    return 0


def _told(format: str, export: Export, grouping: Grouping) -> list[str]:
    """Say what is exported, and what is not."""
    if format == "jsonl":
        # Texts are read as it is written; there is nothing to be said of them before.
        articles = counted(len(export.selection.chosen), "article")
        return [f"{articles} with {counted(export.selection.notes, 'note')}", *remarks(export.selection, ())]
    by = grouping if format in _DOSSIERS else None
    summed = f"{summary(export.entries)}, by {by}" if by is not None else summary(export.entries)
    return [summed, *remarks(export.selection, export.entries, by)]


def _data(format: str, export: Export, grouping: Grouping, out: Output) -> None:
    match format:
        case "jsonl":
            out.json_lines(export.json_lines())
        case "csv":
            out.csv(spreadsheet.COLUMNS, spreadsheet.rows(export.entries))
        case "webannotation":
            _collection(export, out)
        case _:
            write = html.write if format == "html" else markdown.write
            _text(write(export.dossier(grouping, date.today())), out)


def _text(pieces: Iterable[str], out: Output) -> None:
    for piece in pieces:
        out.data(plain(piece).encode("utf-8", "replace"))


def _collection(export: Export, out: Output) -> None:
    """Write one JSON object whose items are streamed."""
    head: dict[str, Any] = webannotation.collection(webannotation.count(export.entries))
    out.data(f'{to_json(head)[:-1]}, "first": {to_json(webannotation.page())[:-1]}, "items": ['.encode())
    for number, item in enumerate(webannotation.items(export.entries)):
        out.data(f"{',' if number else ''}\n {to_json(item)}".encode())
    out.data(b"\n]}}\n")


COMMAND = Subcommand(
    name="export",
    help="Write out passages, notes and tags",
    usage="[PATH ...] [-q QUERY] [--format FORMAT] [--group BY] [--[no-]private] [-o FILE]",
    arguments=_arguments,
    run=_run,
    more="markdown and html are dossiers: each passage in its sentence, with its note and its source.\n"
    "jsonl holds all that is kept, and `dateline import` takes it back; csv and webannotation hold notes,\n"
    "highlights and tags for other programs. What is exported is counted on stderr.",
)
