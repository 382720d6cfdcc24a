"""How far a long job has come, and how fast it goes on."""

from __future__ import annotations

import time
from collections.abc import Callable

_WINDOW = 5.0
"""Seconds over which speed is measured, so that it follows what is done now."""


class Pace:
    """Counts steps towards a goal that may move."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._total = self._left = self._steps = 0
        self._since = clock()
        self._rate = 0.0

    def goal(self, total: int, left: int) -> None:
        """Set how many there are and how many of them are left to do."""
        if self._left == 0:
            self._since, self._steps = self._clock(), 0
        self._total, self._left = total, left

    def step(self) -> tuple[int, int, float]:
        """Count one as done; returns how many are done, of how many, and how many a second."""
        self._left = max(0, self._left - 1)
        self._steps += 1
        spent = self._clock() - self._since
        if spent > 0.5:
            self._rate = self._steps / spent
        if spent > _WINDOW:
            self._since, self._steps = self._clock(), 0
        return self._total - self._left, self._total, self._rate
