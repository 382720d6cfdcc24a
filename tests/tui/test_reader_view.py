"""Reading an article: its place, the words looked for, the margin."""

from __future__ import annotations

import pytest
from reading import ReadingApp, seed_text, stored
from rich.cells import cell_len

from store.library import Group, NoteId
from tui.widgets.reader_passages import Passage
from tui.widgets.reader_view import ReaderView

SIZE = (80, 24)


def flat(lines: list[str]) -> str:
    return " ".join(" ".join(lines).split())


async def test_the_article_is_on_screen_in_order_with_a_margin() -> None:
    app = ReadingApp()
    async with app.run_test(size=SIZE):
        text = seed_text()
        app.reader.show(stored(text))
        lines = app.lines()
        assert lines[0].startswith("  Amid China-backed turbulence")
        assert lines[1].strip() == "Special to Radio Free Europe / Radio Liberty · undated"
        assert all(line.startswith("  ") and cell_len(line) == 80 for line in lines)
        assert " ".join(text.split())[200:900] in flat(lines).replace(" · undated", "")


async def test_the_pane_can_be_shown_before_and_after_an_article() -> None:
    app = ReadingApp()
    async with app.run_test(size=SIZE):
        reader = app.reader
        assert (reader.position, reader.percent, reader.at_end) == (0, 0, False)
        reader.show_words("nothing [b]here[/b] \x1b[2J")
        assert flat(app.lines()) == "nothing [b]here[/b] ␛[2J"
        reader.show(stored(""))
        assert reader.at_end
        reader.show(None)
        assert flat(app.lines()) == ""
        assert not reader.move_name(1)
        assert reader.find("x") == 0
        reader.scroll_page(1)
        reader.to_end()


async def test_scrolling_tells_where_one_is() -> None:
    app = ReadingApp()
    async with app.run_test(size=SIZE) as pilot:
        reader = app.reader
        reader.show(stored(seed_text()))
        assert (reader.position, reader.at_end) == (0, False)
        reader.scroll_page(1)
        await pilot.pause()
        moved = [each for each in app.heard if isinstance(each, ReaderView.Moved)][-1]
        assert moved.position == reader.position > 0
        assert 0 < moved.percent < 100
        reader.scroll_page(1, half=True)
        reader.to_end()
        await pilot.pause()
        moved = [each for each in app.heard if isinstance(each, ReaderView.Moved)][-1]
        assert moved.at_end
        assert reader.percent == 100
        assert app.lines()[-1].strip()
        reader.scroll_lines(-3)
        assert not reader.at_end
        reader.to_start()
        assert reader.position == 0


async def test_an_article_opens_where_it_was_left() -> None:
    app = ReadingApp()
    async with app.run_test(size=SIZE):
        article = stored(seed_text() * 3)
        place = article.article.text.index("Japanese Prime Minister")
        app.reader.show(article, position=place)
        assert app.lines()[0].strip().startswith("Japanese Prime Minister")
        assert app.reader.position == place
        app.reader.show(article, position=10**9)
        assert app.reader.at_end


@pytest.mark.parametrize("width", [20, 45, 60, 120])
async def test_resizing_keeps_the_first_visible_character(width: int) -> None:
    app = ReadingApp()
    async with app.run_test(size=SIZE) as pilot:
        reader = app.reader
        reader.show(stored(seed_text() * 3))
        reader.scroll_lines(17)
        place = reader.position
        await pilot.resize_terminal(width, 30)
        layout = reader._layout
        assert layout is not None
        assert reader.position == layout.offset_of(layout.line_of(place))
        await pilot.resize_terminal(*SIZE)
        assert reader.position == place


async def test_growing_at_the_end_and_shrinking_again_comes_back() -> None:
    app = ReadingApp()
    async with app.run_test(size=SIZE) as pilot:
        reader = app.reader
        reader.show(stored(seed_text()))
        reader.to_end()
        place = reader.position
        await pilot.resize_terminal(80, 40)
        assert reader.at_end
        await pilot.resize_terminal(*SIZE)
        assert reader.position == place


async def test_a_long_text_opens_anywhere_and_is_laid_out_only_as_far_as_needed() -> None:
    app = ReadingApp()
    async with app.run_test(size=SIZE) as pilot:
        article = stored("A headline\n\n" + "Some words of news. " * 10 + "\n\n" + "more and more words\n\n" * 20_000)
        app.reader.show(article)
        assert app.reader._layout is not None
        assert not app.reader._layout.complete
        app.reader.to_end()
        assert app.reader.at_end
        assert app.lines()[-1].strip() == "more and more words"
        place = len(article.article.text) // 2
        app.reader.show(article, position=place)
        assert abs(app.reader.position - place) < 30
        assert not app.reader._layout.complete
        await pilot.pause()


