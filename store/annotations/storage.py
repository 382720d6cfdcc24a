"""TinyDB's storage, made safe: a lock between sessions, a read cache, transactions, all or nothing on disk.

`LockedStorage` holds what every way of keeping the file shares; how a change reaches the disk is a subclass's affair:
`JournalStorage` adds it to a journal.
"""

from __future__ import annotations

import contextlib
import errno
import os
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from tinydb.storages import Storage

from store.annotations.backups import sweep
from store.annotations.base_file import META, META_KEY, Document, Tables, refusal
from store.annotations.migrations import SCHEMA
from store.annotations.shapes import wrong
from store.disk.atomic import SYSTEM, System, make_folder
from store.disk.lock import FileLock
from store.errors import NotSaved, Unreadable

PATIENCE = 60.0
"""Seconds to wait for another session's change: one of 100,000 articles takes half of them on a busy machine."""

_ADVICE = {
    errno.ENOSPC: "Free some space, then do it again.",
    errno.EDQUOT: "Free some space, then do it again.",
    errno.EROFS: "Make its folder writable, then do it again.",
    errno.EACCES: "Make its folder writable, then do it again.",
    errno.EPERM: "Make its folder writable, then do it again.",
    errno.ENOENT: "Make its folder, or open another file with --db.",
    errno.EIO: "The disk may be failing: copy the file to another disk before anything else.",
}


_MAKE_WRITABLE = "Make it writable, or open another file with --db."


def write_protected(path: Path) -> str:
    """Say that a file cannot be written to, and what to do."""
    return f"{path} is write-protected, so nothing you change is saved. {_MAKE_WRITABLE}"


class Edit(NamedTuple):
    """One document that changed; None stands for no document."""

    table: str
    key: str
    before: Document | None
    after: Document | None


class Transaction:
    """What is read and changed while the lock is held. Reaches the disk in one piece, or not at all."""

    def __init__(self, tables: Tables, news: list[Edit]) -> None:
        self.news = news
        """What others had written since the last look; that stays, whatever becomes of this transaction."""
        self._tables = tables
        self._before: dict[tuple[str, str], Document | None] = {}

    def get(self, table: str, key: str) -> Document | None:
        """Return a document, not to be changed in place."""
        return self._tables.get(table, {}).get(key)

    def keys(self, table: str) -> list[str]:
        """Return the keys of a table."""
        return list(self._tables.get(table, ()))

    def put(self, table: str, key: str, document: Document | None) -> None:
        """Put a document in its place, or with None remove it."""
        self._before.setdefault((table, key), self.get(table, key))
        place(self._tables, table, key, document)

    def edits(self) -> list[Edit]:
        """Return what has really changed."""
        found = (Edit(t, k, before, self.get(t, k)) for (t, k), before in self._before.items())
        return [edit for edit in found if edit.before != edit.after]

    def roll_back(self) -> None:
        """Make memory what it was."""
        for (table, key), before in self._before.items():
            rows = self._tables[table]
            if before is None:
                rows.pop(key, None)
            else:
                rows[key] = before
        for table in {table for table, _ in self._before if not self._tables[table]}:
            del self._tables[table]
        self._before.clear()


