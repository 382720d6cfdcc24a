"""The annotation file and its journal, read as one: what is saved is in both together."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct, field

from store.annotations.base_file import (
    META,
    META_KEY,
    Tables,
    parse,
    read_base,
    refusal,
    sequence_of,
    too_new,
)
from store.annotations.journal import NOTHING, VERSION, Lines, Mark, Record, gaps, mark_of
from store.annotations.journal_file import JournalFile, journal_path
from store.annotations.migrations import SCHEMA, migrate
from store.disk.atomic import SYSTEM, System
from store.disk.stamp import Stamp, stamp
from store.errors import TooNew, Unreadable

_TRIES = 8


class Files(Struct):
    """What the two files hold together, and how they stand to each other."""

    tables: Tables
    """With the journal's changes, in today's schema."""
    base: Mark
    seen: Stamp | None
    """The annotation file's stamp; None when there is none."""
    journal: JournalFile | None
    folded: int
    """The number of the last change in the annotation file."""
    schema: int
    """What is on the disk: the lowest of the two files."""
    pending: int = 0
    """Changes that only the journal holds."""
    foreign: bool = False
    """The annotation file is not what the journal goes on from: another program has changed it."""
    damaged: bool = False
    """Changes in the journal cannot be read, or are missing."""
    warnings: list[str] = field(default_factory=list)


def read_files(path: Path, *, system: System = SYSTEM) -> Files:
    """Read both files; needs no lock, since each is only ever replaced or added to.

    Raises:
        Unreadable: they cannot be used. They were not touched.
        TooNew: a newer Dateline wrote them. They were not touched.
        OSError: the journal cannot be read.
    """
    left = _TRIES
    while True:
        left -= 1
        journal = JournalFile.open(journal_path(path), system=system)
        try:
            # In this order: folding announces in the old journal what the file is going to be, then replaces the
            # file, then the journal. So a file that is new is announced in what is read after it.
            data, seen = read_base(path, system=system)
            lines = journal.read() if journal is not None else None
            if left and _renewed(path, journal, mark_of(data)):
                if journal is not None:
                    journal.close()
                continue
            return _together(path, data, seen, journal, lines)
        except BaseException:
            if journal is not None:
                journal.close()
            raise


def _renewed(path: Path, journal: JournalFile | None, base: Mark) -> bool:
    """Tell whether another session has begun a new journal while these were read."""
    named = stamp(journal_path(path))
    if journal is None:
        return named is not None
    return journal.knows(base) is None and (named is None or named.inode != journal.seen.inode)


def _together(path: Path, data: bytes, seen: Stamp | None, journal: JournalFile | None, lines: Lines | None) -> Files:
    tables, schema = parse(data, path)
    base = mark_of(data)
    if journal is None or lines is None:
        migrated = in_todays_schema(tables, schema)
        return Files(migrated, base, seen, None, sequence_of(tables), schema)
    header = journal.header
    if header is not None and (header.version > VERSION or header.schema > SCHEMA):
        raise TooNew(too_new(path, max(header.schema, SCHEMA + 1)))
    records_schema = header.schema if header is not None else SCHEMA
    known = journal.knows(base)
    before = header.sequence if header is not None else sequence_of(tables)
    since = before if known is None else known
    records = [entry for entry in lines.entries if isinstance(entry, Record) and entry.sequence > since]
    if records and known is None and not tables and base_was(journal):
        waiting = _changes(len(records))
        raise Unreadable(refusal(path, f"it is missing or empty, while its journal holds {waiting} to it"))
    if records and schema > records_schema:
        raise Unreadable(refusal(path, "its journal is of an older Dateline"))
    found = Files(
        tables=in_todays_schema(played(migrate(tables, schema, records_schema), records), records_schema)
        if records
        else in_todays_schema(tables, schema),
        base=base,
        seen=seen,
        journal=journal,
        folded=since,
        schema=min(schema, records_schema),
        pending=len(records),
        foreign=known is None and header is not None,
        damaged=bool(header is None or lines.damaged or gaps(lines.entries, header.sequence)),
    )
    if found.damaged:
        found.warnings.append(
            f"The journal of {path} is damaged: some of what was changed last may be missing. Everything in it that "
            f"can be read was used ({_changes(len(records))})."
        )
    if found.foreign and records:
        found.warnings.append(
            f"Another program has changed {path} while {_changes(len(records))} waited in its journal. They were made "
            "to what it holds now."
        )
    return found


def base_was(journal: JournalFile) -> bool:
    """Tell whether there was an annotation file when the journal was begun."""
    return journal.header is None or journal.header.base != NOTHING


def _changes(count: int) -> str:
    return "1 change" if count == 1 else f"{count:,} changes"


def played(tables: Tables, records: list[Record]) -> Tables:
    """Return tables with changes made to them; those given stay as they are."""
    found = {name: dict(table) for name, table in tables.items()}
    for record in records:
        for table, key, document in record.edits:
            if document is None:
                found.get(table, {}).pop(key, None)
            else:
                found.setdefault(table, {})[key] = document
    if records:
        meta = found.get(META, {}).get(META_KEY, {})
        found[META] = {META_KEY: {**meta, "sequence": max(record.sequence for record in records)}}
    return {name: table for name, table in found.items() if table}


def in_todays_schema(tables: Tables, schema: int) -> Tables:
    """Return tables as today's schema has them, and say so in them."""
    if not tables:
        return {}
    found = dict(migrate(tables, schema)) if schema < SCHEMA else dict(tables)
    found[META] = {META_KEY: {**found.get(META, {}).get(META_KEY, {}), "schema": SCHEMA}}
    return found