# ---- words -----------------------------------------------------------------------------------------------
async def test_found_words_are_marked_and_gone_to() -> None:
    app = ReadingApp()
    async with app.run_test(size=(60, 10)):
        reader, text = app.reader, seed_text()
        reader.show(stored(text, ()))
        count = reader.find("MISSILE")
        assert count == text.lower().count("missile")
        assert reader.current_hit is not None
        assert text[slice(*reader.current_hit)].lower() == "missile"
        start, end = reader.on_screen
        assert start <= reader.current_hit[0] < end
        assert reader.move_hit(1) == (2, count)
        assert reader.move_hit(-1) == (1, count)
        assert reader.move_hit(-1) is None
        assert app.look_of("missile") != app.look_of("banned")
        assert reader.find("no such words") == 0
        assert not reader.has_words
        reader.find("")
        assert reader.current_hit is None


async def test_the_words_of_a_filter_are_marked_in_every_article() -> None:
    app = ReadingApp()
    async with app.run_test(size=SIZE):
        reader = app.reader
        reader.set_hits(("talk*", "two-plus-two"))
        reader.show(stored(seed_text(), ()))
        assert reader.has_words
        assert reader.position == 0
        assert app.look_of("talks as they") != app.look_of("closer economic")
        reader.find("russia")
        reader.show(stored("headline\n\nTalks with russia", ()))
        assert app.look_of("Talks") != app.look_of("russia")
        reader.set_hits(())
        assert not reader.has_words


# ---- the margin, the mouse, the cache --------------------------------------------------------------------
async def test_signs_stand_in_the_margin_beside_their_passage() -> None:
    app = ReadingApp()
    async with app.run_test(size=SIZE):
        text = seed_text()
        app.reader.show(stored(text))
        start = text.index("The one-day meeting")
        app.reader.set_passages([Passage(start, start + 10, NoteId("a"))])
        signed = [line for line in app.lines() if line.startswith("▌ ")]
        assert [line[2:20] for line in signed] == ["The one-day meetin"]


async def test_a_click_on_a_name_makes_it_current() -> None:
    app = ReadingApp()
    async with app.run_test(size=(80, 40)) as pilot:
        app.reader.show(stored(seed_text()))
        await pilot.pause()
        x, y = app.find("Sergei Lavrov")
        await pilot.click(ReaderView, offset=(x + 9, y))
        assert app.reader.current is not None
        assert app.reader.current.entity == "Sergei Lavrov"
        assert [each.mention for each in app.heard if isinstance(each, ReaderView.NameClicked)] == [app.reader.current]
        x, y = app.find("have pledged")
        await pilot.click(ReaderView, offset=(x, y))
        assert app.reader.current.entity == "Sergei Lavrov"
        await pilot.click(ReaderView, offset=(0, y))
        await pilot.click(ReaderView, offset=(79, 0))


async def test_the_wheel_scrolls() -> None:
    app = ReadingApp()
    async with app.run_test(size=SIZE) as pilot:
        app.reader.show(stored(seed_text()))
        await pilot.pause()
        app.reader._scroll_down_for_pointer(animate=False)
        assert app.reader.position > 0
        assert app.reader.allow_vertical_scroll


async def test_lines_are_drawn_once_and_again_when_they_look_different() -> None:
    app = ReadingApp()
    async with app.run_test(size=(80, 40)) as pilot:
        reader = app.reader
        reader.show(stored(seed_text()))
        await pilot.pause()
        before = [reader.render_line(y) for y in range(40)]
        assert all(reader.render_line(y) is strip for y, strip in enumerate(before))
        reader.move_name(1, Group.PERSON)
        changed = [y for y, strip in enumerate(before) if reader.render_line(y) is not strip]
        assert changed
        assert len(changed) <= 3
        app.theme = "textual-light"
        await pilot.pause()
        assert reader.palette.name == "light"
        assert all(reader.render_line(y) is not strip for y, strip in enumerate(before))
        await pilot.resize_terminal(70, 40)
        assert all(reader.render_line(y).cell_length == 70 for y in range(40))


async def test_a_theme_of_sixteen_colours_names_them() -> None:
    app = ReadingApp("ansi-dark")
    async with app.run_test(size=(80, 40)):
        app.reader.show(stored(seed_text()))
        assert app.reader.palette.name == "ansi"
        assert "magenta" in app.look_of("Sergei")


async def test_emoji_lose_their_modifiers_where_asked() -> None:
    app = ReadingApp()
    async with app.run_test(size=SIZE) as pilot:
        await app.reader.remove()
        await app.mount(ReaderView(base_only=True))
        await pilot.pause()
        app.reader.show(stored("Thumbs\n\nup 👍🏽 and ❤\ufe0f now"))
        assert "up 👍 and ❤ now" in app.lines()[3]


async def test_the_measure_can_be_changed() -> None:
    app = ReadingApp()
    async with app.run_test(size=(140, 24)):
        app.reader.show(stored(seed_text()))
        assert max(len(line.rstrip()) for line in app.lines()) <= 74
        app.reader.measure = 50
        assert max(len(line.rstrip()) for line in app.lines()) <= 52
        app.reader.centred = True
        assert app.lines()[0].startswith(" " * 45)
