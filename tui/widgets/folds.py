"""A list without the near copies of what is in it: who stands for whom, and whose copies are shown. Pure."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence

from store.library import KeyList, ListGroup


class Folds:
    """What is folded in a list of articles."""

    def __init__(self) -> None:
        self.on = False
        """Whether lists are folded."""
        self._keys = KeyList()
        self._copies: Mapping[int, Sequence[int]] = {}
        self._spread: set[int] = set()
        self._behind = 0

    def take(self, keys: KeyList, copies: Mapping[int, Sequence[int]]) -> KeyList:
        """Take in a list and who stands for whom in it; returns the list as it is shown."""
        self._keys, self._copies = keys, copies
        self._spread &= copies.keys()
        self._behind = sum(map(len, copies.values()))
        return self.shown()

    @property
    def keys(self) -> KeyList:
        """The list without the copies that are shown beneath others."""
        return self._keys

    def shown(self) -> KeyList:
        """Return the list with the copies that are shown beneath their article."""
        if not self._spread:
            return self._keys
        shown = array("q", self._keys)
        for row, key in sorted(self._spread_rows(), reverse=True):
            shown[row + 1 : row + 1] = array("q", self._copies[key])
        return KeyList(shown)

    def _spread_rows(self) -> list[tuple[int, int]]:
        """Return the rows, in the list without copies, of the articles beneath which theirs are shown."""
        rows = ((self._keys.row_of(key), key) for key in self._spread)
        return [(row, key) for row, key in rows if row is not None]

    def with_spread(self, groups: Sequence[ListGroup]) -> Sequence[ListGroup]:
        """Return the groups of the list with the copies that are shown beneath their articles counted in."""
        if not groups or not self._spread:
            return groups
        waiting = sorted(self._spread_rows())
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
            self._spread ^= {first}
        return first

    def forget(self) -> None:
        """Fold everything that is shown beneath others."""
        self._spread.clear()

    def first(self, key: int) -> int:
        """Return the article that stands for another; one that is not folded stands for itself."""
        if key in self._copies or not self._copies:
            return key
        return next((first for first, copies in self._copies.items() if key in copies), key)

    def count(self, key: int) -> int:
        """Return how many copies of an article are folded right now."""
        return 0 if key in self._spread else len(self._copies.get(key, ()))

    def is_beneath(self, key: int) -> bool:
        """Tell whether an article is shown beneath its like."""
        return any(key in self._copies[first] for first in self._spread)

    @property
    def hidden(self) -> int:
        """How many articles others stand for right now."""
        return self._behind - sum(len(self._copies[first]) for first in self._spread)
