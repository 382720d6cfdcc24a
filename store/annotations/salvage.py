"""What can still be read of a damaged annotation file. Pure."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from store.annotations.base_file import META, META_KEY, Tables, sequence_of
from store.annotations.documents import ARTICLES, CORRECTIONS, DRAFTS, NOTES, Document, key_for
from store.annotations.journal import decoded
from store.annotations.migrations import SCHEMA
from store.annotations.reading import in_todays_schema
from store.annotations.shapes import wrong

_TABLE = re.compile(rb'("(?:[^"\\]|\\.)*"):\{')
_DOCUMENT = re.compile(rb'"(\d+)":(\{.*\}),?')


@dataclass
class Salvage:
    """What was found in a text."""

    tables: Tables
    """Valid documents of today's schema only."""
    sequence: int | None
    """The number of the last change in it; None where that cannot be read."""
    lost: int = 0
    """Documents that are there and cannot be used."""
    whole: bool = True
    """Whether nothing is missing but those."""


def salvage(data: bytes) -> Salvage | None:
    """Return what can be used of a text; None when it is no annotation file at all."""
    text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape").strip("\0 \t\r\n")
    whole = True
    try:
        # What was written in place over a longer text ends before the file does.
        found, _ = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        found, whole = _lines(data), False
    if not isinstance(found, dict):
        return None
    tables, lost = _documents(found)
    meta = tables.get(META, {}).get(META_KEY, {})
    schema = meta.get("schema")
    if type(schema) is not int or not 1 <= schema <= SCHEMA:
        if not {ARTICLES, NOTES} & set(tables):
            return None
        # Which schema it was went with the rest. Were it another than today's, its documents would not pass.
        schema, whole = SCHEMA, False
    sequence = meta.get("sequence")
    try:
        current = in_todays_schema(tables, schema)
    except (KeyError, TypeError, AttributeError):
        return None
    good, more = valid(current)
    known = type(sequence) is int and sequence >= 0
    return Salvage(good, sequence if known else None, lost + more, whole and known)


def _lines(data: bytes) -> dict[str, Any]:
    """Read a text of ours line by line, as far as each line is whole."""
    found: dict[str, Any] = {}
    table: dict[str, Any] = {}
    for line in data.split(b"\n"):
        if named := _TABLE.fullmatch(line):
            name = _read(named[1])
            table = found.setdefault(name, {}) if isinstance(name, str) else {}
        elif row := _DOCUMENT.fullmatch(line):
            document = _read(row[2])
            if isinstance(document, dict):
                table[row[1].decode()] = document
    return found


def _read(data: bytes) -> Any:
    try:
        return decoded(data)
    except (ValueError, RecursionError):
        return None


def _documents(found: dict[str, Any]) -> tuple[Tables, int]:
    tables: Tables = {}
    lost = 0
    for name, table in found.items():
        if not isinstance(table, dict):
            lost += 1
            continue
        rows: dict[str, Document] = {
            key: row for key, row in table.items() if key.isascii() and key.isdigit() and isinstance(row, dict)
        }
        lost += len(table) - len(rows)
        if rows:
            tables[name] = rows
    return tables, lost


def valid(tables: Tables) -> tuple[Tables, int]:
    """Return the documents that are what their tables hold, and how many are not."""
    good: Tables = {
        name: {key: row for key, row in table.items() if not wrong(name, row)} for name, table in tables.items()
    }
    lost = sum(len(table) - len(good[name]) for name, table in tables.items())
    return {name: table for name, table in good.items() if table}, lost


def completed(tables: Tables, older: Tables) -> tuple[Tables, int]:
    """Return tables with the documents of an older copy that they lack, and how many those are."""
    found = {name: dict(table) for name, table in tables.items()}
    added = 0
    for name, table in older.items():
        if name != META:
            rows = found.setdefault(name, {})
            missing = [key for key in table if key not in rows]
            rows.update({key: table[key] for key in missing})
            added += len(missing)
    return {name: table for name, table in found.items() if table}, added


def with_bearers(tables: Tables) -> tuple[Tables, int]:
    """Return tables in which every note, draft and correction has its article, and how many had to be made up.

    An article's id is the text that it had when it was first annotated, so that a bare one finds its text again where
    that has not changed since.
    """
    there = {row["id"] for row in tables.get(ARTICLES, {}).values()}
    articles = dict(tables.get(ARTICLES, {}))
    made = 0
    bound = [row for name in (NOTES, DRAFTS, CORRECTIONS) for row in tables.get(name, {}).values()]
    for row in bound:
        if row["article"] is not None and row["article"] not in there:
            there.add(row["article"])
            articles[_free(articles, row["article"])] = _bare(row)
            made += 1
    return ({**tables, ARTICLES: articles} if articles else tables), made


def _free(articles: dict[str, Document], identity: str) -> str:
    key = key_for(identity)
    while key in articles:
        key = str(int(key) + 1)
    return key


def _bare(row: Document) -> Document:
    at = row.get("created") or row["at"]
    return {
        "id": row["article"],
        "text_hash": row.get("text") or row["article"],
        "title": "",
        "sources": [],
        "tags": [],
        "star": False,
        "read": False,
        "position": 0,
        "created": at,
        "updated": at,
        "from": [],
        "published": None,
        "changed": None,
    }


def numbered(tables: Tables, sequence: int) -> Tables:
    """Return tables that say which change was the last and which schema they are of."""
    meta: Tables = {META: {META_KEY: {"schema": SCHEMA, "sequence": max(sequence, sequence_of(tables))}}}
    return {**meta, **{name: table for name, table in tables.items() if name != META}}
