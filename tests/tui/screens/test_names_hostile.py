"""Names that want to be markup or to command the terminal are shown, and do nothing, on every screen of names."""

from __future__ import annotations

import pytest

from tests.tui.screens.names import (
    HOSTILE,
    browser,
    likely,
    page,
    with_hostile_names,
    with_hostile_pair,
    with_hostile_places,
)
from tui.screens.names.map import MapScreen

COMMANDING = "\x1b\x07\x9b\x9d\u202e\u2066\u2028"


@pytest.fixture
def hostile(analysed_seeds, open_app, tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    """Open the seeds with hostile names in the index."""
    with_hostile_names(analysed_seeds[1], tmp_path / "cache")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.mark.parametrize("size", [(120, 40), (50, 20)], ids=str)
async def test_hostile_names_do_no_harm(hostile, run_app, size) -> None:  # type: ignore[no-untyped-def]
    async with run_app(size) as user:
        shown = await browser(user)
        for at in range(6):
            await user.press("E") if user.app.screen is user.main else None
            await user.press("g", "g", *["j"] * at)
            assert not any(character in user.text() for character in COMMANDING)
            await user.press("space", "enter")
            await page(user)
            assert not any(character in user.text() for character in COMMANDING)
            await user.press("tab", "question_mark", "q", "m")
            await user.until(lambda: user.app.screen.prompt.asking)
            assert not any(character in user.text() for character in COMMANDING)
            await user.press("escape", "q")
        assert len(shown.marked) == 6
        await user.press("F")
        await user.until(lambda: user.app.screen is user.main)
        assert not any(character in user.text() for character in COMMANDING)


def no_harm(user) -> None:  # type: ignore[no-untyped-def]
    """Check that nothing on the screen commands a terminal, and that a click on it runs no action of a name's."""
    assert not any(character in user.text() for character in COMMANDING)
    for strip in user.app.screen._compositor.render_strips():
        for segment in strip:
            assert segment.style is None or not segment.style.link
            assert segment.style is None or "app.quit" not in str(segment.style.meta)


@pytest.mark.parametrize("size", [(120, 40), (50, 20)], ids=str)
async def test_nor_do_they_on_the_map(analysed_seeds, run_app, tmp_path, monkeypatch, size) -> None:  # type: ignore[no-untyped-def]
    with_hostile_places(analysed_seeds[1], tmp_path / "cache")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    async with run_app(size) as user:
        await user.press("g", "m")
        await user.until(lambda: isinstance(user.app.screen, MapScreen) and user.app.screen.listed.choices, "map")
        shown = user.app.screen
        assert {row.text for row in shown.listed.choices} & set(HOSTILE)
        for key in ("g", "j", "j", "plus", "j", "minus", "w", "p", "p", "question_mark", "q"):
            await user.press(key)
            no_harm(user)
        await user.press("m")
        await user.until(lambda: shown.prompt.asking)
        no_harm(user)
        await user.press("escape", "enter")
        await page(user)
        no_harm(user)


@pytest.mark.parametrize("size", [(120, 40), (50, 20)], ids=str)
async def test_nor_do_they_among_likely_pairs(analysed_seeds, run_app, tmp_path, monkeypatch, size) -> None:  # type: ignore[no-untyped-def]
    with_hostile_pair(analysed_seeds[1], tmp_path / "cache")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    async with run_app(size) as user:
        await browser(user)
        await user.press("M")
        await likely(user)
        assert user.sees("[/] [red]")
        for key in ("s", "x", "backspace", "n", "backspace", "u", "question_mark", "q"):
            await user.press(key)
            no_harm(user)
        assert user.app.is_running
