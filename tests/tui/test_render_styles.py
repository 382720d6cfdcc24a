"""Names can be read and told apart on every terminal."""

from __future__ import annotations

import itertools
import math

import pytest
from rich.color import Color
from rich.style import Style

from store.article import BlockKind
from store.entities.labels import SHOWN
from store.library import Group
from tui.render.layout import Row
from tui.render.paint import free_cell, paint
from tui.render.styles import (
    ANSI,
    CONTRAST,
    DARK,
    DEFAULT_SHOWN,
    LIGHT,
    MONO,
    SAFE,
    EntityPalette,
    legend,
    palette_for,
    theme_variables,
)

COLOURED = [DARK, LIGHT, CONTRAST, SAFE]


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The WCAG 2 contrast ratio."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def colours(palette: EntityPalette) -> dict[str, str]:
    found = {str(group): look.split()[0] for group, look in palette.names.items()}
    return {**found, "quiet": palette.quiet, "sign": palette.sign}


@pytest.mark.parametrize("palette", COLOURED, ids=lambda palette: palette.name)
def test_every_colour_has_the_contrast_that_text_needs(palette: EntityPalette) -> None:
    backgrounds = [palette.background, "#ffffff" if palette is LIGHT else "#121212"]
    for name, colour in colours(palette).items():
        for background in backgrounds:
            assert contrast(colour, background) >= 4.5, name
    front, back = palette.current_hit.split(" on ")
    assert contrast(front, back) >= 4.5
    front, back = palette.hit.split(" on ")
    assert contrast(front, back) >= 4.5


@pytest.mark.parametrize("palette", [DARK, LIGHT, CONTRAST], ids=lambda palette: palette.name)
def test_names_are_of_equal_lightness_and_none_is_red(palette: EntityPalette) -> None:
    names = [look.split()[0] for look in palette.names.values()]
    assert max(map(luminance, names)) / min(map(luminance, names)) < 1.25
    for colour in names:
        red, green, blue = Color.parse(colour).triplet or (255, 0, 0)
        assert not (red > 2 * green and red > 2 * blue)
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("palette", [*COLOURED, ANSI], ids=lambda palette: palette.name)
def test_names_in_colour_have_no_background_and_are_not_bold_or_italic(palette: EntityPalette) -> None:
    for group, style in palette.styles.items():
        assert style.bgcolor is None
        assert not style.bold
        assert not style.italic
        assert bool(style.underline) is (group is Group.PERSON)
        assert style.color is not None
        assert style.color.name != "red"


# Severity 1.0 of Machado, Oliveira and Fernandes 2009, "A Physiologically-based Model for Simulation of Color Vision
# Deficiency", for linear RGB.
DEFICIENCIES = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}


def seen(colour: str, matrix: tuple[tuple[float, ...], ...]) -> tuple[float, float, float]:
    """Return a colour, as somebody sees it, in CIE L*a*b*."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    r, g, b = (min(1.0, max(0.0, sum(m * c for m, c in zip(row, linear, strict=True)))) for row in matrix)
    white = (
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883,
    )
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in white)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("deficiency", DEFICIENCIES)
def test_the_safe_theme_keeps_the_shown_groups_apart_whoever_looks(deficiency: str) -> None:
    shown = [SAFE.names[group].split()[0] for group in DEFAULT_SHOWN]
    pairs = itertools.combinations([seen(colour, DEFICIENCIES[deficiency]) for colour in shown], 2)
    # A difference (CIE 1976) of 2.3 is just to be noticed; thin letters want far more.
    assert min(math.dist(one, other) for one, other in pairs) >= 30
    assert SAFE.places_signed and "underline" in SAFE.names[Group.PERSON]


def test_without_colour_the_shown_groups_differ_by_more_than_colour() -> None:
    looks = {group: (MONO.styles[group].bold, MONO.styles[group].underline) for group in DEFAULT_SHOWN}
    assert len(set(looks.values())) == len(looks)
    assert all(style.color is None and not style.italic for style in MONO.styles.values())
    assert MONO.places_signed


def test_the_terminal_chooses_the_palette() -> None:
    assert palette_for(dark=True, ansi=False, no_colour=False) is DARK
    assert palette_for(dark=False, ansi=False, no_colour=False) is LIGHT
    assert palette_for(dark=True, ansi=False, no_colour=False, theme="contrast") is CONTRAST
    assert palette_for(dark=True, ansi=False, no_colour=False, theme="safe") is SAFE
    assert palette_for(dark=True, ansi=True, no_colour=False, theme="safe") is ANSI
    assert palette_for(dark=False, ansi=True, no_colour=False) is ANSI
    assert palette_for(dark=True, ansi=True, no_colour=True) is MONO
    assert palette_for(dark=True, ansi=False, no_colour=True, ascii_only=True).glyphs.place == "'"


def test_what_is_shown_at_first_is_what_the_store_says() -> None:
    assert DEFAULT_SHOWN == SHOWN


def test_a_theme_gets_a_variable_for_each_group() -> None:
    for palette in (DARK, LIGHT, ANSI, MONO):
        assert set(theme_variables(palette)) == {f"name-{group}" for group in Group}
        assert all(value for value in theme_variables(palette).values())


def test_the_legend_names_what_is_shown() -> None:
    assert legend({"person", "place"}).plain == "people  places  i: what is shown"
    assert legend({"place"}, palette=MONO).plain == "places°  i: what is shown"
    assert legend({"place", "number"}, palette=MONO, ascii_only=True).plain == "places'  and 1 more  i: what is shown"


# ---- the sign of a place without a cell of its own ----------------------------------------------------------------
def row(text: str, signs: frozenset[int] = frozenset()) -> Row:
    return Row(0, BlockKind.PARAGRAPH, 0, len(text), "", text, range(len(text)), signs, "")


@pytest.mark.parametrize(
    ("text", "name", "cell"),
    [
        ("Japan and", "Japan", 5),
        ("in Tokyo, on", "Tokyo", 9),
        ("China’s growing", "China", 7),
        ("seized Crimea", "Crimea", 13),
        ("Japan-Russia ties", "Japan", None),
        ("“Tokyo” said", "Tokyo", 7),
    ],
)
def test_a_sign_stands_in_the_next_gap(text: str, name: str, cell: int | None) -> None:
    assert free_cell(row(text), text.index(name) + len(name)) == cell


def test_a_sign_moves_no_letter() -> None:
    text = "in Tokyo, on March"
    bare = paint(row(text), 2, 40, Style(), Style()).strip.text
    signed = paint(row(text), 2, 40, Style(), Style(), signs=[8], sign="°").strip.text
    assert signed == "  in Tokyo,°on March" + " " * 20
    assert [a for a, b in zip(bare, signed, strict=True) if a != b] == [" "]
