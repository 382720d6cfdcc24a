"""Reading: list beside text, moving, opening, coming back."""

from __future__ import annotations

import pytest

from store.config import Config
from tui.screens.main import reading


async def test_list_text_and_names_are_there_at_once(run_app) -> None:
    async with run_app((120, 40)) as user:
        await user.own_article()
        await user.press("enter")
        assert user.sees(
            "All",
            "WHO",
            "Shinzo Abe",
            "Sergei Lavrov",
            "Special to Radio Free Europe / Radio Liberty",
            "undated",
        )


async def test_the_reader_follows_the_cursor_and_marks_nothing_read(run_app) -> None:
    async with run_app() as user:
        await user.press("g", "g", "j")
        second = user.main.articles.row(1)
        await user.until(lambda: user.main.opened.stored.key == second.key)
        await user.press("j", "k")
        assert not user.app.library.marks(second.id).read


async def test_an_opened_article_is_read_once_its_end_was_seen_and_it_is_left(run_app) -> None:
    async with run_app() as user:
        await user.press("g", "g", "enter")
        first = user.main.opened.stored.article.id
        await user.press("G")
        assert not user.app.library.marks(first).read
        await user.press("J")
        await user.until(lambda: user.app.library.marks(first).read)


async def test_an_article_that_was_only_glanced_at_stays_unread(run_app) -> None:
    async with run_app((100, 20)) as user:
        await user.own_article()
        await user.press("enter")
        own = user.main.opened.stored.article.id
        await user.press("j", "J", "K")
        assert not user.app.library.marks(own).read


async def test_keys_move_between_panes_and_articles(run_app) -> None:
    async with run_app() as user:
        await user.press("g", "g", "l")
        assert user.main.in_reader
        key = user.main.opened.stored.key
        await user.press("J")
        assert user.main.opened.stored.key != key and user.main.in_reader
        await user.press("K")
        assert user.main.opened.stored.key == key
        await user.press("h")
        assert user.main.focused is user.main.articles
        await user.press("tab")
        assert user.main.in_reader
        await user.press("tab")
        assert user.main.focused is user.main.panel


async def test_back_returns_through_places(run_app) -> None:
    async with run_app((100, 20)) as user:
        await user.press("g", "g", "enter", "space")
        first, position = user.main.opened.stored.key, user.main.reader.position
        await user.press("J", "J")
        await user.press("ctrl+o", "ctrl+o")
        assert user.main.opened.stored.key == first
        assert user.main.reader.position == position


async def test_it_comes_back_to_the_same_article_and_line(run_app) -> None:
    async with run_app((100, 20)) as user:
        await user.own_article()
        await user.press("enter", "space")
        position = user.main.reader.position
        assert position > 0
        user.app.leave()
    async with run_app((100, 20)) as user:
        assert user.main.opened.stored.article.title.startswith("Amid China-backed")
        assert user.main.reader.position == position
        assert user.main.in_reader


async def test_words_are_found_and_walked_through(run_app) -> None:
    async with run_app((100, 20)) as user:
        await user.own_article()
        await user.press("enter", "slash", *"kishida", "enter")
        assert user.sees("“kishida”:")
        before = user.main.reader.position
        await user.press("n", "n", "n")
        assert user.main.reader.position > before
        await user.press("escape")
        assert not user.main.reader.has_words


async def test_the_text_alone_shows_nothing_else(run_app) -> None:
    async with run_app() as user:
        await user.press("enter", "z")
        assert not user.sees("VIEWS")
        await user.press("z")
        assert user.sees("VIEWS")


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (50, 20), (40, 12), (300, 90)])
async def test_every_size_shows_list_and_text(run_app, size) -> None:
    async with run_app(size) as user:
        await user.own_article()
        assert user.sees("Amid China")
        await user.press("enter")
        assert user.sees("Japan and Russia")
        if size[0] < 76:
            assert not user.main.articles.display or not user.main.query_one("#sidebar").display
        await user.press("h")
        assert user.sees("Amid China")


async def test_resizing_keeps_the_place(run_app) -> None:
    async with run_app((120, 24)) as user:
        await user.own_article()
        await user.press("enter", "space", "space")
        before = user.main.reader.position
        await user.pilot.resize_terminal(60, 20)
        await user.pilot.pause()
        await user.pilot.resize_terminal(120, 24)
        await user.pilot.pause()
        assert abs(user.main.reader.position - before) < 200


async def test_escape_never_quits(run_app) -> None:
    async with run_app() as user:
        await user.press(*["escape"] * 5)
        assert user.app.is_running and user.sees("q quits")


def test_the_reader_follows_after_a_short_pause() -> None:
    assert 0.1 <= reading.FOLLOW_AFTER <= 0.15
    assert reading.pause(since=0.2, far=False) == reading.FOLLOW_AFTER


def test_a_single_step_is_followed_before_a_second_could_come_but_not_over_a_slow_line() -> None:
    assert reading.pause(since=1.0, far=False) <= 0.05
    assert reading.pause(since=1.0, far=True) == reading.FOLLOW_AFTER


async def test_it_comes_back_to_an_article_beyond_the_first_page(run_app, monkeypatch) -> None:
    from store.library import Library

    async with run_app() as user:
        await user.press("G", "enter")
        last = user.main.opened.stored.key
        user.app.leave()
    page = Library.first_page
    monkeypatch.setattr(Library, "first_page", lambda self, limit=200: page(self, 3))
    async with run_app() as user:
        await user.until(lambda: user.main.articles.cursor == len(user.main.articles.keys) - 1)
        assert user.main.opened.stored.key == last


async def test_what_was_chosen_to_be_highlighted_and_the_theme_stay_chosen(run_app) -> None:
    async with run_app() as user:
        await user.press("i", "enter", "q", ":", *"theme: light", "enter")
        await user.until(lambda: user.app.theme == "dateline-light")
        user.app.leave()
    async with run_app() as user:
        assert "person" not in user.main.names_shown and "place" in user.main.names_shown
        assert user.app.theme == "dateline-light"


async def test_the_config_decides_what_was_not_chosen(run_app) -> None:
    async with run_app(config=Config()) as user:
        user.app.leave()
    async with run_app(config=Config(theme="light", shown=("person",))) as user:
        assert user.app.theme == "dateline-light" and user.main.names_shown == {"person"}
