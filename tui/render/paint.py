"""A line of the page as a strip: text, names, hits, selection and the sign in the margin. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from store.article import BlockKind
from store.record import Record
from tui.render.clusters import all_narrow, clusters
from tui.render.layout import MARGIN, Row

QUIET = frozenset({BlockKind.BYLINE, BlockKind.CAPTION})
"""What stands back on the page."""
_STRONG = frozenset({BlockKind.TITLE, BlockKind.HEADING})
_BOLD = Style(bold=True)

Layer = tuple[int, int, Style]
"""A stretch of the article's text and what is added to its look; later layers lie above earlier ones."""


class Painted(Record):
    """A strip, and what its characters show."""

    strip: Strip
    row: Row
    text_at: int
    """How many characters of the strip come before the row's text."""

    def offset_of(self, x: int) -> int:
        """Return the offset that the strip's character `x` shows; behind the text it is the row's end."""
        index = x - self.text_at
        if index < 0:
            return self.row.start
        return self.row.offsets[index] if index < len(self.row.offsets) else self.row.end

    def offset_at_cell(self, cell: int) -> int | None:
        """Return the offset of the character that is shown in a cell of the strip; None beside the text."""
        text = self.strip.text
        cells = 0
        for start, end, width in clusters(text, 0, len(text)):
            cells += width
            if cells > cell:
                index = start - self.text_at
                inside = 0 <= index < len(self.row.offsets) and end > self.text_at
                return self.row.offsets[index] if inside else None
        return None

    def cell_of(self, offset: int) -> int:
        """Return the cell of the strip in which the character at an offset begins."""
        text, at = self.strip.text, self.x_of(offset)
        return sum(width for start, _, width in clusters(text, 0, len(text)) if start < at)

    def x_of(self, offset: int) -> int:
        """Return the index in the strip of the character at an offset."""
        return self.text_at + bisect_left(self.row.offsets, offset)


def paint(
    row: Row,
    left: int,
    width: int,
    base: Style,
    quiet: Style,
    layers: Iterable[Layer] = (),
    *,
    margin_sign: str = "",
    margin_style: Style | None = None,
    signs: Iterable[int] = (),
    sign: str = "",
) -> Painted:
    """Draw a row behind `left` cells of margin, at least `width` cells in all.

    `signs` are the offsets behind which `sign` is drawn, in the cell that the row has reserved there, else
    over the next space; see `free_cell`.
    """
    own = base + quiet if row.kind in QUIET else base + _BOLD if row.kind in _STRONG else base
    text = _signed(row, signs, sign)
    styles = [own] * len(text)
    for start, end, style in layers:
        for index in range(bisect_left(row.offsets, start), bisect_left(row.offsets, end)):
            styles[index] = styles[index] + style
    for index in row.signs:
        styles[index] = own
    back = base + quiet
    # The sign stands beside the text, also where that stands in the middle of the pane.
    at = max(0, left - MARGIN)
    before = (" " * at + (margin_sign or " ")).ljust(left) if left else ""
    looks = [base] * len(before) + [back] * len(row.prefix) + styles + [back] * len(row.suffix)
    if margin_sign and left:
        looks[at] = base + (margin_style or quiet)
    whole = f"{before}{row.prefix}{text}{row.suffix}"
    room = width - cell_len(whole)
    if room > 0:
        # The edge is drawn in one run with what it follows, if that looks the same: it saves bytes.
        whole += " " * room
        looks += [base] * room
    return Painted(Strip(_runs(whole, looks)), row, len(before) + len(row.prefix))


def _runs(text: str, styles: Sequence[Style]) -> list[Segment]:
    """Gather characters of one look; a cluster takes the look of its first character."""
    if all_narrow(text, 0, len(text)):
        bounds: Iterable[int] = range(len(text))
    else:
        bounds = (start for start, _, _ in clusters(text, 0, len(text)))
    segments: list[Segment] = []
    first, look = 0, None
    for at in bounds:
        if look is not None and styles[at] is not look and styles[at] != look:
            segments.append(Segment(text[first:at], look))
            first = at
        look = styles[at]
    if look is not None:
        segments.append(Segment(text[first:], look))
    return segments


# ---- the signs of places --------------------------------------------------------------------------------
def free_cell(row: Row, end: int) -> int | None:
    """Return the index in the row's text where the sign of a name that ends there can stand; None: nowhere.

    That is the cell reserved for it; else the space that follows the name and its punctuation. Behind the
    last word of a line the index is one beyond the text: the margin has room.
    """
    at = bisect_left(row.offsets, end)
    if at in row.signs:
        return at
    text = row.text
    if text[at : at + 2] in ("’s", "'s") and not text[at + 2 : at + 3].isalnum():
        at += 2
    while at < len(text) and text[at] in ".,;:!?)]”’\"'…":
        at += 1
    return at if at == len(text) or text[at] == " " else None


def _signed(row: Row, ends: Iterable[int], sign: str) -> str:
    """Write signs where they can stand, and blanks where one was reserved that is not wanted."""
    wanted = {free_cell(row, end) for end in ends} if sign else set()
    if not wanted and not row.signs:
        return row.text
    text = list(row.text)
    for index in row.signs:
        if index not in wanted:
            text[index] = " "
    for cell in wanted - {None, len(text)}:
        if cell is not None:
            text[cell] = sign
    return "".join(text) + (sign if len(row.text) in wanted else "")
