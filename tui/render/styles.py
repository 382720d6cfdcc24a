"""How names, hits and quiet words look: one palette for each kind of terminal."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property
from types import MappingProxyType

from rich.style import Style
from textual.content import Content

from store.library import Group
from store.record import Record, field
from tui.render.pieces import ASCII, UNICODE, TextGlyphs

DEFAULT_SHOWN: frozenset[Group] = frozenset({Group.PERSON, Group.ORGANISATION, Group.PLACE})
"""The groups that are highlighted until the user asks for others."""


class EntityPalette(Record, dict=True):
    """The looks of one kind of terminal. Colours are `#rrggbb`, an ANSI colour's name, or empty for none."""

    name: str
    names: Mapping[Group, str]
    """A look for each group: attributes and a colour."""
    quiet: str
    """Bylines, captions, bars: what stands back."""
    hit: str
    """Words that were looked for."""
    current_hit: str
    """The one of them that was gone to."""
    sign: str
    """The sign of a note in the margin."""
    passage: str
    """Words that a note or highlight is on."""
    current_passage: str
    """Those of the note that was gone to."""
    background: str = ""
    """What the colours were chosen for; empty where the terminal chooses."""
    same: str = "bold underline"
    """Added to the other mentions of the current name."""
    people_in_passages: str = ""
    """What is added to people there, where nothing else would tell them apart."""
    places_signed: bool = False
    """Whether places carry a sign, since nothing else tells them apart."""
    glyphs: TextGlyphs = field(default=UNICODE)

    @cached_property
    def styles(self) -> Mapping[Group, Style]:
        """The looks of the groups as Rich styles."""
        return {group: Style.parse(look) for group, look in self.names.items()}

    @cached_property
    def quiet_styles(self) -> Mapping[Group, Style]:
        """The looks of names in quiet words: half their own colour, to stand back with what is around them."""
        return {group: Style.parse(_half(look, self.quiet)) for group, look in self.names.items()}

    def style(self, look: str) -> Style:
        """Return a look of this palette, by its field's name, as a Rich style."""
        return Style.parse(str(getattr(self, look)) or "none")


