"""Which modes of a terminal a program has switched on and not off again."""

from __future__ import annotations

import re

MODES = {
    1: "application cursor keys",
    69: "side margins",
    1000: "mouse",
    1002: "mouse drag",
    1003: "mouse motion",
    1004: "focus",
    1006: "mouse coordinates",
    1015: "mouse coordinates",
    1016: "mouse pixels",
    1049: "alternate screen",
    2004: "bracketed paste",
    2026: "synchronised output",
    2048: "in-band resize",
}
"""What a program has to switch off again before it ends."""

_SWITCH = re.compile(
    rb"\x1b\[\?(?P<modes>[\d;]+)(?P<way>[hl])|\x1b\[(?P<keys>[<>])\d*u|\x1b\[(?P<margins>\d*(?:;\d*)?)r"
)
_UNFINISHED = re.compile(rb"\x1b(?:\[[?<>]?[\d;]*)?\Z")


class Modes:
    """What is on, read from what came from the program so far, wherever that was cut."""

    def __init__(self) -> None:
        self._on: dict[int, bool] = {}
        self._pushed = 0
        self._margins = False
        self._rest = b""

    def feed(self, received: bytes) -> None:
        """Take what came."""
        data = self._rest + received
        cut = _UNFINISHED.search(data, max(0, len(data) - 64))
        self._rest = data[cut.start() :] if cut else b""
        for switch in _SWITCH.finditer(data, 0, cut.start() if cut else len(data)):
            if switch["modes"] is not None:
                self._on |= {int(mode): switch["way"] == b"h" for mode in switch["modes"].split(b";") if mode}
            elif switch["keys"] is not None:
                self._pushed = max(0, self._pushed + (1 if switch["keys"] == b">" else -1))
            else:
                self._margins = switch["margins"] not in (b"", b";")

    def left(self) -> list[str]:
        """Return in words what is on that was off at first, or off that was on."""
        left = [name for mode, name in MODES.items() if self._on.get(mode)]
        left += ["hidden cursor"] if not self._on.get(25, True) else []
        left += ["no line wrap"] if not self._on.get(7, True) else []
        left += ["keyboard protocol"] if self._pushed else []
        return left + (["scroll margins"] if self._margins else [])
