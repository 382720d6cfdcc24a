"""A row of the list is exactly as wide as it should be, whatever the title holds."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style

from store.article import ArticleId, ArticleKey, ListedArticle, Source
from store.library import Marks
from tui.render.list_row import ASCII, RowState, RowStyles, fit, row_segments, short_date

STYLES = RowStyles(Style(), Style(), Style(), Style(), Style())
TODAY = date(2026, 11, 23)


def listed(title: str, published: date | None = None) -> ListedArticle:
    return ListedArticle(ArticleKey(1), ArticleId("a"), title, published, 100, Source(str(Path("/a.txt"))))


def drawn(title: str, state: RowState, width: int, published: date | None = None) -> str:
    return "".join(s.text for s in row_segments(listed(title, published), state, width, STYLES, TODAY))


@given(st.text(), st.integers(12, 90), st.booleans())
def test_a_row_fills_its_width_and_sends_no_control(title: str, width: int, noted: bool) -> None:
    row = drawn(title or "x", RowState(Marks(notes=int(noted), tags=("a",)), (1, 3)), width)
    assert cell_len(row) == width
    assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 for c in row)


def test_folded_copies_are_counted_and_those_shown_stand_in() -> None:
    assert drawn("Japan", RowState(Marks(), (1,), copies=3), 40).endswith(" +3 1")
    assert drawn("Japan", RowState(Marks(), copies=3), 60).endswith(" +3 copies")
    assert drawn("Japan", RowState(Marks(), copies=1), 60).endswith(" +1 copy")
    assert drawn("Japan", RowState(Marks(), beneath=True), 40)[11:].startswith(" Japan")
    assert cell_len(drawn("x" * 99, RowState(Marks(notes=1), (1, 3), copies=12), 24)) == 24


def test_state_star_digits_and_note_are_seen() -> None:
    row = drawn("Japan", RowState(Marks(starred=True, notes=1), (1, 3), cursor=True), 40, date(2026, 11, 19))
    assert row.startswith(">★ 19 Nov Japan") and row.endswith("1 3 ✎")
    assert drawn("x", RowState(Marks(read=True), marked=True), 40).startswith("+○ —      x")


@pytest.mark.parametrize(
    ("day", "shown"),
    [(date(2026, 3, 1), " 1 Mar"), (date(2017, 3, 20), "Mar’17"), (None, "—     ")],
)
def test_dates_take_six_cells(day: date | None, shown: str) -> None:
    assert short_date(day, TODAY) == shown


def test_ascii_signs_stay_ascii() -> None:
    row = "".join(
        s.text for s in row_segments(listed("x"), RowState(Marks(notes=1)), 40, STYLES, TODAY, ASCII)
    )
    assert row.isascii()


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])), st.integers(1, 30))
def test_fitting_gives_the_width_asked_for(text: str, width: int) -> None:
    assert cell_len(fit(text, width)) == width
