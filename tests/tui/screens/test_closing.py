"""What closes a screen closes that one alone, however fast it is pressed."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events
from textual.widgets import Input

from tui.commands.command import Context
from tui.screens.choose import ChooseScreen
from tui.widgets.choice_list import Choice

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
