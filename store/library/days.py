"""A day as people write it by hand."""

from __future__ import annotations

import re
from datetime import date

from store.errors import UsageError

_EXAMPLE = "as in 2017-03-20 or 20 Mar 2017"
_PART = re.compile(r"(?:[^\W\d_]{3,10}\.?,?\s+)?\d{4}(?:-\d{1,2})?")
_AMBIGUOUS = re.compile(r"\d{1,2}[/-]\d{1,2}[/-]\d{2,4}")


def read_day(text: str, today: date) -> date:
    """Read one day: `2017-03-20`, `20 Mar 2017`, `March 20, 2017`, `20.3.2017`, `today`, `yesterday`.

    Raises:
        UsageError: it is no day, or could be several.
    """
    from store.formats.dates import date_line
    from store.query.dates import WORDS

    text = " ".join(text.split())
    if text.lower() in ("today", "yesterday"):
        return WORDS[text.lower()](today)[0]
    day = date_line(text)
    if day is not None:
        return day
    if _PART.fullmatch(text):
        raise UsageError(f"“{text}” is more than one day; write the whole date, {_EXAMPLE}.")
    if _AMBIGUOUS.fullmatch(text):
        raise UsageError(f"“{text}” could be two days; write it {_EXAMPLE}.")
    raise UsageError(f"“{text}” is no date; write it {_EXAMPLE}.")
