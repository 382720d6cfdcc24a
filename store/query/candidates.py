"""Entities that may be shown: enough of them, by the beginnings of their words, to find the first of an order.

Without a query the words in the index lie by level, so that those that are named most come first
(store.catalog.entity_words). Among the articles of a query there are two ways: what begins rarely is looked up among
the words and then among what those articles name; what begins often is soon found in what they name, most named first.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from heapq import heappush, heappushpop
from itertools import islice
from typing import NamedTuple

from store.article import EntityKey
from store.catalog.entity_words import LEVELS, words_of
from store.catalog.folding import fold
from store.query.compile import Statement
from store.query.condition import foreign
from store.query.counted import Counted, ids_in
from store.query.joined import Joined
from store.query.orders import numbers

KINDS = ("person", "organisation", "place", "group", "other")
"""What is listed unless kinds are asked for; dates and amounts are not."""
ENOUGH = 5_000
"""Entities that are put in an order for one key, at most: of more, the most named."""
_LOOKED_UP = 30_000
"""Entities with a word, up to which all of them are looked up; of more, some are soon found among any others."""
_AT_ONCE = 1_000
_TOLD_APART = 3_000
"""Entities with a word, up to which it is counted how rare the word is."""
_LAST = "\U0010ffff"
_COLUMNS = "e.id, e.kind, e.canonical, e.folded, e.mentions, e.articles"


class Candidate(NamedTuple):
    """A row of the index that may be shown, with the counts that it is shown with."""

    id: int
    kind: str
    name: str
    folded: str
    mentions: int
    articles: int

    @property
    def key(self) -> EntityKey:
        """The key of the entity itself, whatever it was joined in."""
        return EntityKey(f"{self.kind}:{self.folded}")


class Candidates:
    """What may be shown of an index: of these kinds, with a word for each of these beginnings."""

    def __init__(self, db: sqlite3.Connection, wanted: Sequence[str], kinds: Sequence[str]) -> None:
        self._db = db
        self._wanted = wanted
        self._kinds = kinds
        self._of_kind = f"kind IN ({', '.join('?' * len(kinds))})"
        self._rarest = min(wanted, key=self._how_many, default="")

    def most_named(self, enough: int) -> tuple[list[Candidate], bool]:
        """Return all of so many levels, from the top, that there are more than enough; and whether that is all."""
        found: list[Candidate] = []
        for level in range(LEVELS - 1, 0, -1):
            found += islice(_each_once(self._of_level(level)), enough + 1)
            if len(found) > enough:
                return found, False
        return found, True

    def most_mentioned(self, enough: int) -> tuple[list[Candidate], bool]:
        """Return the first by mentions."""
        if self._wanted:
            return self.most_named(ENOUGH)
        # The index has those that are mentioned often; where they are too few all are soon looked at.
        found, complete = self._first("mentions DESC", enough, "e.mentions >= 32")
        return self._first("mentions DESC", enough, "1") if complete else (found, False)

    def first_by_name(self, enough: int) -> tuple[list[Candidate], bool]:
        """Return the first by name."""
        if self._wanted:
            return self.most_named(ENOUGH)
        return self._first("folded", enough, "1")

    def newest(self, enough: int) -> tuple[list[Candidate], bool]:
        """Return those that the newest articles name."""
        if self._wanted:
            return self.most_named(ENOUGH)
        ids: dict[int, None] = {}
        found: list[Candidate] = []
        newest = (
            "SELECT c.entities FROM library.article AS a CROSS JOIN library.named AS c ON c.article = a.id"
            " ORDER BY a.published DESC, a.id"
        )
        for (entities,) in self._db.execute(newest):
            ids.update(dict.fromkeys(ids_in([entities])))
            if len(ids) >= _AT_ONCE:
                found += self.rows(list(ids))
                ids.clear()
            if len(found) > enough * 2:
                return found, False
        found += self.rows(list(ids))
        return list(dict.fromkeys(found)), True

    def within(self, counted: Counted, enough: int) -> tuple[list[Candidate], bool]:
        """Return the first of those that some articles name, with their counts there, and whether that is all."""
        rare = self._ids_that_begin() if self._wanted else None
        if counted.is_rest and (rare is None or len(rare) > ENOUGH):
            return self._within_most(counted, enough)
        order = counted.in_order() if rare is None else iter(rare if counted.is_rest else counted.sorted(rare))
        found: list[Candidate] = []
        while some := list(islice(order, _AT_ONCE)):
            found += self._counted_in(counted, self.rows(some))
            if len(found) > enough and not counted.is_rest:
                return found, False
        return found, True

    def _within_most(self, counted: Counted, enough: int) -> tuple[list[Candidate], bool]:
        """Do so where the articles are nearly all: an entity's count there is at most what it is in all."""
        found: list[Candidate] = []
        most: list[int] = []
        for level in range(LEVELS - 1, 0, -1):
            for row in _each_once(self._of_level(level)):
                if len(most) > enough and most[0] >= row.articles:
                    return found, False
                for one in self._counted_in(counted, [row]):
                    found.append(one)
                    (heappush if len(most) <= enough else heappushpop)(most, one.articles)
        return found, True

    @staticmethod
    def _counted_in(counted: Counted, rows: Iterable[Candidate]) -> Iterator[Candidate]:
        for row in rows:
            articles, mentions = counted.of(row.id, row.articles, row.mentions)
            if articles:
                yield row._replace(articles=articles, mentions=mentions)

    def rows(self, ids: Sequence[int]) -> list[Candidate]:
        """Return those of these rows that may be shown, in their order."""
        sql = f"SELECT {_COLUMNS} FROM library.entity AS e WHERE e.id IN ({', '.join(map(str, ids))})"
        check, values = self._may_begin(self._wanted)
        sql += check
        rows = {row[0]: Candidate(*row) for row in self._db.execute(sql, values) if row[1] in self._kinds}
        if self._wanted:
            rows = {one: row for one, row in rows.items() if begins(row.folded, self._wanted)}
        return [rows[one] for one in ids if one in rows]

    @staticmethod
    def _may_begin(wanted: Sequence[str]) -> tuple[str, tuple[str, ...]]:
        """Return SQL by which most names are ruled out without Python; what SQLite cannot fold is not."""
        sought = tuple(word for word in wanted if len(word) > 1 and word.isascii())
        each = f" AND (instr(e.folded, ?) OR {foreign('e.folded')} OR instr(e.folded, '.'))"
        return each * len(sought), sought

    def _how_many(self, word: str) -> tuple[int, int]:
        """Return in how many entities a word begins, counted up to some; then how short it is."""
        if len(self._wanted) == 1:
            return 0, 0
        sql = f"SELECT count(*) FROM (SELECT 1 FROM {self._that_begin()} LIMIT {_TOLD_APART})"
        (count,) = self._db.execute(sql, (*self._kinds, word, word + _LAST)).fetchone()
        return count, -len(word)

    def _that_begin(self) -> str:
        """Return the SQL of all words `w` that begin so, those of the most named first."""
        levels = f"(WITH RECURSIVE l(n) AS (SELECT {LEVELS} UNION ALL SELECT n - 1 FROM l WHERE n > 1) SELECT n FROM l)"
        begin = f"w.{self._of_kind} AND w.level = l.n AND w.word >= ? AND w.word < ?"
        return f"{levels} AS l CROSS JOIN library.entity_word AS w ON {begin}"

    def _of_level(self, level: int) -> Iterator[Candidate]:
        """Yield what may be shown of a level, the most named first."""
        # Those of the lowest level are named once each.
        order = " ORDER BY e.articles DESC, e.mentions DESC" if level > 1 else ""
        if not self._wanted:
            sql = f"SELECT {_COLUMNS} FROM library.entity AS e WHERE e.{self._of_kind} AND e.level = ?{order}"
            return (Candidate(*row) for row in self._db.execute(sql, (*self._kinds, level)))
        check, others = self._may_begin([one for one in self._wanted if one != self._rarest])
        sql = (
            f"SELECT {_COLUMNS} FROM library.entity_word AS w CROSS JOIN library.entity AS e ON e.id = w.entity"
            f" WHERE w.{self._of_kind} AND w.level = ? AND w.word >= ? AND w.word < ?{check}{order}"
        )
        values = (*self._kinds, level, self._rarest, self._rarest + _LAST, *others)
        found = (Candidate(*row) for row in self._db.execute(sql, values))
        if len(self._wanted) == 1:
            return found
        return (row for row in found if begins(row.folded, self._wanted))

    def _first(self, order: str, enough: int, condition: str) -> tuple[list[Candidate], bool]:
        # The plus keeps SQLite from gathering the kinds first, which are nearly all there is.
        where = f"+e.{self._of_kind} AND {condition}"
        sql = f"SELECT {_COLUMNS} FROM library.entity AS e WHERE {where} ORDER BY e.{order} LIMIT ?"
        found = [Candidate(*row) for row in self._db.execute(sql, (*self._kinds, enough + 1))]
        return found, len(found) <= enough

    def _ids_that_begin(self) -> set[int] | None:
        """Return the rows that have a word with each beginning, but for those of very many; None when all are."""
        found: set[int] | None = None
        sql = f"SELECT w.entity AS id FROM {self._that_begin()} LIMIT {_LOOKED_UP}"
        for word in sorted(self._wanted, key=self._how_many):
            ids = numbers(self._db, sql, (*self._kinds, word, word + _LAST))
            if len(ids) < _LOOKED_UP:
                found = set(ids) if found is None else found.intersection(ids)
        return found


