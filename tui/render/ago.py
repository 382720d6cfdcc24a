"""How long ago something was, in words. Pure."""

from __future__ import annotations

from datetime import datetime

from tui.render.list_row import long_date, short_date

DAYS_IN_WORDS = 14
"""From then on a date says more than a number of days."""


def ago(at: datetime, now: datetime) -> str:
    """Write how long ago something was, as the end of a sentence: "3 days ago", "on 23 Nov"."""
    seconds = (now - at).total_seconds()
    if seconds < 60:
        return "just now"
    for size, word, limit in ((60, "minute", 60), (3600, "hour", 24), (86400, "day", DAYS_IN_WORDS)):
        count = int(seconds // size)
        if count < limit:
            return f"{count} {word}{'' if count == 1 else 's'} ago"
    return f"on {_day(at, now)}"


def clock(at: datetime, now: datetime) -> str:
    """Write a moment as the clock and, where it was not today, the date: "12:03", "23 Nov 12:03"."""
    local = at.astimezone(now.tzinfo)
    if local.date() == now.date():
        return f"{local:%H:%M}"
    return f"{_day(at, now)} {local:%H:%M}"


def _day(at: datetime, now: datetime) -> str:
    day, today = at.astimezone(now.tzinfo).date(), now.date()
    return short_date(day, today).strip() if day.year == today.year else long_date(day)
