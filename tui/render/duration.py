"""How long something will take, in few characters. Pure."""

from __future__ import annotations


def duration(seconds: float) -> str:
    """Write an estimate no more exactly than it is known: "40 s", "12 min", "2.5 h"."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    return f"{round(seconds / 60)} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
