"""Keys that one has set, or knows from another program, work as they are told of."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import pytest

from store.config import Config
from store.errors import ConfigError
from tui.app import ReaderApp
from tui.commands.registry import BY_ID, COMMANDS

Run = Callable[..., AbstractAsyncContextManager]  # type: ignore[type-arg]


def reads(user) -> list[bool]:  # type: ignore[no-untyped-def]
    articles = user.main.articles
    return [user.app.library.marks(articles.row(row).id).read for row in range(len(articles.keys))]


async def test_one_who_knows_newsboat_reads_marks_and_leaves_as_there(run_app: Run) -> None:
    async with run_app(config=Config(keys={"preset": "newsboat"})) as user:
        await user.press("home", "enter")
        assert user.main.in_reader
        await user.press("N")
        await user.saved()
        assert reads(user)[0]
        await user.press("q")
        assert not user.main.in_reader and user.app.is_running
        await user.press("F", *"japan", "enter")
        await user.until(lambda: 0 < len(user.main.articles.keys) < 10, "filtered")
        filtered = len(user.main.articles.keys)
        await user.press("A")
        await user.saved()
        assert all(reads(user)) and user.sees("Marked")
        await user.press("ctrl+f")
        assert user.sees("filter taken off")
        await user.until(lambda: len(user.main.articles.keys) > filtered, "all again")
        assert not all(reads(user))
        await user.press("A")
        await user.until(lambda: all(reads(user)), "marked")
        await user.press("g")
        assert user.sees("Order")


async def test_marking_more_than_a_screenful_read_asks_first(run_app: Run) -> None:
    async with run_app((80, 12), config=Config(keys={"mark.all-read": "H"})) as user:
        await user.press("H")
        assert user.sees("H again or y: mark read") and not any(reads(user))
        await user.press("y")
        await user.saved()
        assert all(reads(user))
        await user.press("H", "H")
        assert user.sees("all of them are read")


async def test_a_key_taken_away_does_nothing_and_a_sequence_does(run_app: Run) -> None:
    async with run_app(config=Config(keys={"mark.star": ["g s"], "mark.read": []})) as user:
        await user.press("g", "g", "s", "r", "g", "s")
        await user.saved()
        marks = user.app.library.marks(user.main.articles.row(0).id)
        assert marks.starred and not marks.read


def test_keys_that_are_wrong_refuse_the_start_and_name_the_file(open_app: Callable[..., ReaderApp]) -> None:
    with pytest.raises(ConfigError, match=r"config\.toml: \[keys\] “mark\.stars” is no command"):
        open_app(Config(keys={"mark.stars": "x"}))


async def test_words_name_the_keys_that_there_are(run_app: Run) -> None:
    own = {"preset": "newsboat", "name.shown": [], "tag.triage": "Z", "step.out": ["esc", "ctrl+g"], "name.map": "H"}
    async with run_app(config=Config(keys=own | {"undo.history": []})) as user:
        await user.own_article()
        assert user.sees("VIEWS", "f chooses", "hidden (“Choose what is highlighted”"[:22])
        await user.press("Z")
        assert user.sees("Z or esc ends it")
        await user.press("escape", "v")
        assert user.sees("range begins here; v marks up to where you go")
        await user.press("escape", "F", *"zzzz", "enter")
        await user.until(lambda: user.sees("esc takes the filter off"))


async def test_without_a_single_key_of_its_own_every_screen_still_opens(run_app: Run) -> None:
    """Keys that were taken away are missing where screens tell of them, and nothing fails for it."""
    kept = {"help.palette", "run.cancel"}
    own = {
        command.id: [] for command in COMMANDS
        if command.id not in kept and not command.id.endswith((".close", ".take", "prompt.cancel", "note.save"))
    }  # fmt: skip
    async with run_app((80, 24), config=Config(keys=own)) as user:
        await user.own_article()
        for command_id in ("open.reader", "select.begin", "help.keys", "name.all", "name.map", "note.list", "tag.list",
                           "undo.history", "correct.list", "name.panel", "note.write", "tag.edit", "find.filter"):
            user.app.perform(BY_ID[command_id])
            await user.pilot.pause()
            assert user.app.is_running and user.text()
            await user.press("escape")
            if user.app.screen is not user.main:
                await user.press("q")
            assert user.app.screen is user.main, command_id
