"""The screen as it is to be, and as the terminal shows it."""

from __future__ import annotations

from tui.wire.cells import SECOND, UNKNOWN, Row
from tui.wire.pens import Pens


class Screen:
    """Two grids of cells. Pieces are put into the wanted one; `shown` follows when they have been written."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        blank = (" " * width, Pens.PLAIN * width)
        self.wanted: list[Row] = [blank] * height
        self.shown: list[Row] = []
        self.cleared = False
        """Whether anything is known of what the terminal shows."""
        self.cursor: tuple[int, int] | None = None
        """Column and line at which the terminal's cursor stands; None: nobody knows."""
        self.touched: set[int] = set()
        """Lines that something was put into since they were last written."""
        self.forget()

    def forget(self) -> None:
        """Take nothing of what the terminal shows for granted: it was cleared, resized or lent to someone."""
        self.shown = [(UNKNOWN * self.width, UNKNOWN * self.width)] * self.height
        self.cleared = False
        self.cursor = None
        self.touched = set(range(self.height))

    def put(self, y: int, x: int, piece: Row) -> None:
        """Put cells into a line; what lies outside the screen is cut."""
        if not 0 <= y < self.height or x >= self.width:
            return
        text, look = piece
        if x < 0:
            text, look, x = text[-x:], look[-x:], 0
        text, look = text[: self.width - x], look[: self.width - x]
        if not text:
            return
        old_text, old_look = self.wanted[y]
        end = x + len(text)
        before, after = old_text[:x], old_text[end:]
        if after.startswith(SECOND):
            after = " " * (len(after) - len(rest := after.lstrip(SECOND))) + rest
        if old_text[x] == SECOND:
            # The first half of a wide character does not stand alone.
            kept = before.rstrip(SECOND)[:-1]
            before = kept + " " * (x - len(kept))
        self.wanted[y] = before + text + after, old_look[:x] + look + old_look[end:]
        self.touched.add(y)
