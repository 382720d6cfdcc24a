"""Measures one program: how it starts, answers keys, opens, idles and ends. Times are milliseconds."""

from __future__ import annotations

import signal
import statistics
from collections.abc import Callable, Sequence
from math import ceil
from time import perf_counter

from bench.keystrokes import Answer
from bench.processes import children, cost
from bench.subjects import Subject
from bench.terminal import Terminal, TerminalError

Figures = dict[str, float]


def percentile(values: list[float], share: float) -> float:
    """Return the value that this share of the values does not exceed."""
    ordered = sorted(values)
    # By nearest rank: of twenty values, the nineteenth is the one that 95 % do not exceed.
    return ordered[max(0, ceil(len(ordered) * share) - 1)] if ordered else float("nan")


def measure(subject: Subject, runs: int, columns: int, lines: int, *, keys: int = 100) -> Figures:
    """Measure everything that a program that runs can do, and how it ends; what it cannot is left out."""
    figures: Figures = {}
    with subject.terminal(columns, lines) as terminal:
        _begin(terminal, subject)
        figures |= _idle(terminal)
        figures |= _moves(terminal, keys)
        if subject.tag:
            figures |= _tags(terminal, subject)
        figures["memory"] = terminal.cost().memory / 1e6
    if subject.open:
        with subject.terminal(columns, lines) as terminal:
            _begin(terminal, subject)
            figures |= _opens(terminal, subject)
    figures |= _ends(subject, runs, columns, lines)
    return figures


def _begin(terminal: Terminal, subject: Subject) -> None:
    terminal.wait_for(subject.list_shown)
    for key in subject.enter:
        terminal.press(key, quiet=0.3)
    if subject.top:
        terminal.send(*subject.top)
    terminal.settle(quiet=1.0, limit=60)


def measure_starts(subjects: Sequence[Subject], runs: int, columns: int, lines: int) -> list[Figures]:
    """Start programs in turns, so that a busy moment of the machine is everybody's; once each before it counts."""
    counted = [[_start(subject, columns, lines) for subject in subjects] for _ in range(runs + 1)][1:]
    return [
        {figure: statistics.median(start[figure] for start in starts) for figure in starts[0]}
        for starts in zip(*counted, strict=True)
    ]


def _start(subject: Subject, columns: int, lines: int) -> Figures:
    with subject.terminal(columns, lines) as terminal:
        _read_start(terminal, subject)
        answer = [subject.first_key[1]] if subject.first_key else []
        paint, *shown, answered = terminal.moments(r"\S", subject.list_shown, subject.article_shown, *answer or [r"\S"])
        figures = {
            "first paint": paint * 1000,
            "ready": max(paint, *shown) * 1000,
            "start bytes": float(len(terminal.received)),
            "start cpu": terminal.cost().cpu * 1000,
        }
        if answer:
            figures["first key"] = answered * 1000
        # Views are counted after all that; who leaves before leaves no screen that is complete.
        terminal.settle(quiet=1.5, limit=20)
        terminal.send(*subject.leave)
        terminal.wait_end()
    return figures


def _read_start(terminal: Terminal, subject: Subject) -> None:
    """Collect everything until the list and the article are there, without drawing while it is timed."""
    while not terminal.read(20):
        if terminal.process.poll() is not None:
            raise TerminalError(f"{subject.name} ended with {terminal.process.returncode}")
    if subject.first_key:
        terminal.send(subject.first_key[0])
        terminal.settle(quiet=0.5)
        terminal.wait_for(subject.first_key[1])
    terminal.settle(quiet=0.5)
    terminal.wait_for(subject.list_shown)
    terminal.wait_for(subject.article_shown)


def _idle(terminal: Terminal, seconds: float = 5.0) -> Figures:
    terminal.settle(quiet=3.0, limit=60)  # the indexer looks at the folder once more
    family = [terminal.process.pid, *children(terminal.process.pid)]
    size, used, start = len(terminal.received), sum(cost(pid).cpu for pid in family), perf_counter()
    while (left := seconds - (perf_counter() - start)) > 0:
        terminal.read(left)
    used = sum(cost(pid).cpu for pid in family) - used
    return {"idle bytes": float(len(terminal.received) - size), "idle": 100 * used / seconds}


def _moves(terminal: Terminal, keys: int) -> Figures:
    if not terminal.press("j", limit=1.0).size:
        return {}  # nothing to move in
    near = [terminal.press("j") for _ in range(14)]
    for _ in range(terminal.lines):
        terminal.press("j")
    before = terminal.cost().cpu
    far = [terminal.press("j") for _ in range(keys)]
    used = terminal.cost().cpu - before
    return {
        **_summary("j", near),
        **_summary("j scrolling", far),
        "j scrolling cpu": 1000 * used / keys,
        "longest key": 1000 * max(answer.last for answer in near + far),
    }


def _tags(terminal: Terminal, subject: Subject) -> Figures:
    for key in subject.tag:
        terminal.press(key, quiet=0.2)
    return _summary("tag", [terminal.press("1", quiet=0.1) for _ in range(60)])


def _opens(terminal: Terminal, subject: Subject) -> Figures:
    """Open the newest articles one after the other: some have 4 kB, some a million characters."""
    for key in subject.open:
        terminal.press(key, quiet=0.3)
    answers: dict[int, list[Answer]] = {4_000: [], 1_000_000: []}
    for length in subject.lengths[1:]:
        answer = terminal.press("J", quiet=0.2)
        answers.setdefault(length, []).append(answer)
    return {**_summary("open 4 kB", answers[4_000]), **_summary("open 1 MB", answers[1_000_000])}


def _summary(name: str, answers: list[Answer]) -> Figures:
    """Return the times to the last byte (median, 95th percentile) and to the first, bytes and frames."""
    answered = [answer for answer in answers if answer.size]
    if not answered:
        return {}
    lasts = [1000 * answer.last for answer in answered]
    return {
        name: statistics.median(lasts),
        f"{name} first": statistics.median(1000 * answer.first for answer in answered),
        f"{name} p95": percentile(lasts, 0.95),
        f"{name} bytes": statistics.median(answer.size for answer in answered),
        f"{name} frames": statistics.median(answer.frames for answer in answered),
    }


def _ends(subject: Subject, runs: int, columns: int, lines: int) -> Figures:
    def leave(terminal: Terminal) -> None:
        terminal.send(*subject.leave)

    ways: dict[str, Callable[[Terminal], None]] = {
        "quit": leave,
        "SIGHUP": lambda terminal: terminal.signal(signal.SIGHUP),
        "SIGTERM": lambda terminal: terminal.signal(signal.SIGTERM),
    }
    figures: Figures = {}
    for name, end in ways.items():
        took, left = [], 0
        for _ in range(runs):
            with subject.terminal(columns, lines) as terminal:
                _begin(terminal, subject)
                end(terminal)
                took.append(1000 * terminal.wait_end())
                left += len(terminal.modes_left()) + len(terminal.left_behind())
        figures |= {name: statistics.median(took), f"{name} leaves": float(left)}
    return figures
