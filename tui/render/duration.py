"""How long something will take, in few characters. Pure."""

from __future__ import annotations


def duration(seconds: float, least: float = 90) -> str:
    """Write an estimate no more exactly than it is known: "40 s", "12 min", "2.5 h"; in seconds only below `least`."""
    if seconds < least:
        return f"{max(1, round(seconds))} s"
    return f"{round(seconds / 60)} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
