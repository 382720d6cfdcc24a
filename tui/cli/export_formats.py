"""What `dateline export` writes, and what it says of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from store.library import Library
from store.library.exchanging import (
    Export,
    Grouping,
    counted,
    html,
    markdown,
    new_file,
    remarks,
    spreadsheet,
    summary,
    webannotation,
)
from tui.cli.output import Output, to_json
from tui.render.safe import plain

DOSSIERS = ("markdown", "html")


def write_export(
    path: Path | None, format: str, export: Export, grouping: Grouping, library: Library, out: Output
) -> int:
    """Write to a file or to stdout; returns the exit code."""
    dossier = format in DOSSIERS
    if not export.selection.notes and (dossier or format == "csv"):
        said = remarks(export.selection, ())
        out.say("dateline: no notes and highlights to export" + (f": {', '.join(said)}." if said else "."))
        return 1
    if not export.selection.chosen and not (format == "jsonl" and export.is_of_names_alone):
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
    if format in ("jsonl", "webannotation"):
        # Articles without notes are in it, for their tags; texts are read as it is written, not before.
        articles = counted(len(export.selection.chosen), "article")
        told = f"{articles} with {counted(export.selection.notes, 'note')}"
        return [told, *remarks(export.selection.replace(bare=0), ())]
    by = grouping if format in DOSSIERS else None
    summed = f"{summary(export.selection)}, by {by}" if by is not None else summary(export.selection)
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
    head: dict[str, Any] = webannotation.collection(webannotation.count(export.selection))
    out.data(f'{to_json(head)[:-1]}, "first": {to_json(webannotation.page())[:-1]}, "items": ['.encode())
    for number, item in enumerate(webannotation.items(export.every_entry())):
        out.data(f"{',' if number else ''}\n {to_json(item)}".encode())
    out.data(b"\n]}}\n")
