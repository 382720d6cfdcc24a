"""The program from its start to its end: keys are pressed, windows change, signals come, and it ends in some way."""

from __future__ import annotations

import contextlib
import os
import random
import re
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.processes import alive, children, works
from bench.random_keys.acts import Press, Rest, Signal, Size, Touch
from bench.random_keys.judging import Received, Told, wrong_copies, wrong_end
from bench.random_keys.program import HOLD
from bench.random_keys.stage import Stage
from bench.terminal import Terminal, TerminalError

_PATIENCE = 90.0
"""Seconds after which a program that does not answer hangs, on however busy a machine."""

_MANY = 200_000
"""Bytes received that are looked through and let go of."""


class Session:
    """One program in a terminal, for a `with` statement."""

    def __init__(self, stage: Stage, number: int, chance: random.Random, end: str, broken: str = "") -> None:
        """`number` tells it from another on the same stage; `end` is how it is to be ended, `broken` for tests."""
        self.stage, self.end = stage, end
        self.status: int | None = None
        self.wrong: list[str] = []
        """What went wrong, in words."""
        self.pressed = self.sizes = self.signals = self.touches = 0
        self._chance, self._folder, self._turn = chance, stage.inside(number), 0
        self._last: list[str] = []
        self._received = Received()
        self.told = Told(self._folder / "told")
        words = [sys.executable, "-m", "bench.random_keys.program", str(stage.record), str(self._folder), broken]
        self.terminal = Terminal([*words, str(stage.articles)], stage.environment(), 80, 24)

    def __enter__(self) -> Session:
        with contextlib.chdir(self.stage.base / "home"):
            self.terminal.__enter__()
        return self

    def __exit__(self, *error: Any) -> None:
        self.terminal.__exit__(None, None, None)

    @property
    def runs(self) -> bool:
        """Whether it has not ended yet."""
        return self.status is None and self.terminal.process.poll() is None

    def begin(self) -> None:
        """Wait for the first screen."""
        with self._judged():
            self.terminal.wait_for(r"\S.*\n.*\S", _PATIENCE)

    @contextlib.contextmanager
    def _judged(self) -> Iterator[None]:
        """Tell of a program that hangs or is gone, and end it."""
        try:
            yield
        except TerminalError as error:
            status = self.terminal.process.poll()
            what = f"it hangs: {self._threads()}" if status is None else f"it ended with {status}"
            self.wrong.append(f"{what}: {str(error)[:200]}{self._scene()}")
            self.end, self.status = "SIGKILL", -1
            self.terminal.kill()

    # ---- keys ----------------------------------------------------------------------------------------------------
    def press(self, press: Press) -> None:
        """Do what belongs together."""
        terminal = self.terminal
        with self._judged():
            for act in press:
                if isinstance(act, str):
                    terminal.send(act)
                    self.pressed += 1
                    if act == "esc":
                        terminal.settle(0.035, limit=0.5)  # or it makes an Alt of the next key
                elif isinstance(act, Size):
                    terminal.resize(act.columns, act.lines)
                    self.sizes += 1
                elif isinstance(act, Signal):
                    self._signal(act.name)
                elif isinstance(act, Touch):
                    self.stage.files.touch(act.number)
                    self.touches += 1
                elif isinstance(act, Rest):
                    self._rest()
            self._last = [*self._last[-80:], *map(repr, press)]
            terminal.settle(0.015 if self._chance.random() < 0.7 else 0.0, limit=1.0)
            self._turn += 1
            if self._turn % 150 == 0 and self.runs:
                self._look_alive()
            if len(terminal.received) > _MANY:
                self._look(terminal.forget())

    def _rest(self) -> None:
        """Wait until it has done what it was told, as far as can be seen: nothing comes, and no thread works."""
        job, quiet, end = self._job(), 0, time.monotonic() + 3.0
        while job is not None and quiet < 6 and time.monotonic() < end:
            quiet = 0 if self.terminal.read(0.03) or works(job) else quiet + 1

    def _signal(self, name: str) -> None:
        job = self._job()
        if job is not None:
            with contextlib.suppress(ProcessLookupError):
                if name == "SIGSTOP":
                    os.kill(self.terminal.process.pid, HOLD)
                else:
                    os.kill(job, getattr(signal, name))
            self.signals += 1

    def _look_alive(self) -> None:
        """See whether the program answers to a new size of its window; raises TerminalError."""
        terminal = self.terminal
        terminal.settle(0.05, limit=2.0)
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

    def _look(self, data: bytes) -> None:
        self.wrong += [f"{one}{self._scene()}" for one in self._received.feed(data)]

    # ---- the end -------------------------------------------------------------------------------------------------
    def finish(self) -> None:
        """End it where it still runs, and look at what it leaves."""
        with self._judged():
            self.terminal.settle(0.05, limit=2.0)
            if self.runs:
                self._end()
            elif self.status is None:
                self.end = "q"  # among the keys
            if self.status is None:
                self._ended()

    def _end(self) -> None:
        terminal, job = self.terminal, self._job()
        if self.end == "q":
            self._quit()
        elif job is not None:
            terminal.family()
            with contextlib.suppress(ProcessLookupError):  # it may end by itself, or at once
                os.kill(job, getattr(signal, self.end))
                if self.end != "SIGKILL":
                    os.kill(job, signal.SIGCONT)
        terminal.wait_end(_PATIENCE)

    def _quit(self) -> None:
        """Step out of everything and quit, as a user does who knows no better."""
        terminal, end = self.terminal, time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            for key in ("ctrl+c", "esc", "esc", "q"):
                terminal.send(key)
                terminal.settle(0.06, limit=1.0)
                if terminal.process.poll() is not None:
                    return
            # On a busy machine it may be behind, and nothing is gained by more keys.
            terminal.settle(0.5, limit=2.0)
        raise TerminalError(f"esc and q do not quit it. The screen:\n{terminal.text()}")

    def _ended(self) -> None:
        terminal = self.terminal
        terminal.wait_end(_PATIENCE)
        self.status = terminal.process.poll()
        told = self.told.read()
        if why := wrong_end(self.end, self.status, told):
            self.wrong.append(f"{why}{self._scene()}")
        scene = self._scene()
        if why := wrong_copies(self._last_received(), told, self.end):
            self.wrong.append(f"{why} after {self.end}{scene}")
        if self.end != "SIGKILL" and (modes := terminal.modes_left()):
            self.wrong.append(f"it left the terminal with {modes} after {self.end}{self._scene()}")
        if left := [one for one in terminal.left_behind(10) if alive(one)]:
            self.wrong.append(f"it left processes behind after {self.end}: {[_words(one) for one in left]}")

    def _last_received(self) -> list[str]:
        """Look through what came since the last time, and return all that was copied."""
        scene = self._scene()
        self.wrong += [f"{one}{scene}" for one in self._received.end(self.terminal.forget(0))]
        return self._received.copies

    # ---- what a report needs -------------------------------------------------------------------------------------
    def _threads(self) -> str:
        """Return where each thread of the program is, as it writes that itself."""
        job, faults = self._job(), self._folder / "faults"
        if job is None:
            return ""
        before = faults.stat().st_size
        os.kill(job, signal.SIGUSR2)
        self.terminal.settle(1.0, limit=3.0)
        text = faults.read_text(encoding="utf-8", errors="replace")[before:]
        os.truncate(faults, before)
        with contextlib.suppress(OSError):
            text += Path(f"/proc/{job}/status").read_text().partition("State:")[2].partition("\n")[0]
        return text

    def _job(self) -> int | None:
        return next(iter(children(self.terminal.process.pid)), None)

    def _scene(self) -> str:
        """Return the last keys, the screen, and the last of what was written below it."""
        terminal = self.terminal
        plain = re.sub(
            rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(\x07|\x1b\\)", b"", bytes(terminal.received[-12_000:])
        )
        return f"\nkeys: {' '.join(self._last)}\n{terminal.text()}\n---\n{plain.decode('utf-8', 'replace')[-5000:]}"


def _words(pid: int) -> str:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    return str(pid)
