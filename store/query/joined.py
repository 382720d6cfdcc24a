"""Entities that the user has joined: which rows of the index are one. For the query thread."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from store.article import EntityKey
from store.query.appearances import appearances
from store.query.compile import Statement

_NAME = "SELECT canonical FROM library.entity WHERE id = ?"
_FIND = "SELECT id FROM library.entity WHERE kind = ? AND folded = ?"


class Joined:
    """Keeps `mirror.alias`, what was joined by key, and `mirror.joined`, the same as rows of the attached library."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._into: dict[EntityKey, EntityKey] = {}
        self._members: dict[EntityKey, list[EntityKey]] = {}
        self._changes = 0
        self._seen: object = None
        self.rows: dict[int, int] = {}
        """Of entities that others were joined in, or that were joined in another: the row that stands for all."""
        self.groups: dict[int, tuple[int, ...]] = {}
        """The row that stands for several, and all of them."""
        self.heads: dict[int, tuple[EntityKey, str]] = {}
        """The key and the name that they have together."""
        self.names: dict[int, tuple[str, ...]] = {}
        """Their names, folded, and that of the one they were joined in."""
        self._counts: dict[int, tuple[int, int]] = {}

    def fill(self, joined: Mapping[EntityKey, EntityKey]) -> None:
        """Replace what is joined: each key with the one that stands for it in the end."""
        self._into = {key: into for key, into in joined.items() if key != into}
        self._members = {}
        for key, into in self._into.items():
            self._members.setdefault(into, []).append(key)
        self._db.execute("DELETE FROM mirror.alias")
        self._db.executemany("INSERT INTO mirror.alias VALUES (?, ?)", self._into.items())
        self._changes += 1

    @property
    def any(self) -> bool:
        """Whether anything is joined."""
        return bool(self._into)

    def final(self, key: EntityKey) -> EntityKey:
        """Return the key that stands for an entity: its own, or that of the one that it was joined in."""
        return self._into.get(key, key)

    def members(self, key: EntityKey) -> tuple[EntityKey, ...]:
        """Return the keys of all that is one with an entity, the one that stands for them first."""
        final = self.final(key)
        return (final, *self._members.get(final, ()))

    def bring_up_to_date(self) -> None:
        """Find the rows anew where the index or what is joined has changed."""
        version = (self._db.execute("PRAGMA library.data_version").fetchone()[0], self._changes)
        if self._seen == version or (not self._into and not self.rows):
            return
        self.rows, self.groups, self.heads, self.names, self._counts = {}, {}, {}, {}, {}
        for final in self._members:
            found = self.ids(final)
            if found:
                self.groups[found[0]] = found
                self.rows.update(dict.fromkeys(found, found[0]))
                (name,) = self._db.execute(_NAME, (found[0],)).fetchone()
                self.heads[found[0]] = (final, name)
                self.names[found[0]] = tuple(key.partition(":")[2] for key in self.members(final))
        self._db.execute("DELETE FROM mirror.joined")
        rows = [(row, head, self.heads[head][0]) for row, head in self.rows.items()]
        self._db.executemany("INSERT INTO mirror.joined VALUES (?, ?, ?)", rows)
        self._seen = version

    def counts(self, head: int, within: Statement | None) -> tuple[int, int]:
        """Return how many articles name any of several that were joined, and how often."""
        if within is None and head in self._counts:
            return self._counts[head]
        sql, values = appearances(self.groups[head], dated=False, within=within)
        counted = self._db.execute(f"SELECT count(*), coalesce(sum(n), 0) FROM ({sql})", values).fetchone()
        if within is None:
            self._counts[head] = counted
        return int(counted[0]), int(counted[1])

    def forget_library(self) -> None:
        """Find the rows anew, since another index was attached."""
        self._seen = None

    def ids(self, key: EntityKey) -> tuple[int, ...]:
        """Return the rows of an entity and all that is one with it; empty when the library names none of them."""
        found = []
        for one in self.members(key):
            kind, _, name = one.partition(":")
            row = self._db.execute(_FIND, (kind, name)).fetchone()
            if row is not None:
                found.append(int(row[0]))
        return tuple(found)
