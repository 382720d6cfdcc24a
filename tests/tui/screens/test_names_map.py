"""The map: where the list is about, or one article; from it to a place's page and to its articles; and when."""

from __future__ import annotations

import pytest

from tests.tui.screens.names import page, with_places
from tui.screens.names.map import MapScreen
from tui.screens.names.map_scope import Scope


@pytest.fixture(autouse=True)
def placed(analysed_seeds, open_app, tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    """Open the seeds with five places that lie somewhere."""
    with_places(analysed_seeds[1], tmp_path / "cache")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


async def opened(user) -> MapScreen:  # type: ignore[no-untyped-def]
    await user.press("g", "m")
    await user.until(lambda: isinstance(user.app.screen, MapScreen) and user.app.screen.listed.choices, "map")
    await user.pilot.pause()
    shown: MapScreen = user.app.screen
    return shown


def coast(user) -> int:  # type: ignore[no-untyped-def]
    return sum("\u2801" <= character <= "\u28ff" for character in user.text())


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (50, 20), (40, 12)], ids=str)
async def test_places_are_on_the_map_and_in_the_list(run_app, size) -> None:  # type: ignore[no-untyped-def]
    async with run_app(size) as user:
        shown = await opened(user)
        assert user.sees("Where: 5 places · the whole li", "articles")
        assert coast(user) > 30
        assert user.text().count("Tokyo") >= 1 and shown.listed.size.height >= 3
        assert {row.text for row in shown.listed.choices} == {"Russia", "Tokyo", "Moscow", "Nairobi", "Rotterdam"}


async def test_in_ascii_nothing_else_is_drawn(run_app) -> None:  # type: ignore[no-untyped-def]
    from store.config import Config

    async with run_app((80, 24), Config(icons="ascii")) as user:
        await opened(user)
        assert coast(user) == 0 and user.text().count(".") > 100 and user.sees("@ ")


async def test_from_the_reader_it_is_of_the_article(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app() as user:
        await user.own_article()
        await user.press("enter")
        shown = await opened(user)
        assert shown.scope is Scope.ARTICLE and user.sees("mentions")
        assert "Nairobi" not in {row.text for row in shown.listed.choices}
        await user.press("L")
        await user.until(lambda: shown.scope is Scope.LIBRARY and len(shown.listed.choices) == 5)
        await user.press("q", "h", "f", *"title:kuriles", "enter")
        await user.until(lambda: len(user.main.articles.keys) < 10)
        shown = await opened(user)
        assert shown.scope is Scope.LIST and user.sees(" · the list “title:kuriles”")


async def test_enter_opens_the_place_and_its_articles_can_be_listed(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app() as user:
        shown = await opened(user)
        name = shown.who.name
        await user.press("enter")
        place = await page(user)
        assert place.who.name == name and user.sees("° N")
        await user.press("q")
        assert user.app.screen is shown
        await user.press("F")
        await user.until(lambda: user.app.screen is user.main)
        assert user.main.filter == f"place:={name}"


async def test_zooming_goes_to_the_place_under_the_cursor(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app() as user:
        shown = await opened(user)
        await user.press("/", *"nairobi", "enter", "escape")
        await user.until(lambda: len(shown.listed.choices) == 5)
        at = [row.text for row in shown.listed.choices].index("Nairobi")
        await user.press(*["j"] * at, *["plus"] * 4)
        window = shown.map._view()
        assert abs(window.lon - 36.8) < 1 and abs(window.lat + 1.3) < 1
        # What lies outside comes in sight with the cursor.
        await user.press("g", "g")
        assert abs(shown.map._view().lon - 36.8) > 1
        await user.press("w")
        assert shown.map._view().spans[0] >= 350
        await user.press("0", "less_than_sign", "circumflex_accent", "minus")
        await user.press("p")
        await user.until(lambda: user.sees("When: "))
        await user.press("p", "p")
        await user.until(lambda: user.sees("Where: "))


async def test_a_time_chosen_in_the_plot_lists_the_articles_that_talk_of_it(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app() as user:
        shown = await opened(user)
        await user.press("p")
        await user.until(lambda: user.sees("TIMES TALKED OF"))
        await user.press("<")
        await user.until(lambda: user.sees("the articles that talk of"))
        query = shown._plotted.query
        assert query.startswith("when:")
        await user.press("F")
        await user.until(lambda: user.app.screen is user.main and user.main.articles.keys)
        assert user.main.filter == query


async def test_names_found_meanwhile_leave_the_map_where_it_is(run_app, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    async with run_app() as user:
        shown = await opened(user)
        await user.press("+", "^")
        before, places = shown.map._view(), shown._places
        monkeypatch.setattr(shown, "_seen", None)
        shown.follow()
        await user.until(lambda: shown._places is not places)
        assert shown.map._view() == before
        await user.press("0")
        assert shown.map._view() != before
