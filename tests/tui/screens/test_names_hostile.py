"""Names that want to be markup or to command the terminal are shown, and do nothing, on every screen of names."""

from __future__ import annotations

import pytest

from tests.tui.screens.names import browser, page, with_hostile_names

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
