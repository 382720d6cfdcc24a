"""The articles in the orders that lists are shown in: what a query finds is put in order without asking SQLite again.

Sorting 100,000 rows takes SQLite a fifth of a second, and a look at each in the order of their dates takes longer than
most searches. So the order of all is kept, and what was found takes its places in it.
"""

from __future__ import annotations

import sqlite3
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain, compress, islice

from store.query.answer import Group
from store.query.compile import in_groups, in_order
from store.record import Record

_KEPT = 2
"""Orders kept at a time; each takes some 1.2 MB for 100,000 articles."""
_FEW = 8
"""What is found is sorted by its places while it is less than this part of all; else its places are marked."""
_STEP = 4
"""What is found is sorted in the time that it takes to look for a fourth of it one by one."""
_CHUNK = 16_384
"""Places marked at a time; in between it is asked whether somebody still waits."""


class Order(Record):
    """All articles in an order."""

    ids: array[int]
    places: Sequence[int] | Mapping[int, int]
    """The place of each by its id; -1 for an id of none."""
    groups: tuple[Group, ...] = ()
    """The groups that follow each other in it, each with the number of its articles."""

    def sorted(
        self, found: Sequence[int], *, contrary: bool = False, stop: Callable[[], None] = lambda: None
    ) -> array[int]:
        """Return the articles found in this order, each once; all others instead when `contrary`.

        `stop` raises when nobody waits any more.
        """
        ids, places = self.ids, self.places
        if not contrary and len(found) * _FEW < len(ids):
            return array("q", (ids[place] for place in sorted({places[key] for key in found}) if place >= 0))
        # One more than there are, for what has no place.
        marked = bytearray(b"\1" if contrary else b"\0") * (len(ids) + 1)
        mark = 0 if contrary else 1
        for begin in range(0, len(found), _CHUNK):
            stop()
            for key in found[begin : begin + _CHUNK]:
                marked[places[key]] = mark
        return array("q", compress(ids, marked))

    def first(self, found: Sequence[int], most: int) -> array[int]:
        """Return the first articles of those found in this order. They have to ascend, each once."""
        first = array("q")
        for key in islice(self.ids, len(found) // _STEP):
            at = bisect_left(found, key)
            if at < len(found) and found[at] == key:
                first.append(key)
                if len(first) == most:
                    return first
        # Rare ones, or all of them far down.
        places = sorted(map(self.places.__getitem__, found))
        return array("q", (self.ids[place] for place in islice((each for each in places if each >= 0), most)))

    def grouped(self, found: Sequence[int]) -> tuple[array[int], tuple[Group, ...]]:
        """Bring what was found, in whatever order, group by group; return it with its groups.

        Within a group it keeps its order. An id without a place comes last, in no group of a name.
        """
        begins = array("l")
        place = 0
        for _, count in self.groups:
            begins.append(place)
            place += count
        places = self.places
        inside: dict[int, list[int]] = {}
        for key in found:
            at = places[key]
            inside.setdefault(bisect_right(begins, at) if at >= 0 else len(begins) + 1, []).append(key)
        numbers_ = sorted(inside)
        names = [name for name, _ in self.groups] + [""]
        keys = array("q", chain.from_iterable(inside[number] for number in numbers_))
        return keys, tuple((names[number - 1], len(inside[number])) for number in numbers_)


class _Places(dict[int, int]):
    """Places by ids that lie far apart."""

    def __missing__(self, key: int) -> int:
        return -1


class Orders:
    """The orders that were asked for last, of the library that is attached to a connection."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._kept: dict[tuple[str, bool, str], tuple[object, Order]] = {}
        self._dates = 0

    def dates_changed(self) -> None:
        """Note that a date was set by hand, or taken off."""
        self._dates += 1

    def forget_library(self) -> None:
        """Let go of everything, since another index was attached."""
        self._kept.clear()

    def __getitem__(self, asked: tuple[str, bool, str]) -> Order:
        """Return an order by its name in `fields.SORTS`, whether dates were set by hand, and the grouping."""
        name, dated, grouping = asked
        version = (self._db.execute("PRAGMA library.data_version").fetchone()[0], self._dates if dated else 0)
        kept = self._kept.pop(asked, None)
        if kept is None or kept[0] != version:
            ids = numbers(self._db, in_order(name, dated=dated, grouping=grouping), ())
            groups: tuple[Group, ...] = ()
            if grouping != "none":
                groups = tuple(self._db.execute(in_groups(name, dated=dated, grouping=grouping)))
            kept = version, _made(ids).replace(groups=groups)
        self._kept[asked] = kept
        for old in list(self._kept)[:-_KEPT]:
            del self._kept[old]
        return kept[1]


def numbers(db: sqlite3.Connection, sql: str, values: Sequence[object]) -> list[int]:
    """Return the ids that a statement yields.

    SQLite joins them itself, in one step without Python's lock: the screen never waits for a long list.
    """
    import orjson  # with the first search: an import of the session must cost a start next to nothing

    (joined,) = db.execute(f"SELECT group_concat(id) FROM ({sql})", values).fetchone()
    found: list[int] = orjson.loads(f"[{joined or ''}]")
    return found


def _made(ids: Iterable[int]) -> Order:
    kept = array("q", ids)
    highest = max(kept, default=0)
    if highest > 4 * len(kept) + 1024:
        return Order(kept, _Places((key, place) for place, key in enumerate(kept)))
    places = array("l", [-1]) * (highest + 1)
    for place, key in enumerate(kept):
        places[key] = place
    return Order(kept, places)
