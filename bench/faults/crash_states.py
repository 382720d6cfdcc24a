"""Power failures, simulated: after each recorded call, many disks that may be left, each started on anew."""

from __future__ import annotations

import math
import os
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.faults.disk import Disk, Files
from bench.faults.outcome import Outcome
from bench.faults.recovery import fault, read_folder, write_folder
from bench.faults.scripts import SCRIPTS, Script, Step
from bench.faults.stage import Stage, State, quick_folder
from bench.faults.systems import InPlace, Op, Quick, Recording, WithoutFolderSync, WithoutSync

CONTROLS: dict[str, type[Recording]] = {
    "writing in place": InPlace,
    "rename without fsync": WithoutSync,
    "no fsync of the folder": WithoutFolderSync,
}


@dataclass
class Recorded:
    """A script as it was played."""

    script: Script
    before: Files
    log: list[Op]
    states: list[tuple[int, State]]
    """How many calls had been made when a state was acknowledged."""

    def allowed(self, calls: int) -> list[State]:
        """Return the states in which a start may come up when so many calls were made."""
        done = [state for position, state in self.states if position <= calls]
        coming = [state for position, state in self.states if position > calls]
        return [done[-1] if done else coming.pop(0), *coming[:1]]


def record(script: Script, folder: Path, kind: type[Recording] = Recording) -> Recorded:
    """Play a script and write down what it does to the disk."""
    script.prepare(folder)
    before = read_folder(folder)
    recorded = Recorded(script, before, [], [])
    stage = Stage(folder, lambda: kind(recorded.log))

    def done(step: Step) -> None:
        if step.changes or not recorded.states:
            recorded.states.append((len(recorded.log), stage.state(step.session)))

    script.play(stage, done)
    left = read_folder(folder)
    calls = list(recorded.log)
    stage.close()
    disk = Disk(before)
    for op in calls:
        disk.take(op)
    if disk.most() != left:
        raise AssertionError(f"{script.name}: not every call that changes the disk goes through System")
    recorded.log[len(calls) :] = []
    return recorded


def disks(recorded: Recorded, samples: float, chance: random.Random) -> Iterator[tuple[int, str, Files]]:
    """Yield disks that may be left: after how many calls, in which model, and what is on them.

    `samples` says how many of each model are looked at after a call; below 1, after which share of the calls any.
    """
    disk = Disk(recorded.before)
    for calls in range(len(recorded.log) + 1):
        if calls:
            disk.take(recorded.log[calls - 1])
        if samples < 1 and chance.random() > samples:
            continue
        yield calls, "least", disk.least()
        yield calls, "most", disk.most()
        for _ in range(round(max(1, samples))):
            yield calls, "ordered", disk.perhaps(chance, ordered=True)
            yield calls, "weak", disk.perhaps(chance, ordered=False)


def crash_states(size: int, seed: int = 1, control: str = "") -> Outcome:
    """Look at about `size` disks; with a control, at what its carelessness leaves."""
    kind = CONTROLS[control] if control else Recording
    outcome = Outcome(f"crash states{f', {control}' if control else ''}", must_fail=bool(control))
    chance = random.Random(seed)
    with quick_folder() as folder:
        plays = [record(script, folder, kind) for script in SCRIPTS]
        calls = sum(len(one.log) + 1 for one in plays)
        samples = size / (4 * calls) if size < 4 * calls else math.ceil((size - 2 * calls) / (2 * calls))
        outcome.figures.update({"states": 0, "distinct": 0, "calls": calls})
        for recorded in plays:
            _look(recorded, samples, chance, folder, outcome)
    return outcome


def _look(recorded: Recorded, samples: float, chance: random.Random, folder: Path, outcome: Outcome) -> None:
    seen: dict[int, str] = {}
    path = Stage(folder, Quick).path
    for calls, model, files in disks(recorded, samples, chance):
        allowed = recorded.allowed(calls)
        # A session's own lock file says nothing about what was saved.
        same = hash((tuple(files.items()), *(id(one) for one in allowed)))
        if same not in seen:
            outcome.figures["distinct"] += 1
            write_folder(folder, files)
            seen[same] = fault(path, allowed)
        outcome.figures["states"] += 1
        if seen[same]:
            last = recorded.log[calls - 1][0] if calls else "nothing"
            where = f"{recorded.script.name}, after call {calls} ({last}), {model}: {seen[same]}"
            outcome.bad("wrong", where.replace(os.fspath(folder), ""))
