"""How far a long job has come, how fast it goes on, and how long it will take."""

from __future__ import annotations

import time
from collections.abc import Callable

_WINDOW = 5.0
"""Seconds over which speed is measured, so that it follows what is done now."""
_STEADY = 0.7
"""How much of what is known of the speed stays when a new window has been measured: what is left must not jump."""


class Pace:
    """Counts steps towards a goal that may move. Steps have sizes, by which the time that is left is estimated."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._total = self._left = self._steps = 0
        self._left_size = self._size = 0
        self._since = clock()
        self._rate = self._speed = 0.0
        self._measured = False

    def goal(self, total: int, left: int, size: int = 0) -> None:
        """Set how many there are, how many of them are left to do, and how large those are together."""
        if self._left == 0:
            self._since, self._steps, self._size = self._clock(), 0, 0
        self._total, self._left, self._left_size = total, left, size

    def step(self, size: int = 0) -> tuple[int, int, float]:
        """Count one as done; returns how many are done, of how many, and how many a second."""
        self._left = max(0, self._left - 1)
        self._left_size = max(0, self._left_size - size)
        self._steps += 1
        self._size += size
        spent = self._clock() - self._since
        if spent > 0.5:
            self._rate = self._steps / spent
            if not self._measured:
                self._speed = self._size / spent
        if spent > _WINDOW:
            now = self._size / spent
            self._speed = _STEADY * self._speed + (1 - _STEADY) * now if self._measured else now
            self._measured = True
            self._since, self._steps, self._size = self._clock(), 0, 0
        return self._total - self._left, self._total, self._rate

    @property
    def seconds(self) -> float:
        """How long what is left will take, by its size; 0 while that is not known."""
        if not self._left:
            return 0.0
        if self._left_size and self._speed:
            return self._left_size / self._speed
        return self._left / self._rate if self._rate else 0.0
