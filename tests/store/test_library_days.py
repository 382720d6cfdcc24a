"""A day is read as people write it; what could be another day is not guessed at."""

from __future__ import annotations

from datetime import date

import pytest

from store.errors import UsageError
from store.library import read_day

TODAY = date(2024, 3, 20)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2017-03-20", date(2017, 3, 20)),
        (" 20  Mar 2017 ", date(2017, 3, 20)),
        ("20 March 2017", date(2017, 3, 20)),
        ("March 20, 2017", date(2017, 3, 20)),
        ("20.3.2017", date(2017, 3, 20)),
        ("20. März 2017", date(2017, 3, 20)),
        ("2017年3月20日", date(2017, 3, 20)),
        ("today", TODAY),
        ("Yesterday", date(2024, 3, 19)),
    ],
)
def test_a_day_is_read(text: str, day: date) -> None:
    assert read_day(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2017", "more than one day"),
        ("2017-03", "more than one day"),
        ("March 2017", "more than one day"),
        ("3/4/2017", "could be two days"),
        ("2017-02-30", "is no date"),
        ("2017-03-20 or 2017-03-21", "is no date"),
        ("last summer", "is no date"),
        ("", "is no date"),
    ],
)
def test_what_is_no_single_day_is_explained(text: str, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        read_day(text, TODAY)
