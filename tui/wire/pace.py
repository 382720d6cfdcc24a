"""When the next frame may be written: a held key never runs behind what the line can carry.

A frame that follows a pause goes at once. While keys come one after the other, frames keep a distance; and where the
terminal has not answered for an earlier frame as fast as it can, the line is full, and the next frame waits for it.
Frames that wait become one. Pure but for the clock that is passed in.
"""

from __future__ import annotations

FRAME = 0.03
"""Seconds between frames while keys arrive."""

HELD = 0.12
"""Seconds between two keys up to which they belong together."""

RUN = 0.5
"""Seconds after a frame within which the next one asks the terminal for an answer."""

LATE = 0.06
"""Seconds beyond the fastest answer from which on the line counts as full."""

PATIENCE = 1.5
"""Seconds after which an answer is not expected any more."""

_BUSY = 0.5
"""Seconds beyond the fastest answer that whoever gives the terminal back waits: a late one would be keys to a shell."""

_UNMEASURED = 0.2
"""What the fastest answer is taken for before there was one."""

_IN_VAIN = 3
"""Questions without an answer after which no more are asked."""


class Pace:
    """What is known of keys, frames and answers."""

    def __init__(self) -> None:
        self._key = self._painted = float("-inf")
        self._held = False
        self._asked: list[float] = []
        self._fastest = float("inf")
        self._in_vain = 0
        self._answers_at_all = False

    def key(self, now: float) -> None:
        """A key has come."""
        self._held = now - self._key < HELD
        self._key = now

    def wait(self, now: float) -> float:
        """Return in how many seconds the next frame may go, unless an answer comes before; 0: now."""
        self._give_up(now)
        held = self._held and now - self._key < HELD
        wait = self._painted + FRAME - now if held else 0.0
        if self._asked and now - self._asked[0] >= self._usual + LATE:
            wait = max(wait, self._asked[0] + PATIENCE - now)
        return max(0.0, wait)

    def painted(self, now: float) -> bool:
        """A frame goes; returns whether a question is to follow it."""
        asks = self._answers_at_all and now - self._painted < RUN
        self._painted = now
        if asks:
            self._asked.append(now)
        return asks

    def asked(self, now: float) -> None:
        """A question goes that belongs to no frame."""
        self._asked.append(now)

    def answered(self, now: float) -> None:
        """An answer has come, to the oldest question."""
        self._answers_at_all, self._in_vain = True, 0
        if self._asked:
            self._fastest = min(self._fastest, now - self._asked.pop(0))

    def open_for(self, now: float) -> float:
        """Return for how many seconds an answer may still be on its way; 0: none is."""
        self._give_up(now)
        if not self._asked or not self._answers_at_all:
            return 0.0
        return max(0.0, min(self._asked[-1] + self._usual + _BUSY - now, PATIENCE))

    def begin_anew(self) -> None:
        """Forget what was asked: the terminal was lent to someone."""
        self._asked.clear()

    @property
    def _usual(self) -> float:
        return self._fastest if self._fastest != float("inf") else _UNMEASURED

    def _give_up(self, now: float) -> None:
        while self._asked and now - self._asked[0] > PATIENCE:
            self._asked.pop(0)
            self._in_vain += 1
        if self._in_vain >= _IN_VAIN:
            self._answers_at_all = False
