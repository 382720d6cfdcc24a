"""Labels stay with what they were laid on, and while they lie there, keys and footer are theirs."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from store.library import DeleteTag, Tag
from tests.tui.screens.conftest import Driver
from tests.tui.screens.names import browser
from tui.screens.keys_help import KeysScreen
from tui.screens.tags import TagsScreen
from tui.widgets.choice_list import ChoiceList
from tui.widgets.lines import KeyFooter

RunApp = Callable[..., AbstractAsyncContextManager[Driver]]


async def tags_labelled(user: Driver) -> dict[str, str]:
    """Tag the article, label the tags, and return the label of each."""
    target = user.main.opened.target(user.app.library)
    await user.until(user.app.library.change(Tag((target,), add=("amber", "blue", "coral"))).done, "tagged")
    await user.press("ctrl+t")
    await user.until(lambda: isinstance(user.app.screen, TagsScreen) and user.sees("coral"), "the tags")
    await user.press(";")
    await user.until(lambda: user.app.screen.labels is not None, "labels")
    rows = user.app.screen.query_one(ChoiceList).choices
    return {str(rows[one.place].value): label for label, one in user.app.screen.labels._targets.items()}


async def test_a_label_chooses_what_it_was_laid_on_though_the_rows_have_moved(run_app: RunApp) -> None:
    async with run_app() as user:
        labels = await tags_labelled(user)
        tags = user.app.screen
        await user.until(user.app.library.change(DeleteTag("amber")).done, "deleted elsewhere")
        await user.press(*labels["coral"])
        await user.until(lambda: user.app.screen is not tags, "chosen")
        assert user.main.view.query == "tag:coral"


async def test_the_label_of_a_row_that_is_gone_chooses_nothing(run_app: RunApp) -> None:
    async with run_app() as user:
        labels = await tags_labelled(user)
        tags = user.app.screen
        await user.until(user.app.library.change(DeleteTag("coral")).done, "deleted elsewhere")
        await user.press(*labels["coral"])
        await user.pilot.pause(0.1)
        assert user.app.screen is tags and tags.labels is None


async def test_while_labels_lie_there_the_footer_tells_their_keys(run_app: RunApp) -> None:
    async with run_app() as user:
        names = await browser(user)
        await user.press(";")
        await user.until(lambda: names.labels is not None, "labels")
        assert str(names.query_one(KeyFooter).render()).strip().startswith("a-z go there")
        await user.press("escape")
        assert names.labels is None and user.app.screen is names


async def test_what_works_on_every_screen_does_so_from_the_list_of_keys_too(run_app: RunApp) -> None:
    async with run_app() as user:
        names = await browser(user)
        await user.press("?")
        await user.until(lambda: isinstance(user.app.screen, KeysScreen), "the keys")
        rows = user.app.screen.query_one(ChoiceList)
        rows.cursor = next(at for at, row in enumerate(rows.choices) if row.value == "hint.begin")
        await user.press("enter")
        await user.until(lambda: user.app.screen is names and names.labels is not None, "labels on the names")
