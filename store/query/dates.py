"""Ranges of days as people write them. Pure: today is handed in, and is the user's local day."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from store.errors import QueryError
from store.lazy_pattern import lazy_pattern
from store.record import Record

Days = tuple[date, date]
"""A first and a last day, both within."""

_CALENDAR = lazy_pattern(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?\Z")
_BACK = lazy_pattern(r"([0-9]{1,6})([dwmy])\Z")
_EXAMPLE = "dates are written 2017, 2017-03, 2017-01..2017-06, last-month, 2w.."


def _month(year: int, month: int) -> Days:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _months_back(today: date, n: int) -> date:
    months = max(today.year * 12 + today.month - 1 - n, 12)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def _days_back(today: date, n: int) -> date:
    return date.fromordinal(max(today.toordinal() - n, 1))


def _week(today: date, weeks_back: int) -> Days:
    """Return a week, Monday to Sunday."""
    monday = _days_back(today, today.weekday() + 7 * weeks_back)
    return monday, monday + timedelta(days=6)


def _last_month(today: date) -> Days:
    before = _months_back(today.replace(day=1), 1)
    return _month(before.year, before.month)


def _year(year: int) -> Days:
    year = max(year, 1)
    return date(year, 1, 1), date(year, 12, 31)


WORDS: dict[str, Callable[[date], Days]] = {
    "today": lambda today: (today, today),
    "yesterday": lambda today: (_days_back(today, 1), _days_back(today, 1)),
    "this-week": lambda today: _week(today, 0),
    "last-week": lambda today: _week(today, 1),
    "this-month": lambda today: _month(today.year, today.month),
    "last-month": _last_month,
    "this-year": lambda today: _year(today.year),
    "last-year": lambda today: _year(today.year - 1),
}
"""The words for days around today."""


class Point(Record):
    """A day, month or year, as written."""

    text: str

    def days(self, today: date) -> Days:
        """Return its first and last day."""
        if self.text in WORDS:
            return WORDS[self.text](today)
        back = _BACK.match(self.text)
        if back:
            day = _back(today, int(back[1]), back[2])
            return day, day
        return _calendar_days(self.text)

    @property
    def is_calendar(self) -> bool:
        """Whether it means the same days on every day."""
        return _CALENDAR.match(self.text) is not None

    @property
    def is_back(self) -> bool:
        """Whether it counts days, weeks, months or years back from today."""
        return _BACK.match(self.text) is not None


class Range(Record):
    """From one point to another; None where it is open."""

    start: Point | None
    end: Point | None
    alone: bool = False
    """Whether it was written as one point, without dots."""

    def days(self, today: date) -> tuple[date | None, date | None]:
        """Return the first and the last day, None where the range is open."""
        if self.alone and self.start and self.start.is_back:
            # `2w` alone means these two weeks, not the one day that they begin with.
            return self.start.days(today)[0], today
        first = self.start.days(today)[0] if self.start else None
        last = self.end.days(today)[1] if self.end else None
        return first, last


def parse(text: str) -> Range:
    """Read a date or a range of dates, in lower case.

    Raises:
        QueryError: with the column within `text`.
    """
    start, dots, end = text.partition("..")
    if not dots:
        point = _point(text, 0)
        return Range(point, point, alone=True)
    if not start and not end:
        raise QueryError("A range needs a date on one side at least.", 0, _EXAMPLE)
    first = _point(start, 0) if start else None
    last = _point(end, len(start) + 2) if end else None
    fixed = first and last and first.is_calendar and last.is_calendar
    if fixed and _calendar_days(start)[0] > _calendar_days(end)[1]:
        raise QueryError("This range ends before it begins.", 0, f"{end}..{start}")
    return Range(first, last)


def _point(text: str, column: int) -> Point:
    if text in WORDS or _BACK.match(text):
        return Point(text)
    if _CALENDAR.match(text):
        try:
            _calendar_days(text)
        except ValueError:
            raise QueryError(f"There is no date {text}.", column, _EXAMPLE) from None
        return Point(text)
    raise QueryError(f"{text} is no date." if text else "A date is missing here.", column, _EXAMPLE)


def _calendar_days(text: str) -> Days:
    found = _CALENDAR.match(text)
    assert found is not None
    year, month, day = int(found[1]), found[2], found[3]
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if day is None:
        if not 1 <= int(month) <= 12:
            raise ValueError(month)
        return _month(year, int(month))
    exact = date(year, int(month), int(day))
    return exact, exact


def _back(today: date, n: int, unit: str) -> date:
    match unit:
        case "d":
            return _days_back(today, n)
        case "w":
            return _days_back(today, 7 * n)
        case "m":
            return _months_back(today, n)
        case _:
            return _months_back(today, 12 * n)
