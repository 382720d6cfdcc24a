"""Reading what is to be imported or merged: JSON lines of ours, or an annotation file of any schema."""

from __future__ import annotations

from pathlib import Path

from store.annotations.base_file import Tables
from store.annotations.contents import Contents, contents_of
from store.annotations.journal_file import journal_path
from store.annotations.reading import read_files
from store.annotations.shapes import wrong
from store.disk.atomic import read_all
from store.errors import AnnotationsError, ExchangeError
from store.exchange import jsonl_reading


def read_import(path: Path) -> Contents:
    """Read a file to be imported. It is not touched.

    Raises:
        ExchangeError: it is neither, or damaged; the message says where and why.
    """
    if not path.exists() and journal_path(path).exists():
        return contents_of(read_annotations(path))
    try:
        data, _ = read_all(path)
    except OSError as error:
        raise ExchangeError(f"{path} cannot be read: {error.strerror or error}. Nothing was imported.") from error
    if not data.strip():
        raise ExchangeError(f"{path} is empty; nothing was imported.")
    if path.suffix in (".jsonl", ".ndjson") or jsonl_reading.looks_like(data):
        return jsonl_reading.read(data, str(path))
    return contents_of(read_annotations(path))


def read_annotations(path: Path) -> Tables:
    """Read an annotation file with its journal, in today's schema. Neither is touched.

    Raises:
        ExchangeError: it is no annotation file, or damaged.
    """
    if not path.exists() and not journal_path(path).exists():
        raise ExchangeError(f"{path} is not there.")
    try:
        found = read_files(path)
    except OSError as error:
        raise ExchangeError(f"{path} cannot be read: {error.strerror or error}.") from error
    except AnnotationsError as error:
        raise ExchangeError(f"{path} is no annotation file that can be used: {_reason(path, error)}.") from error
    if found.journal is not None:
        found.journal.close()
    if found.damaged or (found.foreign and found.pending):
        raise ExchangeError(" ".join(found.warnings) or f"{path} and its journal do not belong together.")
    for name, table in found.tables.items():
        for key, document in table.items():
            why = wrong(name, document)
            if why:
                raise ExchangeError(f"{path}: the document {key} in the table {name!r} {why}. Nothing has changed.")
    return found.tables


def _reason(path: Path, error: AnnotationsError) -> str:
    """Return why a file was refused, without the advice that is for the user's own."""
    said = str(error)
    start = f"{path} cannot be used: "
    return said.removeprefix(start).partition(". It was left untouched")[0] if said.startswith(start) else said
