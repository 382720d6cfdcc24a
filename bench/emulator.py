"""The screen of a terminal: pyte, and what xterm does that pyte leaves out.

Left and right margins (DECSLRM), erasing in the background colour, characters that join the one before them without
being combining marks, and control strings. With `colour_erase=False` it is a terminal like GNU screen, with
`margins=False` one like most that are not xterm.
"""

from __future__ import annotations

import codecs
import re
from typing import Any, ClassVar

import pyte
from pyte.screens import Char, Margins
from wcwidth import wcwidth

_IGNORED = re.compile(
    r"\x1b\[[<=>][0-?]*[ -/]*[@-~]"  # private ones: the keyboard protocol
    r"|\x1b\[[0-?]*[ -/]+[@-~]"  # with intermediates: queries of modes
    r"|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"  # titles, the clipboard, hyperlinks
    r"|\x1b[P_^X].*?\x1b\\",
    re.DOTALL,
)
_UNFINISHED = re.compile(r"\x1b(?:$|\[[0-?]*[ -/]*$|\][^\x07\x1b]*\x1b?$|[P_^X](?:(?!\x1b\\).)*$|[()*+#%]$)", re.DOTALL)

Look = tuple[Any, ...]


class _Stream(pyte.Stream):
    csi: ClassVar[dict[str, str]] = {**pyte.Stream.csi, "s": "set_side_margins", "S": "scroll_up", "T": "scroll_down"}
    events: ClassVar[frozenset[str]] = frozenset({*pyte.Stream.events, "set_side_margins", "scroll_up", "scroll_down"})


class _Screen(pyte.Screen):
    def __init__(self, columns: int, lines: int, *, margins: bool, colour_erase: bool) -> None:
        self.knows_sides, self.colour_erase = margins, colour_erase
        self.sides_on = False
        self.sides: tuple[int, int] | None = None
        super().__init__(columns, lines)

    def set_mode(self, *modes: int, **options: Any) -> None:
        if options.get("private") and 69 in modes and self.knows_sides:
            self.sides_on = True
        if options.get("private") and 1049 in modes:
            self.buffer.clear()
        super().set_mode(*modes, **options)

    def reset_mode(self, *modes: int, **options: Any) -> None:
        if options.get("private") and 69 in modes:
            self.sides_on, self.sides = False, None
        super().reset_mode(*modes, **options)

    def set_side_margins(self, left: int = 0, right: int = 0, **_: Any) -> None:
        if self.sides_on:
            self.sides = (left or 1) - 1, right or self.columns
            self.cursor_position()

    def resize(self, lines: int | None = None, columns: int | None = None) -> None:
        super().resize(lines, columns)
        self.sides, self.margins = None, None

    # ---- moving lines --------------------------------------------------------------------------------------------
    def delete_lines(self, count: int | None = None) -> None:
        self._shift(self.cursor.y, count or 1)

    def insert_lines(self, count: int | None = None) -> None:
        self._shift(self.cursor.y, -(count or 1))

    def scroll_up(self, count: int | None = None) -> None:
        self._shift(None, count or 1)

    def scroll_down(self, count: int | None = None) -> None:
        self._shift(None, -(count or 1))

    def _shift(self, first: int | None, count: int) -> None:
        top, bottom = self.margins or Margins(0, self.lines - 1)
        left, right = self.sides or (0, self.columns)
        if first is not None:
            if not (top <= first <= bottom and left <= self.cursor.x <= right):
                return
            top, self.cursor.x = first, left
        before = {y: dict(self.buffer[y]) for y in range(top, bottom + 1)}
        blank = self._blank()
        for y in range(top, bottom + 1):
            for x in range(left, right):
                source = before.get(y + count)
                self.buffer[y][x] = blank if source is None else source.get(x, self.default_char)

    # ---- erasing -------------------------------------------------------------------------------------------------
    def _blank(self) -> Char:
        return self.default_char._replace(bg=self.cursor.attrs.bg) if self.colour_erase else self.default_char

    def erase_characters(self, count: int | None = None) -> None:
        for x in range(self.cursor.x, min(self.cursor.x + (count or 1), self.columns)):
            self.buffer[self.cursor.y][x] = self._blank()

    def erase_in_line(self, how: int = 0, private: bool = False) -> None:
        first = 0 if how else self.cursor.x
        last = self.cursor.x + 1 if how == 1 else self.columns
        for x in range(first, last):
            self.buffer[self.cursor.y][x] = self._blank()

    def erase_in_display(self, how: int = 0, *args: Any, **options: Any) -> None:
        lines = {0: range(self.cursor.y + 1, self.lines), 1: range(self.cursor.y)}.get(how, range(self.lines))
        for y in lines:
            for x in range(self.columns):
                self.buffer[y][x] = self._blank()
        if how in (0, 1):
            self.erase_in_line(how)

    # ---- writing -------------------------------------------------------------------------------------------------
    def draw(self, data: str) -> None:
        for character in data:
            width = wcwidth(character)
            if width > 0:
                self._erase_halves(width)
                super().draw(character)
            elif self.cursor.x:
                row = self.buffer[self.cursor.y]
                x = self.cursor.x - 1
                while x and row[x].data == "":
                    x -= 1
                row[x] = row[x]._replace(data=row[x].data + character)

    def _erase_halves(self, width: int) -> None:
        """Leave no half of a wide character behind."""
        row, x = self.buffer[self.cursor.y], min(self.cursor.x, self.columns - 1)
        if row[x].data == "" and x:
            row[x - 1] = row[x - 1]._replace(data=" ")
        behind = x + width
        if behind < self.columns and row[behind].data == "":
            row[behind] = row[behind]._replace(data=" ")


class Emulator:
    """A screen that bytes are fed to."""

    def __init__(self, columns: int, lines: int, *, margins: bool = True, colour_erase: bool = True) -> None:
        self.screen = _Screen(columns, lines, margins=margins, colour_erase=colour_erase)
        self._stream = _Stream(self.screen)
        self._stream.use_utf8 = True
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._rest = ""
        self._display: list[str] | None = None

    def feed(self, data: bytes) -> None:
        """Take what a program wrote, wherever it was cut."""
        self._display = None
        text = self._rest + self._decode(data)
        cut = _UNFINISHED.search(text, max(0, len(text) - 4096))
        self._rest = text[cut.start() :] if cut else ""
        self._stream.feed(_IGNORED.sub("", text[: cut.start()] if cut else text))

    def resize(self, columns: int, lines: int) -> None:
        """Change the size; what stands outside is lost."""
        self._display = None
        self.screen.resize(lines, columns)

    @property
    def display(self) -> list[str]:
        """The lines as text."""
        if self._display is None:
            self._display = self.screen.display
        return self._display

    def looks(self) -> list[list[Look]]:
        """Return every cell as it looks: of a blank one neither the foreground nor its weight can be seen."""
        return [[_look(self.screen.buffer[y][x]) for x in range(self.screen.columns)] for y in range(self.screen.lines)]

    @property
    def cursor(self) -> tuple[int, int]:
        """Column and line."""
        return self.screen.cursor.x, self.screen.cursor.y


def _look(cell: Char) -> Look:
    marked = cell.underscore or cell.strikethrough or cell.reverse or cell.blink
    return (" ", cell.bg) if cell.data == " " and not marked else tuple(cell)
