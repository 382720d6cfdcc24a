"""Lets the programs take turns, so that a busy moment of the machine is everybody's. Times are milliseconds."""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence
from contextlib import ExitStack
from time import perf_counter

from bench.emulator import Emulator
from bench.keystrokes import Answer
from bench.make_library import Sample
from bench.measure import Figures, percentile
from bench.peers.looking import Sight
from bench.peers.programs import Program
from bench.peers.script import Reader
from bench.peers.watched import Holds, WatchedTerminal

_FEEDS = re.compile(r"Made to measure")


def compare(
    programs: list[Program], articles: list[Sample], runs: int, keys: int, rounds: int, pace: float = 1.0
) -> dict[str, Figures]:
    """Measure all programs; returns the figures of each by its name. `pace` is how long nothing is waited for."""
    figures: dict[str, Figures] = {program.name: {} for program in programs}
    starts: dict[str, dict[str, list[float]]] = {program.name: {} for program in programs}
    for run in range(runs + 1):
        for program in programs:
            took = _start(Sight(program, articles), pace)
            if run or not runs:  # the first is for the disk, and for what a program keeps for later starts
                for name, value in took.items():
                    starts[program.name].setdefault(name, []).append(value)
    for name, took_all in starts.items():
        for what, values in took_all.items():
            figures[name] |= {what: statistics.median(values), f"{what} p95": percentile(values, 0.95)}
    with ExitStack() as all_of_them:
        readers = []
        for program in programs:
            terminal = all_of_them.enter_context(program.terminal(pace))
            _to_list(terminal, Sight(program, articles))
            terminal.settle(quiet=3.0, limit=60)  # an indexer looks at the folder once more
            program.ready(terminal)
            readers.append(Reader(program, articles, terminal))
        turns = [(reader, reader.steps(keys, rounds)) for reader in readers]
        while turns:
            turns = [(reader, steps) for reader, steps in turns if next(steps, turns) is None]
        for reader in readers:
            for what, answers in reader.answers.items():
                figures[reader.program.name] |= _summary(what, answers)
            figures[reader.program.name] |= reader.memory()
    return figures


def _summary(name: str, answers: list[Answer]) -> Figures:
    shown = [1000 * answer.shown for answer in answers]
    return {
        name: statistics.median(shown),
        f"{name} p95": percentile(shown, 0.95),
        f"{name} until quiet": statistics.median(1000 * answer.last for answer in answers),
        f"{name} bytes": statistics.median(answer.size for answer in answers),
        f"{name} times": float(len(answers)),
    }


def _start(sight: Sight, pace: float) -> Figures:
    """Start a program, open the first article, leave. What the reader takes to press a key is not counted."""
    program = sight.program
    with program.terminal(pace) as terminal:
        begins = sight.begins(0)
        if program.follows:
            listed, read = (1000 * moment for moment in terminal.begun(_is_listed(sight), begins))
        else:
            listed = 1000 * _to_list(terminal, sight)
        size = float(len(terminal.received))
        if not program.follows:
            _to_top(terminal, sight)
            read = listed + 1000 * terminal.timed(program.subject.open, begins).shown
            terminal.go(program.back, _is_listed(sight))
        terminal.settle(0.5)
        left = 1000 * _leave(terminal, program.subject.leave)
    return {"start to list": listed, "start to text": read, "start bytes": size, "quit": left}


def _leave(terminal: WatchedTerminal, keys: Sequence[str]) -> float:
    """Leave a program; returns the seconds from the key until it is gone."""
    terminal.family()  # now, since looking for what it has started takes longer than some programs to end
    start = perf_counter()
    terminal.send(*keys)
    while terminal.process.poll() is None and perf_counter() - start < 10:
        terminal.read(0.001)
    took = perf_counter() - start
    terminal.wait_end(0)  # where it still runs it says so
    return took


def _to_list(terminal: WatchedTerminal, sight: Sight) -> float:
    """Wait for the list, through a list of feeds where there is one; returns in how many seconds it was there."""
    if not sight.program.subject.enter:
        return terminal.begun(_is_listed(sight))[0]
    feeds = terminal.begun(lambda screen: any(_FEEDS.search(line) for line in screen.display))[0]
    return feeds + terminal.timed(sight.program.subject.enter, _is_listed(sight)).shown


def _to_top(terminal: WatchedTerminal, sight: Sight) -> None:
    terminal.go(sight.program.subject.top, lambda screen: sight.chosen(screen, 0) == 0)


def _is_listed(sight: Sight) -> Holds:
    def holds(screen: Emulator) -> bool:
        return sight.top(sight.rows(screen)) == 0

    return holds
