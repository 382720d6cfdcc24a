"""A terminal that says when the screen first showed what a key asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter

from bench.emulator import Emulator
from bench.keystrokes import Answer
from bench.terminal import SYNC, Terminal, TerminalError

Holds = Callable[[Emulator], bool]
NEVER = float("inf")


@dataclass
class WatchedTerminal(Terminal):
    """A terminal that collects while something is timed, and draws afterwards, chunk by chunk, to look at the screen.

    So neither drawing nor looking delays what is measured, however a program cuts what it writes.
    """

    pace: float = 1.0
    """How long it waits for what nobody awaits; a test is in a hurry."""

    def __enter__(self) -> WatchedTerminal:
        super().__enter__()
        return self

    def settle(self, quiet: float = 0.15, limit: float = 10.0) -> None:
        """Read until nothing has come for a while."""
        super().settle(quiet * self.pace, limit)

    def begun(self, *conditions: Holds, quiet: float = 0.5, limit: float = 120.0) -> list[float]:
        """Wait until the screen has shown each of some things; returns when it first did, in seconds from the start.

        Raises:
            TerminalError: it did not in time.
        """
        return self._watch(0, 0, 0.0, conditions, quiet, limit)

    def timed(self, keys: Sequence[str], holds: Holds, *, quiet: float = 0.15, limit: float = 120.0) -> Answer:
        """Press keys at once; `shown` of the answer is when the screen first showed what has to hold.

        Raises:
            TerminalError: it was not shown in time, or stood there before the key, so that nothing could be timed.
        """
        while self.read(0):
            pass  # what came since the key before, and belongs to none
        text = self.text()
        if holds(self.screen):
            raise TerminalError(f"what {keys} has to bring was there before. The screen:\n{text}")
        size, chunk = len(self.received), len(self.arrivals)
        start = perf_counter() - self.started
        self.send(*keys)
        [shown] = self._watch(size, chunk, start, (holds,), quiet, limit)
        answer = bytes(self.received[size:])
        first, last = self.arrivals[chunk][0] - start, self.arrivals[-1][0] - start
        frames = (len(SYNC.findall(answer)) + 1) // 2
        return Answer(first, last, len(SYNC.sub(b"", answer)), frames, shown)

    def go(self, keys: Sequence[str], holds: Holds) -> None:
        """Press keys if something does not hold yet, and wait until it does; nothing is timed."""
        self.text()
        if not holds(self.screen):
            self.timed(keys, holds, limit=30)

    def _watch(
        self, size: int, chunk: int, start: float, conditions: Sequence[Holds], quiet: float, limit: float
    ) -> list[float]:
        found = [NEVER] * len(conditions)
        while True:
            while self.read(quiet * self.pace):
                pass
            for moment, end in self.arrivals[chunk:]:
                self.screen.feed(bytes(self.received[self._drawn : end]))
                self._drawn = end
                marks = SYNC.findall(self.received, size, end)
                if marks and marks[-1].endswith(b"h"):
                    continue  # within an update: a terminal does not show it yet
                for place, holds in enumerate(conditions):
                    if found[place] == NEVER and holds(self.screen):
                        found[place] = moment - start
            chunk = len(self.arrivals)
            if max(found) < NEVER:
                return found
            ended = self.process.poll() is not None
            if ended or perf_counter() - self.started - start > limit:
                why = f"it ended with {self.process.returncode}" if ended else "it was not shown in time"
                raise TerminalError(f"{' '.join(self.command)}: {why}. The screen:\n{self.text()}")
