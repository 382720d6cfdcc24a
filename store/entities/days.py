"""Which days of the calendar a date in a text means, against the day on which the text was published.

Patterns come first: English as newspapers write it, and what is alike in all languages; `foreign_days` knows the rest.
What can mean several days is left out: a bare weekday, a month and a day half a year away, 3/4/2017, 2003-08, ages and
durations.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache

from store.entities.foreign_days import foreign_days
from store.entities.spans import Days, day_or_none, month_of, moved, years_of

DATES = ("DATE", "date", "DT")
"""The labels by which pipelines call a date."""

_HALF = ("january", "february", "march", "april", "may", "june")
_NAMES = (*_HALF, "july", "august", "september", "october", "november", "december")
_MONTHS = {name[:n]: number for number, name in enumerate(_NAMES, 1) for n in {3, len(name)}} | {"sept": 9}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>1\d{3}|20\d\d)"
_WEEKDAY = rf"(?:(?:{'|'.join(_WEEKDAYS)}|mon|tues?|wed|thurs?|fri|sat|sun)\.?,? )?"
_COUNTED = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBERS = {word: n for n, word in enumerate(_COUNTED, 1)} | {"a": 1, "an": 1}
_NEAR = 150
"""Days from the article within which a month and a day without a year are clear; the other one is far away then."""
_LONGEST = 60
"""Characters of a wording that is looked at."""


def days_meant(wording: str, published: date | None, language: str = "") -> Days | None:
    """Return the days that a wording means; None where it means none, or may mean several.

    Without the day of publication only what is absolute is told. `language` is a code of two letters, or empty.
    """
    text = " ".join(wording.casefold().split()).strip(".,;:()'\"’‘“”")
    if not text or len(text) > _LONGEST:
        return None
    found = _known(text)
    if found is not None:
        return found(published)
    return None if language[:2] in ("", "en") else foreign_days(text, language[:2], published)


_Resolve = Callable[[date | None], Days | None]


@lru_cache(maxsize=20_000)
def _known(text: str) -> _Resolve | None:
    """Return how to tell the days of a wording that a pattern knows; None where none does."""
    text = re.sub(r"^(?:on|in|since|until|by|from|of|during|around|about|the|early|late|mid)[ -]+(?=.)", "", text)
    text = re.sub(r"^(?:the|early|late|mid|beginning of|end of|middle of)[ -]+(?=.)", "", text).removeprefix("of ")
    for pattern, resolve in _PATTERNS:
        if match := pattern.fullmatch(text):
            return resolve(match)
    return None


def _absolute(first: date | None, last: date | None = None) -> _Resolve:
    days = None if first is None else (first, last or first)
    return lambda _: days


def _fixed(days: Days | None) -> _Resolve:
    return lambda _: days


def _full(match: re.Match[str]) -> _Resolve:
    return _absolute(day_or_none(int(match["year"]), _MONTHS[match["month"]], int(match["day"])))


def _iso(match: re.Match[str]) -> _Resolve:
    return _absolute(day_or_none(int(match["year"]), int(match["m"]), int(match["day"])))


def _numeric(match: re.Match[str]) -> _Resolve:
    one, two, year = int(match["one"]), int(match["two"]), int(match["year"])
    # Only where one of the two can be no month, or both are the same.
    if one > 12 or one == two or match["dot"] == ".":
        return _absolute(day_or_none(year, two, one))
    return _absolute(day_or_none(year, one, two) if two > 12 else None)


def _without_year(match: re.Match[str]) -> _Resolve:
    month, day = _MONTHS[match["month"]], int(match["day"])

    def resolve(published: date | None) -> Days | None:
        if published is None:
            return None
        near = [day_or_none(published.year + by, month, day) for by in (-1, 0, 1)]
        found = [one for one in near if one is not None and abs((one - published).days) <= _NEAR]
        return (found[0], found[0]) if len(found) == 1 else None

    return resolve


def _bare_month(match: re.Match[str]) -> _Resolve:
    month, which = _MONTHS[match["month"]], match["which"]

    def resolve(published: date | None) -> Days | None:
        if published is None:
            return None
        year = published.year
        if which == "last":
            return month_of(year - (month >= published.month), month)
        if which == "next":
            return month_of(year + (month <= published.month), month)
        if which == "this":
            return month_of(year, month)
        near = [year + by for by in (-1, 0, 1) if abs(by * 12 + month - published.month) <= 4]
        return month_of(near[0], month) if near else None

    return resolve


def _by_days(days: int) -> _Resolve:
    def resolve(published: date | None) -> Days | None:
        found = moved(published, days)
        return None if found is None else (found, found)

    return resolve


def _period(unit: str, by: int) -> _Resolve:
    """Return the week, month or year that lies so many before or after the article's."""

    def resolve(published: date | None) -> Days | None:
        if published is None:
            return None
        if unit == "year":
            return years_of(published.year + by, published.year + by)
        if unit == "month":
            months = published.year * 12 + published.month - 1 + by
            return month_of(months // 12, months % 12 + 1)
        first = moved(published, by * 7 - published.weekday())
        last = moved(first, 6)
        return (first, last) if first is not None and last is not None else None

    return resolve


def _ago(match: re.Match[str]) -> _Resolve:
    count = match["count"]
    number = int(count) if count.isdigit() else _NUMBERS.get(count, 0)
    if not 0 < number < 1000:
        return _absolute(None)
    return _by_days(-number) if match["unit"] == "day" else _period(match["unit"], -number)


def _week_of(match: re.Match[str]) -> _Resolve:
    """Return `last Monday` or `next Monday`; the nearest before or after the article's day."""
    weekday, which = _WEEKDAYS.index(match["weekday"]), match["which"]

    def resolve(published: date | None) -> Days | None:
        if published is None:
            return None
        back = (published.weekday() - weekday) % 7 or 7
        return _by_days(-back if which in ("last", "past") else 7 - back % 7)(published)

    return resolve


def _range_of_years(match: re.Match[str]) -> _Resolve:
    first, last = int(match["year"]), match["until"]
    if len(last) == 2 and int(last) <= 12:
        # A year and a month as likely as two years.
        return _absolute(None)
    return _fixed(years_of(first, int(last) if len(last) == 4 else first // 100 * 100 + int(last)))


_WORDS = {"today": 0, "tonight": 0, "this morning": 0, "this afternoon": 0, "this evening": 0, "yesterday": -1}
_WORDS |= {"tomorrow": 1, "last night": -1, "the day before yesterday": -2, "the day after tomorrow": 2}
_WORDS |= {"earlier today": 0, "later today": 0, "yesterday morning": -1, "yesterday evening": -1}
_SHIFT = {"last": -1, "previous": -1, "this": 0, "next": 1, "current": 0, "coming": 1}
_SEASON = "spring|summer|autumn|fall|winter|start|beginning|middle|end|first half|second half"
_ORDINAL = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}


def _quarter(match: re.Match[str]) -> _Resolve:
    which = match["which"]
    number = _ORDINAL.get(which) or int(which)
    first, last = (month_of(int(match["year"]), month) for month in (number * 3 - 2, number * 3))
    return _fixed((first[0], last[1]) if first and last else None)


_PATTERNS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], _Resolve]], ...] = tuple(
    (re.compile(pattern), resolve)
    for pattern, resolve in (
        (_YEAR, lambda m: _fixed(years_of(int(m["year"]), int(m["year"])))),
        (rf"{_WEEKDAY}{_MONTH} {_DAY},? {_YEAR}", _full),
        (rf"{_WEEKDAY}{_DAY}(?: of)? {_MONTH},? {_YEAR}", _full),
        (rf"{_WEEKDAY}{_MONTH} {_DAY}", _without_year),
        (rf"{_WEEKDAY}{_DAY}(?: of)? {_MONTH}", _without_year),
        (rf"{_MONTH},?(?: of)? {_YEAR}", lambda m: _fixed(month_of(int(m["year"]), _MONTHS[m["month"]]))),
        (rf"(?:(?P<which>last|next|this) )?{_MONTH}", _bare_month),
        ("|".join(_WORDS), lambda m: _by_days(_WORDS[m[0]])),
        (rf"(?P<which>{'|'.join(_SHIFT)}) (?P<unit>week|month|year)", lambda m: _period(m["unit"], _SHIFT[m["which"]])),
        (rf"(?P<count>\d+|{'|'.join(_NUMBERS)}) (?P<unit>day|week|month|year)s? ago", _ago),
        (rf"(?P<which>last|past|next|coming) (?P<weekday>{'|'.join(_WEEKDAYS)})", _week_of),
        (rf"{_YEAR}-(?P<m>\d\d)-(?P<day>\d\d)", _iso),
        (rf"(?P<one>\d{{1,2}})(?P<dot>[./-])(?P<two>\d{{1,2}})(?P=dot){_YEAR}", _numeric),
        (rf"{_YEAR} ?(?:-|–|to|and|until) ?(?P<until>\d\d|[12]\d{{3}})", _range_of_years),
        (rf"between {_YEAR} and (?P<until>[12]\d{{3}})", _range_of_years),
        (r"(?P<year>[12]\d\d)0'?s", lambda m: _fixed(years_of(int(m["year"]) * 10, int(m["year"]) * 10 + 9))),
        (rf"(?:the )?(?:{_SEASON})(?: of)? {_YEAR}", lambda m: _fixed(years_of(int(m["year"]), int(m["year"])))),
        (rf"(?P<which>first|second|third|fourth|[1-4](?:st|nd|rd|th)) quarter(?: of)? {_YEAR}", _quarter),
        (rf"q(?P<which>[1-4]) {_YEAR}", _quarter),
        (rf"year {_YEAR}", lambda m: _fixed(years_of(int(m["year"]), int(m["year"])))),
        (
            r"(?P<n>\d{1,2})(?:st|nd|rd|th)[ -]century",
            lambda m: _fixed(years_of((int(m["n"]) - 1) * 100 + 1, int(m["n"]) * 100)),
        ),
    )
)
