"""What closes a screen closes that one alone, however fast it is pressed."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events
from textual.widgets import Input

from tui.commands.command import Context
from tui.commands.registry import BY_ID
from tui.screens.choose import ChooseScreen
from tui.screens.main import over
from tui.screens.main.command_line import act
from tui.screens.names.browser import EntitiesScreen
from tui.screens.notes.screen import NotesScreen
from tui.screens.offered import Do
from tui.widgets.choice_list import Choice
from tui.widgets.note_list import NoteList

ROOT = Path(__file__).parents[3]


async def test_enter_pressed_twice_takes_a_choice_once(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app((120, 40)) as user:
        await user.press("o")
        await user.until(lambda: user.sees("type to narrow"), "the box")
        box = user.app.screen
        typed = box.query_one(Input)
        for _ in range(3):
            typed.post_message(Input.Submitted(typed, typed.value))
        await user.until(lambda: user.app.screen is user.main, "closed")
        await user.pilot.pause()
        assert user.app.screen is user.main
        await user.press("j")
        assert user.sees("articles")


async def test_a_key_pressed_before_a_screen_is_there_waits_for_it(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app((120, 40)) as user:
        box = ChooseScreen("Letters", [Choice("a"), Choice("b", value="b"), Choice("c")], Context.OVERLAY)
        taken: list[object] = []

        def at_once() -> None:
            user.app.push_screen(box, taken.append)
            assert not box.laid_out
            for key, character in (("j", "j"), ("enter", "\r")):
                user.app._pressed(events.Key(key, character))

        user.app.call_later(at_once)
        await user.until(lambda: taken, "taken")
        await user.until(lambda: user.app.screen is user.main and not user.app._held, "closed")


@pytest.mark.parametrize("path", sorted((ROOT / "tui" / "screens").rglob("*.py")), ids=lambda path: path.stem)
def test_every_screen_over_the_main_one_closes_once(path: Path) -> None:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("class ") and ("ModalScreen[" in line or "(Screen[" in line) and "Waiting" not in line:
            assert "ClosesOnce" in line, line


async def test_what_was_chosen_for_a_box_that_is_closed_by_then_is_left(run_app, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    async with run_app((120, 40)) as user:
        await user.press("?")
        await user.until(lambda: user.sees("Keys: list"), "the keys")
        box = user.app.screen
        await user.press(":")
        await user.until(lambda: user.sees("Command"), "the command line")
        line = user.app.screen
        await user.until(lambda: line._list.chosen is not None, "a command")
        chosen = line._list.chosen.value
        assert BY_ID[chosen.does.command].contexts == (Context.OVERLAY,)

        done: list[object] = []
        monkeypatch.setattr(box, "perform", lambda command, _: done.append(command))

        def two_clicks() -> None:
            line._take()
            box.dismiss(None)

        user.app.call_later(two_clicks)
        await user.until(lambda: user.app.screen is user.main, "both are closed")
        await user.pilot.pause()
        assert not done  # it may be taken apart


async def test_clicking_a_note_over_and_over_opens_it_once(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app((120, 40)) as user:
        await user.own_article()
        await user.press("a")
        await user.until(lambda: user.sees("save and close"), "the editor")
        await user.press(*"seen", "escape")
        await user.until(lambda: user.sees("saved"), "saved")
        await user.press("B")
        await user.until(lambda: isinstance(user.app.screen, NotesScreen) and user.app.screen.laid_out, "the notes")
        listed = user.app.screen.query_one(NoteList)
        await user.until(lambda: user.sees("seen"), "the note")
        for _ in range(3):
            listed.post_message(NoteList.Opened())
        await user.until(lambda: user.app.screen is user.main, "opened")
        await user.pilot.pause()
        assert user.app.is_running and user.app.screen is user.main


async def test_what_was_chosen_is_done_on_its_own_screen_whatever_has_come_in_front(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app((120, 40)) as user:
        before = user.main.articles.cursor

        def at_once() -> None:
            user.app.push_screen(ChooseScreen("Letters", [Choice("a")], Context.OVERLAY))
            act(user.main, Do("move.down"))

        user.app.call_later(at_once)
        await user.until(lambda: user.sees("Letters"), "the box")
        await user.press("q")
        assert user.app.is_running and user.app.screen is user.main
        await user.until(lambda: user.main.articles.cursor == before + 1, "done on the list")


async def test_what_is_chosen_from_the_help_is_done_on_its_own_screen_too(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app((120, 40)) as user:
        before = user.main.articles.cursor
        await user.press("?")
        await user.until(lambda: user.sees("Keys: list"), "the help")
        box = user.app.screen

        def at_once() -> None:
            box.dismiss("move.down")
            user.app.push_screen(ChooseScreen("Letters", [Choice("a")], Context.OVERLAY))

        user.app.call_later(at_once)
        await user.until(lambda: user.sees("Letters"), "the box")
        await user.press("q")
        await user.until(lambda: user.app.screen is user.main, "the list")
        await user.until(lambda: user.main.articles.cursor == before + 1, "done on the list")


async def test_a_line_written_over_a_screen_is_done_on_it_whatever_has_come_in_front(run_app) -> None:  # type: ignore[no-untyped-def]
    async with run_app((120, 40)) as user:
        await user.press("E")
        await user.until(lambda: isinstance(user.app.screen, EntitiesScreen) and user.app.screen.laid_out, "names")
        names = user.app.screen
        assert names.order != "mentions"

        def at_once() -> None:
            user.app.push_screen(ChooseScreen("Letters", [Choice("a")], Context.OVERLAY))
            over.act(user.main, names, Do("entity.order"))

        user.app.call_later(at_once)
        await user.until(lambda: user.sees("Letters"), "the box")
        await user.press("q")
        assert user.app.is_running and user.app.screen is names
        await user.until(lambda: names.order == "mentions", "done on the names")
