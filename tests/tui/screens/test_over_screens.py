"""`:` and `;` do on every screen what they do on the main one."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import pytest

from tests.tui.screens.conftest import Driver
from tests.tui.screens.names import browser, likely, on_page, page
from tui.commands.over import KEYS, LEADS, SCREENS, STAYS, own, reaches
from tui.commands.registry import BY_ID, COMMANDS
from tui.screens.history import HistoryScreen
from tui.screens.names.browser import EntitiesScreen
from tui.screens.names.map import MapScreen
from tui.screens.notes.screen import NotesScreen
from tui.screens.palette import PaletteScreen
from tui.screens.tags import TagsScreen
from tui.widgets.choice_list import ChoiceList

RunApp = Callable[..., AbstractAsyncContextManager[Driver]]


async def write(user: Driver, text: str, *keys: str) -> None:
    """Write on the command line."""
    await user.press(":")
    await user.until(lambda: isinstance(user.app.screen, PaletteScreen), "the command line")
    await user.press(*text, *keys)


async def labelled(user: Driver) -> object:
    """Label the screen, and return its labels."""
    await user.press(";")
    await user.until(lambda: user.app.screen.labels is not None, "labels")
    assert user.sees("type the letters of a label")
    return user.app.screen.labels


def label_of(labels, row: int, pane: object = None) -> str:  # type: ignore[no-untyped-def]
    return next(
        label for label, one in labels._targets.items() if one.place == row and (pane is None or one.pane is pane)
    )


def test_what_is_reached_is_declared_for_every_command() -> None:
    for context in SCREENS:
        for command in COMMANDS:
            reached = command in own(context) or command.id in KEYS | STAYS | LEADS
            assert reaches(command, context) == reached, (context, command.id)
    # What would change an article that is not in sight is not reached.
    of_articles = [BY_ID[one] for one in ("tag.edit", "mark.star", "note.write", "copy.text")]
    assert not any(reaches(one, context) for one in of_articles for context in SCREENS)


async def test_the_line_offers_what_can_be_done_on_the_screen_first(run_app: RunApp) -> None:
    async with run_app((120, 40)) as user:
        names = await browser(user)
        await write(user, "")
        rows = [one.text for one in user.app.screen.query_one(ChoiceList).choices]
        assert rows[0] == BY_ID["entity.open"].title and BY_ID["entity.kind"].title in rows
        assert BY_ID["look.theme"].title in rows and BY_ID["mark.star"].title not in rows
        await user.press(*"star")
        assert user.sees("“star” is for the main screen")
        await user.press("esc")
        assert user.app.screen is names
        await write(user, "order", "enter")
        await user.until(lambda: names.order == "mentions", "done on the screen")
        # A key that is text stays text.
        await user.press("/", ":", ";")
        await user.until(lambda: names.words == ":;", "searched for")
        await user.press("esc", "esc")
        await write(user, "q", "enter")
        await user.until(lambda: user.app.screen is user.main, "closed")


async def test_arguments_are_for_the_screen_and_the_rest_leads_where_it_belongs(run_app: RunApp) -> None:
    async with run_app((120, 40)) as user:
        shown = await on_page(user)
        await write(user, "tag +leader", "enter")
        await user.until(lambda: user.app.library.entity_record(shown.who.key), "tagged")
        assert user.app.library.entity_record(shown.who.key).tags == ("leader",) and user.app.screen is shown
        await write(user, "set width 60", "enter")
        await user.until(lambda: user.main.reader.measure == 60, "set")
        assert user.app.screen is shown
        await write(user, "undo", "enter")
        await user.until(lambda: user.app.library.entity_record(shown.who.key) is None, "undone")
        await write(user, "filter japan", "enter")
        await user.until(lambda: user.app.screen is user.main and user.main.filter == "japan", "the list, filtered")
        await user.press("esc", "B")
        await user.until(lambda: isinstance(user.app.screen, NotesScreen), "notes")
        await write(user, "tags", "enter")
        await user.until(lambda: isinstance(user.app.screen, TagsScreen), "the tags")
        # What was written comes back on every screen.
        await write(user, "", "up", "up", "enter")
        await user.until(lambda: user.app.screen is user.main, "the list, filtered again")


@pytest.mark.parametrize("size", [(120, 40), (50, 20)])
async def test_rows_are_labelled_and_opened_by_their_letters(run_app: RunApp, size: tuple[int, int]) -> None:
    async with run_app(size) as user:
        names = await browser(user)
        assert names.listed.cursor == 0
        labels = await labelled(user)
        wanted = names.listed.choices[2]
        await user.press(*label_of(labels, 2))
        shown = await page(user)
        assert shown.who.key == wanted.value and names.labels is None
        labels = await labelled(user)
        assert {one.pane for one in labels._targets.values()} <= {shown.mentions, shown.others}
        if size[0] > 100:
            # Labels are on both lists, and a row of the other one is gone to.
            other = shown.others.choices[label := min(
                one.place for one in labels._targets.values() if one.pane is shown.others)].value  # fmt: skip
            await user.press(*label_of(labels, label, shown.others))
            await user.until(lambda: user.app.screen.who.key == other, "the page of the other")
        else:
            await user.press("esc")
        assert user.app.screen.labels is None
        await user.press("q")
        await user.until(lambda: user.app.screen is names, "closed")
        assert names.listed.cursor == 2


async def test_pairs_the_map_and_changes_have_labels(run_app: RunApp) -> None:
    async with run_app((120, 40)) as user:
        await write(user, "merge", "enter")
        pairs = await likely(user)
        labels = await labelled(user)
        assert len(labels._targets) == 2
        name = pairs._pair.second.name
        await user.press(label_of(labels, 0, pairs.query_one("#second")))
        await user.until(lambda: user.app.screen is not pairs and user.app.screen.who.name == name, "a page")
        await user.press("q")
        await user.until(lambda: user.app.screen is pairs)
        await user.press(";", "down")
        assert pairs.labels is None, "another key does what it does, and the labels go"
        await write(user, "map", "enter")
        await user.until(lambda: isinstance(user.app.screen, MapScreen), "the map")
        await write(user, "entities", "enter")
        await user.until(lambda: isinstance(user.app.screen, EntitiesScreen), "all names")
        await user.press("q", "s")
        await user.saved()
        await user.press("U")
        await user.until(lambda: isinstance(user.app.screen, HistoryScreen), "changes")
        labels = await labelled(user)
        await user.press(label_of(labels, 0))
        # Undoing wants its own key: a label only goes there.
        assert user.app.screen.listed.cursor == 0 and user.main.library.history()[0].undone is False


async def test_what_has_a_key_on_every_screen_is_done_there_by_name_as_well(run_app: RunApp) -> None:
    async with run_app((120, 40)) as user:
        names = await browser(user)
        await write(user, "hints", "enter")
        await user.until(lambda: user.app.screen is names and names.labels is not None, "labels on the names")
