"""An article becomes a page: every character has its line, every line its characters."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from store.article import Article, Block, BlockKind
from tui.render.inserted import Inserted
from tui.render.layout import Layout, Row, Setting

QUICK = settings(max_examples=100, deadline=None)

K = BlockKind
KINDS = st.sampled_from(list(BlockKind))
WORDS = st.sampled_from(
    ["a", "Tokyo", "so-called", "東京", "e\u0301", "x" * 50, "👨\u200d👩\u200d👧", "\x1b[2J", "1.", "-"]
)
BLOCK = st.tuples(KINDS, st.lists(WORDS, max_size=25).map(" ".join), st.integers(0, 3))


def article(*blocks: tuple[BlockKind, str, int] | tuple[BlockKind, str], **more: object) -> Article:
    text, made = "", []
    for kind, words, *level in blocks:
        text += "\n\n" if text else ""
        made.append(Block(kind, len(text), len(text) + len(words), *level))
        text += words
    return Article("title", text, tuple(made), **more)  # type: ignore[arg-type]


ARTICLE = st.lists(BLOCK, max_size=8).map(lambda blocks: article(*blocks))


def rows(layout: Layout) -> list[Row]:
    layout.finish()
    return [row for row in map(layout.row, range(layout.height)) if row is not None]


def seen(*blocks: tuple[BlockKind, str, int] | tuple[BlockKind, str], width: int = 44, **more: object) -> list[str]:
    layout = Layout(article(*blocks, **more), Setting(width))
    return [row.prefix + row.text + row.suffix for row in rows(layout)]


@QUICK
@given(ARTICLE, st.integers(1, 90))
def test_every_character_that_is_not_white_stands_on_one_line(text: Article, width: int) -> None:
    layout = Layout(text, Setting(width))
    shown = [at for row in rows(layout) for c, at in zip(row.text, row.offsets, strict=True) if not c.isspace()]
    assert shown == [at for at, c in enumerate(layout.source) if not c.isspace()]


@QUICK
@given(ARTICLE, st.integers(8, 90))
def test_no_line_is_wider_than_the_pane(text: Article, width: int) -> None:
    setting = Setting(width)
    for row in rows(Layout(text, setting)):
        if cell_len(row.text) > 2:
            assert setting.left + cell_len(row.prefix + row.text + row.suffix) <= width or len(row.suffix) > width - 8


@QUICK
@given(ARTICLE, st.integers(1, 90), st.data())
def test_lines_and_offsets_lead_to_each_other(text: Article, width: int, data: st.DataObject) -> None:
    layout = Layout(text, Setting(width))
    for row in rows(layout):
        for offset in row.offsets[:1]:
            assert layout.line_of(offset) == row.number
            assert layout.offset_of(row.number) == offset
    offset = data.draw(st.integers(0, len(text.text)))
    number = layout.line_of(offset)
    assert number == 0 or layout.row(number) is not None
    assert layout.offset_of(number) <= max(offset, layout.offset_of(0))


@QUICK
@given(ARTICLE, st.integers(10, 60), st.integers(0, 400))
def test_a_page_laid_out_piece_by_piece_is_the_same_page(text: Article, width: int, offset: int) -> None:
    whole, growing = Layout(text, Setting(width)), Layout(text, Setting(width))
    growing.reach(offset)
    before = [growing.row(number) for number in range(growing.height)]
    while not growing.complete:
        growing.advance(10)
    assert rows(growing) == rows(whole)
    assert before == rows(whole)[: len(before)]


@QUICK
@given(ARTICLE, st.integers(10, 60), st.lists(st.integers(0, 400), max_size=8))
def test_signs_are_no_part_of_the_text(text: Article, width: int, places: list[int]) -> None:
    layout = Layout(text, Setting(width), [place for place in places if place <= len(text.text)])
    shown = [
        at
        for row in rows(layout)
        for index, (c, at) in enumerate(zip(row.text, row.offsets, strict=True))
        if not c.isspace() and index not in row.signs
    ]
    assert shown == [at for at, c in enumerate(layout.source) if not c.isspace()]
    for row in rows(layout):
        assert all(row.text[index] == "°" for index in row.signs)


@QUICK
@given(st.text(max_size=30), st.lists(st.integers(0, 30), max_size=6))
def test_offsets_go_across_inserted_signs_and_back(text: str, before: list[int]) -> None:
    inserted = Inserted(text, "°", [at for at in before if at <= len(text)])
    for offset in range(len(text)):
        shown = inserted.to_shown(offset)
        assert inserted.text[shown] == text[offset]
        assert inserted.to_text(shown) == offset


def test_the_head_of_an_article() -> None:
    day = date(2026, 11, 23)
    assert seen((K.TITLE, "Ferry strike"), (K.BYLINE, "By Ann"), (K.PARAGRAPH, "Text."), published=day) == [
        "Ferry strike", "By Ann · 23 Nov 2026", "", "Text.",
    ]  # fmt: skip
    assert seen((K.TITLE, "Ferry strike"), (K.PARAGRAPH, "Text."), byline="Ann")[:3] == [
        "Ferry strike", "Ann · undated", "",
    ]  # fmt: skip
    assert seen((K.PARAGRAPH, "Text.")) == ["undated", "", "Text."]


def test_a_byline_of_several_blocks_is_one_line() -> None:
    lines = seen((K.TITLE, "T"), (K.BYLINE, "Special to"), (K.BYLINE, "Radio Free"), (K.PARAGRAPH, "Text."))
    assert lines[1] == "Special to Radio Free · undated"


def test_a_date_without_room_goes_below_the_byline() -> None:
    assert seen((K.TITLE, "T"), (K.BYLINE, "x" * 38))[1:] == ["x" * 38, "undated"]


def test_quotes_lists_captions_and_code_stand_apart() -> None:
    assert seen(
        (K.TITLE, "T"), (K.QUOTE, "said", 1), (K.QUOTE, "so", 1), (K.LIST_ITEM, "one", 1),
        (K.LIST_ITEM, "two " * 14, 2), (K.LIST_ITEM, "1. own number"), (K.CAPTION, "A photo / AFP"),
        (K.CODE, "if x:\n\ty = 1\n\n# end"),
    ) == [
        "T", "undated", "", "│ said", "│ ", "│ so", "",
        "• one", "  • two two two two two two two two two", "    two two two two two", "1. own number", "",
        "  A photo / AFP", "", "  if x:", "      y = 1", "  ", "  # end",
    ]  # fmt: skip


def test_an_empty_article_has_no_text_and_does_no_harm() -> None:
    layout = Layout(Article("t", "", ()), Setting(40))
    assert [row.suffix for row in rows(layout)] == ["undated"]
    assert (layout.line_of(0), layout.offset_of(0), layout.offset_of(99)) == (0, 0, 0)


def test_a_narrow_pane_indents_nothing() -> None:
    layout = Layout(article((K.QUOTE, "said", 1)), Setting(12))
    assert rows(layout)[-1].prefix == ""


def test_the_measure_is_kept_in_a_wide_pane_and_can_stand_in_the_middle() -> None:
    assert Setting(200).text_width == 72
    assert (Setting(200).left, Setting(200, centred=True).left) == (2, 64)
