"""One session after the other, or two at once; after each the annotations are compared with what counted as saved."""

from __future__ import annotations

import contextlib
import os
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bench.random_keys.acknowledged import Acknowledged
from bench.random_keys.judging import ENDS
from bench.random_keys.keys import Keys
from bench.random_keys.session import Session
from bench.random_keys.stage import Stage
from bench.random_keys.visits import Visits

_VISITS = 45
"""Commands visited in a segment, about: where one ends the next goes on, and six of them see all."""


@dataclass
class Outcome:
    """What came of the keys."""

    keys: int = 0
    sessions: int = 0
    sizes: int = 0
    signals: int = 0
    touches: int = 0
    changes: int = 0
    steps: int = 0
    copies: int = 0
    ends: dict[str, int] = field(default_factory=dict)
    commands: set[str] = field(default_factory=set)
    """Ids of the commands that were carried out; with `…` those that were written with an argument."""
    failures: list[str] = field(default_factory=list)


@dataclass
class Player:
    """Presses keys on a stage, the same for the same seed."""

    stage: Stage
    seed: int
    sizes: bool = True
    signals: bool = True
    files: bool = True
    pairs: bool = True
    broken: str = ""
    """What of the program is broken on purpose, see `sabotage.py`."""
    ends: tuple[str, ...] = tuple(ENDS)
    keys: type[Keys] = Keys
    """What gives the keys."""
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
        # In turn: articles alone, files that change, two sessions, both.
        files, pair = self.files and number % 4 in (1, 3), self.pairs and number % 4 in (2, 3)
        visits = Visits(self.seed, number * _VISITS)
        stream = self.keys(chance, visits, sizes=self.sizes, signals=self.signals, files=files)
        saved = Acknowledged(self.stage.file, self.stage.record, edited=files)
        goal = self.outcome.keys + keys
        while self.outcome.keys < goal:
            name = f"seed {self.seed}, segment {number}, after {self.outcome.keys} keys"
            many = min(chance.randint(session // 2, session * 3 // 2), goal - self.outcome.keys)
            ended = self._sessions(chance, stream, many, 2 if pair else 1)
            self._tell(name, (one for session in ended for one in session.wrong))
            killed = any(one.end == "SIGKILL" for one in ended)
            self._tell(name, saved.check(killed=killed, folded=all(one.status == 0 for one in ended)))
            self._tell(name, _logged(self.stage))
        if not (files or pair):
            self._tell(f"seed {self.seed}, segment {number}", saved.undo_all(self.stage.base / f"undone-{number}"))
        self.outcome.changes += saved.changes
        self.outcome.steps += saved.steps

    def _sessions(self, chance: random.Random, stream: Keys, keys: int, count: int) -> list[Session]:
        """Press keys in sessions at once, now in one, now in another, until there were enough or all have ended."""
        sessions = [
            Session(self.stage, number, chance, chance.choice(self.ends), self.broken) for number in range(count)
        ]
        with contextlib.ExitStack() as stack:
            for one in sessions:
                stack.enter_context(one).begin()
            presses, current = iter(stream), sessions[0]
            while (running := [one for one in sessions if one.runs]) and sum(one.pressed for one in sessions) < keys:
                if current not in running or chance.random() < 0.1:
                    current = chance.choice(running)
                stream.columns, stream.lines = current.terminal.columns, current.terminal.lines
                current.press(next(presses))
            for one in sessions:
                one.finish()
        self._count(sessions)
        return sessions

    def _count(self, sessions: list[Session]) -> None:
        outcome = self.outcome
        for one in sessions:
            outcome.sessions += 1
            outcome.keys += one.pressed
            outcome.sizes += one.sizes
            outcome.signals += one.signals
            outcome.touches += one.touches
            outcome.ends[one.end] = outcome.ends.get(one.end, 0) + 1
            for told in one.told.read():
                outcome.copies += bool(told.get("sent"))
                outcome.commands |= {told["ran"]} if "ran" in told else set()

    def _tell(self, name: str, wrong: Iterator[str]) -> None:
        self.outcome.failures += [f"{name}: {one}" for one in wrong]


def _logged(stage: Stage) -> Iterator[str]:
    """Yield what was logged, once."""
    logs: list[Path] = [*stage.base.glob("session-*/faults"), *(stage.base / "state").rglob("*.log*")]
    for path in logs:
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            yield f"{path.name}: {line}"
        os.truncate(path, 0)
