"""Dates as articles write them: under a headline, in metadata, in file names. A file's own time is none."""

from __future__ import annotations

import re
from datetime import date
from pathlib import PurePath

_MONTHS: dict[str, int] = {}
for _number, _names in enumerate(
    (
        "january jan januar januari janvier enero gennaio janeiro",
        "february feb februar februari février fevrier febrero febbraio fevereiro",
        "march mar märz maerz maart mars marzo março",
        "april apr avril abril aprile",
        "may mai mei mayo maggio maio",
        "june jun juni juin junio giugno junho",
        "july jul juli juillet julio luglio julho",
        "august aug augustus août aout agosto",
        "september sep sept septembre septiembre settembre setembro",
        "october oct oktober okt octobre octubre ottobre outubro",
        "november nov novembre noviembre novembro",
        "december dec dezember dez décembre decembre diciembre dicembre dezembro desember",
    ),
    start=1,
):
    for _name in _names.split():
        _MONTHS[_name] = _number

_MONTH = "(?P<month>[^\\W\\d_]{3,10})\\.?"
_FORMS = (
    re.compile(r"(?<!\d)(?P<year>\d{4})-(?P<m>\d{1,2})-(?P<day>\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<year>\d{4})/(?P<m>\d{1,2})/(?P<day>\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<year>\d{4})年(?P<m>\d{1,2})月(?P<day>\d{1,2})日"),
    re.compile(r"(?<!\d)(?P<day>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<year>\d{4})(?!\d)"),
    re.compile(_MONTH + r"\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})(?!\d)"),
    re.compile(
        r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.|º)?[\s-]+(?:de\s+)?" + _MONTH
        + r",?[\s-]+(?:de\s+)?(?P<year>\d{4})(?!\d)"
    ),
    re.compile(r"(?<!\d)(?P<year>\d{4})(?P<m>\d{2})(?P<day>\d{2})T\d{4}"),
)  # fmt: skip

_CLOCK = re.compile(
    r"""T?\d{1,2}[:.h]\d{2}(?::\d{2})?(?:[.,]\d+)?\s*(?:[ap]\.?m\.?|uhr|h)?\s*
        (?:Z\b|[+-]\d{1,2}:?\d{0,2}\b|GMT|UTC|[A-Z]{2,4}T\b)?""",
    re.IGNORECASE | re.VERBOSE,
)
_AROUND = re.compile(
    r"""\b(?:updated|published|posted|modified|first|last|date|on|at|le|am|den|mon|tues?|wed(?:nes)?|thur?s?|fri|satur|sat
        |sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday|montag|dienstag|mittwoch|donnerstag|freitag
        |samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_NAMED = re.compile(r"(\d{4}-\d{2}-\d{2})(?=[-_ .]|$)")


def find_date(text: str) -> tuple[date, int, int] | None:
    """Return the first full date in a line, and the span where it stands."""
    first: tuple[date, int, int] | None = None
    for form in _FORMS:
        for match in form.finditer(text):
            found = _made(match)
            if found is not None:
                if first is None or match.start() < first[1]:
                    first = (found, match.start(), match.end())
                break
    return first


def parse_date(text: str) -> date | None:
    """Read a date out of a metadata field: the day as it is written there, in its own time zone."""
    found = find_date(text[:200])
    return found[0] if found else None


def date_line(text: str) -> date | None:
    """Return the date when a line holds a date and nothing else of weight: weekday, clock, "Published"."""
    if len(text) > 120:
        return None
    found = find_date(text)
    if found is None:
        return None
    rest = _AROUND.sub(" ", _CLOCK.sub(" ", text[: found[1]] + " " + text[found[2] :]))
    return found[0] if not any(c.isalnum() for c in rest) else None


def date_in_name(path: str) -> date | None:
    """Return the date that a file's name begins with, as blogs name their posts: `2014-09-25-title.md`."""
    match = _NAMED.match(PurePath(path).name)
    return parse_date(match[1]) if match else None


def _made(match: re.Match[str]) -> date | None:
    parts = match.groupdict()
    month = int(parts["m"]) if parts.get("m") else _MONTHS.get(parts["month"].casefold(), 0)
    year = int(parts["year"])
    if not 1400 <= year <= 2200:
        return None
    try:
        return date(year, month, int(parts["day"]))
    except ValueError:
        return None