class LockedStorage(Storage, ABC):
    """A TinyDB storage for several processes. For one thread."""

    def __init__(
        self,
        path: Path | str,
        *,
        timeout: float = PATIENCE,
        system: System = SYSTEM,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.path = Path(os.path.realpath(path))
        """The file itself, links followed: locks, backups and temporary files stand beside it."""
        self.system = system
        self.clock = clock
        self.warnings: list[str] = []
        """Sentences for the user about what went wrong without costing anything yet."""
        self._timeout = timeout
        self._lock = FileLock(f"{self.path}.lock", system=system)
        self._tables: Tables = {}
        self._open: Transaction | None = None
        self._swept = False

    @property
    def read_only(self) -> str:
        """Why nothing can be saved, as a sentence; empty when it can."""
        if self.path.exists():
            if not os.access(self.path, os.W_OK):
                return write_protected(self.path)
            folder = self.path.parent
        else:
            folder = next(above for above in self.path.parents if above.exists())
        if not os.access(folder, os.W_OK | os.X_OK):
            return f"The folder {folder} cannot be written to, so nothing you change is saved. {_MAKE_WRITABLE}"
        return ""

    @property
    def tables(self) -> Tables:
        """What was read or written last; not to be changed."""
        return self._tables

    def refresh(self) -> list[Edit]:
        """Take in what others have written; one look at the file's stamp when that is nothing.

        Raises:
            AnnotationsError: the file has become unusable. Memory still holds what was last read.
        """
        if self._open is not None:
            return []
        try:
            return self._load() if self._stale() else []
        except OSError as error:
            raise Unreadable(refusal(self.path, error.strerror or str(error))) from error

    @contextlib.contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Hold the lock, see the newest documents, and write all changes at the end; within another, join it.

        Raises:
            Busy: another session holds the lock.
            NotSaved: the changes did not reach the disk; memory is as before.
        """
        if self._open is not None:
            yield self._open
            return
        self._take_lock()
        try:
            news = self.refresh()
            self._open = found = Transaction(self._tables, news)
            try:
                yield found
                edits = found.edits()
                if edits:
                    edits.append(self._count(found))
                    self._commit(edits)
            except OSError as error:
                found.roll_back()
                raise self._not_saved(error) from error
            except BaseException:
                found.roll_back()
                raise
        finally:
            self._open = None
            self._lock.release()

    def read(self) -> dict[str, Any]:
        """Return all tables, for TinyDB."""
        self.refresh()
        return dict(self._tables)

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Replace all tables, for TinyDB."""
        with self.transaction() as changes:
            for table in [*self._tables]:
                for key in changes.keys(table):
                    if table != META and key not in data.get(table, {}):
                        changes.put(table, key, None)
            for table, rows in data.items():
                for key, document in rows.items():
                    changes.put(table, str(key), dict(document))

    def close(self) -> None:
        """Close the lock's file."""
        self._lock.close()

    def _take_lock(self) -> None:
        reason = self.read_only
        if reason:
            raise NotSaved(f"Not saved. {reason}")
        try:
            make_folder(self.path.parent, system=self.system)
            self._lock.acquire(self._timeout)
        except OSError as error:
            raise self._not_saved(error) from error
        if not self._swept:
            sweep(self.path, system=self.system)
            self._swept = True

    def _count(self, changes: Transaction) -> Edit:
        before = changes.get(META, META_KEY)
        after = {**(before or {}), "schema": SCHEMA, "sequence": (before or {}).get("sequence", 0) + 1}
        changes.put(META, META_KEY, after)
        return Edit(META, META_KEY, before, after)

    def _not_saved(self, error: OSError) -> NotSaved:
        why = error.strerror or str(error)
        advice = _ADVICE.get(error.errno or 0, "Do it again; if that fails, start Dateline anew.")
        where = error.filename if error.errno in (errno.EACCES, errno.EPERM) else self.path
        return NotSaved(f"Not saved: {why[:1].lower()}{why[1:]} ({where or self.path}). {advice}")

    @abstractmethod
    def _stale(self) -> bool:
        """Tell cheaply whether memory may be behind the disk."""

    @abstractmethod
    def _load(self) -> list[Edit]:
        """Bring memory up to the disk and return what changed."""

    @abstractmethod
    def _commit(self, edits: list[Edit]) -> None:
        """Bring the disk up to memory, where these edits have been made; returns when they are durable."""


def place(tables: Tables, table: str, key: str, document: Document | None) -> None:
    """Put a document in its place, or with None remove it."""
    rows = tables.setdefault(table, {})
    if document is None:
        rows.pop(key, None)
    else:
        rows[key] = document


def differences(old: Tables, new: Tables) -> list[Edit]:
    """Return the documents that differ between two states of the file."""
    found = []
    for table in {**old, **new}:
        before, after = old.get(table, {}), new.get(table, {})
        for key, document in after.items():
            earlier = before.get(key)
            if earlier != document:
                found.append(Edit(table, key, earlier, document))
        found.extend(Edit(table, key, gone, None) for key, gone in before.items() if key not in after)
    return found


def check(edits: list[Edit], path: Path) -> None:
    """Refuse documents that are not what their table holds."""
    for edit in edits:
        why = wrong(edit.table, edit.after) if edit.after is not None else ""
        if why:
            raise Unreadable(refusal(path, f"the document {edit.key} in the table {edit.table!r} {why}"))
