"""When a site may be asked again: a second between two requests to it, and not before it said."""

from __future__ import annotations

import time
from collections.abc import Callable

INTERVAL = 1.0
"""Seconds between the end of one request to a host and the beginning of the next."""


class Pace:
    """Waits before requests. One request runs at a time, whatever the number of hosts."""

    def __init__(
        self, *, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._free: dict[str, float] = {}

    def wait(self, host: str, delay: float = 0.0) -> None:
        """Wait until a host may be asked; `delay` is what its robots.txt wants."""
        last = self._free.get(host)
        if last is not None:
            left = last + max(INTERVAL, delay) - self._clock()
            if left > 0:
                self._sleep(left)

    def done(self, host: str) -> None:
        """Note that a request to a host has ended."""
        self._free[host] = self._clock()
