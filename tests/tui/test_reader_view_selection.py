"""What is selected is what is seen, and no control comes along."""

from __future__ import annotations

import pytest
from reading import ReadingApp, seed_text, stored
from textual.geometry import Offset
from textual.selection import Selection

from tui.widgets.reader_view import ReaderView

SIZE = (80, 40)


async def drag(pilot: object, start: tuple[int, int], end: tuple[int, int]) -> None:
    await pilot.mouse_down(ReaderView, offset=start)  # type: ignore[attr-defined]
    await pilot.hover(ReaderView, offset=end)  # type: ignore[attr-defined]
    await pilot.mouse_up(ReaderView, offset=end)  # type: ignore[attr-defined]


async def test_a_drag_selects_what_lies_between() -> None:
    app = ReadingApp()
    async with app.run_test(size=SIZE) as pilot:
        app.reader.show(stored(seed_text()))
        await pilot.pause()
        start, end = app.find("have pledged"), app.find("chain of islands")
        await drag(pilot, start, (end[0] + len("chain") - 1, end[1]))
        assert app.screen.get_selected_text() == (
            "have pledged closer economic and security cooperation in so-called “two-plus-two” talks as they look "
            "to end a decades-long dispute over a small chain"
        )
        assert app.reader.selected is not None
        assert app.reader.current is None


async def test_a_drag_backwards_and_across_paragraphs_leaves_out_margins_and_blank_lines() -> None:
    app = ReadingApp()
    async with app.run_test(size=SIZE) as pilot:
        app.reader.show(stored(seed_text()))
        await pilot.pause()
        start, end = app.find("Sergei"), app.find("initial")
        await drag(pilot, (start[0] + 5, start[1]), end)
        assert app.screen.get_selected_text() == (
            "initial gathering in November 2013.\n\nRussian Foreign Minister Sergei"
        )
        _, y = app.find("The one-day")
        await drag(pilot, (0, y), (79, y))
        assert app.screen.get_selected_text() == app.lines()[y].strip()


async def test_a_single_wide_or_combined_character_is_selected_whole() -> None:
    app = ReadingApp()
    async with app.run_test(size=SIZE) as pilot:
        text = "Headline\n\n東京 e\u0301te\u0301 and 👨\u200d👩\u200d👧 here"
        app.reader.show(stored(text, ()))
        await pilot.pause()
        await drag(pilot, (4, 3), (5, 3))
        assert app.screen.get_selected_text() == "京"
        await drag(pilot, (2, 3), (40, 3))
        assert app.screen.get_selected_text() == text.partition("\n\n")[2]


async def test_selected_text_is_marked_and_the_mark_goes() -> None:
    app = ReadingApp()
    async with app.run_test(size=SIZE) as pilot:
        app.reader.show(stored(seed_text()))
        await pilot.pause()
        before = app.look_of("closer")
        start = seed_text().index("closer")
        app.reader.select(start, start + 6)
        await pilot.pause()
        assert app.look_of("closer") != before
        assert app.look_of("economic") == before
        assert app.reader.selected_text == "closer"
        app.reader.clear_selection()
        await pilot.pause()
        assert app.look_of("closer") == before
        assert app.reader.selected_text == ""


async def test_a_selection_stays_on_its_words_when_the_width_changes() -> None:
    app = ReadingApp()
    async with app.run_test(size=SIZE) as pilot:
        app.reader.show(stored(seed_text()))
        start = seed_text().index("closer")
        app.reader.select(start, start + 200)
        chosen = app.reader.selected_text
        for width in (30, 120, 80):
            await pilot.resize_terminal(width, 40)
            assert app.reader.selected == (start, start + 200)
            assert app.screen.get_selected_text() == chosen


async def test_another_article_is_not_selected() -> None:
    app = ReadingApp()
    async with app.run_test(size=SIZE) as pilot:
        app.reader.show(stored(seed_text()))
        app.reader.select(0, 20)
        app.reader.show(stored("another\n\ntext", ()))
        await pilot.pause()
        assert app.reader.selected is None
        assert not app.screen.get_selected_text()


async def test_all_of_it_can_be_selected() -> None:
    app = ReadingApp()
    async with app.run_test(size=SIZE):
        text = seed_text()
        app.reader.show(stored(text))
        app.reader.selection_updated(Selection(None, None))
        assert " ".join(app.reader.selected_text.split()) == " ".join(text.split())
        app.reader.selection_updated(Selection(Offset(3, 0), Offset(5, 10**6)))
        assert app.reader.selected == (1, len(text))


async def test_a_double_click_beside_a_name_selects_the_sentence() -> None:
    app = ReadingApp()
    async with app.run_test(size=SIZE) as pilot:
        app.reader.show(stored(seed_text()))
        await pilot.pause()
        x, y = app.find("was the first")
        await pilot.click(ReaderView, offset=(x, y), times=2)
        assert app.reader.selected_text.startswith("The one-day meeting")
        assert app.reader.selected_text.endswith("November 2013.")


@pytest.mark.parametrize("late", [False, True])
async def test_signs_of_places_are_seen_and_not_copied(monkeypatch: pytest.MonkeyPatch, late: bool) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = ReadingApp()
    async with app.run_test(size=SIZE) as pilot:
        article = stored(seed_text())
        app.reader.show(stored(seed_text(), ()) if late else article)
        if late:
            app.reader.set_mentions(article.mentions)
        await pilot.pause()
        x, y = app.find("Japan°and Russia°have" if late else "Japan° and Russia° have")
        await drag(pilot, (x, y), (x + (19 if late else 21), y))
        assert app.screen.get_selected_text() == "Japan and Russia hav"
        await drag(pilot, (x, y), (x + 5, y))
        assert app.screen.get_selected_text() in ("Japan", "Japan ")


async def test_without_colour_people_are_underlined_and_organisations_bold_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = ReadingApp()
    async with app.run_test(size=SIZE):
        app.reader.show(stored(seed_text()))
        assert app.reader.palette.name == "mono"
        assert "underline" in app.look_of("Shinzo")
        assert "bold" not in app.look_of("Shinzo").replace("not bold", "")
        assert {"bold", "underline"} <= set(app.look_of("Radio Free").split())
        assert "°" in app.lines()[0]
