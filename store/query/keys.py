"""The keys of a list, in order, and where each stands: found at once, however long the list is."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from typing import TYPE_CHECKING, Self, cast

if TYPE_CHECKING:
    _Keys = array[int]
else:
    _Keys = array

_SHORT = 1_000
"""Keys among which looking is no work."""

_ROOMY = 4
"""Numbers for each key up to which a table of all numbers is smaller than a dictionary."""


class KeyList(_Keys):
    """Keys of articles, each once: an array of whole numbers that knows where each of them stands.

    A long one is made ready by `know_places` on the thread that makes it, so that nobody else looks through it.
    """

    _table: array[int] | None
    _places: dict[int, int] | None
    """The rows of those keys that are not in the table."""

    def __new__(cls, keys: Iterable[int] = ()) -> Self:
        """Make a list of these keys, in their order."""
        made = cast("Self", super().__new__(cls, "q", keys))
        made._table = made._places = None
        return made

    def know_places(self) -> Self:
        """Learn where each key stands; returns the list itself. Looks at all of them."""
        highest, lowest = max(self, default=0), min(self, default=0)
        if lowest < 0 or len(self) <= _SHORT or highest > len(self) * _ROOMY:
            self._places = {key: row for row, key in enumerate(self)}
        else:
            table = array("i", [-1]) * (highest + 1)
            for row, key in enumerate(self):
                table[key] = row
            self._table, self._places = table, {}
        return self

    def row_of(self, key: int) -> int | None:
        """Return at which place of the list a key stands, or None."""
        if self._places is None:
            self.know_places()
        row = self._table[key] if self._table is not None and 0 <= key < len(self._table) else -1
        if row >= 0:
            return row
        return self._places.get(key) if self._places is not None else None

    def exchange(self, old: int, new: int) -> bool:
        """Put another key in the place of one, unless it has a place of its own; tells whether it did."""
        row = self.row_of(old)
        if row is None or self.row_of(new) is not None or self._places is None:
            return False
        self[row] = new
        if self._places.pop(old, None) is None and self._table is not None:
            self._table[old] = -1
        self._places[new] = row
        return True
