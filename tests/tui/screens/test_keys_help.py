"""`?` tells the keys of where one is, first its own, and does what is chosen there."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import pytest

from store.config import Config
from tui.commands.command import BELOW, Context
from tui.commands.registry import BY_ID, COMMANDS
from tui.keymap import Keymap
from tui.screens.keys_help import KeysScreen, key_rows
from tui.widgets.choice_list import Choice

Run = Callable[..., AbstractAsyncContextManager]  # type: ignore[type-arg]


def rows(context: Context, room: int = 74) -> list[Choice]:
    return key_rows((context, *BELOW.get(context, ())), Keymap().keys_of, room)


def under(told: list[Choice], heading: str) -> list[str]:
    """Return the lines from one heading to the next."""
    start = next(at for at, row in enumerate(told) if row.heading and row.text == heading)
    end = next((at for at in range(start + 1, len(told)) if told[at].heading), len(told))
    return [row.text for row in told[start + 1 : end]]


@pytest.mark.parametrize("context", [Context.LIST, Context.READER, Context.PANEL, Context.SELECTION, Context.NOTE])
def test_the_panes_own_keys_come_first_then_those_that_work_anywhere(context: Context) -> None:
    headings = [row.text for row in rows(context) if row.heading]
    assert headings[0].casefold() == context.casefold()
    last_own = max(at for at, text in enumerate(headings) if not text.startswith(("Anywhere", "Elsewhere")))
    first_elsewhere = next(at for at, text in enumerate(headings) if text.startswith("Elsewhere"))
    anywhere = [at for at, text in enumerate(headings) if text.startswith("Anywhere")]
    assert last_own < min(anywhere) and max(anywhere) < first_elsewhere


def test_a_key_is_not_told_of_where_something_before_it_has_it() -> None:
    told = under(rows(Context.SELECTION), "Reader")
    assert not any(line.startswith(("w ", "b ")) for line in told)
    assert any(line.startswith("*") for line in told)


@pytest.mark.parametrize("room", [40, 74])
@pytest.mark.parametrize("context", list(Context))
def test_every_command_is_told_of_once_in_lines_that_fit(context: Context, room: int) -> None:
    told = rows(context, room)
    assert all(len(row.text) <= room for row in told if not row.heading)
    ids = [row.search for row in told if row.search]
    own = {one.id for one in COMMANDS if context in one.contexts and one.keys}
    assert own <= set(ids) and len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("keys", "title", "line"),
    [
        ((), "Keys: list", "Open the article"),
        (("enter",), "Keys: reader", "Read on by a page"),
        (("enter", "v"), "Keys: selection", "Select a sentence more"),
        (("E",), "Keys: all names", "Open the article at this"),
        (("g", "m"), "Keys: map", "Open the article at this"),
        (("B",), "Keys: list of notes", "Open the article at the"),
        (("ctrl+t",), "Keys: your tags", "Show the articles with"),
        (("U",), "Keys: your changes", "Undo this change alone"),
        (("ctrl+x",), "Keys: your corrections", "Go to the place"),
    ],
)
async def test_each_screen_tells_its_keys_on_a_small_terminal(
    run_app: Run, keys: tuple[str, ...], title: str, line: str
) -> None:
    async with run_app((50, 20)) as user:
        await user.own_article()
        for key in keys:
            await user.press(key)
        await user.press("?")
        await user.until(lambda: isinstance(user.app.screen, KeysScreen), "the keys")
        assert user.sees(title, line, "/ search")
        await user.press("q")
        assert not isinstance(user.app.screen, KeysScreen)


async def test_what_is_searched_for_keeps_its_lines_together_and_enter_does_it(run_app: Run) -> None:
    async with run_app((50, 20)) as user:
        await user.own_article()
        await user.press("?", "/", *"star take")
        assert user.sees("Star the article, or take the", "star off") and not user.sees("Move down")
        await user.press("enter", "enter")
        await user.until(lambda: user.app.library.marks(user.main.opened.stored.article.id).starred)


async def test_it_is_found_by_its_id_and_does_on_another_screen_what_is_chosen(run_app: Run) -> None:
    async with run_app() as user:
        await user.press("ctrl+t", "?", "/", *"tags.order", "enter", "enter")
        await user.until(lambda: user.sees("by count"))


async def test_it_tells_the_keys_that_one_has_set(run_app: Run) -> None:
    own = {"overlay.search": "s", "open.reader": ["X"], "overlay.close": ["x"]}
    async with run_app(config=Config(keys=own)) as user:
        await user.press("?")
        assert user.sees("s searches", "x closes", "X                 Open the article")
        await user.press("x")
        assert user.app.screen is user.main
        assert user.app.keys_of(BY_ID["open.reader"]) == ("X",)


async def test_its_lines_are_broken_anew_when_the_terminal_changes(run_app: Run) -> None:
    async with run_app((120, 30)) as user:
        await user.press("?")
        assert user.sees("Show the folded copies of this article beneath it, or fold")
        await user.pilot.resize_terminal(50, 20)
        await user.press("/", *"folded")
        await user.until(lambda: user.sees("Show the folded copies of"))
        assert "…" not in "".join(line[2:40] for line in user.text().splitlines()[3:8])


@pytest.mark.parametrize("context", [Context.NOTES, Context.ENTITY])
def test_help_names_the_keys_that_a_command_has_in_its_own_place(context: Context) -> None:
    told = " ".join(" ".join(under(rows(context), "On every screen")).split())
    assert "tab completes, up brings back" in told
