"""The order of the list and its groups: chosen, shown, kept; headings are no rows."""

from __future__ import annotations

import pytest

from store.config import Config


def titles(user) -> list[str]:  # type: ignore[no-untyped-def]
    articles = user.main.articles
    return [articles.row(at).title for at in range(len(articles.keys))]


async def choose(user, words: str) -> None:  # type: ignore[no-untyped-def]
    await user.press("O", *words, "enter")
    await user.until(lambda: user.app.screen is user.main)
    await user.pilot.pause()


def plain(title: str) -> str:
    return title.lower().lstrip("\"'“‘([")


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (50, 20)])
async def test_an_order_is_chosen_shown_and_kept(run_app, size) -> None:
    async with run_app(size) as user:
        here = user.main.articles.current.key
        await choose(user, "sort:title")
        await user.until(lambda: titles(user) == sorted(titles(user), key=plain))
        assert user.main.articles.current.key == here
        assert user.sees("by title") or size[0] < 60
        user.app.leave()
    async with run_app(size) as user:
        await user.until(lambda: titles(user) == sorted(titles(user), key=plain))


async def test_a_query_that_says_its_order_goes_over_the_chosen_one(run_app) -> None:
    async with run_app() as user:
        await choose(user, "sort:title")
        await user.press("f", *"sort:words", "enter")
        await user.until(lambda: user.sees("longest first"))
        # What is chosen takes the place of what the filter says.
        await choose(user, "sort:date")
        await user.until(lambda: user.sees("newest first"))
        assert user.main.filter == ""


async def test_a_search_is_saved_with_the_order_that_its_list_has(run_app) -> None:
    async with run_app() as user:
        await choose(user, "sort:title")
        await user.press("f", *"japan", "enter", "S", *"kurils", "enter")
        await user.saved()
        assert [one.query for one in user.app.library.searches()] == ["japan sort:title"]
        await choose(user, "sort:date")
        await user.until(lambda: user.sees("newest first"))
        # Over the saved search's own order the chosen one stands in the filter, where it shows.
        assert user.main.filter == "sort:date"


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (50, 20)])
async def test_headings_stand_above_the_days_and_keys_skip_them(run_app, size) -> None:
    async with run_app(size) as user:
        await choose(user, "by day")
        await user.until(lambda: user.main.articles.grouped)
        articles = user.main.articles
        days = [articles.row(at).published for at in range(len(articles.keys))]
        await user.press("g", "g")
        assert articles.cursor == 0 and articles.scroll_offset.y == 0
        first = days[0]
        months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        assert user.sees(f"{first.day} {months[first.month - 1]} {first.year} · {days.count(first)}")
        for step in range(1, 5):
            await user.press("j")
            assert articles.cursor == step
        await user.press("G")
        assert articles.cursor == len(articles.keys) - 1 and user.sees("undated") == (days[-1] is None)
        await user.press("g", "g", "]")
        assert days[articles.cursor] != first and days[articles.cursor - 1] == first
        await user.press("[")
        assert articles.cursor == 0
        await user.press("[")
        assert user.sees("no more groups above")


async def test_marks_and_ranges_go_by_articles_in_a_grouped_list(run_app) -> None:
    async with run_app(config=Config(grouping="day")) as user:
        await user.until(lambda: user.main.articles.grouped)
        await user.press("g", "g", "V", "j", "j", "V")
        assert user.main.articles.marked == set(user.main.articles.keys[:3])
        await choose(user, "not grouped")
        await user.until(lambda: not user.main.articles.grouped)
        assert len(user.main.articles.marked) == 3


async def test_folders_are_named_from_the_root_on(run_app) -> None:
    async with run_app() as user:
        await choose(user, "by folder")
        await user.until(lambda: user.main.articles.grouped)
        count = len(user.main.articles.keys)
        assert user.sees(f"seeds/ · {count}")


async def test_a_click_on_a_heading_goes_to_its_first_article(run_app) -> None:
    async with run_app(config=Config(grouping="day")) as user:
        await user.until(lambda: user.main.articles.grouped)
        await user.press("g", "g")
        lines = user.main.articles._lines
        line = lines.line_of(lines.first_of(1)) - 1
        await user.pilot.click("#list", offset=(2, line))
        assert user.main.articles.cursor == lines.first_of(1)
