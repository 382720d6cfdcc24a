"""Entities that are probably the same, found among those that share a word. For the query thread.

Never all pairs: for each of the entities that are named most, those of its kind are looked at that share a word with
it, and of a common word only those that are named most. A library takes a second or two, in pieces, between which other
questions have their turn.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator
from time import perf_counter

from store.article import EntityKey
from store.catalog.entity_rows import EntityRow, Likely
from store.catalog.entity_words import LEVELS, words
from store.entities.short_forms import HEADS
from store.query.candidates import Candidate
from store.query.connection import Connection
from store.query.entity_search import row_of
from store.query.likeness import SURNAME_ALONE, likeness

KINDS = ("person", "organisation", "place")
LOOKED_AT = 1_000
"""Entities for which others are looked for, the most named of them."""
_SHARED = 100
"""Entities with a word that are looked at, the most named."""
_LEAST = 60.0
_STANDS_OUT = 4
"""How many times more articles the one has that a surname alone most likely means, than the next of that name."""
_WRITTEN_SO = 88.0
_PIECE = 0.03
"""Seconds after which others go first."""
_LEVELS = f"WITH RECURSIVE l(n) AS (SELECT {LEVELS} UNION ALL SELECT n - 1 FROM l WHERE n > 1)"
_COLUMNS = "e.id, e.kind, e.canonical, e.folded, e.mentions, e.articles"

Pair = frozenset[EntityKey]


class LikelySame:
    """One question for pairs; asked again after others went first, it goes on where it was."""

    def __init__(self, key: EntityKey | None, decided: Collection[Pair], limit: int) -> None:
        """With `key` only pairs with that entity. Pairs in `decided`, and those that are joined, are left out."""
        self._key = key
        self._decided = decided
        self._limit = limit
        self._heads: list[int] | None = None
        self._found: dict[tuple[int, int], tuple[float, str]] = {}
        self._known: dict[int, Candidate] = {}

    def __call__(self, connection: Connection) -> tuple[Likely, ...]:
        """Return the pairs, the likeliest of the most named first."""
        began = perf_counter()
        with connection.view() as db:
            if self._heads is None:
                own = connection.joined.ids(self._key) if self._key is not None else ()
                self._heads = list(own if self._key is not None else _most_named(db))[::-1]
            while self._heads:
                connection.stop_if_abandoned()
                for pair, score, why in self._like(db, self._heads.pop()):
                    if score > self._found.get(pair, (0.0, ""))[0]:
                        self._found[pair] = (score, why)
                if perf_counter() - began > _PIECE:
                    connection.pause()
            return tuple(self._best(connection, db))

    def _best(self, connection: Connection, db: sqlite3.Connection) -> Iterator[Likely]:
        left = []
        doubtful = self._doubtful()
        for (one, other), (score, why) in self._found.items():
            if (one, other) in doubtful:
                continue
            first, second = self._known[one], self._known[other]
            keys = frozenset(connection.joined.final(known.key) for known in (first, second))
            if len(keys) == 2 and keys not in self._decided:
                # A pair is worth what its rarer half is: to join it changes so much.
                worth = score * min(first.articles, second.articles).bit_length()
                left.append((-worth, -score, one, other, why))
        left.sort()
        done: set[Pair] = set()
        for _, score, one, other, why in left:
            first_row, second_row = sorted((row_of(connection, db, row) for row in (one, other)), key=_named_most)
            pair = frozenset((first_row.key, second_row.key))
            if pair in done:
                continue
            done.add(pair)
            yield Likely(first_row, second_row, -score, why)
            if len(done) == self._limit:
                return

    def _written_so(
        self, db: sqlite3.Connection, known: Candidate
    ) -> Iterator[tuple[tuple[int, int], float, str]]:
        """Yield the one whose name texts also write like this one: GSA, for the General Services Administration."""
        found = db.execute(
            f"SELECT f.n, {_COLUMNS} FROM library.entity_form AS f CROSS JOIN library.entity AS e ON e.id = f.entity"
            " WHERE f.form = ? AND e.kind = ? ORDER BY f.n DESC LIMIT 2",
            (known.name, known.kind),
        ).fetchall()
        if found and (len(found) == 1 or found[0][0] >= _STANDS_OUT * found[1][0]):
            other = self._known[found[0][1]] = Candidate(*found[0][1:])
            yield (min(known.id, other.id), max(known.id, other.id)), _WRITTEN_SO, "other texts write it so"

    def _doubtful(self) -> set[tuple[int, int]]:
        """Return the pairs of a surname alone with those of several bearers that do not stand out."""
        bearers: dict[int, list[tuple[int, tuple[int, int]]]] = {}
        for pair, (_, why) in self._found.items():
            if why == SURNAME_ALONE:
                alone, bearer = sorted(pair, key=lambda one: len(words(self._known[one].name)))
                bearers.setdefault(alone, []).append((self._known[bearer].articles, pair))
        doubtful: set[tuple[int, int]] = set()
        for found in bearers.values():
            found.sort(reverse=True)
            stands_out = len(found) == 1 or found[0][0] >= _STANDS_OUT * found[1][0]
            doubtful.update(pair for _, pair in found[stands_out:])
        return doubtful

    def _like(self, db: sqlite3.Connection, head: int) -> Iterator[tuple[tuple[int, int], float, str]]:
        """Yield those that are like an entity, each with the pair, how likely they are the same, and why."""
        row = db.execute(f"SELECT {_COLUMNS} FROM library.entity AS e WHERE e.id = ?", (head,)).fetchone()
        if row is None:
            return
        known = self._known[head] = Candidate(*row)
        # "The Court" is another one in the next article.
        if known.name not in HEADS and (known.kind != "person" or " " in known.name):
            yield from self._written_so(db, known)
        for word in set(words(known.name)):
            others = db.execute(
                f"{_LEVELS} SELECT {_COLUMNS} FROM l CROSS JOIN library.entity_word AS w"
                " ON w.kind = ? AND w.level = l.n AND w.word = ?"
                " CROSS JOIN library.entity AS e ON e.id = w.entity LIMIT ?",
                (known.kind, word, _SHARED),
            )
            for other in map(lambda row: Candidate(*row), others):
                pair = (min(head, other.id), max(head, other.id))
                if head == other.id or pair in self._found:
                    continue
                score, why = likeness(known.kind, known.name, other.name)
                if score >= _LEAST:
                    self._known[other.id] = other
                    yield pair, score, why


def _named_most(row: EntityRow) -> tuple[int, str]:
    return -row.articles, row.name


def _most_named(db: sqlite3.Connection) -> Iterator[int]:
    left = LOOKED_AT
    kinds = ", ".join("?" * len(KINDS))
    sql = f"SELECT id FROM library.entity WHERE kind IN ({kinds}) AND level = ? ORDER BY articles DESC LIMIT ?"
    for level in range(LEVELS - 1, 0, -1):
        for (entity,) in db.execute(sql, (*KINDS, level, left)):
            left -= 1
            yield entity
        if left <= 0:
            return
