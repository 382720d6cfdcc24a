"""Boxes over a screen: what they say fits, the footer tells their keys, and the row under the cursor is seen."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime

import pytest
from textual.containers import VerticalScroll
from textual.widgets import Static

from store.annotations.records import DocumentId
from store.library import Note, NoteId
from tui.commands.command import Context
from tui.screens.box import Box
from tui.screens.choose import ChooseScreen
from tui.screens.notes.texts import TextsScreen
from tui.widgets.choice_list import Choice, ChoiceList
from tui.widgets.lines import KeyFooter

Run = Callable[..., AbstractAsyncContextManager]  # type: ignore[type-arg]


def footer(user) -> str:
    """Return the keys that the footer in sight tells."""
    return str(user.main.query_one(KeyFooter).render()).strip()


@pytest.mark.parametrize(
    ("key", "told", "heading"),
    [("?", "j k move  / search  ⏎ do it  q close", "q closes"), (":", "⏎ run  tab complete", "enter runs"),
     ("o", "⏎ take  ↓ ↑ move  esc close", "esc closes")],
)  # fmt: skip
async def test_at_40_columns_a_box_says_whole_words_and_the_footer_tells_its_keys(
    run_app: Run, key: str, told: str, heading: str
) -> None:
    async with run_app((40, 24)) as user:
        before = footer(user)
        await user.press(key)
        await user.until(lambda: isinstance(user.app.screen, Box) and footer(user) != before, "the box")
        assert footer(user).startswith(told)
        title = user.app.screen.query(Static).first()
        assert heading in str(title.render()) and len(str(title.render())) <= title.size.width
        await user.press("escape")
        await user.until(lambda: footer(user) == before, "the pane's own keys again")


async def test_a_box_that_is_led_away_from_gives_the_footer_back(run_app: Run) -> None:
    async with run_app((80, 24)) as user:
        before = footer(user)
        await user.press("?")
        await user.until(lambda: footer(user) != before, "the keys")
        await user.press(":")
        await user.until(lambda: footer(user).startswith("⏎ run"), "the command line")
        await user.press(*"order title", "enter")
        await user.until(lambda: user.app.screen is user.main, "led to the list")
        assert footer(user) == before


async def test_a_box_over_a_box_gives_the_footer_back_to_it(run_app: Run) -> None:
    async with run_app((80, 24)) as user:
        before = footer(user)
        for _ in range(2):
            user.main.choose("Theme", [Choice("dark", "dark")], Context.CHOICE)
            await user.pilot.pause()
        await user.press("escape")
        assert footer(user).startswith("⏎ take")
        await user.press("escape")
        assert footer(user) == before


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_the_row_under_the_cursor_is_seen_to_the_last(run_app: Run, size: tuple[int, int]) -> None:
    rows = [Choice(f"row {number}", number) for number in range(60)]
    for context in (Context.CHOICE, Context.OVERLAY):
        async with run_app(size) as user:
            user.main.choose("Rows", rows, context)
            await user.until(lambda: getattr(user.app.screen, "laid_out", False), "the box")
            user.app.screen.query_one(ChoiceList).move(10**6)
            await user.until(lambda: user.sees(">row 59", "╰"), "the last row, and the box's last line")


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_two_long_texts_are_scrolled_within_their_box_and_their_keys_are_told(
    run_app: Run, size: tuple[int, int]
) -> None:
    now, body = datetime.now(UTC), "\n\n".join(f"Question {number}?" for number in range(40))
    first, second = (Note(NoteId(name), DocumentId("0"), f"{name} {body}", now, now, 1) for name in ("one", "two"))
    async with run_app(size) as user:
        user.app.push_screen(TextsScreen(first, second))
        await user.until(lambda: footer(user).startswith("1 keep 1  2 keep 2"), "the keys of the box")
        assert user.sees("1  saved", "2  saved", "╰")
        for page in user.app.screen.query(VerticalScroll):
            assert page.max_scroll_y > 0 and page.region.bottom < size[1] - 1


async def test_counts_that_come_for_a_box_that_is_closing_change_nothing(run_app, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    async with run_app() as user:
        await user.press("o")
        box = user.app.screen
        assert isinstance(box, ChooseScreen)
        await user.press("escape")
        # Textual takes a closed screen apart bit by bit: it is attached when its list has gone.
        monkeypatch.setattr(ChooseScreen, "is_attached", True)
        box.refill(())
