"""`dateline doctor --repair`: make an annotation file usable that was refused, from all that is left of it.

What is there is kept beside under a dated name before anything is written. Used are, in this order: what can still be
read of the file, where that is not all the newest good backup, and every change in the journal that can be read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from store.annotations.backups import backups, kept_aside, set_aside
from store.annotations.base_file import META, Tables, parse, sequence_of, too_new
from store.annotations.journal import VERSION, Record, mark_of
from store.annotations.journal_file import JournalFile, journal_path, new_header
from store.annotations.journal_storage import JournalStorage
from store.annotations.migrations import SCHEMA
from store.annotations.owner import Owner
from store.annotations.pieces import dump
from store.annotations.reading import in_todays_schema, played
from store.annotations.salvage import completed, numbered, salvage, valid, with_bearers
from store.annotations.storage import PATIENCE
from store.disk.atomic import SYSTEM, System, read_all, replace
from store.disk.lock import FileLock
from store.errors import NotSaved, TooNew, Unreadable


@dataclass
class _Found:
    """What is to be written, and what is to be said about it."""

    tables: Tables
    sequence: int
    says: list[str] = field(default_factory=list)


def repair(
    path: Path,
    *,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    timeout: float = PATIENCE,
    system: System = SYSTEM,
) -> list[str]:
    """Make the file usable; returns what was done, in sentences. `timeout`: seconds to wait for other sessions.

    Raises:
        TooNew: a newer Dateline wrote it. It was not touched.
        AnnotationsError: another session holds its lock, or another machine writes it.
        NotSaved: what would make it usable cannot be written. What is there is as it was.
    """
    storage = JournalStorage(path, clock=clock, timeout=timeout, system=system)
    try:
        storage.refresh()
        storage.fold()
        warnings = list(storage.warnings)
    except TooNew:
        raise
    except Unreadable:
        return _restore(storage.path, clock, timeout, system)
    finally:
        storage.close(fold=False)
    return warnings or [f"Nothing is wrong with {storage.path}; it is as it was."]


def _restore(path: Path, clock: Callable[[], datetime], timeout: float, system: System) -> list[str]:
    owner = Owner(path, clock=clock, system=system)
    lock = FileLock(f"{path}.lock", system=system)
    try:
        lock.acquire(timeout)
        reason = owner.claim()
        if reason:
            raise NotSaved(f"Not repaired. {reason}")
        return _write(path, clock().astimezone(), system)
    except OSError as error:
        why = f"{error.strerror} ({error.filename or path})"
        raise NotSaved(f"Not repaired: {why}. What is there is unchanged.") from error
    finally:
        owner.leave()
        lock.close()


def _write(path: Path, now: datetime, system: System) -> list[str]:
    data = _text(path, system)
    found = _replayed(path, _base(path, data, system), system)
    kept = [set_aside(one, "damaged", now, system=system) for one in (path, journal_path(path)) if one.exists()]
    text = dump(numbered(found.tables, found.sequence))
    seen = replace(path, text, system=system)
    header = new_header("", SCHEMA, found.sequence, mark_of(text), seen)
    JournalFile.begin_new(journal_path(path), header, path, system=system).close()
    held = {name: len(found.tables.get(name, ())) for name in ("articles", "notes", "drafts")}
    counts = ", ".join(_count(number, name[:-1]) for name, number in held.items())
    beside = [f"What was there is kept as {one}." for one in kept]
    return [*found.says, f"{path} holds {counts} now.", *beside]


def _text(path: Path, system: System) -> bytes:
    try:
        return read_all(path, system=system)[0]
    except FileNotFoundError:
        return b""


def _base(path: Path, data: bytes, system: System) -> _Found:
    """Return what to begin from: what is left of the file, the newest good backup, both, or nothing."""
    left = salvage(data)
    backup = _newest_good(path, system)
    if left is not None and left.sequence is not None and backup is not None:
        # A damaged file that is older than a good one has nothing to add.
        left = None if left.sequence < sequence_of(backup[1]) else left
    if left is None:
        if backup is None:
            return _Found({}, 0, ["Nothing could be read of the file, and no backup of it is good: it begins anew."])
        name, tables = backup
        said = f"The backup {name} takes the place of the file, of which nothing newer could be read."
        return _Found(tables, sequence_of(tables), [said])
    says = []
    read = sum(len(table) for name, table in left.tables.items() if name != META)
    said = f"{_count(read, 'document')} of the file could be read"
    says.append(f"{said}, {left.lost:,} could not." if left.lost else f"{said}.")
    tables = left.tables
    if backup is not None and (left.lost or not left.whole):
        name, older = backup
        tables, added = completed(tables, older)
        says.append(f"{_count(added, 'document')} that it lacked came from the backup {name}.")
    # Without a number of its own every change in the journal is made again; each is whole, so that does no harm.
    return _Found(tables, left.sequence if left.sequence is not None else -1, says)


def _newest_good(path: Path, system: System) -> tuple[str, Tables] | None:
    """Return the backup with the latest change in it, whatever day the clock thought it was."""
    best: tuple[str, Tables] | None = None
    schemas = [file for file in kept_aside(path) if ".schema-" in file.name]
    for file in (*schemas, *(file for _, file in backups(path))):
        try:
            tables, schema = parse(read_all(file, system=system)[0], file)
        except (OSError, Unreadable, TooNew):
            continue
        tables, lost = valid(in_todays_schema(tables, schema))
        if tables and not lost and (best is None or sequence_of(tables) >= sequence_of(best[1])):
            best = file.name, tables
    return best


def _replayed(path: Path, found: _Found, system: System) -> _Found:
    """Make the changes of the journal, and see to it that every note has its article."""
    journal = JournalFile.open(journal_path(path), system=system)
    says = list(found.says)
    sequence = max(0, found.sequence)
    tables = found.tables
    if journal is not None:
        try:
            lines = journal.read()
        finally:
            journal.close()
        header = journal.header
        if header is not None and (header.version > VERSION or header.schema > SCHEMA):
            raise TooNew(too_new(path, max(header.schema, SCHEMA + 1)))
        if header is not None and 0 <= found.sequence < header.sequence:
            missing = header.sequence - found.sequence
            says.append(f"{_count(missing, 'change')} after that can be found nowhere.")
        entries = lines.entries if lines is not None else []
        records = [one for one in entries if isinstance(one, Record) and one.sequence > found.sequence]
        tables, lost = valid(played(tables, records))
        sequence = max([sequence, *(one.sequence for one in records), header.sequence if header is not None else 0])
        if records:
            says.append(f"{_count(len(records), 'change')} came from the journal.")
        unread = lost + (lines.damaged if lines is not None else 0)
        if unread:
            says.append(f"{_count(unread, 'line')} of the journal could not be used.")
    tables, made = with_bearers(tables)
    if made:
        says.append(f"{_count(made, 'article')} that notes belong to stand there without title and tags.")
    return _Found(tables, sequence, says)


def _count(number: int, name: str) -> str:
    return f"{number:,} {name}{'' if number == 1 else 's'}"
