"""What was found is marked in the title, and in one line of the text that fits however narrow the list is."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from store.article import ArticleId, ArticleKey, ListedArticle, Source
from store.library import Marks
from store.query.snippet import Snippet, snippet
from tui.render.found_row import snippet_segments
from tui.render.list_row import RowState, RowStyles, row_segments

HIT = Style(reverse=True)
STYLES = RowStyles(Style(), Style(), Style(), Style(), Style(), HIT)


def marked(segments: list[Segment]) -> list[str]:
    return [segment.text for segment in segments if segment.style and segment.style.reverse]


def line(segments: list[Segment]) -> str:
    return "".join(segment.text for segment in segments)


def test_hits_are_marked_in_the_title() -> None:
    row = ListedArticle(ArticleKey(1), ArticleId("a"), "Abe met Łukasz, abel", None, 9, Source("/a"))
    segments = row_segments(row, RowState(Marks(), words=("abe", "lukasz")), 60, STYLES, date(2026, 1, 1))
    assert marked(segments) == ["Abe", "Łukasz"]
    assert cell_len(line(segments)) == 60


@pytest.mark.parametrize("width", [24, 34, 46, 80])
def test_the_hit_is_in_the_line_however_narrow(width: int) -> None:
    made = snippet("Many words stand before it, and many " * 4 + "harbour comes, and others follow it", ["harbour"])
    segments = snippet_segments(made, width, 3, Style(), HIT)
    assert marked(segments) == ["harbour"]
    assert cell_len(line(segments)) == width
    assert line(segments).startswith("   …") and line(segments).rstrip().endswith(("…", "it"))


def test_wide_letters_take_their_room() -> None:
    made = snippet("大阪の春祭り" * 9 + "東京都の港湾計画" * 9, ["港湾"])
    segments = snippet_segments(made, 30, 3, Style(), HIT)
    assert "港湾" in marked(segments) and cell_len(line(segments)) == 30


@given(st.text(min_size=1), st.integers(12, 60), st.data())
def test_any_snippet_fills_its_line_and_sends_no_control(text: str, width: int, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    made = Snippet(text, ((start, data.draw(st.integers(start + 1, len(text)))),))
    shown = line(snippet_segments(made, width, 3, Style(), HIT))
    assert cell_len(shown) == width
    assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 for c in shown)
