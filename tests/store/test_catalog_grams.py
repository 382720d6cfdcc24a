"""Texts without spaces between words are found by any piece of them, and cost others nothing."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.catalog.grams import expression, grams

MIXED = "東京都の春 カﾞガがabc 1é\u0e17\u0e35\u0e48한국\U0002000b?"


def holds(text: str, sought: str) -> bool:
    """Tell whether the pairs of a text match the expression for what is sought."""
    found = expression(sought)
    assert found is not None
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE spaceless USING fts5(grams, content='', tokenize='ascii')")
    db.execute("INSERT INTO spaceless(rowid, grams) VALUES (1, ?)", (grams(text),))
    return bool(db.execute("SELECT count(*) FROM spaceless WHERE spaceless MATCH ?", (found,)).fetchone()[0])


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from(MIXED)), st.text(st.sampled_from(MIXED)), st.text(st.sampled_from(MIXED)))
def test_no_text_that_holds_what_is_sought_is_missed(before: str, sought: str, after: str) -> None:
    if expression(sought) is not None:
        assert holds(before + sought + after, sought)


@pytest.mark.parametrize(("text", "sought", "found"), [
    ("東京都", "京都", True), ("東京都", "都", True), ("東京都", "東都", False), ("東京", "京東", False),
    ("東 京", "東京", False),
])  # fmt: skip
def test_letters_are_found_in_a_row(text: str, sought: str, found: bool) -> None:
    assert holds(text, sought) is found


def test_other_scripts_cost_nothing() -> None:
    assert grams("The café in Kraków", "") == ""
    assert expression("café") is None
