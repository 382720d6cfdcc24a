"""A kill at every single call that changes the disk: before it, and for writes with half of it made."""

from __future__ import annotations

import os
import signal
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path

from bench.faults.outcome import Outcome
from bench.faults.recovery import fault, read_folder, write_folder
from bench.faults.scripts import SCRIPTS, Script, Step
from bench.faults.stage import Stage, State, quick_folder
from bench.faults.systems import Dying


def kill_at_calls(every: int) -> Outcome:
    """Kill at each call, or at each `every`th from the last one backwards."""
    outcome = Outcome("kill at every call")
    outcome.figures.update({"kills": 0, "acknowledged": 0})
    with quick_folder() as folder:
        for script in SCRIPTS:
            script.prepare(folder)
            before = read_folder(folder)
            states: list[State] = []
            system = Dying(0, half=False)
            stage = Stage(folder, system.same)
            script.play(stage, partial(_keep, stage, states))
            calls = list(system.made)
            stage.close()
            for call, name in enumerate(calls, 1):
                if (len(calls) - call) % every == 0:
                    for half in {False, name == "write"}:
                        write_folder(folder, before)
                        _one(script, folder, Dying(call, half), states, outcome)
    return outcome


def _keep(stage: Stage, states: list[State], step: Step) -> None:
    if step.changes or not states:
        states.append(stage.state(step.session))


def _one(script: Script, folder: Path, system: Dying, states: list[State], outcome: Outcome) -> None:
    stage = Stage(folder, system.same)
    reached = in_child(lambda say: _play(script, stage, say))
    done = reached.count(b"+")
    outcome.figures["kills"] += 1
    outcome.figures["acknowledged"] += max(0, done - 1)
    # Nothing was saved before the first session had begun: its state is what had long been there.
    allowed = states[max(0, done - 1) : done + 1]
    why = "an exception" if b"!" in reached else fault(stage.path, allowed)
    if why:
        said = reached.decode(errors="replace").lstrip("+")
        where = f"{script.name}, call {system.die_at}{' in the middle' * system.half}, {done} states: {why} {said}"
        outcome.bad("wrong", where)


def _play(script: Script, stage: Stage, say: Callable[[bytes], None]) -> None:
    seen = 0

    def done(step: Step) -> None:
        nonlocal seen
        if step.changes or not seen:
            seen += 1
            say(b"+")

    script.play(stage, done)


def in_child(work: Callable[[Callable[[bytes], None]], None]) -> bytes:
    """Let a child process do something that may kill it; returns what it said, an exception after a `!`."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(reading)
            work(lambda words: _say(writing, words))
        except BaseException:  # noqa: BLE001 - a forked child must not go on as its parent
            _say(writing, b"!" + traceback.format_exc().encode())
        finally:
            os.kill(os.getpid(), signal.SIGKILL)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read()
    os.waitpid(pid, 0)
    return said


def _say(fd: int, words: bytes) -> None:
    os.write(fd, words)