def as_joined(
    joined: Joined,
    found: Sequence[Candidate],
    wanted: Sequence[str],
    kinds: Sequence[str],
    within: Statement | None = None,
) -> list[Candidate]:
    """Put one entity in the place of those that were joined in it, also where each of them is named too rarely."""
    left = [one for one in found if one.id not in joined.rows]
    for head, names in joined.names.items():
        if any(begins(name, wanted) for name in names):
            one = of_group(joined, head, within)
            if one.kind in kinds and one.articles:
                left.append(one)
    return left


def of_group(joined: Joined, head: int, within: Statement | None = None) -> Candidate:
    """Return what is shown of entities that were joined: the articles that name any of them count once."""
    key, name = joined.heads[head]
    articles, mentions = joined.counts(head, within)
    kind, _, folded = key.partition(":")
    return Candidate(head, kind, name, folded, mentions, articles)


def _each_once(rows: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield each row once: two words of a name may begin so."""
    seen: set[int] = set()
    for row in rows:
        if row.id not in seen:
            seen.add(row.id)
            yield row


def begins(name: str, wanted: Iterable[str]) -> bool:
    """Tell whether each of these is the beginning of a word of a name."""
    plain = name if name.isascii() else fold(name)
    if plain.isascii() and plain.replace(" ", "").isalnum():
        # As most names are, at a tenth of the price.
        padded = " " + plain.lower()
        return all(f" {one}" in padded for one in wanted)
    having = words_of(name)
    return all(any(word.startswith(one) for word in having) for one in wanted)
