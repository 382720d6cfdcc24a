"""Has damaged files read, one after the other, and watches over whoever reads them."""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.formats.samples import CORPORA, FIXTURES, ROOT

SLOW = 5.0
"""Seconds of a processor after which a file hangs: what the indexer gives it."""
LARGE = 600_000_000
"""Bytes of memory that reading may take."""
_NO_ANSWER = 60.0
"""Seconds without an answer: on a busy machine a file may wait for its processor."""


@dataclass
class Report:
    """What came of so many damaged files."""

    files: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    """How many articles, problems, and files of each format there were."""
    bad: list[str] = field(default_factory=list)
    """What must not be, each with the number that makes the file again."""
    slowest: tuple[float, str] = (0.0, "")
    largest: tuple[int, str] = (0, "")
    samples: int = 0


WORKER = (sys.executable, "-m", "bench.formats.worker")


def run(seeds: Iterable[int], folders: Sequence[Path] = (FIXTURES, CORPORA), command: Sequence[str] = WORKER) -> Report:
    """Read the damaged files with these numbers."""
    report = Report()
    reader = _Reader(folders, command)
    report.samples = reader.samples
    try:
        for seed in seeds:
            report.files += 1
            answer = reader.ask(seed)
            if isinstance(answer, str):
                report.bad.append(f"file {seed} {answer}")
                reader.end()
                reader = _Reader(folders, command)
                continue
            what = f"file {seed} ({answer['name']}, {answer['format'] or 'refused'})"
            report.outcomes[answer["format"] or "refused"] += 1
            for kind in ("articles", "problems"):
                report.outcomes[kind] += answer[kind]
            report.bad += [f"{what} {fault}" for fault in answer["faults"]]
            if answer["seconds"] > SLOW:
                report.bad.append(f"{what} takes {answer['seconds']:.1f} s")
            if answer["peak"] > LARGE:
                report.bad.append(f"{what} takes {answer['peak'] / 1e6:.0f} MB")
            report.slowest = max(report.slowest, (answer["seconds"], what))
            report.largest = max(report.largest, (answer["peak"], what))
    finally:
        reader.end()
    return report


class _Reader:
    """A process that reads."""

    def __init__(self, folders: Sequence[Path], command: Sequence[str]) -> None:
        self._process = subprocess.Popen(
            [*command, *map(str, folders)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, bufsize=0,
        )  # fmt: skip
        self._rest = b""
        first = self._answer()
        self.samples = first["samples"] if isinstance(first, dict) else 0

    def ask(self, seed: int) -> dict[str, Any] | str:
        """Have a file read; returns what came of it, or in words that nothing did."""
        assert self._process.stdin is not None
        self._process.stdin.write(b"%d\n" % seed)
        return self._answer()

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def _answer(self) -> dict[str, Any] | str:
        assert self._process.stdout is not None
        began, spent = time.monotonic(), self._seconds()
        with selectors.DefaultSelector() as selector:
            selector.register(self._process.stdout, selectors.EVENT_READ)
            while b"\n" not in self._rest:
                if selector.select(0.5):
                    data = os.read(self._process.stdout.fileno(), 1 << 16)
                    if not data:
                        return f"ends its reader with {self._process.wait()}"
                    self._rest += data
                elif self._seconds() - spent > 4 * SLOW or time.monotonic() - began > _NO_ANSWER:
                    return "never ends"
        line, _, self._rest = self._rest.partition(b"\n")
        return json.loads(line)  # type: ignore[no-any-return]

    def _seconds(self) -> float:
        """Return the processor time that the process has taken."""
        try:
            fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return 0.0
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
