"""TinyDB's own interface to the annotation file: `AnnotationDB(path).table("articles").search(...)`.

Every write is a transaction of its own, or part of the one that is open. A write by document id costs the
document, not the table.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from typing import Any

from tinydb import TinyDB
from tinydb.table import Document, Table

from store.annotations.journal_storage import JournalStorage
from store.annotations.storage import LockedStorage, Transaction


class OwnDocument(Document):
    """A copy of a stored document, so that changing it changes nothing else."""

    def __init__(self, value: Mapping[str, Any], doc_id: int) -> None:
        super().__init__(copy.deepcopy(dict(value)), doc_id)


class _Rows(MutableMapping[int, dict[str, Any]]):
    """A table as TinyDB's updaters expect it: whole numbers to documents that may be changed in place."""

    def __init__(self, changes: Transaction, table: str) -> None:
        self._changes = changes
        self._table = table
        self._handed_out: dict[str, dict[str, Any]] = {}

    def __getitem__(self, doc_id: int) -> dict[str, Any]:
        key = str(doc_id)
        if key not in self._handed_out:
            found = self._changes.get(self._table, key)
            if found is None:
                raise KeyError(doc_id)
            self._handed_out[key] = copy.deepcopy(dict(found))
            self._changes.put(self._table, key, self._handed_out[key])
        return self._handed_out[key]

    def __setitem__(self, doc_id: int, document: Mapping[str, Any]) -> None:
        self._handed_out[str(doc_id)] = copy.deepcopy(dict(document))
        self._changes.put(self._table, str(doc_id), self._handed_out[str(doc_id)])

    def __delitem__(self, doc_id: int) -> None:
        if doc_id not in self:
            raise KeyError(doc_id)
        self._handed_out.pop(str(doc_id), None)
        self._changes.put(self._table, str(doc_id), None)

    def __contains__(self, doc_id: object) -> bool:
        return self._changes.get(self._table, str(doc_id)) is not None

    def __iter__(self) -> Iterator[int]:
        return iter([int(key) for key in self._changes.keys(self._table)])

    def __len__(self) -> int:
        return len(self._changes.keys(self._table))


class AnnotationTable(Table):
    """TinyDB's table without its two caches, which other sessions' writes would make wrong."""

    document_class = OwnDocument
    _storage: LockedStorage

    def __init__(self, storage: LockedStorage, name: str, cache_size: int = 0, **options: Any) -> None:
        super().__init__(storage, name, cache_size=0, **options)

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        with self._storage.transaction() as changes:
            updater(_Rows(changes, self.name))

    def _get_next_id(self) -> int:
        self._next_id = None
        return int(super()._get_next_id())  # type: ignore[no-untyped-call]

    # The number of a new document must be found under the lock that it is written under.
    def insert(self, document: Mapping[str, Any]) -> int:
        """Insert a document, under the next free number unless it brings its own."""
        with self._storage.transaction():
            return int(super().insert(_own(document)))

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[int]:
        """Insert documents, all or none."""
        with self._storage.transaction():
            return list(super().insert_multiple(map(_own, documents)))

    def upsert(self, document: Mapping[str, Any], cond: Any = None) -> list[int]:
        """Change the documents that match, or insert this one, in one write."""
        with self._storage.transaction():
            return list(super().upsert(_own(document), cond))


def _own(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """Make TinyDB's own kind of document, which brings its number, one of ours."""
    return OwnDocument(document, document.doc_id) if isinstance(document, Document) else document


class AnnotationDB(TinyDB):
    """A TinyDB whose file survives kills, power cuts, full disks and other sessions."""

    table_class = AnnotationTable  # type: ignore[assignment]
    default_storage_class = JournalStorage  # type: ignore[assignment]

    @property
    def storage(self) -> JournalStorage:
        """Return the storage, for transactions over several tables and for folding."""
        found = self._storage
        assert isinstance(found, JournalStorage)
        return found
