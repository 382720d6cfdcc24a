"""One session after the other: keys are pressed, windows change, signals come, and each ends in some way."""

from __future__ import annotations

import contextlib
import os
import random
import re
import signal
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bench.emulator import Emulator
from bench.leaks import Leaks
from bench.processes import alive, children
from bench.random_keys.acknowledged import Acknowledged
from bench.random_keys.keys import Press, presses
from bench.random_keys.stage import Stage
from bench.terminal import Terminal, TerminalError

ENDS = {"q": 0, "SIGTERM": 128 + signal.SIGTERM, "SIGHUP": 128 + signal.SIGHUP, "SIGKILL": 128 + signal.SIGKILL}
"""How a session is ended, and the exit status that it then has."""

_PATIENCE = 90.0
"""Seconds after which a program that does not answer hangs, on however busy a machine."""

_ODD = re.compile(r"Traceback|Error\b|ERROR|CRITICAL|[Ww]arning")


@dataclass
class Outcome:
    """What came of the keys."""

    keys: int = 0
    sessions: int = 0
    resizes: int = 0
    stops: int = 0
    changes: int = 0
    steps: int = 0
    failures: list[str] = field(default_factory=list)


@dataclass
class Player:
    """Presses keys on a stage, the same for the same seed."""

    stage: Stage
    seed: int
    resizing: bool = True
    signals: bool = True
    outcome: Outcome = field(default_factory=Outcome)
    segments: int = 0

    def play(self, keys: int, *, segment: int = 2500, session: int = 700) -> Outcome:
        """Press so many keys, in sessions of about `session`; after each `segment` all begins anew."""
        while self.outcome.keys < keys:
            self._segment(self.segments, min(segment, keys - self.outcome.keys), session)
            self.segments += 1
        return self.outcome

    def _segment(self, number: int, keys: int, session: int) -> None:
        self.stage.reset()
        chance = random.Random(f"{self.seed} {number}")
        stream = presses(chance)
        saved = Acknowledged(self.stage.file, self.stage.record)
        goal = self.outcome.keys + keys
        while self.outcome.keys < goal:
            name = f"seed {self.seed}, segment {number}, after {self.outcome.keys} keys"
            end = chance.choice(list(ENDS))
            one = Session(
                self, chance, min(chance.randint(session // 2, session * 3 // 2), goal - self.outcome.keys), end
            )
            self.outcome.sessions += 1
            self._tell(name, one.run(stream))
            self._tell(name, saved.check(killed=one.end == "SIGKILL", folded=one.status == 0))
            self._tell(name, _faults(self.stage))
        self._tell(f"seed {self.seed}, segment {number}", saved.undo_all(self.stage.base / f"undone-{number}"))
        self.outcome.changes += saved.changes
        self.outcome.steps += saved.steps

    def _tell(self, name: str, wrong: Iterator[str]) -> None:
        for one in wrong:
            self.outcome.failures.append(f"{name}: {one}")


def _faults(stage: Stage) -> Iterator[str]:
    """Yield what was logged, once."""
    for path in (stage.faults, stage.log):
        if path.exists():
            lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
            yield from (f"{path.name}: {line}" for line in lines if path == stage.faults or _ODD.search(line))
            os.truncate(path, 0)


class Session:
    """The program from its start to its end."""

    def __init__(self, player: Player, chance: random.Random, keys: int, end: str) -> None:
        self._player, self._chance, self._keys, self.end = player, chance, keys, end
        self.status: int | None = None
        self._last: list[str] = []
        self._leaks = Leaks(replacement=True)

    def run(self, stream: Iterator[Press]) -> Iterator[str]:
        """Press keys until there were enough of them, and yield what went wrong."""
        stage = self._player.stage
        words = [sys.executable, "-m", "bench.random_keys.program", str(stage.record), str(stage.faults)]
        with (
            contextlib.chdir(stage.base / "home"),
            Terminal([*words, str(stage.articles)], stage.environment(), 80, 24) as terminal,
        ):
            self._terminal = terminal
            try:
                terminal.wait_for(r"\S.*\n.*\S", _PATIENCE)
                if not self._press(stream):
                    yield from self._ended(ENDS["q"])  # a q among the keys
                    return
                yield from self._finish()
            except TerminalError as error:
                status = terminal.process.poll()
                what = f"it hangs: {self._threads()}" if status is None else f"it ended with {status}"
                yield f"{what}: {str(error)[:200]}\nkeys: {self._last}\n{self._scene()}"
                self.end = "SIGKILL"

    # ---- keys ----------------------------------------------------------------------------------------------------
    def _press(self, stream: Iterator[Press]) -> bool:
        """Press keys; returns whether the program still runs."""
        terminal, chance, outcome = self._terminal, self._chance, self._player.outcome
        pressed = 0
        for turn, press in enumerate(stream):
            for key in press:
                terminal.send(key)
                pressed += 1
                if key == "esc":
                    terminal.settle(0.035, limit=0.5)  # or it makes an Alt of the next key
            self._last = [*self._last[-60:], *press]
            terminal.settle(0.015 if chance.random() < 0.7 else 0.0, limit=1.0)
            if turn % 150 == 149:
                self._look_alive()
            elif turn % 20 == 19:
                self._disturb()
            if terminal.process.poll() is not None or pressed >= self._keys:
                break
        outcome.keys += pressed
        return terminal.process.poll() is None

    def _disturb(self) -> None:
        """Change the window, or stop the program for a moment, now and then."""
        chance, player = self._chance, self._player
        what = chance.random()
        if what < 0.4 and player.resizing:
            self._terminal.resize(chance.randint(20, 300), chance.randint(6, 90))
            player.outcome.resizes += 1
        elif what < 0.55 and player.signals:
            job = self._job()
            if job is not None:
                for number in chance.choice(
                    ((signal.SIGTSTP,), (signal.SIGWINCH,), (signal.SIGCONT,), (signal.SIGSTOP,))
                ):
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(job, number)
                player.outcome.stops += 1

    def _look_alive(self) -> None:
        """See whether the program answers to a new size of its window; raises TerminalError."""
        terminal = self._terminal
        terminal.settle(0.05, limit=2.0)
        self._trim()
        size = (81 if terminal.columns == 80 else 80, 24)
        for try_ in range(3):
            terminal.resize(*size)
            if terminal.read(_PATIENCE if try_ else 10.0) or terminal.process.poll() is not None:
                break
            # A command may have the terminal.
            terminal.send("ctrl+c", "ctrl+d", "enter")
            size = (size[0] + 2, 24)
        else:
            raise TerminalError("it does not answer")

    def _trim(self) -> None:
        """Look through what came for leaks, and let go of most of it."""
        terminal = self._terminal
        if len(terminal.received) > 400_000:
            self._leaks.feed(bytes(terminal.received[:-150_000]))
            del terminal.received[:-150_000]
            terminal._answered, terminal._drawn = max(0, len(terminal.received)), 0
            terminal.screen = Emulator(terminal.columns, terminal.lines)
            terminal.arrivals.clear()

    def _threads(self) -> str:
        """Return where each thread of the program is, as it writes that itself."""
        job, faults = self._job(), self._player.stage.faults
        if job is None:
            return ""
        before = faults.stat().st_size
        os.kill(job, signal.SIGUSR2)
        self._terminal.settle(1.0, limit=3.0)
        text = faults.read_text(encoding="utf-8", errors="replace")[before:]
        os.truncate(faults, before)
        with contextlib.suppress(OSError):
            text += Path(f"/proc/{job}/status").read_text().partition("State:")[2].partition("\n")[0]
        return text

    def _job(self) -> int | None:
        return next(iter(children(self._terminal.process.pid)), None)

    # ---- the end -------------------------------------------------------------------------------------------------
    def _finish(self) -> Iterator[str]:
        terminal = self._terminal
        terminal.settle(0.05, limit=2.0)
        if self.end == "q":
            self._quit()
        elif (job := self._job()) is not None:
            terminal.family()
            os.kill(job, getattr(signal, self.end))
            if self.end != "SIGKILL":
                os.kill(job, signal.SIGCONT)
        terminal.wait_end(_PATIENCE)
        yield from self._ended(ENDS[self.end])

    def _quit(self) -> None:
        """Step out of everything and quit, as a user does who knows no better."""
        terminal = self._terminal
        for _ in range(30):
            for key in ("ctrl+c", "esc", "esc", "q"):
                terminal.send(key)
                terminal.settle(0.06, limit=1.0)
                if terminal.process.poll() is not None:
                    return
        raise TerminalError(f"esc and q do not quit it. The screen:\n{terminal.text()}")

    def _ended(self, wanted: int) -> Iterator[str]:
        terminal = self._terminal
        terminal.wait_end(_PATIENCE)
        status = self.status = terminal.process.poll()
        if status not in (wanted, 0):
            yield f"it ended with {status}, not {wanted}\nkeys: {self._last}\n{self._scene()}"
        elif self.end != "SIGKILL" and (left := terminal.modes_left()):
            yield f"it left the terminal with {left} after {self.end}\nkeys: {self._last}"
        if left := [one for one in terminal.left_behind(10) if alive(one)]:
            yield f"it left processes behind after {self.end}: {[_words(one) for one in left]}"
        self._leaks.feed(bytes(terminal.received))
        yield from (f"a leak: {one}\nkeys: {self._last}" for one in self._leaks.end()[:5])

    def _scene(self) -> str:
        """Return the screen, and the last of what was written below it."""
        terminal = self._terminal
        plain = re.sub(
            rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(\x07|\x1b\\)", b"", bytes(terminal.received[-12_000:])
        )
        return f"{terminal.text()}\n---\n{plain.decode('utf-8', 'replace')[-5000:]}"


def _words(pid: int) -> str:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    return str(pid)
