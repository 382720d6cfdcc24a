"""`dateline corrections`: what was put right about names."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from store.library import Correction, Library
from tui.cli.choosing import opened
from tui.cli.command import Parser, Subcommand, takes_format, takes_store
from tui.cli.output import Output
from tui.cli.shapes import correction_shape
from tui.render.corrections import said

_COLUMNS = (
    "id", "what", "scope", "surface", "new_surface", "old_label", "label", "article", "path", "title", "start", "end",
    "lost", "created",
)  # fmt: skip


def _arguments(parser: Parser) -> None:
    takes_format(parser, "table", "json", "jsonl", "csv")
    takes_store(parser, model=False)


def _run(args: argparse.Namespace, out: Output) -> int:
    with opened(args, ()) as library:
        library.load_annotations().result()
        count = _list(library, library.corrections()[::-1], args.format, out)
        return out.found(count, "no corrections of names yet; in the reader and in `dateline read` you put names right")


def _list(library: Library, corrections: Sequence[Correction], format: str, out: Output) -> int:
    found = [(one, library.corrected_article(one)) for one in corrections]
    shapes = (correction_shape(*one) for one in found)
    if format == "json":
        return out.json({}, "corrections", shapes)
    if format == "jsonl":
        return out.json_lines(shapes)
    if format == "csv":
        return out.csv(_COLUMNS, ([shape[name] for name in _COLUMNS] for shape in shapes))
    for one, target in found:
        where = target.title if target is not None else ""
        day = one.created.astimezone().date().isoformat()
        out.line(f"{day}  {one.scope:<7}  {said(one)}{f'  [{where}]' if where else ''}")
    return len(found)


COMMAND = Subcommand(
    name="corrections",
    help="List your corrections of names, newest first",
    usage="[--format FORMAT]",
    arguments=_arguments,
    run=_run,
    more="The columns of the table: day, how far it reaches (here, article, library), what, and in which article.\n"
    "They are made, withdrawn and undone in the reader.",
)
