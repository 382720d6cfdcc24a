"""The first frame comes before all that can follow it, and is in the theme's colours without a second parsing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.css.stylesheet import Stylesheet

from store.config import Config
from tui.app import ReaderApp


async def test_what_can_follow_the_first_frame_waits_for_it(
    open_app: Callable[..., ReaderApp], monkeypatch: pytest.MonkeyPatch, drive: Callable
) -> None:  # type: ignore[type-arg]
    painted: list[bool] = []
    monkeypatch.setattr(ReaderApp, "has_painted", property(lambda _: bool(painted)))
    app = open_app()
    async with app.run_test() as pilot:
        for _ in range(30):
            await pilot.pause(0.01)
        assert not app.library.annotations_ready
        painted.append(True)
        await drive(pilot).ready()


async def test_the_stylesheet_is_parsed_in_the_themes_colours_once(
    open_app: Callable[..., ReaderApp], monkeypatch: pytest.MonkeyPatch, drive: Callable
) -> None:  # type: ignore[type-arg]
    parsed: list[str] = []
    again = Stylesheet.reparse

    def reparse(sheet: Stylesheet) -> None:
        parsed.append(sheet._variables["background"])
        again(sheet)

    monkeypatch.setattr(Stylesheet, "reparse", reparse)
    app = open_app(Config(theme="light"))
    async with app.run_test() as pilot:
        await drive(pilot).ready()
        assert parsed == []
        assert app.main_screen.styles.background.hex.lower() == app.current_theme.background
        app.choose_theme("dark")
        await pilot.pause()
        assert [each.lower() for each in parsed] == [app.current_theme.background]
        assert app.main_screen.styles.background.hex.lower() == app.current_theme.background