def _half(look: str, other: str) -> str:
    """Move a look's colour half the way to another, where both are given by their parts."""
    colour, _, rest = look.partition(" ")
    if not (colour.startswith("#") and other.startswith("#")):
        return look
    parts = [(int(colour[at : at + 2], 16) + int(other[at : at + 2], 16)) // 2 for at in (1, 3, 5)]
    return f"#{parts[0]:02x}{parts[1]:02x}{parts[2]:02x} {rest}".rstrip()


def _looks(*colours: str) -> Mapping[Group, str]:
    looks = dict(zip(Group, colours, strict=True))
    return MappingProxyType({**looks, Group.PERSON: f"{looks[Group.PERSON]} underline"})


# Hues of one lightness (OKLCH 0.80 on dark, 0.46 on light) and little chroma, so that no group shouts and
# none is red: people sand, organisations blue, places green, groups violet, numbers teal, other mauve.
DARK = EntityPalette(
    "dark",
    _looks("#dbb87e", "#94c2f3", "#8dcfab", "#c6b2ed", "#77cfd3", "#e4a9cf"),
    quiet="#95989f",
    hit="#f6f0da on #45402f",
    current_hit="#16181d on #d8c48a",
    sign="#d8c48a",
    passage="#ece2b6",
    current_passage="#ece2b6 underline",
    background="#1e1e1e",
)
LIGHT = EntityPalette(
    "light",
    _looks("#72510d", "#2d5b88", "#1d6746", "#604b83", "#10666b", "#794368"),
    quiet="#5a5d63",
    hit="#23262a on #f0e6c4",
    current_hit="#ffffff on #72510d",
    sign="#72510d",
    passage="#5a4a12",
    current_passage="#5a4a12 underline",
    background="#e0e0e0",
)
# The same hues at OKLCH 0.88: on black every one has 7:1 and more, as WCAG AAA asks.
CONTRAST = EntityPalette(
    "contrast",
    _looks("#fad18a", "#9fdfff", "#a1ecbb", "#e1c9ff", "#81ecec", "#ffbeec"),
    quiet="#c8ccd2",
    hit="#ffffff on #5c4a00",
    current_hit="#000000 on #ffd75f",
    sign="#ffd75f",
    passage="#fff3b0",
    current_passage="#fff3b0 underline",
    background="#000000",
)
# Amber, blue and a pale green stay apart with any of the three kinds of dichromacy (a test measures it by the matrices
# of Machado, Oliveira and Fernandes 2009); people are underlined and places signed besides.
SAFE = EntityPalette(
    "safe",
    _looks("#f0b04c", "#6cb6ff", "#cfe3b0", "#d7c4ff", "#b8d8d8", "#f2c4d8"),
    quiet="#a2a7ae",
    hit="#f6f0da on #5a4d22",
    current_hit="#16181d on #e8d48a",
    sign="#f0b04c",
    passage="#f4ecc0",
    current_passage="#f4ecc0 underline",
    background="#17191c",
    places_signed=True,
)
# In sixteen colours nobody knows the terminal's background: these three can be read on black and on white
# alike in the common palettes, which yellow, blue and the bright colours cannot.
ANSI = EntityPalette(
    "ansi",
    _looks("magenta", "cyan", "green", "magenta", "cyan", "green"),
    quiet="dim",
    hit="black on yellow",
    current_hit="reverse bold",
    sign="cyan",
    passage="underline",
    current_passage="underline bold",
)
MONO = EntityPalette(
    "mono",
    MappingProxyType(
        {
            Group.PERSON: "underline",
            Group.ORGANISATION: "bold underline",
            Group.PLACE: "",
            Group.GROUP: "bold",
            Group.NUMBER: "bold",
            Group.OTHER: "bold",
        }
    ),
    quiet="dim",
    hit="reverse",
    current_hit="reverse bold underline",
    sign="bold",
    passage="underline",
    current_passage="underline bold",
    same="reverse underline",
    people_in_passages="not underline",
    places_signed=True,
)


_OWN = {palette.name: palette for palette in (CONTRAST, SAFE)}


def palette_for(*, dark: bool, ansi: bool, no_colour: bool, ascii_only: bool = False, theme: str = "") -> EntityPalette:
    """Choose the palette of a terminal: `ansi` where it draws in its own sixteen colours.

    `theme` is the name of one that may have a palette of its own.
    """
    palette = MONO if no_colour else ANSI if ansi else _OWN.get(theme) or (DARK if dark else LIGHT)
    return palette.replace(glyphs=ASCII) if ascii_only else palette


_ANSI_COLOURS = frozenset({"magenta", "cyan", "green"})


def _textual(look: str) -> str:
    """Write a look as Textual does, where the terminal's own colours have a prefix."""
    return " ".join(f"ansi_{word}" if word in _ANSI_COLOURS else word for word in look.split())


def theme_variables(palette: EntityPalette) -> dict[str, str]:
    """Return the colours of names as variables of a Textual theme: `name-person`, `name-place`, ..."""
    colours = {group: _textual(look.partition(" ")[0]) for group, look in palette.names.items()}
    return {
        f"name-{group}": colour if colour.startswith(("#", "ansi_")) else "ansi_default"
        for group, colour in colours.items()
    }


_SAMPLES = {Group.PERSON: "people", Group.ORGANISATION: "organisations", Group.PLACE: "places"}


def legend(
    shown: Collection[str], *, palette: EntityPalette = DARK, ascii_only: bool = False, key: str = "i"
) -> Content:
    """Return the line that tells what is highlighted and how, each word in its group's look."""
    glyphs = ASCII if ascii_only else palette.glyphs
    parts: list[Content | str | tuple[str, str]] = []
    for group, word in _SAMPLES.items():
        if group in shown:
            sign = glyphs.place if palette.places_signed and group is Group.PLACE else ""
            parts += [(word, _textual(palette.names[group])), f"{sign}  "]
    others = sum(1 for group in shown if group not in _SAMPLES)
    tail = f"and {others} more  {key}: what is shown" if others else f"{key}: what is shown"
    return Content.assemble(*parts, (tail, palette.quiet))
