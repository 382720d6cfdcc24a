"""Every theme is legible: WCAG AA for whatever is written, on whatever it is written on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual.color import Color
from textual.theme import Theme

from tui.app import ReaderApp
from tui.themes.chrome import THEME_CONTRAST, THEME_DARK, THEME_LIGHT, THEME_SAFE, THEMES

WRITTEN = ("quiet", "star", "tag", "key", *(f"name-{g}" for g in
           ("person", "organisation", "place", "group", "number", "other")))  # fmt: skip
ROOT = Path(__file__).parents[2]
GROUNDS = ("bar", "cursor", "cursor-blurred")


def luminance(colour: Color) -> float:
    """Return the relative luminance of WCAG 2.1."""
    parts = [part / 255 for part in colour.rgb]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2.1, from 1 to 21."""
    high, low = sorted((luminance(Color.parse(one)), luminance(Color.parse(other))), reverse=True)
    return (high + 0.05) / (low + 0.05)


def legible(theme: Theme, least: float) -> None:
    grounds = [theme.background, *(theme.variables[name] for name in GROUNDS)]
    for name in WRITTEN:
        on = [theme.background] if name.startswith("name-") else grounds
        for ground in on:
            assert contrast(theme.variables[name], ground) >= least, (name, ground)
    for ground in (*grounds, theme.variables["selection"], theme.variables["hit"]):
        assert contrast(theme.foreground, ground) >= least, ground


@pytest.mark.parametrize("theme", [THEME_DARK, THEME_LIGHT, THEME_SAFE], ids=lambda theme: theme.name)
def test_everything_written_has_the_contrast_of_wcag_aa(theme: Theme) -> None:
    legible(theme, 4.5)


def test_in_high_contrast_everything_written_has_that_of_wcag_aaa() -> None:
    legible(THEME_CONTRAST, 7.0)
    # The lines between the panes, too, are to be seen.
    assert contrast(THEME_CONTRAST.variables["rule"], THEME_CONTRAST.background) >= 3.0


@pytest.mark.parametrize("name", THEMES)
async def test_every_theme_defines_every_variable_that_a_style_names(name, tmp_path, monkeypatch) -> None:
    from store.config import Config
    from store.library import Library

    (tmp_path / "a.txt").write_text("A headline\n\nA paragraph about Tokyo.\n")
    library = Library.open([tmp_path], Config(theme=name), annotations=tmp_path / "db.json")
    if name == "ansi":
        monkeypatch.setenv("NO_COLOR", "1")
    app = ReaderApp(library, index=False)
    async with app.run_test(size=(80, 24)) as pilot:
        app.theme = THEMES[name].name
        await pilot.press("question_mark")
        await pilot.press("q", "f")
        await pilot.pause()
        assert app.is_running


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
def test_every_theme_knows_every_colour_that_a_widget_names(theme: Theme) -> None:
    known = {*theme.to_color_system().generate(), *theme.variables}
    sources = (ROOT / "tui").rglob("*.py")
    named = {name for path in sources for name in re.findall(r"[:\s\"]\$([a-z][a-z-]+)", path.read_text())}
    assert not sorted(named - known)
