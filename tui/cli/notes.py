"""`dateline notes`: what was written on the articles that match."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any

from store.article import ArticleKey
from store.library import Library, Note, Target
from tui.cli.choosing import chosen, opened, opened_for
from tui.cli.command import Parser, Subcommand, takes_format, takes_paths, takes_query, takes_store
from tui.cli.output import Output
from tui.cli.shapes import note_shape, place_shape, short

_COLUMNS = ("article", "path", "title", "id", "created", "updated", "start", "end", "quote", "body", "tags")


def _arguments(parser: Parser) -> None:
    takes_paths(parser, "folders and files; without them and -q: every note there is")
    takes_query(parser)
    takes_format(parser, "table", "json", "jsonl", "csv")
    takes_store(parser, model=False)


def _run(args: argparse.Namespace, out: Output) -> int:
    if not args.paths and not args.query:
        with opened(args, ()) as library:
            library.load_annotations().result()
            return _write(args.format, library.all_notes(), out)
    with opened_for(args, out) as library:
        return _write(args.format, _matching(library, args.query), out)


def _matching(library: Library, query: str) -> Iterator[tuple[Target, Note]]:
    for key in chosen(library, query):
        target = library.target(ArticleKey(key))
        for note in library.notes(target.id):
            yield target, note


def _write(format: str, notes: Iterator[tuple[Target, Note]], out: Output) -> int:
    if format == "table":
        n = 0
        for n, (target, note) in enumerate(notes, 1):
            _entry(target, note, out, first=n == 1)
    elif format == "csv":
        shapes = (_shape(target, note) for target, note in notes)
        n = out.csv(_COLUMNS, ([_joined(shape[name]) for name in _COLUMNS] for shape in shapes))
    else:
        shapes = (_shape(target, note) for target, note in notes)
        n = out.json({}, "notes", shapes) if format == "json" else out.json_lines(shapes)
    return 0 if n else 1


def _shape(target: Target, note: Note) -> dict[str, Any]:
    return {
        **note_shape(note),
        "article": target.id,
        **place_shape(target.sources),
        "title": target.title,
    }


def _joined(value: object) -> object:
    return " ".join(value) if isinstance(value, list) else value


def _entry(target: Target, note: Note, out: Output, *, first: bool) -> None:
    if not first:
        out.line()
    day = note.updated.astimezone().date().isoformat()
    out.line(f"{short(target.id)}  {day}  {target.title}")
    if note.anchor:
        out.line(f"  “{' '.join(note.anchor.quote.split())}”")
    for line in note.body.splitlines():
        out.line(f"  {line}")


COMMAND = Subcommand(
    name="notes",
    help="List notes and highlights",
    usage="[PATH ...] [-q QUERY] [--format FORMAT]",
    arguments=_arguments,
    run=_run,
)
