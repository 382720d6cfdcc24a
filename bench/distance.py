"""A terminal at the far end of a slow line: keys arrive late, and what is written arrives later the more it is.

    python -m bench.distance FOLDER [--round-trip 200] [--bits 56000]

prints for each kind of key the bytes, the time until the last of them is there, and what of that is the line's.
The line is simulated: no loss, no slow start, 90 bytes a packet for TCP and SSH.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

from bench import subjects
from bench.keystrokes import Answer, encoded
from bench.readable import readable
from bench.terminal import Terminal

PACKET, OVERHEAD = 1400, 90
BUFFERED = 256 * 1024
"""Bytes that may wait for the line before the program is no longer read from."""


@dataclass
class DistantTerminal(Terminal):
    """A terminal behind a line."""

    round_trip: float = 0.2
    """Seconds, both ways together."""
    bits: float = 56_000
    """A second, towards the terminal."""
    _typed: deque[tuple[float, bytes]] = field(default_factory=deque)
    _coming: deque[tuple[float, bytes]] = field(default_factory=deque)
    _free: float = 0.0

    def bytes_time(self, size: int) -> float:
        """Return the seconds that the line takes for so many bytes."""
        return (size + OVERHEAD * -(-size // PACKET)) * 8 / self.bits

    def _type(self, data: bytes) -> None:
        self._typed.append((perf_counter() + self.round_trip / 2, data))

    def read(self, seconds: float) -> bool:
        """Wait for what arrives at this end of the line."""
        end = perf_counter() + seconds
        while self._master >= 0:
            now = perf_counter()
            while self._typed and self._typed[0][0] <= now:
                os.write(self._master, self._typed.popleft()[1])
            if self._coming and self._coming[0][0] <= now:
                self._arrive(self._coming.popleft()[1])
                return True
            if now >= end:
                return False
            due = [queue[0][0] for queue in (self._typed, self._coming) if queue]
            wait = max(0.0, min([end, *due]) - now)
            full = (self._free - now) * self.bits / 8 > BUFFERED
            if readable([] if full else [self._master], wait):
                try:
                    data = os.read(self._master, 1 << 16)
                except OSError:
                    return False
                self._free = max(self._free, perf_counter()) + self.bytes_time(len(data))
                self._coming.append((self._free + self.round_trip / 2, data))
        return False

    def hold(self, key: str, seconds: float, rate: float = 30.0) -> float:
        """Hold a key down; returns the seconds from its last repetition to the frame that shows where it led."""
        start = perf_counter()
        for number in range(int(seconds * rate)):
            while (left := start + number / rate - perf_counter()) > 0:
                self.read(left)
            self._type(encoded(key).encode())
        last = perf_counter() - self.started
        self.settle(self.round_trip + 0.5)
        cursor = next(line for line in self.text().split("\n") if line.startswith(">●"))
        return self.moments(re.escape(cursor[:24]))[0] - last


def answers(terminal: DistantTerminal, keys: list[str]) -> list[Answer]:
    """Press keys one after the other, each once everything that the one before brought is there.

    What comes later than a tenth of a second, such as the article that the list has come to, is no part of the answer.
    """
    found = []
    for key in keys:
        found.append(terminal.press(key, quiet=0.09, limit=10))
        terminal.settle(terminal.round_trip + 0.9)
    return found


def line_time(terminal: DistantTerminal, answer: Answer) -> float:
    """Return the seconds of an answer that are the line's: the round trip, and its bytes."""
    return terminal.round_trip + terminal.bytes_time(answer.size)


def main() -> None:
    """Measure Dateline on a folder whose index is up to date, in the user's own environment."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--home", type=Path, default=Path.home(), help="where index and annotations are")
    parser.add_argument("--round-trip", type=float, default=200, metavar="MS")
    parser.add_argument("--bits", type=float, default=56_000, metavar="A SECOND")
    options = parser.parse_args()
    subject = subjects.dateline(options.folder, options.home)
    line = {"round_trip": options.round_trip / 1000, "bits": options.bits}
    with DistantTerminal(subject.command, subject.environment, **line) as terminal:
        terminal.wait_for("newest first", 60)
        terminal.settle(1.5)
        start = len(terminal.received)
        print(f"start: {start:,} bytes, quiet after {terminal.arrivals[-1][0]:.2f} s")
        for name, first, keys in KINDS:
            for key in first:
                terminal.press(key, quiet=0.6, limit=5)
            if "tag for 1" in terminal.text():
                print("tag: none is on 1")
            else:
                tell(name, terminal, answers(terminal, keys))
        for key in ("esc", "esc", "h", "g", "g"):
            terminal.press(key, quiet=0.5, limit=3)
        print(f"j held for two seconds: {1000 * terminal.hold('j', 2):.0f} ms behind")
        terminal.send("q")
        terminal.wait_end()


KINDS: tuple[tuple[str, list[str], list[str]], ...] = (
    ("j", ["h", "g", "g"], ["j"] * 8),
    ("j scrolling", ["j"] * 28, ["j"] * 8),
    ("line of text", ["g", "g", "enter", "J"], ["j"] * 6),
    ("page of text", [], ["space"] * 5),
    ("next name", ["g", "g", "w"], ["w"] * 8),
    ("tag", ["esc", "esc", "h", "g", "g", "1"], ["1"] * 7),
    ("filter", ["esc", "f"], list("ministry")),
)
"""Kinds of keys: what brings to where they are pressed, and the keys. The tag on 1 is put on and taken off, evenly."""


def tell(name: str, terminal: DistantTerminal, found: list[Answer]) -> None:
    """Print a line of the table."""
    size = statistics.median(one.size for one in found)
    last = 1000 * statistics.median(one.last for one in found)
    line = 1000 * statistics.median(line_time(terminal, one) for one in found)
    print(f"{name:14} {size:7,.0f} bytes {last:7,.0f} ms, of which the line {line:6,.0f}")


if __name__ == "__main__":
    main()
