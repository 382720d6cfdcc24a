"""A painter's screen as plain data: kept when the reader is left, taken up when it is opened again."""

from __future__ import annotations

from typing import Any

from tui.wire.cells import Cells
from tui.wire.pens import Pen, Pens
from tui.wire.screen import Screen


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
