"""A list without the near copies of what is in it: who stands for whom, and whose copies are shown. Pure."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from typing import TypeAlias

Keys: TypeAlias = "list[int] | array[int]"


class Folds:
    """What is folded in a list of articles."""

    def __init__(self) -> None:
        self.on = False
        """Whether lists are folded."""
        self._keys: Keys = []
        self._copies: Mapping[int, Sequence[int]] = {}
        self._spread: set[int] = set()
        self._behind = 0

    def take(self, keys: Keys, copies: Mapping[int, Sequence[int]]) -> Keys:
        """Take in a list and who stands for whom in it; returns the list as it is shown."""
        self._keys, self._copies = keys, copies
        self._spread &= copies.keys()
        self._behind = sum(map(len, copies.values()))
        return self.shown()

    def shown(self) -> Keys:
        """Return the list with the copies that are shown beneath their article."""
        if not self._spread:
            return self._keys
        shown = array("q", self._keys)
        for key in self._spread:
            at = shown.index(key) + 1
            shown[at:at] = array("q", self._copies[key])
        return shown

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
