"""What a terminal is able to do, as far as its name and surroundings tell."""

from __future__ import annotations

from collections.abc import Mapping

from store.record import Record

_FULL = (
    "xterm", "tmux", "rxvt", "linux", "konsole", "vte", "gnome", "kitty", "alacritty", "foot", "st-", "wezterm",
    "iterm", "nsterm", "mintty", "putty", "contour", "ghostty", "rio", "mlterm", "eterm", "cygwin", "ms-terminal",
)  # fmt: skip
"""Beginnings of the names of terminals that erase in the background colour and scroll a part of the screen."""


_COLOURFUL = frozenset(("alacritty", "contour", "foot", "ghostty", "kitty", "rio", "wezterm"))
_COLOURFUL_XTERM = ("xterm-kitty", "xterm-ghostty")


class Abilities(Record):
    """What may be asked of a terminal."""

    scrolls: bool = True
    """It moves the lines of a region up and down."""
    margins: bool = False
    """It moves them between two columns only. Only the terminal itself can say so."""
    erases_in_colour: bool = True
    """What it erases has the background of the pen."""
    erases_cells: bool = True
    """It erases some cells within a line."""


def abilities(environ: Mapping[str, str]) -> Abilities:
    """Return what the terminal that `TERM` names is able to do.

    Within GNU screen nothing is erased in colour, as its own description says; tmux does so whatever it is called.
    What is not known is asked for nothing but to move its cursor.
    """
    term = environ.get("TERM", "").lower()
    if term.startswith("screen") or environ.get("STY"):
        coloured = bool(environ.get("TMUX")) or "bce" in term
        return Abilities(erases_in_colour=coloured, erases_cells=bool(environ.get("TMUX")))
    if term.startswith(_FULL):
        return Abilities()
    return Abilities(scrolls=term.startswith("vt") and term != "vt52", erases_in_colour=False, erases_cells=False)


def has_few_letters(environ: Mapping[str, str]) -> bool:
    """Tell whether a terminal's font has no signs beyond letters, as the Linux console's, of 256 or 512 characters."""
    return environ.get("TERM", "") in ("linux", "cons25")


def has_all_colours(environ: Mapping[str, str]) -> bool:
    """Tell whether a terminal is by its name one that shows 24-bit colours: over SSH no `COLORTERM` comes along."""
    term = environ.get("TERM", "")
    return term.endswith("-direct") or term.partition("-")[0] in _COLOURFUL or term.startswith(_COLOURFUL_XTERM)


def answers_questions(environ: Mapping[str, str]) -> bool:
    """Tell whether a terminal may be asked for its modes; some would show the end of the question."""
    return environ.get("TERM_PROGRAM") != "Apple_Terminal" and environ.get("TERM", "") != "linux"


def sends_changes(setting: str, environ: Mapping[str, str]) -> bool:
    """Tell whether only changes are to be sent; `DATELINE_WIRE` wins, and takes what the setting takes."""
    return (environ.get("DATELINE_WIRE") or setting) != "whole"
