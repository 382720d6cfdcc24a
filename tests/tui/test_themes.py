"""Every theme is legible: WCAG AA for whatever is written, on whatever it is written on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rich.style import Style
from textual.color import Color
from textual.theme import Theme

from store.library import Group
from tui.app import ReaderApp
from tui.render.styles import ANSI, CONTRAST, DARK, LIGHT, MONO, SAFE, EntityPalette
from tui.themes.chrome import THEME_CONTRAST, THEME_DARK, THEME_LIGHT, THEME_SAFE, THEMES

NAMES = tuple(f"name-{group}" for group in ("person", "organisation", "place", "group", "number", "other"))
WRITTEN = ("quiet", "star", "tag", "key", *NAMES)
"""What words are written in."""
DRAWN = ("plot", "coast")
"""What is no text and has to be seen."""
LOOKS = ("quiet", "hit", "current_hit", "sign", "passage", "current_passage")
"""What the reader draws words in, beside names."""
ROOT = Path(__file__).parents[2]
GROUNDS = ("bar", "cursor", "cursor-blurred", "selection")


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
    grounds = {"background": theme.background, **{name: theme.variables[name] for name in GROUNDS}}
    for name in WRITTEN:
        for ground, colour in grounds.items():
            # Names are listed, and so come under a cursor; what the mouse selects is what stands in the text.
            if name not in NAMES or ground != "selection":
                assert contrast(theme.variables[name], colour) >= least, (name, ground)
    for ground, colour in grounds.items():
        assert contrast(theme.foreground, colour) >= least, ground
    assert contrast(theme.variables["hit-text"], theme.variables["hit"]) >= least
    for ground in (theme.background, theme.variables["bar"]):
        for colour in (theme.warning, theme.error, theme.success, theme.accent, theme.primary):
            assert contrast(str(colour), ground) >= least, (colour, ground)
    for name in DRAWN:
        assert contrast(theme.variables[name], theme.background) >= 3.0, name


def read(theme: Theme, palette: EntityPalette, least: float) -> None:
    """Measure all that the reader draws: of every look its two colours, where it names none those of the theme."""
    assert set(Group) == set(palette.names)
    looks = {name: Style.parse(str(getattr(palette, name))) for name in LOOKS}
    looks |= {f"name {group}": style for group, style in palette.styles.items()}
    looks |= {f"quiet name {group}": style for group, style in palette.quiet_styles.items()}
    for name, style in looks.items():
        front = style.color.name if style.color else theme.foreground
        back = style.bgcolor.name if style.bgcolor else theme.background
        # Reversed, as the current name and a selection are, it is the same ratio.
        assert contrast(str(front), str(back)) >= least, name


@pytest.mark.parametrize(
    ("theme", "palette"), [(THEME_DARK, DARK), (THEME_LIGHT, LIGHT), (THEME_SAFE, SAFE)], ids=["dark", "light", "safe"]
)
def test_everything_written_has_the_contrast_of_wcag_aa(theme: Theme, palette: EntityPalette) -> None:
    legible(theme, 4.5)
    read(theme, palette, 4.5)


def test_in_high_contrast_everything_written_has_that_of_wcag_aaa() -> None:
    legible(THEME_CONTRAST, 7.0)
    read(THEME_CONTRAST, CONTRAST, 7.0)
    # The lines between the panes, too, are to be seen.
    assert contrast(THEME_CONTRAST.variables["rule"], THEME_CONTRAST.background) >= 3.0


def test_no_look_of_the_reader_goes_unmeasured() -> None:
    own = {name for name, kind in EntityPalette.__annotations__.items() if kind == "str"}
    assert own == {*LOOKS, "name", "background", "same", "people_in_passages"}
    # These two have no colours.
    for palette in (DARK, LIGHT, SAFE, CONTRAST, ANSI, MONO):
        for look in (palette.same, palette.people_in_passages):
            assert Style.parse(look or "none").color is None


def test_of_the_sixteen_colours_only_those_are_used_that_stand_out_from_black_and_from_white() -> None:
    styles = [*ANSI.styles.values(), *(Style.parse(str(getattr(ANSI, name))) for name in LOOKS)]
    fronts = {style.color.name for style in styles if style.color and not style.bgcolor}
    assert fronts == {"magenta", "cyan", "green"}


def test_without_colour_there_is_none() -> None:
    styles = [*MONO.styles.values(), *(Style.parse(str(getattr(MONO, name))) for name in LOOKS)]
    assert all(style.color is None and style.bgcolor is None for style in styles)


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
