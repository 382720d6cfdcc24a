"""`dateline list`: the articles that match, one a line or as data."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Sequence

from store.article import ListedArticle
from store.library import Library, Marks
from tui.cli.choosing import articles, chosen, opened_for
from tui.cli.command import Parser, Subcommand, count_argument, takes_format, takes_paths, takes_query, takes_store
from tui.cli.layout import cut, cut_or_pad
from tui.cli.output import Output
from tui.cli.shapes import article_shape, short, shown_path

_PAGE = 500
_COLUMNS = ("id", "path", "member", "title", "published", "words", "tags", "starred", "read", "notes")


def _arguments(parser: Parser) -> None:
    takes_paths(parser)
    takes_query(parser)
    takes_format(parser, "table", "json", "jsonl", "csv", "paths")
    parser.add_argument("--limit", metavar="N", type=count_argument, help="at most this many articles")
    takes_store(parser, model=False)


def _run(args: argparse.Namespace, out: Output) -> int:
    with opened_for(args, out) as library:
        keys = chosen(library, args.query, out)
        if args.limit:
            keys = keys[: args.limit]
        count = _write(args.format, library, keys, out)
        return out.found(count, "" if count else _nothing(library, args.query))


def _nothing(library: Library, query: str) -> str:
    """Return why no article is listed."""
    if query:
        return "no article matches"
    unread = len(library.unreadable())
    why = f"; {unread:,} could not be read, `dateline doctor PATH` tells why" if unread else ""
    return f"no articles in {', '.join(map(str, library.only or library.roots))}{why}"


def _write(format: str, library: Library, keys: Sequence[int], out: Output) -> int:
    if format == "table":
        return _table(library, keys, out)
    if format == "paths":
        return _paths(library, keys, out)
    if format == "csv":
        return out.csv(_COLUMNS, (_csv_row(row, library.marks(row.id)) for row in _rows(library, keys)))
    shapes = (
        article_shape(
            one.article,
            one.sources,
            library.marks(one.article.id),
            library.notes(one.article.id),
            gone=one.key < 0,
        )
        for one in articles(library, keys)
    )
    return out.json({}, "articles", shapes) if format == "json" else out.json_lines(shapes)


def _rows(library: Library, keys: Sequence[int]) -> Iterator[ListedArticle]:
    for start in range(0, len(keys), _PAGE):
        yield from (row for row in library.rows(keys[start : start + _PAGE]) if row is not None)


def _table(library: Library, keys: Sequence[int], out: Output) -> int:
    n = 0
    for n, row in enumerate(_rows(library, keys), 1):  # noqa: B007 - the last number is the count
        out.line(_table_row(row, library, out))
    return n


def _table_row(row: ListedArticle, library: Library, out: Output) -> str:
    marks = library.marks(row.id)
    ascii_only = library.config.icons == "ascii"
    state = ("*" if ascii_only else "★") if marks.starred else " "
    unread = " " if marks.read else ("o" if ascii_only else "●")
    day = row.published.isoformat() if row.published else ("-" if ascii_only else "—")
    tags = f"  [{' '.join(marks.tags)}]" if marks.tags else ""
    head = f"{unread}{state} {short(row.id)}  {cut_or_pad(day, 10)}  "
    return cut(f"{head}{row.title}{tags}", out.width) if out.terminal else f"{head}{row.title}{tags}"


def _csv_row(row: ListedArticle, marks: Marks) -> Sequence[object]:
    day = row.published.isoformat() if row.published else ""
    place = shown_path(row.source.path), row.source.member
    own = " ".join(marks.tags), int(marks.starred), int(marks.read), marks.notes
    return row.id, *place, row.title, day, row.words, *own


def _paths(library: Library, keys: Sequence[int], out: Output) -> int:
    """Write the bytes of each path, one a line and each once, though a file may hold many articles."""
    written: set[str] = set()
    for row in _rows(library, keys):
        if row.source.path not in written:
            written.add(row.source.path)
            if out.terminal:
                out.line(row.source.path)
            else:
                out.data(os.fsencode(row.source.path) + b"\n")
    return len(written)


COMMAND = Subcommand(
    name="list",
    help="List the articles that match",
    usage="[PATH ...] [-q QUERY] [--format FORMAT] [--limit N]",
    arguments=_arguments,
    run=_run,
    more="The columns of the table: unread, starred, id, date, title, tags.\n"
    "`paths` writes the paths as the file system has them; a name with a line end in it is better read as json.",
)
