"""Spans of days: a day, a month, some years; None where the calendar has no such thing."""

from __future__ import annotations

from datetime import date, timedelta

Days = tuple[date, date]
"""The first and the last day that is meant, the same for a single one."""


def day_or_none(year: int, month: int, day: int) -> date | None:
    """Return a day; None where the month has no such one."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_of(year: int, month: int) -> Days | None:
    """Return the days of a month."""
    if not (1 <= year <= 9998 and 1 <= month <= 12):
        return None
    return date(year, month, 1), date(year + month // 12, month % 12 + 1, 1) - timedelta(1)


def years_of(first: int, last: int) -> Days | None:
    """Return the days from the beginning of one year to the end of another."""
    return (date(first, 1, 1), date(last, 12, 31)) if 1 <= first <= last <= 9999 else None


def moved(day: date | None, days: int) -> date | None:
    """Return the day that is so many later, or earlier."""
    try:
        return None if day is None else day + timedelta(days)
    except OverflowError:
        return None
