"""A list without the near copies of what is in it: who stands for whom, and whose copies are shown. Pure."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from concurrent.futures import Future

from store.library import Found, KeyList, ListGroup
from store.record import Record

_NONE: AbstractSet[int] = frozenset()


class Folded(Record):
    """A list without the copies of what is in it, made ready to be shown; see `Folds.prepared`."""

    keys: KeyList
    copies: Mapping[int, Sequence[int]]
    """An article that stands for others -> those."""
    firsts: Mapping[int, int]
    """The same the other way round."""
    spread: AbstractSet[int]
    """Of which articles the copies were shown beneath when it was made ready."""
    shown: KeyList


class Folds:
    """What is folded in a list of articles."""

    def __init__(self) -> None:
        self.on = False
        """Whether lists are folded."""
        self._keys = KeyList()
        self._copies: Mapping[int, Sequence[int]] = {}
        self._firsts: Mapping[int, int] = {}
        self._spread = _NONE
        """Never changed in place: another thread may be reading it."""

    def prepared(self, keys: KeyList, copies: Mapping[int, Sequence[int]]) -> Folded:
        """Make a list ready to be taken in, with who stands for whom in it. For any thread: it looks at all of it."""
        spread = self._spread
        firsts = {copy: first for first, others in copies.items() for copy in others}
        return Folded(keys, copies, firsts, spread, _spread_out(keys, copies, spread & copies.keys()))

    def once_found(self, asked: Future[Found]) -> Future[tuple[Found, Folded]]:
        """Have a list made ready where it is found, on the query thread."""
        ready: Future[tuple[Found, Folded]] = Future()

        def make_ready(done: Future[Found]) -> None:
            if done.cancelled():
                ready.cancel()
            elif (error := done.exception()) is not None:
                ready.set_exception(error)
            else:
                found = done.result()
                try:
                    folded = self.prepared(found.keys, found.copies)
                except Exception as mistake:  # noqa: BLE001 - it is whoever waits who is told; here it would be lost
                    ready.set_exception(mistake)
                else:
                    ready.set_result((found, folded))

        asked.add_done_callback(make_ready)
        return ready

    def take(self, folded: Folded) -> KeyList:
        """Take in a list; returns it as it is shown."""
        self._keys, self._copies, self._firsts = folded.keys, folded.copies, folded.firsts
        before, self._spread = self._spread, self._spread & folded.copies.keys()
        # Copies that were shown or folded meanwhile are so in this list, too.
        return folded.shown if before is folded.spread or before == folded.spread else self.shown()

    @property
    def keys(self) -> KeyList:
        """The list without the copies that are shown beneath others."""
        return self._keys

    def shown(self) -> KeyList:
        """Return the list with the copies that are shown beneath their article."""
        return _spread_out(self._keys, self._copies, self._spread)

    def with_spread(self, groups: Sequence[ListGroup]) -> Sequence[ListGroup]:
        """Return the groups of the list with the copies that are shown beneath their articles counted in."""
        if not groups or not self._spread:
            return groups
        waiting = _rows_of(self._keys, self._spread)
        counted: list[ListGroup] = []
        end = 0
        for name, count in groups:
            end += count
            while waiting and waiting[0][0] < end:
                count += len(self._copies[waiting.pop(0)[1]])
            counted.append((name, count))
        return counted

    def toggle(self, key: int) -> int:
        """Show an article's copies beneath it, or fold them; returns the article that stands for the given one."""
        first = self.first(key)
        if first in self._copies:
            self._spread = self._spread ^ {first}
        return first

    def forget(self) -> None:
        """Fold everything that is shown beneath others."""
        self._spread = _NONE

    def first(self, key: int) -> int:
        """Return the article that stands for another; one that is not folded stands for itself."""
        return self._firsts.get(key, key)

    def count(self, key: int) -> int:
        """Return how many copies of an article are folded right now."""
        return 0 if key in self._spread else len(self._copies.get(key, ()))

    def is_beneath(self, key: int) -> bool:
        """Tell whether an article is shown beneath its like."""
        return bool(self._spread) and self._firsts.get(key) in self._spread

    @property
    def hidden(self) -> int:
        """How many articles others stand for right now."""
        return len(self._firsts) - sum(len(self._copies[first]) for first in self._spread)


def _spread_out(keys: KeyList, copies: Mapping[int, Sequence[int]], spread: AbstractSet[int]) -> KeyList:
    """Return a list with the copies of some articles beneath them."""
    if not spread:
        return keys
    shown, start = array("q"), 0
    for row, key in _rows_of(keys, spread):
        shown.extend(keys[start : row + 1])
        shown.extend(copies[key])
        start = row + 1
    shown.extend(keys[start:])
    return KeyList(shown).know_places()


def _rows_of(keys: KeyList, some: AbstractSet[int]) -> list[tuple[int, int]]:
    """Return where some articles stand in a list, in its order."""
    rows = ((keys.row_of(key), key) for key in some)
    return sorted((row, key) for row, key in rows if row is not None)
