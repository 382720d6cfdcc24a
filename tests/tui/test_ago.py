"""How long ago something was is said as people say it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from tui.render.ago import ago, clock

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (timedelta(seconds=-5), "just now"),
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=59), "59 minutes ago"),
        (timedelta(hours=23, minutes=59), "23 hours ago"),
        (timedelta(days=3, hours=2), "3 days ago"),
        (timedelta(days=14), "on 9 Nov"),
        (timedelta(days=400), "on 19 Oct 2025"),
    ],
)
def test_time_past_is_said_in_words(before: timedelta, words: str) -> None:
    assert ago(NOW - before, NOW) == words


def test_a_clock_has_its_date_unless_it_is_today() -> None:
    local = NOW.astimezone(timezone(timedelta(hours=2)))
    assert clock(NOW - timedelta(minutes=3), local) == "13:57"
    assert clock(NOW - timedelta(days=2), local) == "21 Nov 14:00"
    assert clock(NOW - timedelta(days=730), local) == "23 Nov 2024 14:00"
