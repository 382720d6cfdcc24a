"""What the processes take that a bench starts: memory, each at its highest, and processor time, all together."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Self

_EVERY = 0.2
"""Seconds between two looks."""


class Memory:
    """Looks at the processes below this one while its context lasts; where there is no /proc it sees nothing."""

    def __init__(self) -> None:
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self.peaks: dict[int, tuple[int, int]] = {}
        """By process: its parent, and its highest resident memory in kB."""
        self._spent: dict[int, float] = {}
        self.spent: list[tuple[float, float]] = []
        """When, and how many seconds of processor time all of them had taken."""

    def seconds(self, since: float, until: float) -> float:
        """Return the processor time that was taken between two moments."""
        (_, before), (_, after) = (min(self.spent, key=lambda one: abs(one[0] - at)) for at in (since, until))
        return after - before

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()

    def line(self) -> str:
        """Return what was seen: the process that was started, and each of those that it started."""
        own = [peak for parent, peak in self.peaks.values() if parent == os.getpid()]
        below = [peak for parent, peak in self.peaks.values() if parent != os.getpid()]
        each = f", and {' and '.join(f'{peak / 1024:,.0f} MB' for peak in below)} for its workers" if below else ""
        return f"{max(own, default=0) / 1024:,.0f} MB{each}"

    def _watch(self) -> None:
        while not self._ended.wait(_EVERY):
            parents = dict(filter(None, map(_parent, Path("/proc").glob("[0-9]*"))))
            ours = {os.getpid()}
            for _ in range(3):
                ours |= {pid for pid, parent in parents.items() if parent in ours}
            for pid in ours - {os.getpid()}:
                peak = _peak(pid)
                if peak:
                    self.peaks[pid] = parents[pid], peak
                    self._spent[pid] = max(self._spent.get(pid, 0.0), _seconds(pid))
            self.spent.append((time.perf_counter(), sum(self._spent.values())))


def _parent(folder: Path) -> tuple[int, int] | None:
    try:
        return int(folder.name), int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
    except (OSError, ValueError, IndexError):
        return None


def _peak(pid: int) -> int:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")), 0)


def _seconds(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
