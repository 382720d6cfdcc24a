"""The real program in a terminal, ended in the midst of work: by signals, a lost line, kill -9 while typing."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.faults.outcome import Outcome
from bench.faults.recovery import stock
from bench.faults.systems import Quick
from bench.terminal import Terminal
from store.annotations.store import AnnotationStore

SEEDS = Path(__file__).parents[2] / "seeds"
ARTICLE = "000_9df55ca59aaa8a9a.txt"
GONE_WITHIN = 2.0
"""Seconds from the signal to the end of the process."""
SLOW_MACHINE = 5.0
"""Seconds beyond which no neighbour on the machine is an excuse."""
LOST_AT_MOST = 1.0
"""Seconds of typing that a kill may cost."""
ENDS = ("SIGTERM", "SIGHUP", "hang up")


class Program:
    """Dateline on one article, with a home of its own."""

    def __init__(self, home: Path) -> None:
        self.folder = home / "articles"
        self.folder.mkdir(parents=True)
        shutil.copy(SEEDS / ARTICLE, self.folder)
        self.path = home / "annotations.json"
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("TEXTUAL", "LC_", "DATELINE"))}
        places = {f"XDG_{name}_HOME": os.fspath(home / name) for name in ("CACHE", "CONFIG", "DATA", "STATE")}
        self._environment = {**kept, **places, "TERM": "xterm-256color", "LANG": "C.UTF-8", "HOME": os.fspath(home)}

    @contextmanager
    def started(self) -> Iterator[Terminal]:
        """Start the reader and wait until it can be used."""
        words = [sys.executable, "-m", "tui", os.fspath(self.folder), "--db", os.fspath(self.path)]
        with Terminal(words, self._environment, 120, 40) as terminal:
            terminal.wait_for("Amid China.*\n(.*\n)*.*pledged")
            terminal.settle(0.3)
            yield terminal

    def kept(self) -> tuple[set[str], list[str], str]:
        """Return the tags, notes and the draft that a start finds; stock TinyDB must read the file before that."""
        if self.path.exists():
            stock(self.path)
        store = AnnotationStore(self.path, system=Quick())
        tags: set[str] = set()
        notes: list[str] = []
        draft = ""
        for text, marks, _ in list(store.mirror_rows()):
            tags |= set(marks.tags)
            notes += [note.body for note in store.notes(text)]
            found = store.draft(text)
            draft = found.body if found is not None else draft
        return tags, notes, draft


def _tag(terminal: Terminal, name: str) -> None:
    terminal.send("t")
    terminal.wait_for("tag[^\n]*:")
    terminal.send(name, "enter")


def endings(count: int, seed: int = 1) -> Outcome:
    """End the program so many times while tagging, while noting and while the journal is being folded."""
    outcome = Outcome("program ended at work")
    outcome.figures.update({"ends": 0, "acknowledged": 0, "lost": 0, "slowest ms": 0})
    chance = random.Random(seed)
    acts: tuple[Callable[[Program, random.Random, str], _Expected], ...] = (_tagging, _noting, _folding)
    with tempfile.TemporaryDirectory(prefix="dateline-") as home:
        program = Program(Path(home).resolve())
        for number in range(count):
            for at, act in enumerate(acts):
                expected = act(program, chance, ENDS[(number + at) % len(ENDS)])
                _judge(program, expected, outcome)
    return outcome


class _Expected:
    """What was acknowledged before the end, and how the program went."""

    def __init__(self, end: str) -> None:
        self.end = end
        self.tags: list[str] = []
        self.note = ""
        self.draft = ""
        self.seconds = 0.0
        self.processes: list[int] = []
        self.modes: list[str] = []

    def now(self, terminal: Terminal) -> None:
        """End the program, and wait for that."""
        if self.end == "hang up":
            terminal.hang_up()
        else:
            terminal.signal(getattr(signal, self.end))
        self.seconds = terminal.wait_end(10)
        self.modes = terminal.modes_left() if self.end != "hang up" else []
        self.processes = terminal.left_behind()


def _judge(program: Program, expected: _Expected, outcome: Outcome) -> None:
    outcome.figures["ends"] += 1
    outcome.figures["acknowledged"] += len(expected.tags) + bool(expected.note) + bool(expected.draft)
    outcome.figures["slowest ms"] = max(outcome.figures["slowest ms"], round(expected.seconds * 1000))
    outcome.figures["over 2 s"] += expected.seconds > GONE_WITHIN
    if expected.seconds > SLOW_MACHINE:
        outcome.bad("late", f"{expected.end}: gone after {expected.seconds:.1f} s")
    if expected.processes or expected.modes:
        outcome.bad("left behind", f"{expected.end}: processes {expected.processes}, modes {expected.modes}")
    tags, notes, draft = program.kept()
    lost = [tag for tag in expected.tags if tag not in tags]
    lost += [] if any(expected.note in note for note in notes) or not expected.note else [expected.note]
    lost += [expected.draft] if not draft.startswith(expected.draft) else []
    for one in lost:
        outcome.bad("lost", f"{expected.end}: {one}; the draft is {draft!r}")


def _tagging(program: Program, chance: random.Random, end: str) -> _Expected:
    expected = _Expected(end)
    with program.started() as terminal:
        for _ in range(2):
            tag = f"tag{chance.randrange(1 << 30)}"
            _tag(terminal, tag)
            terminal.wait_for(f"Tagged: {tag}")
            expected.tags.append(tag)
        _tag(terminal, f"tag{chance.randrange(1 << 30)}")
        terminal.settle(chance.uniform(0, 0.05), 0.1)
        expected.now(terminal)
    return expected


def _noting(program: Program, chance: random.Random, end: str) -> _Expected:
    expected = _Expected(end)
    with program.started() as terminal:
        for saved in (True, False):
            body = f"note{chance.randrange(1 << 30)}"
            terminal.send("a")
            terminal.wait_for("save and close")
            # What an earlier ending left half written waits here, and is gone on with.
            terminal.send(*body)
            terminal.wait_for(body)
            if saved:
                terminal.send("esc")
                terminal.wait_for("Note saved")
                expected.note = body
            else:
                expected.draft = body
        expected.now(terminal)
    return expected


def _folding(program: Program, chance: random.Random, end: str) -> _Expected:
    expected = _Expected(end)
    with program.started() as terminal:
        tag = f"tag{chance.randrange(1 << 30)}"
        _tag(terminal, tag)
        terminal.wait_for(f"Tagged: {tag}")
        expected.tags.append(tag)
        # The journal is folded two seconds after the last change.
        time.sleep(chance.uniform(1.95, 2.15))
        expected.now(terminal)
    return expected


def typing(count: int, seed: int = 1) -> Outcome:
    """Kill the program so many times while a note is being typed without a pause; the draft must be offered."""
    outcome = Outcome("kill -9 while typing")
    outcome.figures.update({"kills": 0, "keys typed": 0, "most lost, ms of typing": 0})
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="dateline-") as home:
        for number in range(count):
            program = Program(Path(home).resolve() / str(number))
            typed: list[tuple[float, str]] = []
            with program.started() as terminal:
                terminal.send("a")
                terminal.wait_for("save and close")
                end = time.monotonic() + chance.uniform(2.0, 4.0)
                while time.monotonic() < end:
                    key = chance.choice("abcdefghij ")
                    typed.append((time.monotonic(), key))
                    terminal.send(key)
                    terminal.settle(chance.uniform(0.03, 0.09), 0.1)
                killed = time.monotonic()
                terminal.signal(signal.SIGKILL)
                terminal.wait_end()
                terminal.left_behind()
            text = "".join(key for _, key in typed)
            draft = program.kept()[2]
            lost = killed - typed[len(draft)][0] if len(draft) < len(typed) else 0.0
            outcome.figures["kills"] += 1
            outcome.figures["keys typed"] += len(typed)
            most = outcome.figures["most lost, ms of typing"]
            outcome.figures["most lost, ms of typing"] = max(most, round(lost * 1000))
            outcome.figures["over 1 s"] += lost > LOST_AT_MOST
            if not draft or not text.startswith(draft) or lost > 2 * LOST_AT_MOST:
                outcome.bad("lost", f"{lost:.2f} s of typing: {text!r}, kept {draft!r}")
            if number == 0:
                _offered(program, draft, outcome)
    return outcome


def _offered(program: Program, draft: str, outcome: Outcome) -> None:
    with program.started() as terminal:
        terminal.wait_for("was not finished")
        terminal.send("a")
        terminal.wait_for("save and close")
        terminal.settle()
        if re.sub(r"\s+", "", draft)[:20] not in re.sub(r"[\s│]+", "", terminal.text()):
            outcome.bad("not offered", draft)
