"""A row of the list is exactly as wide as it should be, whatever the title holds."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style

from store import config, config_file
from store.article import ArticleId, ArticleKey, ListedArticle, Source
from store.library import Marks
from tui.render.columns import fitting
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
    row = "".join(s.text for s in row_segments(listed("x"), RowState(Marks(notes=1)), 40, STYLES, TODAY, ASCII))
    assert row.isascii()


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])), st.integers(1, 30))
def test_fitting_gives_the_width_asked_for(text: str, width: int) -> None:
    assert cell_len(fit(text, width)) == width


COLUMNS = st.lists(
    st.sampled_from([name for name in config.COLUMNS if name != "title"]), unique=True, max_size=6
).flatmap(lambda names: st.permutations([*names, "title"]))


@given(COLUMNS, st.integers(12, 120), st.text(max_size=30), st.text(max_size=20))
def test_any_columns_fill_the_width_and_leave_the_title_its_room(
    names: list[str], width: int, title: str, other: str
) -> None:
    article = listed(title or "x").replace(byline=other, url=f"https://www.{other}.org/x", people=(other,) * 2)
    columns = [config.Column(name, config.COLUMNS[name]) for name in names]
    state = RowState(Marks(notes=1, tags=(other or "a",)), (1,))
    row = "".join(s.text for s in row_segments(article, state, width, STYLES, TODAY, columns=columns))
    assert cell_len(row) == width
    assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 for c in row)
    shown = fitting(columns, width - 2)
    assert width - 2 - sum(1 + one.width for one in shown) >= 14 or not any(one.width for one in shown)


def test_columns_say_what_they_are_called() -> None:
    article = ListedArticle(
        ArticleKey(1), ArticleId("a"), "Japan and the Kurils", date(2026, 11, 19), 2_300,
        Source("/lib/reports/2019/a.txt"), "Ada Lovelace", "en", "https://www.example.org/x", ("Shinzo Abe", "V. Li"),
    )  # fmt: skip
    marks = Marks(tags=("japan", "islands"))

    def row(*names: str, width: int = 60) -> str:
        columns = config_file._row(list(names), Path())
        segments = row_segments(article, RowState(marks, (3,)), width, STYLES, TODAY, columns=columns, roots=["/lib"])
        return "".join(s.text for s in segments).rstrip()

    assert row("date:10", "title", "words") == " ● 2026-11-19 Japan and the Kurils".ljust(55) + "2,300"
    assert row("title", "folder").endswith(" reports/2019") and row("title", "file:8").endswith(" a.txt")
    assert row("title", "byline:14", "site:12").endswith(" Ada Lovelace   example.org")
    assert row("title", "language", "minutes").endswith(" en  10m")
    assert row("title", "people:24", "digits").endswith(" Shinzo Abe, V. Li        3")
    assert row("title", "tags:10").endswith(" japan isl…")
    assert row("minutes", "title", "tags", width=30) == " ●  10m Japan and the Kurils"
