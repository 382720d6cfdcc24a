"""What a process and its children cost: found in /proc where there is one, else with ps."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc/self/stat").exists()
_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process has used so far."""

    cpu: float
    """Seconds of processor time, user and system."""
    memory: int
    """Bytes resident now."""


def cost(pid: int) -> Cost:
    """Return what one process has used; zeros for one that has ended."""
    if not _PROC:
        return _cost_by_ps(pid)
    try:
        stat = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        # The scheduler counts nanoseconds, and a key costs less than a tick; it forgets ended threads.
        threads = sum(
            int((task / "schedstat").read_text().split()[0]) for task in Path(f"/proc/{pid}/task").iterdir()
        )
    except (OSError, IndexError):
        return Cost(0.0, 0)
    ticks = (int(stat[11]) + int(stat[12])) / _TICK
    return Cost(max(ticks, threads / 1e9), pages * os.sysconf("SC_PAGE_SIZE"))


def children(pid: int) -> list[int]:
    """Return the processes that this one has started, and theirs."""
    parents = _parents()
    found = [pid]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found[1:]


def alive(pid: int) -> bool:
    """Return whether a process still runs; one that has ended and was not waited for does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return pid in _parents()


def works(pid: int) -> bool:
    """Return whether one of its threads runs, or waits for a processor or a disk; False where that cannot be told."""
    try:
        tasks = [(task / "stat").read_text() for task in Path(f"/proc/{pid}/task").iterdir()]
    except OSError:
        return False
    return any(task.rsplit(")", 1)[1].split()[0] in "RD" for task in tasks)


def _parents() -> dict[int, int]:
    """Return every running process's parent."""
    if not _PROC:
        rows = _ps("-A", "-o", "pid=,ppid=,stat=")
        return {int(row[0]): int(row[1]) for row in rows if not row[2].startswith("Z")}
    parents = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                state, parent = (folder / "stat").read_text().rsplit(")", 1)[1].split()[:2]
            except OSError:
                continue  # it ended meanwhile
            if state != "Z":
                parents[int(folder.name)] = int(parent)
    return parents


def _cost_by_ps(pid: int) -> Cost:
    rows = _ps("-p", str(pid), "-o", "rss=,time=")
    if not rows:
        return Cost(0.0, 0)
    seconds = 0.0
    for part in rows[0][1].replace("-", ":").split(":"):
        seconds = seconds * 60 + float(part)
    return Cost(seconds, int(rows[0][0]) * 1024)


def _ps(*arguments: str) -> list[list[str]]:
    answer = subprocess.run(["ps", *arguments], capture_output=True, text=True, check=False)
    return [line.split() for line in answer.stdout.splitlines()]
