"""Two sessions in two terminals: how long until each shows what the other has just saved, without a key."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from bench.faults.endings import SLOW_MACHINE, Program
from bench.faults.outcome import Outcome

SEEN_WITHIN = 2.0
"""Seconds from the acknowledgement in one to the other's screen."""


def seeing(count: int) -> Outcome:
    """Let two sessions tag in turn, so many times."""
    outcome = Outcome("two sessions see each other")
    outcome.figures.update({"changes": 0, "slowest ms": 0, "over 2 s": 0})
    with tempfile.TemporaryDirectory(prefix="dateline-") as home:
        program = Program(Path(home).resolve())
        with program.started() as one, program.started() as two:
            for number in range(count):
                writer, reader = (one, two) if number % 2 else (two, one)
                writer.send("t")
                writer.wait_for("tag[^\n]*:")
                writer.send(f"n{number}", "enter")
                writer.wait_for(f"Tagged: n{number}")
                saved = time.monotonic()
                reader.wait_for(f"another session.* n{number}\\b", 2 * SLOW_MACHINE)
                took = time.monotonic() - saved
                outcome.figures["changes"] += 1
                outcome.figures["slowest ms"] = max(outcome.figures["slowest ms"], round(took * 1000))
                outcome.figures["over 2 s"] += took > SEEN_WITHIN
                if took > SLOW_MACHINE:
                    outcome.bad("late", f"change {number} was seen after {took:.1f} s")
    return outcome
