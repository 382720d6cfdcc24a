"""Keeps the terminal's screen: takes what is to be on it, and gives what has to be written."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from rich.segment import Segment

from tui.wire.cells import Cells
from tui.wire.differ import update
from tui.wire.pens import Pens
from tui.wire.screen import Screen
from tui.wire.terminal import Abilities

Piece = tuple[int, int, Iterable[Segment], int]
"""Line, column, what is written from there on, and how many cells that takes."""

CodesOf = Callable[[Segment], tuple[str, str]]


class Painter:
    """The wanted and the shown screen of one terminal, and how it is written to."""

    def __init__(self, able: Abilities) -> None:
        self.able = able
        self.size = (0, 0)
        """Columns and lines."""
        self._begin()

    def _begin(self) -> None:
        self._cells = Cells(Pens())
        self._screen = Screen(*self.size)

    def fit(self, width: int, height: int) -> None:
        """Take a new size for the terminal's. What it shows after a change of size nobody knows."""
        if (width, height) != self.size:
            self.size = width, height
            self._begin()

    def take(self, pieces: Iterable[Piece], codes_of: CodesOf) -> None:
        """Put pieces into the wanted screen."""
        row, put = self._cells.row, self._screen.put
        for y, x, segments, width in pieces:
            put(y, x, row(segments, codes_of, width))

    def paint(self, cursor: tuple[int, ...]) -> str:
        """Return what brings the terminal to the wanted screen; from now on it counts as shown."""
        written = update(self._screen, self._cells, self.able, (cursor[0], cursor[1]))
        if self._cells.full:
            self._renumber()
        return written

    def begin_with(self, kept: dict[str, Any]) -> None:
        """Begin with a screen that the terminal shows already, as `left` has returned it."""
        from tui.wire.kept import unpacked  # many starts have none

        self._screen, self._cells = unpacked(kept)
        self.size = self._screen.width, self._screen.height

    def left(self) -> dict[str, Any]:
        """Return the wanted screen, and as `frame` what writes it on an empty one."""
        from tui.wire.kept import packed

        screen = Screen(*self.size)
        screen.wanted, cursor = self._screen.wanted, self._screen.cursor or (0, 0)
        return {"frame": update(screen, self._cells, self.able, cursor), **packed(screen, self._cells)}

    def forget(self) -> None:
        """Have everything written anew by the next `paint`."""
        self._screen.forget()

    def _renumber(self) -> None:
        """Begin the list of characters anew, with those that are on the screen."""
        before, screen = self._cells, self._screen
        self._cells = Cells(before.pens)
        screen.wanted = [(self._cells.compact(before, text), look) for text, look in screen.wanted]
        screen.shown = screen.wanted[:]
