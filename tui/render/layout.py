"""An article as the lines of a page: which characters stand where, both ways. Pure.

The page grows from the top: lines that were laid out keep their numbers, and a long text is laid out piece by
piece, as far as someone asks. Offsets are those of the article's text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from rich.cells import cell_len

from store.article import Article, BlockKind
from store.record import Record
from tui.render.clusters import shown
from tui.render.inserted import Inserted
from tui.render.pieces import UNICODE, Piece, TextGlyphs, pieces
from tui.render.wrap import Line, breaks, code_breaks, code_line, line

MARGIN = 2
"""Cells left of the text: one for the sign of a note, one of air."""


class Setting(Record):
    """How a page is set."""

    width: int
    """Cells of the pane."""
    measure: int = 72
    """The most cells of a line of text."""
    centred: bool = False
    base_only: bool = False
    """Show emoji as their base character (`tui.render.emoji`)."""
    glyphs: TextGlyphs = UNICODE
    remark: str = ""
    """Words below the byline that are no part of the text."""

    @property
    def text_width(self) -> int:
        """Cells of a line of text; the margin at the right has room for a sign."""
        return max(1, min(self.measure, self.width - MARGIN - 2))

    @property
    def left(self) -> int:
        """Cells before the text."""
        free = (self.width - self.text_width) // 2 if self.centred else 0
        return max(min(MARGIN, self.width - 1), free)


class Row(Record):
    """A line of the page."""

    number: int
    kind: BlockKind | None
    """What it is part of; None for a blank line."""
    start: int
    end: int
    """The stretch of the article's text it shows."""
    prefix: str
    """A bar, a bullet or an indent before the text, that is no part of it."""
    text: str
    offsets: Sequence[int]
    """For each character of `text` the offset of the character it shows."""
    signs: frozenset[int]
    """The indices in `text` of signs that are no part of the article's text."""
    suffix: str
    """Words behind the text that are no part of it."""


class Layout:
    """The lines of one article at one width."""

    def __init__(self, article: Article, setting: Setting, places: Iterable[int] = ()) -> None:
        """`places` are the offsets behind which a sign tells that a place was named."""
        self.setting = setting
        self.length = len(article.text)
        self.source = shown(article.text)
        """The article's text as it may be shown; as long as the text itself."""
        self.reserved = Inserted(self.source, setting.glyphs.place, places)
        """The text with the signs that have a cell of their own."""
        self._text = self.reserved.text
        self._width = setting.text_width
        self._coming = pieces(article, self._width, setting.glyphs, setting.remark)
        self._pieces: list[Piece] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._of_piece: list[int] = []
        self._suffixes: dict[int, str] = {}
        self.complete = False
        """Whether every line is known."""

    @property
    def height(self) -> int:
        """The number of lines laid out so far."""
        return len(self._starts)

    # ---- laying out ----------------------------------------------------------------------------------------
    def reach_line(self, number: int) -> None:
        """Lay out at least up to a line, or to the end."""
        while len(self._starts) <= number and self._next_piece():
            pass

    def reach(self, offset: int) -> None:
        """Lay out at least up to a character, or to the end."""
        wanted = self.reserved.to_shown(offset)
        while (not self._ends or self._ends[-1] <= wanted) and self._next_piece():
            pass

    def advance(self, characters: int) -> None:
        """Lay out about this many characters more."""
        start = self._ends[-1] if self._ends else 0
        while (not self._ends or self._ends[-1] - start < characters) and self._next_piece():
            pass

    def finish(self) -> None:
        """Lay out everything."""
        while self._next_piece():
            pass

    def _next_piece(self) -> bool:
        piece = next(self._coming, None)
        if piece is None:
            self.complete = True
            return False
        start, end = self.reserved.to_shown(piece.start), self.reserved.to_shown(piece.end)
        index = len(self._pieces)
        if index and not piece.close:
            self._starts.append(self._ends[-1])
            self._ends.append(self._ends[-1])
            self._of_piece.append(-index - 1)
        self._pieces.append(piece)
        width = max(1, self._width - max(len(piece.first), len(piece.rest)) - piece.right)
        cut = code_breaks if piece.kind is BlockKind.CODE else breaks
        spans = cut(self._text, start, end, width, self.setting.base_only)
        if piece.suffix:
            self._close_with(piece.suffix, spans, end, width)
        for start, end in spans:
            self._starts.append(start)
            self._ends.append(end)
            self._of_piece.append(index)
        return True

    def _close_with(self, suffix: str, spans: list[tuple[int, int]], end: int, width: int) -> None:
        """Put a piece's suffix behind its last line, or below where there is no room."""
        room = width - cell_len(self._line(*spans[-1]).text) if spans else 0
        if not spans or cell_len(suffix) > room:
            spans.append((spans[-1][1], spans[-1][1]) if spans else (end, end))
            suffix = suffix.lstrip(f" {self.setting.glyphs.dot}")
        self._suffixes[len(self._starts) + len(spans) - 1] = suffix

    def _line(self, start: int, end: int) -> Line:
        return line(self._text, start, end, self.setting.base_only)

    # ---- lines and offsets ---------------------------------------------------------------------------------
    def row(self, number: int) -> Row | None:
        """Return a line; None below the end."""
        self.reach_line(number)
        if not 0 <= number < len(self._starts):
            return None
        a, b = self._starts[number], self._ends[number]
        start, end = self.reserved.to_text(a), self.reserved.to_text(b)
        index = self._of_piece[number]
        if index < 0:
            return Row(number, None, start, end, self._pieces[-index - 1].between, "", (), frozenset(), "")
        piece = self._pieces[index]
        first = number == 0 or self._of_piece[number - 1] != index
        make = code_line if piece.kind is BlockKind.CODE else line
        shown_line = make(self._text, a, b, self.setting.base_only)
        offsets, signs = self._without_signs(shown_line)
        suffix = self._suffixes.get(number, "")
        prefix = piece.first if first else piece.rest
        return Row(number, piece.kind, start, end, prefix, shown_line.text, offsets, signs, suffix)

    def _without_signs(self, shown_line: Line) -> tuple[Sequence[int], frozenset[int]]:
        signs = self.reserved.signs
        if not signs:
            return shown_line.offsets, frozenset()
        low, high = bisect_right(signs, shown_line.start - 1), bisect_right(signs, shown_line.end - 1)
        here = set(signs[low:high])
        offsets = [self.reserved.to_text(at) for at in shown_line.offsets]
        return offsets, frozenset(i for i, at in enumerate(shown_line.offsets) if at in here)

    def line_of(self, offset: int) -> int:
        """Return the number of the line that shows a character; white space belongs to the line before it."""
        self.reach(offset)
        number = bisect_right(self._starts, self.reserved.to_shown(offset)) - 1
        while number > 0 and self._starts[number] == self._ends[number]:
            number -= 1
        return max(0, number)

    def offset_of(self, number: int) -> int:
        """Return the offset of the first character at or below a line; the text's length below the end."""
        self.reach_line(number)
        number = max(0, number)
        while number < len(self._starts) and self._starts[number] == self._ends[number]:
            number += 1
            self.reach_line(number)
        return self.reserved.to_text(self._starts[number]) if number < len(self._starts) else self.length

    def end_of(self, number: int) -> int:
        """Return the offset behind the last character at or above a line."""
        self.reach_line(number)
        number = min(number, len(self._ends) - 1)
        return self.reserved.to_text(self._ends[number]) if number >= 0 else 0
