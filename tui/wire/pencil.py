"""Writes cells: moves the cursor and changes pens in as few bytes as it can."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tui.wire.cells import DISPUTED, SECOND, Cells
from tui.wire.pens import Pens
from tui.wire.strokes import Stroke
from tui.wire.terminal import Abilities

_BLANKS = re.compile(" {9,}")
"""Spaces that are worth erasing instead."""


class Pencil:
    """What is written so far, and where that leaves cursor and pen. The pen is plain at the beginning."""

    def __init__(self, cells: Cells, able: Abilities, size: tuple[int, int], cursor: tuple[int, int] | None) -> None:
        self.cells, self.pens, self.able = cells, cells.pens, able
        self.width, self.height = size
        self.out: list[str] = []
        self.pen = Pens.PLAIN
        self.x, self.y = cursor or (-1, -1)

    def text(self) -> str:
        """Return everything that was written."""
        return "".join(self.out)

    def put_down(self, cursor: tuple[int, int]) -> None:
        """End: with the plain pen, and the cursor where it is to be."""
        self.take(Pens.PLAIN)
        self.move(*cursor)

    def take(self, pen: str) -> None:
        """Change the pen."""
        if pen != self.pen:
            self.out.append(self.pens.way(self.pen, pen))
            self.pen = pen

    def move(self, x: int, y: int) -> None:
        """Move the cursor, by whichever way is the shortest."""
        if (x, y) == (self.x, self.y):
            return
        ways = [f"\x1b[{y + 1 if y else ''};{x + 1}H" if x else f"\x1b[{y + 1}H" if y else "\x1b[H"]
        if y == self.y and self.x >= 0:
            if x > self.x:
                ways.append(f"\x1b[{x - self.x if x - self.x > 1 else ''}C")
            elif x == 0:
                ways.append("\r")
            else:
                ways.append(_back(self.x - x))
            ways.append(f"\x1b[{x + 1}G")
        elif y == self.y + 1 and y > 0 and self.x >= 0:
            if x == 0:
                ways.append("\r\n")
            elif x <= self.x:
                ways.append("\x1b[B" + _back(self.x - x))
        self.out.append(min(ways, key=len))
        self.x, self.y = x, y

    def raw(self, sequence: str) -> None:
        """Write a sequence after which nobody knows where the cursor is."""
        self.out.append(sequence)
        self.x = self.y = -1

    def can_erase(self, pen: str) -> bool:
        """Tell whether what the terminal erases looks like a space of this pen."""
        return self.pens.is_blank(pen) and (self.able.erases_in_colour or not self.pens.has_ground(pen))

    def draw(self, strokes: Iterable[Stroke]) -> None:
        """Write strokes one after the other."""
        for y, x, text, pen, _ in strokes:
            if text:
                self._stretch(y, x, text, pen)
            else:
                self.move(x, y)
                self._ground(pen)
                self.out.append("\x1b[K")

    def _stretch(self, y: int, x: int, text: str, pen: str) -> None:
        """Write cells of one pen."""
        at = 0
        if len(text) > 8 and self.able.erases_cells and self.can_erase(self.pens.blank(pen)):
            for blanks in _BLANKS.finditer(text):
                self._words(y, x + at, text[at : blanks.start()], pen)
                self.move(x + blanks.start(), y)
                self._ground(self.pens.blank(pen))
                self.out.append(f"\x1b[{len(blanks[0])}X")
                at = blanks.end()
        self._words(y, x + at, text[at:] if at else text, pen)

    def _words(self, y: int, x: int, text: str, pen: str) -> None:
        """Write cells of one pen, after every character of disputed width from where it was counted to end."""
        if text.isascii():
            self._plain(y, x, text, pen)
            return
        at = 0
        for found in DISPUTED.finditer(text):
            self._plain(y, x + at, text[at : found.start()], pen)
            at = found.end()
            while at < len(text) and text[at] == SECOND:
                at += 1
            self._disputed(y, x + found.start(), found[0], at - found.start(), pen)
        self._plain(y, x + at, text[at:], pen)

    def _plain(self, y: int, x: int, text: str, pen: str) -> None:
        """Write cells of one pen that leave the cursor where it is believed to be."""
        if not text:
            return
        self.move(x, y)
        if text.strip(" "):
            self.take(pen)
        else:
            self._ground(self.pens.blank(pen))
        self.out.append(self.cells.written(text))
        self._advance(x + len(text), y)

    def _disputed(self, y: int, x: int, character: str, width: int, pen: str) -> None:
        """Write a character that may be narrower or wider than it was counted for, and go on in the right column."""
        self.move(x, y)
        self.take(pen)
        if width > 1:
            # Where it turns out narrower, what stood there before would look out behind it.
            self.out.append(" " * width)
            self._advance(x + width, y)
            self.move(x, y)
        self.out.append(self.cells.written(character))
        self.x, self.y = -1, y
        if x + width < self.width:
            self.out.append(f"\x1b[{x + width + 1}G")
            self.x = x + width

    def _ground(self, pen: str) -> None:
        """Take a pen for spaces, unless the current one writes the same spaces."""
        if not self.pens.fits(self.pen, pen):
            self.take(pen)

    def _advance(self, x: int, y: int) -> None:
        # In the last column a cursor waits, or stays: terminals differ.
        self.x, self.y = (x, y) if x < self.width else (-1, y)


def _back(cells: int) -> str:
    return f"\x1b[{cells if cells > 1 else ''}D" if cells else ""
