"""Which days a date means in a language that no pattern of ours knows: `dateparser` is asked.

It takes a thousandfold of what a pattern takes, and so is asked once for each wording.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache

from store.entities.spans import Days, month_of, moved

_HOLDS_YEAR = re.compile(r"(?<!\d)(?:1\d{3}|20\d\d)(?!\d)")
_RELATIVE = 14
"""Days for which words of other languages are believed, such as gestern; months are not counted in days."""


def foreign_days(text: str, language: str, published: date | None) -> Days | None:
    """Return the days that a wording in lower case means; None where it means none, or may mean several."""
    # Asking is worth its price for a year with something beside it, or one or two words alone.
    if not _HOLDS_YEAR.search(text) and len(text.split()) > 2:
        return None
    found = _asked(text, language)
    if found is None or isinstance(found, tuple):
        return found
    day = moved(published, found)
    return None if day is None else (day, day)


@lru_cache(maxsize=20_000)
def _asked(text: str, language: str) -> Days | int | None:
    """Ask `dateparser` what a wording means: days, or so many days from the article's."""
    base = datetime(2015, 6, 17, 12)
    try:
        if _HOLDS_YEAR.search(text):
            day = _parsed(text, language, base, ["day", "month", "year"])
            if day is not None:
                return day, day
            month = _parsed(text, language, base, ["month", "year"])
            return month_of(month.year, month.month) if month is not None else None
        if re.search(r"\d", text):
            return None
        # What is counted from the article's day moves with it, a day for a day; a weekday does not.
        by = set()
        for later in (0, 1, 3):
            day = _parsed(text, language, base + timedelta(later), [])
            by.add(None if day is None else (day - (base + timedelta(later)).date()).days)
    except (ValueError, OverflowError):
        return None
    (only,) = by if len(by) == 1 else (None,)
    return only if only is not None and abs(only) <= _RELATIVE else None


def _parsed(text: str, language: str, base: datetime, parts: list[str]) -> date | None:
    import dateparser  # half a second: only for who finds such a text

    if language not in _languages():
        return None
    settings = {"RELATIVE_BASE": base, "REQUIRE_PARTS": parts, "RETURN_AS_TIMEZONE_AWARE": False}
    found = dateparser.parse(text, languages=[language], settings=settings)
    return None if found is None else found.date()


@lru_cache(maxsize=1)
def _languages() -> frozenset[str]:
    from dateparser.data.languages_info import language_order

    return frozenset(language_order)
