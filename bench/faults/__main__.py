"""Run the fault suites and print a table: `python -m bench.faults --full`."""

from __future__ import annotations

import argparse
import errno
import json
import sys
import time
from collections.abc import Callable, Iterator

from bench.faults.crash_states import CONTROLS as CRASH_CONTROLS
from bench.faults.crash_states import crash_states
from bench.faults.damage import damage
from bench.faults.disk_errors import disk_errors
from bench.faults.endings import endings, typing
from bench.faults.kill_at_calls import kill_at_calls
from bench.faults.kills import control, kills
from bench.faults.outcome import Outcome
from bench.faults.power_cuts import power_cuts
from bench.faults.seeing import seeing
from bench.faults.session_loop import CONTROLS as KILL_CONTROLS
from bench.faults.writers import writers

Suite = Callable[[bool], Iterator[Outcome]]


def _kill(full: bool) -> Iterator[Outcome]:
    yield kills(1000 if full else 25)
    yield kills(500 if full else 15, sessions=3)
    for one in KILL_CONTROLS:
        yield control(one)


def _write(full: bool) -> Iterator[Outcome]:
    for sessions in (2, 3):
        yield writers(sessions, 1000 if full else 60)


def _calls(full: bool) -> Iterator[Outcome]:
    yield kill_at_calls(1 if full else 6)


def _crash(full: bool) -> Iterator[Outcome]:
    yield crash_states(30_000 if full else 1_700)
    for one in CRASH_CONTROLS:
        yield crash_states(10_000 if full else 700, control=one)


def _errors(full: bool) -> Iterator[Outcome]:
    for number in (errno.ENOSPC, errno.EIO):
        yield disk_errors(number, 1 if full else 7)


def _damage(full: bool) -> Iterator[Outcome]:
    yield damage(10_000 if full else 600)


def _power(full: bool) -> Iterator[Outcome]:
    yield power_cuts(100 if full else 3)
    yield power_cuts(20 if full else 3, control=True)


def _endings(full: bool) -> Iterator[Outcome]:
    yield endings(33 if full else 1)
    yield typing(20 if full else 1)
    if full:
        yield seeing(14)


SUITES: dict[str, Suite] = {
    "kill": _kill,
    "writers": _write,
    "calls": _calls,
    "crash": _crash,
    "errors": _errors,
    "damage": _damage,
    "power": _power,
    "endings": _endings,
}


def main() -> int:
    """Run what is asked for; 1 when something is not as promised."""
    words = argparse.ArgumentParser(prog="python -m bench.faults", description=__doc__)
    words.add_argument("suites", nargs="*", metavar="SUITE", help=f"{', '.join(SUITES)}; all when none is named")
    words.add_argument("--full", action="store_true", help="the whole size, some minutes; else the size that tests run")
    words.add_argument("--json", action="store_true", help="print the figures as JSON lines")
    asked = words.parse_args()
    if unknown := set(asked.suites) - set(SUITES):
        words.error(f"there is no suite {', '.join(sorted(unknown))}")
    failed = 0
    for name in asked.suites or SUITES:
        start = time.monotonic()
        for outcome in SUITES[name](asked.full):
            seconds, start = time.monotonic() - start, time.monotonic()
            failed += not outcome.as_promised
            if asked.json:
                words_of_it = {"suite": outcome.suite, "as_promised": outcome.as_promised, "examples": outcome.examples}
                print(json.dumps({**words_of_it, "skipped": outcome.skipped, "bad": 0, **outcome.figures}), flush=True)
                continue
            print(f"{outcome.line()}  ({seconds:.0f} s)", flush=True)
            for example in outcome.examples if not outcome.as_promised else ():
                print(f"    {example}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
