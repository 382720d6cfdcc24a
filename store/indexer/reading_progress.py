"""How far reading a number of files has come, and how long the rest will take."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

_SOON = 1.0
"""Seconds of reading after which it can be told how long the rest will take."""


@dataclass
class ReadingProgress:
    """How far a pass over some files has come."""

    done: int = 0
    """Articles."""
    behind: int = 0
    """Files that wait behind the one in hand."""
    bytes_done: int = 0
    left: int = 0
    """Bytes, each file with what any file costs."""
    begun: int = 0
    """Articles that had been read before this pass, and are told with it."""
    started: float = field(default_factory=time.monotonic)

    def so_far(self, expected: int, here: int) -> tuple[int, int, float, float]:
        """Return articles done, articles altogether, articles a second, seconds to go; see `protocol.Progress`."""
        spent = time.monotonic() - self.started
        rate = (self.done - self.begun) / spent if spent else 0.0
        read = self.bytes_done + here
        seconds = (self.left - here) * spent / read if read and spent > _SOON else 0.0
        return self.done, self.done + expected + self.behind, rate, seconds
