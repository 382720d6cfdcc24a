"""The list of all names: searched as one types, by kind and order, of the library or of the list; several together."""

from __future__ import annotations

import pytest

from store.library import Group
from tests.tui.screens.names import browser, page


async def test_names_are_found_as_one_types(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app() as user:
        shown = await browser(user)
        assert user.sees("People, organisations and places in the whole library", "by articles")
        await user.press("/", *"lav")
        await user.until(lambda: [row.text for row in shown.listed.choices] == ["Sergei Lavrov"])
        await user.press("enter", "enter")
        assert (await page(user)).who.name == "Sergei Lavrov"
        await user.press("q", "escape")
        await user.until(lambda: len(shown.listed.choices) > 1)
        await user.press("q")
        assert user.app.screen is user.main


async def test_the_counts_follow_the_list(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app() as user:
        await user.press("f", *"title:kuriles", "enter")
        await user.until(lambda: len(user.main.articles.keys) < 10)
        shown = await browser(user)
        assert user.sees("in the list “title:kuriles”")
        assert max(row.articles for row in shown._found.rows) <= len(user.main.articles.keys)
        before = len(shown.listed.choices)
        await user.press("L")
        await user.until(lambda: user.sees("in the whole library") and len(shown.listed.choices) > before)
        await user.press("L")
        await user.until(lambda: user.sees("in the list") and len(shown.listed.choices) == before)


async def test_without_a_filter_there_is_nothing_to_switch(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app() as user:
        await browser(user)
        await user.press("L")
        assert user.sees("the list shows the whole library")


async def test_several_names_find_the_articles_with_all_of_them(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app() as user:
        shown = await browser(user)
        await user.press("/", *"shinzo", "enter")
        await user.until(lambda: [row.text for row in shown.listed.choices] == ["Shinzo Abe"])
        await user.press("space", "/", *["backspace"] * 6, *"putin", "enter")
        await user.until(lambda: [row.text for row in shown.listed.choices] == ["Vladimir Putin"])
        await user.press("space")
        assert user.sees("2 marked: Shinzo Abe, Vladimir Putin")
        await user.press("F")
        await user.until(lambda: user.app.screen is user.main)
        assert user.main.filter == 'person:="Shinzo Abe" person:="Vladimir Putin"'
        await user.until(lambda: 0 < len(user.main.articles.keys) < 10)


async def test_kinds_and_orders(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app() as user:
        shown = await browser(user)
        await user.press("o", "enter", "q")
        await user.until(lambda: {row.kind for row in shown._found.rows} == {"organisation", "place"})
        assert user.sees("Organisations and places")
        for order in ("by mentions", "newest first", "by name"):
            await user.press("s")
            await user.until(lambda order=order: user.sees(order))
        await user.until(lambda: [row.name for row in shown._found.rows] == sorted(
            (row.name for row in shown._found.rows), key=str.casefold
        ))  # fmt: skip
        assert Group.PERSON not in shown.kinds


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (50, 20), (40, 12)], ids=str)
async def test_it_works_at_every_size(run_app, size) -> None:  # type: ignore[no-untyped-def]
    async with run_app(size) as user:
        shown = await browser(user)
        await user.press("/", *"lav", "enter")
        await user.until(lambda: user.sees("Sergei Lavrov", "pers"))
        assert shown.listed.size.height >= 5


async def test_more_names_come_as_one_scrolls(run_app, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr("tui.screens.names.browser.PAGE", 20)
    async with run_app((80, 24)) as user:
        shown = await browser(user)
        shown._limit = 20
        shown.look()
        await user.until(lambda: len(shown.listed.choices) == 20)
        assert user.sees("20 names and more")
        await user.press("G")
        await user.until(lambda: len(shown.listed.choices) > 20)
        assert shown.listed.chosen.value == shown._found.rows[19].key


async def test_what_the_index_has_got_is_shown(run_app) -> None:  # type: ignore[no-untyped-def]
    from store.library import Corrected

    async with run_app() as user:
        shown = await browser(user)
        asked = shown._asked
        await user.press("j", "j")
        cursor = shown.listed.chosen
        user.main.heard(Corrected(texts=3))
        await user.until(lambda: shown._asked > asked)
        await user.pilot.pause()
        assert shown.listed.chosen == cursor


async def test_names_are_found_by_the_users_tags(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app((80, 24)) as user:
        shown = await browser(user)
        await user.press("/", *"lav", "enter")
        await user.until(lambda: [row.text for row in shown.listed.choices] == ["Sergei Lavrov"])
        await user.press("t", *"minister", "enter")
        await user.until(lambda: user.sees("Sergei Lavrov  #minister"))
        await user.press("escape", "/", *"#min", "enter")
        await user.until(lambda: [row.text for row in shown.listed.choices] == ["Sergei Lavrov  #minister"])
        await user.press("enter")
        assert (await page(user)).card.articles == 3
        await user.press("q", "/", *["backspace"] * 4, *"#x", "enter")
        assert user.sees("no name bears such a tag")
