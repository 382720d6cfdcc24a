"""A filter within a filter finds what both find."""

from __future__ import annotations

import pytest

from tui.screens.main.narrowing import narrowed


@pytest.mark.parametrize(
    ("query", "more", "both"),
    [
        ("", ("tag:a",), "tag:a"),
        ("tag:a", ("tag:a",), "tag:a"),
        ("date:2014-03", ("date:2014",), "date:2014-03 date:2014"),
        ("a OR b", ("tag:c",), "(a OR b) tag:c"),
        ("a OR tag:c", ("tag:c",), "(a OR tag:c) tag:c"),
        ("a OR b sort:-title", ("tag:c",), "(a OR b) sort:-title tag:c"),
        ("NOT tag:c", ("tag:c",), "NOT tag:c tag:c"),
        ("a", ("tag:b", "tag:c"), "a tag:b tag:c"),
    ],
)
def test_conditions_are_whole_and_hold_together(query: str, more: tuple[str, ...], both: str) -> None:
    assert narrowed(query, *more) == both
