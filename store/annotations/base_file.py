"""The annotation file's text: read strictly, written as JSON. It is a plain TinyDB file.

Whatever cannot be understood whole is refused and left as it is: half-read annotations would be written back as
half-lost ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from store.annotations.backups import backups
from store.annotations.journal import decoded
from store.annotations.migrations import SCHEMA
from store.annotations.pieces import read_in_pieces
from store.disk.atomic import SYSTEM, System, read_all
from store.disk.stamp import Stamp
from store.errors import TooNew, Unreadable

META = "_meta"
META_KEY = "1"

Document = Mapping[str, Any]
Table = dict[str, Document]
Tables = dict[str, Table]
"""Documents are never changed in place: a new one takes the old one's place."""


def read_base(path: Path, *, system: System = SYSTEM) -> tuple[bytes, Stamp | None]:
    """Return the text of the annotation file; none and no stamp when there is none yet.

    Raises:
        Unreadable: it cannot be read. It was not touched.
    """
    try:
        return read_all(path, system=system)
    except FileNotFoundError:
        return b"", None
    except OSError as error:
        raise Unreadable(refusal(path, error.strerror or str(error))) from error


def parse(data: bytes, path: Path) -> tuple[Tables, int]:
    """Understand the text of an annotation file to the last table, or refuse it; returns the tables and their schema.

    A file that holds no document is none yet, of today's schema. Whether the documents are what their tables hold is
    for `check` to say.

    Raises:
        Unreadable: it is no annotation file of ours, or a damaged one. It was not touched.
        TooNew: a newer Dateline wrote it. It was not touched.
    """
    if not data:
        # What stock TinyDB leaves when it has opened a file and stored nothing.
        return {}, SCHEMA
    try:
        tables = read_in_pieces(data) or decoded(data)
    except UnicodeDecodeError as error:
        raise Unreadable(refusal(path, "it is no text in UTF-8")) from error
    except (ValueError, RecursionError) as error:
        raise Unreadable(refusal(path, f"it is no JSON: {error}")) from error
    wrong = wrong_shape(tables)
    if wrong:
        raise Unreadable(refusal(path, wrong))
    meta = tables.get(META, {}).get(META_KEY, {})
    if not any(tables.values()):
        return {}, SCHEMA
    schema = meta.get("schema")
    if type(schema) is not int or schema < 1:
        raise Unreadable(refusal(path, "it holds no schema number of Dateline's"))
    if schema > SCHEMA:
        raise TooNew(too_new(path, schema))
    if type(meta.get("sequence", 0)) is not int:
        raise Unreadable(refusal(path, "its sequence is no number"))
    return tables, schema


def wrong_shape(tables: object) -> str:
    """Say why something is no TinyDB file; empty when it is one."""
    if not isinstance(tables, dict):
        return "it is no TinyDB file: the outermost value is no object"
    for name, table in tables.items():
        if not isinstance(table, dict):
            return f"the table {name!r} is no object"
        for key, document in table.items():
            if not (key.isascii() and key.isdigit() and isinstance(document, dict)):
                return f"{key[:40]!r} in the table {name!r} is no document"
    return ""


def sequence_of(tables: Tables) -> int:
    """Return the number of the last change that tables hold."""
    found: int = tables.get(META, {}).get(META_KEY, {}).get("sequence", 0)
    return found


def refusal(path: Path, why: str) -> str:
    """Say that the file was refused and left alone, which backups there are and what can be done."""
    kept = [found.name for _, found in backups(path)]
    beside = f" with the backups beside it ({', '.join(reversed(kept))})" if kept else ""
    from shlex import quote

    command = f"dateline doctor --repair --db {quote(str(path))}"
    return (
        f"{path} cannot be used: {why}. It was left untouched. `{command}` makes a usable one of it{beside} and keeps "
        "this one; or open another file with --db."
    )


def too_new(path: Path, schema: int) -> str:
    """Say that a newer Dateline wrote the file."""
    return (
        f"{path} was written by a newer Dateline (schema {schema}; this one knows {SCHEMA}). It was left untouched. "
        "Update Dateline, or open another file with --db."
    )
