"""What memory the processes take that a bench starts, each at its highest."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from types import TracebackType
from typing import Self

_EVERY = 0.1
"""Seconds between two looks."""


class Memory:
    """Looks at the processes below this one while its context lasts; where there is no /proc it sees nothing."""

    def __init__(self) -> None:
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self.peaks: dict[int, tuple[int, int]] = {}
        """By process: its parent, and its highest resident memory in kB."""

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
