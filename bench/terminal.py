"""A terminal without a window: starts a program in a pseudo-terminal, presses keys, times what comes back.

While something is timed the bytes are only collected; the screen is made from them when it is looked at,
since making it takes longer than the program that is measured. Queries are answered as xterm does.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from bench.emulator import Emulator
from bench.keystrokes import Answer, encoded
from bench.modes import Modes
from bench.processes import Cost, alive, children, cost
from bench.readable import readable

_QUERY = re.compile(rb"\x1b\[\?(\d+)\$p|\x1b\[(0?)c|\x1b\[(6)n")
SYNC = re.compile(rb"\x1b\[\?2026[hl]")


class TerminalError(AssertionError):
    """The program ended, or the screen did not show in time what it had to; the message holds the screen."""


@dataclass
class Terminal:
    """A running program and its screen, for a `with` statement: whatever is left is killed at its end."""

    command: Sequence[str]
    environment: Mapping[str, str]
    columns: int = 120
    lines: int = 40
    synchronised: bool = True
    """Whether the terminal says that it knows synchronised output, so that frames can be counted."""
    margins: bool = True
    """Whether the terminal says that it knows margins at its sides, as xterm does."""

    received: bytearray = field(default_factory=bytearray)
    arrivals: list[tuple[float, int]] = field(default_factory=list)
    """When bytes came, in seconds since the start, and how many there were in all by then."""

    def __enter__(self) -> Self:
        self._master, self._slave = pty.openpty()
        size = struct.pack("HHHH", self.lines, self.columns, 0, 0)
        fcntl.ioctl(self._slave, termios.TIOCSWINSZ, size)
        self._before = termios.tcgetattr(self._slave)
        self.screen = Emulator(self.columns, self.lines, margins=self.margins)
        self._modes = Modes()
        self._drawn = self._answered = self._moded = 0
        self._family: set[int] = set()
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            list(self.command),
            stdin=self._slave,
            stdout=self._slave,
            stderr=self._slave,
            env=dict(self.environment),
            start_new_session=True,
            preexec_fn=_take_terminal,
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()
        for handle in (self._master, self._slave):
            if handle >= 0:
                os.close(handle)

    # ---- bytes in and out ------------------------------------------------------------------------
    def read(self, seconds: float) -> bool:
        """Collect what comes within some seconds, returning at the first bytes; False when nothing came."""
        if self._master < 0:
            return False
        if not readable([self._master], max(0.0, seconds)):
            return False
        try:
            data = os.read(self._master, 1 << 16)
        except OSError:
            return False
        self._arrive(data)
        return bool(data)

    def _arrive(self, data: bytes) -> None:
        self.received += data
        self.arrivals.append((time.perf_counter() - self.started, len(self.received)))
        self._answer_queries()

    def _type(self, data: bytes) -> None:
        os.write(self._master, data)

    def settle(self, quiet: float = 0.15, limit: float = 10.0) -> None:
        """Read until nothing has come for `quiet` seconds."""
        end = time.perf_counter() + limit
        while self.read(quiet) and time.perf_counter() < end:
            pass

    def send(self, *keys: str) -> None:
        """Press keys: names out of `KEYS`, `ctrl+x`, else the characters themselves."""
        self._type("".join(encoded(key) for key in keys).encode("utf-8", "surrogateescape"))

    def scribble(self, words: str) -> None:
        """Write over the screen, as another program on the same terminal does."""
        os.write(self._slave, words.encode())

    def press(self, key: str, quiet: float = 0.06, limit: float = 3.0, until: str = "") -> Answer:
        """Press one key and time the answer, until it has been quiet for some seconds.

        The quiet counts only once the screen shows `until`, where something of the answer is known.
        """
        if until:
            self.text()
        before, data = len(self.received), encoded(key).encode()
        start = time.perf_counter()
        self._type(data)
        first = last = shown = float("inf")
        came = False
        while time.perf_counter() - start < limit and self.read(quiet if came else limit):
            last = time.perf_counter() - start
            first = min(first, last)
            marks = SYNC.findall(self.received, before)
            if not until:
                came = True
            elif not came and not (marks and marks[-1].endswith(b"h")) and until in self.text():
                came, shown = True, last
        answer = bytes(self.received[before:])
        frames = (len(SYNC.findall(answer)) + 1) // 2
        return Answer(first, last, len(SYNC.sub(b"", answer)), frames, shown)

    def resize(self, columns: int, lines: int) -> None:
        """Change the size of the window."""
        self.columns, self.lines = columns, lines
        self.text()
        self.screen.resize(columns, lines)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def forget(self, keep: int = 1024) -> bytes:
        """Let go of what was received but the last bytes, and return it; screen, modes and answers know it."""
        self.text(), self.modes_left()
        gone = bytes(self.received[: max(0, len(self.received) - keep)])
        del self.received[: len(gone)]
        self._drawn, self._moded = self._drawn - len(gone), self._moded - len(gone)
        self._answered = max(0, self._answered - len(gone))
        self.arrivals.clear()
        return gone

    # ---- the screen ------------------------------------------------------------------------------
    def text(self) -> str:
        """Return what the screen shows, a line of text for each of its lines."""
        self.screen.feed(bytes(self.received[self._drawn :]))
        self._drawn = len(self.received)
        return "\n".join(self.screen.display)

    def wait_for(self, pattern: str, seconds: float = 30.0) -> float:
        """Wait until the screen shows a regular expression; returns when its last byte came, from the start.

        Raises:
            TerminalError: it was not shown in time, or the program ended.
        """
        return self._wait(lambda text: re.search(pattern, text) is not None, f"{pattern!r} was not shown", seconds)

    def wait_gone(self, pattern: str, seconds: float = 30.0) -> float:
        """Wait until the screen no longer shows a regular expression."""
        return self._wait(lambda text: re.search(pattern, text) is None, f"{pattern!r} did not go", seconds)

    def wait_paint(self, seconds: float = 30.0) -> float:
        """Wait for the first visible character; returns when it came, in seconds from the start."""
        return self._wait(lambda text: bool(text.strip()), "nothing was shown", seconds)

    def moments(self, *patterns: str) -> list[float]:
        """Return when each regular expression was first on the screen; infinity for one that never was.

        Draws everything once more, chunk by chunk, so that drawing does not delay what is timed.
        """
        screen = Emulator(self.columns, self.lines, margins=self.margins)
        found, drawn = [float("inf")] * len(patterns), 0
        for moment, size in self.arrivals:
            screen.feed(bytes(self.received[drawn:size]))
            drawn, text = size, "\n".join(screen.display)
            for index, pattern in enumerate(patterns):
                if found[index] == float("inf") and re.search(pattern, text):
                    found[index] = moment
            if max(found) < float("inf"):
                break
        return found

    def _wait(self, holds: Callable[[str], bool], failure: str, seconds: float) -> float:
        end = time.perf_counter() + seconds
        # Half a frame shows neither what was there nor what will be: a line of the old may still stand beside the new.
        while self._in_frame() or not holds(self.text()):
            left = end - time.perf_counter()
            if left < 0 or (not self.read(min(left, 0.5)) and self.process.poll() is not None):
                if holds(self.text()):
                    break
                why = "in time" if left < 0 else f"; it ended with {self.process.returncode}"
                raise TerminalError(f"{failure} {why}. The screen:\n{self.text()}")
        return self.arrivals[-1][0] if self.arrivals else 0.0

    def _in_frame(self) -> bool:
        """Tell whether the rest of a frame is still to come."""
        last = self.received.rfind(b"\x1b[?2026")
        return last >= 0 and self.received[last + 7 : last + 8] == b"h" and self.process.poll() is None

    # ---- the end ---------------------------------------------------------------------------------
    def family(self) -> set[int]:
        """Return every process this one has been seen to start."""
        if self.process.poll() is None:
            self._family.update(children(self.process.pid))
        return self._family

    def cost(self) -> Cost:
        """Return what the program itself has used, without its children."""
        return cost(self.process.pid)

    def hang_up(self) -> None:
        """Close the terminal, as a lost connection does."""
        self.family()
        os.close(self._master)
        self._master = -1

    def signal(self, number: int) -> None:
        """Send the program a signal."""
        self.family()
        os.kill(self.process.pid, number)

    def kill(self) -> None:
        """End it and all that it has started, whatever they do."""
        for pid in [self.process.pid, *self.family()]:
            if alive(pid):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()

    def wait_end(self, seconds: float = 10.0) -> float:
        """Wait until the program has ended; returns how long that took, and leaves what it still wrote.

        Raises:
            TerminalError: it still runs.
        """
        self.family()
        start = time.perf_counter()
        while self.process.poll() is None:
            if time.perf_counter() - start > seconds:
                raise TerminalError(f"still running after {seconds} s. The screen:\n{self.text()}")
            if not self.read(0.002) and self._master < 0:
                time.sleep(0.002)
        took = time.perf_counter() - start
        while self.read(0.05):
            pass
        return took

    def left_behind(self, seconds: float = 2.0) -> list[int]:
        """Return the processes that outlive the program by more than some seconds."""
        end = time.perf_counter() + seconds
        while (left := [pid for pid in self.family() if alive(pid)]) and time.perf_counter() < end:
            time.sleep(0.01)
        return left

    def modes_left(self) -> list[str]:
        """Return the terminal modes that the program switched on and left so, in words."""
        self._modes.feed(bytes(self.received[self._moded :]))
        self._moded = len(self.received)
        left = self._modes.left()
        if self._master >= 0 and termios.tcgetattr(self._slave)[:4] != self._before[:4]:
            left.append("line discipline")
        return left

    def _answer_queries(self) -> None:
        """Answer the mode, identity and cursor queries that came since the last time."""
        for query in _QUERY.finditer(bytes(self.received), self._answered):
            self._answered = query.end()
            if query[1]:
                known = {b"2026": self.synchronised, b"69": self.margins}.get(query[1], False)
                self._type(b"\x1b[?%s;%d$y" % (query[1], 2 if known else 0))
            else:
                self._type(b"\x1b[1;1R" if query[3] else b"\x1b[?64;1;2;6;22c")


def _take_terminal() -> None:
    """Make the pseudo-terminal the new session's own, so that closing it hangs up."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
