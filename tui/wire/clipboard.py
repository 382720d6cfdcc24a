"""The clipboard of the terminal that one sits at, however many machines away: OSC 52, through tmux and screen. Pure.

Nothing answers, so that what was sent is all that can be said. Where it is known that nothing would come of it, there
is no way.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from enum import Enum, auto

MOST = 74_990
"""Bytes that are sent at most: in base64 they are just under 100,000, which terminals take; many take no more."""

_SCREEN_PIECE = 252
"""Characters of a piece for GNU screen, whose older versions drop strings of more than 256 bytes."""

_DEAF = ("linux", "dumb", "unknown", "vt", "ansi", "cons", "cygwin", "eterm")
"""Beginnings of the names of terminals that have no clipboard to be set."""

_FIRST_VTE = 7600
"""The version of GNOME's terminal that takes copies first."""


class Way(Enum):
    """How a copy reaches the terminal."""

    TERMINAL = auto()
    TMUX = auto()
    """Handed to tmux by its own command, which passes it on: unless told otherwise it lets no program's copies by."""
    TMUX_AFAR = auto()
    """tmux runs on another machine: its command is out of reach."""
    SCREEN = auto()
    NONE = auto()


def way(environ: Mapping[str, str]) -> Way:
    """Return how a copy may reach the terminal; NONE where it is known that it does not."""
    term = environ.get("TERM", "").lower()
    if environ.get("TMUX"):
        return Way.TMUX
    if environ.get("STY") or term.startswith("screen"):
        return Way.SCREEN
    if term.startswith("tmux"):
        return Way.TMUX_AFAR
    vte = environ.get("VTE_VERSION", "")
    deaf = environ.get("TERM_PROGRAM") == "Apple_Terminal" or (vte.isdecimal() and int(vte) < _FIRST_VTE)
    return Way.NONE if not term or deaf or term.startswith(_DEAF) else Way.TERMINAL


def sequence(text: str, how: Way) -> str:
    """Return what sets the clipboard; for tmux what it passes on, where that is allowed, and takes itself."""
    plain = f"\x1b]52;c;{base64.b64encode(text.encode('utf-8', 'replace')).decode()}\a"
    match how:
        case Way.TERMINAL:
            return plain
        case Way.TMUX | Way.TMUX_AFAR:
            escaped = plain.replace("\x1b", "\x1b\x1b")
            return f"{plain}\x1bPtmux;{escaped}\x1b\\"
        case Way.SCREEN:
            # The name is also that of a tmux on another machine: it takes the first and passes over the others.
            pieces = [plain[at : at + _SCREEN_PIECE] for at in range(0, len(plain), _SCREEN_PIECE)]
            return plain + "".join(f"\x1bP{piece}\x1b\\" for piece in pieces)
        case Way.NONE:
            return ""
