"""A painter's screen and colours as plain data: kept when the reader is left, taken up when it is opened again."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.segment import Segment
from rich.style import Style

from tui.opening import Look
from tui.wire.cells import Cells
from tui.wire.frames import codes_for
from tui.wire.pens import Pen, Pens, parsed
from tui.wire.screen import Screen
from tui.wire.terminal import Abilities


def packed(screen: Screen, cells: Cells) -> dict[str, Any]:
    """Return the screen that the terminal shows as lists and strings."""
    return {
        "size": [screen.width, screen.height],
        "rows": [[text, look] for text, look in screen.shown],
        "cursor": list(screen.cursor or (0, 0)),
        "pens": [[sorted(pen.attributes), pen.foreground, pen.background, pen.link] for pen in cells.pens.entered],
        "clusters": cells.entered,
    }


def unpacked(kept: dict[str, Any]) -> tuple[Screen, Cells]:
    """Return what was packed, as a screen that the terminal shows."""
    cells = Cells(Pens())
    cells.pens.enter_all(Pen(frozenset(attributes), *colours) for attributes, *colours in kept["pens"])
    cells.enter_all(kept["clusters"])
    screen = Screen(*kept["size"])
    screen.shown = [(text, look) for text, look in kept["rows"]]
    screen.cursor = (kept["cursor"][0], kept["cursor"][1])
    screen.cleared = True
    return screen, cells


def look_of(console: Console, able: Abilities, page: Style, bar: Style) -> Look:
    """Return the colours of page and bars as they are written; empty where no terminal of its kind fills a line."""
    codes_of = codes_for(console)
    ground, band = (parsed(*codes_of(Segment(" ", style))) for style in (page, bar))
    if (ground.background or band.background) and not able.erases_in_colour:
        return {}
    return {"page": ground.background, "bar": band.background, "text": band.foreground}
