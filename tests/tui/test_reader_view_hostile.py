"""No text, name or sign makes the reader send a control, run an action or fail."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reading import ReadingApp, stored
from rich.cells import cell_len

from store.article import Article, ArticleKey, Block, BlockKind, Mention, StoredArticle
from store.library import Group, NoteId
from tui.widgets.reader_passages import Passage

HOSTILE = (
    "Title \x1b]0;owned\x07 [/] [@click=app.quit]x[/]\n\n"
    "\x1b]52;c;UFdORUQ=\x1b\\ \x1b[2J \x9b31m \x9d0;t\x9c \x0e\x0f \u202eevil\u202c \u2066x\u2069"
    " \u200b\ufeff\x00\x7f\n\n"
    "carriage\rreturn\x0bline\x0cfeed\u2028and\x85so \udc80\udcff \U000e0041 \U0010ff80\n\n"
    "z\u0301\u0302\u0303\u0304 \u200d\u200d \ufe0f a\u200d 🇯🇵🇷 👍🏽 नमस्ते ﷺ\n\n" + "x" * 500
)
WORDS = [
    "a\x1b[31m",
    "[b]",
    "東京",
    "Tokyo",
    "e\u0301",
    "👨\u200d👩\u200d👧",
    "\u202e",
    "\t",
    "y" * 90,
    "\r",
    "1.",
    "ﷺ",
    "\u200d",
]
BODY = st.lists(st.sampled_from(WORDS) | st.text(max_size=8), max_size=30).map(" ".join)


def forbidden(text: str) -> set[str]:
    return {c for c in text if ord(c) < 32 or 127 <= ord(c) < 160 or c in "\u202e\u2066\u200b\ufeff\U000e0041"}


def check(app: ReadingApp) -> None:
    """No control is drawn, and every line is as wide as the pane."""
    width = app.reader.size.width
    for y in range(app.reader.size.height):
        strip = app.reader.render_line(y)
        assert not forbidden(strip.text)
        assert strip.cell_length == width
        assert sum(segment.cell_length for segment in strip) == width
        assert cell_len(strip.text) == width
        assert not any(style.link or "@click" in style.meta for _, style, _ in strip if style)


@pytest.mark.parametrize("no_color", [False, True])
@pytest.mark.parametrize("size", [(80, 24), (20, 10), (5, 3), (1, 1)])
async def test_hostile_text_goes_through_every_door(
    monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], no_color: bool
) -> None:
    if no_color:
        monkeypatch.setenv("NO_COLOR", "1")
    app = ReadingApp()
    async with app.run_test(size=size) as pilot:
        reader = app.reader
        mentions = tuple(Mention(at, at + 4, "GPE", "\x1b[2J[/]") for at in range(0, len(HOSTILE) - 4, 3))
        reader.show(stored(HOSTILE, mentions))
        check(app)
        for _ in range(30):
            reader.move_name(1)
            check(app)
        reader.find("\x1b[2J")
        reader.find("[/]")
        reader.set_hits(("[", "(", "*", "\\", "x" * 20))
        reader.set_passages([Passage(0, 50, NoteId("a"), True), Passage(20, len(HOSTILE), NoteId("b"))])
        for _ in range(3):
            reader.move_passage(1)
            reader.show_foot("\x1b[2J[/]", HOSTILE)
            await pilot.pause()
            check(app)
        reader.to_end()
        check(app)
        reader.select(0, len(HOSTILE))
        await pilot.pause()
        check(app)
        assert not forbidden(reader.selected_text.replace("\n", "").replace("\t", ""))
        reader.show_words("no \x1b]0;x\x07 text [/]" * 5)
        await pilot.pause()
        check(app)


async def test_any_article_at_any_width() -> None:
    app = ReadingApp()
    async with app.run_test(size=(80, 24)):

        @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
        @given(st.lists(st.tuples(st.sampled_from(BlockKind), BODY), max_size=6), st.integers(1, 72), st.data())
        def any_article(parts: list[tuple[BlockKind, str]], measure: int, data: st.DataObject) -> None:
            text, blocks = "", []
            for kind, body in parts:
                blocks.append(Block(kind, len(text), len(text) + len(body), 1))
                text += f"{body}\n\n"
            spans = data.draw(st.lists(st.tuples(st.integers(0, 99), st.integers(1, 20)), max_size=5))
            mentions = tuple(Mention(a, a + n, "PERSON") for a, n in spans)
            reader = app.reader
            reader.measure = measure
            reader.show(StoredArticle(ArticleKey(1), Article("t", text, tuple(blocks)), (), True, mentions))
            check(app)
            reader.set_shown_groups(set(Group))
            reader.move_name(1)
            reader.scroll_page(1)
            reader.find("a")
            if len(text) > 4:
                reader.select(1, len(text) - 1)
                assert not forbidden(reader.selected_text.replace("\n", "").replace("\t", ""))
            check(app)
            reader.to_end()
            assert reader.at_end
            check(app)

        any_article()
