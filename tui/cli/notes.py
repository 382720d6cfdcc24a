"""`dateline notes`: notes and highlights, of the articles that match or all there are."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from typing import Any

from store.article import ArticleKey
from store.library import Library, Note, Target
from tui.cli.choosing import chosen, opened, opened_for
from tui.cli.command import Parser, Subcommand, takes_format, takes_paths, takes_query, takes_store
from tui.cli.output import Output
from tui.cli.shapes import note_shape, place_shape, short

_COLUMNS = (
    "article", "path", "title", "id", "created", "updated", "start", "end", "quote", "body", "tags", "was", "lost",
    "gone",
)  # fmt: skip

Found = tuple[Target, Note, bool]
"""An article as the annotation file knows it, a note on it, and whether the article is gone."""


def _arguments(parser: Parser) -> None:
    takes_paths(parser, "folders and files; without them and -q: every note there is")
    takes_query(parser)
    parser.add_argument("--lost", action="store_true", help="only those that want a place: passage or article is gone")
    takes_format(parser, "table", "json", "jsonl", "csv")
    takes_store(parser, model=False)


def _run(args: argparse.Namespace, out: Output) -> int:
    if not args.paths and not args.query:
        with opened(args, ()) as library:
            library.load_annotations().result()
            count = _write(args.format, _wanted(_all(library), args.lost), out)
            none = "no notes and highlights yet; `dateline note PATH --text TEXT` writes one"
            return out.found(count, "no note wants a place" if args.lost else none)
    with opened_for(args, out) as library:
        return out.found(_write(args.format, _wanted(_matching(library, args.query, out), args.lost), out),
                         "no notes and highlights there")  # fmt: skip


def _all(library: Library) -> Iterator[Found]:
    """Yield every note there is, in the order in which they were written; without a library files tell what is gone."""
    for row in sorted(library.note_rows(), key=lambda row: row.note.created):
        yield row.target, row.note, row.gone


def _matching(library: Library, query: str, out: Output) -> Iterator[Found]:
    for key in chosen(library, query, out):
        target = library.target(ArticleKey(key))
        for note in library.notes(target.id):
            yield target, note, key < 0


def _wanted(found: Iterable[Found], lost: bool) -> Iterator[Found]:
    return (one for one in found if not lost or one[1].lost or one[2])


def _write(format: str, notes: Iterator[Found], out: Output) -> int:
    if format == "table":
        n = 0
        for n, (target, note, gone) in enumerate(notes, 1):
            _entry(target, note, gone, out, first=n == 1)
    elif format == "csv":
        shapes = (_shape(*one) for one in notes)
        n = out.csv(_COLUMNS, ([_joined(shape[name]) for name in _COLUMNS] for shape in shapes))
    else:
        shapes = (_shape(*one) for one in notes)
        n = out.json({}, "notes", shapes) if format == "json" else out.json_lines(shapes)
    return n


def _shape(target: Target, note: Note, gone: bool) -> dict[str, Any]:
    return {
        **note_shape(note),
        "article": target.id,
        **place_shape(target.sources),
        "title": target.title,
        "gone": gone,
    }


def _joined(value: object) -> object:
    return " ".join(value) if isinstance(value, list) else value


def _entry(target: Target, note: Note, gone: bool, out: Output, *, first: bool) -> None:
    if not first:
        out.line()
    day = note.updated.astimezone().date().isoformat()
    out.line(f"{short(target.id)}  {day}  {target.title}{_state(note, gone)}")
    if note.anchor:
        out.line(f"  “{' '.join(note.anchor.quote.split())}”")
    if note.was:
        out.line(f"  (at first: “{' '.join(note.was.split())}”)")
    for line in note.body.splitlines():
        out.line(f"  {line}")
    if note.tags:
        out.line(f"  {' '.join(f'#{tag}' for tag in note.tags)}")


def _state(note: Note, gone: bool) -> str:
    words = [
        *(["article gone"] if gone else []),
        *(["wants a place"] if note.lost else []),
        *(["kept beside another session's text"] if note.conflict_of is not None else []),
    ]
    return f"  ({', '.join(words)})" if words else ""


COMMAND = Subcommand(
    name="notes",
    help="List notes and highlights",
    usage="[PATH ...] [-q QUERY] [--lost] [--format FORMAT]",
    arguments=_arguments,
    run=_run,
)
