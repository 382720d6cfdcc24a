"""What lies over a line of text: names, hits, the selection, signs. Pure."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from msgspec import Struct, field
from rich.style import Style
from textual.strip import Strip

from store.article import Mention
from store.library import Group, group_of
from tui.render.hint_labels import NONE, Hints, Label
from tui.render.hits import Span
from tui.render.layout import Row
from tui.render.paint import QUIET, Layer, Painted, free_cell, paint
from tui.render.styles import DARK, EntityPalette
from tui.widgets.reader_names import Names
from tui.widgets.reader_passages import Passage, Passages

_BOLD = Style(bold=True)
_CURRENT = Style(reverse=True, underline=False)
_HERE = Style(bold=True)


class Look(Struct):
    """Everything beside the text itself that decides how its lines look."""

    palette: EntityPalette = DARK
    names: Names = field(default_factory=Names)
    current: Mention | None = None
    pointed: Mention | None = None
    """The name that is pointed at elsewhere, as in the panel; what is current goes before it."""
    hits: Sequence[Span] = ()
    hit: int = -1
    """Which hit was gone to; -1 for none."""
    selected: Span | None = None
    passages: Passages = field(default_factory=Passages)
    written_on: Span | None = None
    """The passage that a note is being written on."""
    passage: Passage | None = None
    """The passage whose note was gone to."""
    hints: Hints = NONE
    """The labels of what can be chosen in the text, by their offsets."""

    def paint(self, row: Row, left: int, width: int, base: Style, selection: Style) -> Painted:
        """Draw a line."""
        palette = self.palette
        marked = self.passages.between(row.start, row.end) if row.start < row.end else []
        names, signs = self._names_in(row)
        layers = [*self._passages_in(marked), *names, *self._people_in(marked), *self._hits_in(row)]
        if self.current is not None:
            layers.append((self.current.start, self.current.end, _CURRENT))
        layers += [(*span, selection) for span in (self.written_on, self.selected) if span is not None]
        return paint(
            row, left, width, base, palette.style("quiet"), layers,
            margin_sign=self._margin_sign(row, bool(marked)), margin_style=self._margin_style(row),
            signs=signs, sign=palette.glyphs.place if palette.places_signed else "",
        )  # fmt: skip

    def labelled(self, painted: Painted, base: Style) -> Strip:
        """Return a drawn line with the labels of what can be chosen on it."""
        row = painted.row
        hints = self.hints.between(row.start, row.end)
        if not hints:
            return painted.strip
        style = base + self.palette.style("current_hit") + _BOLD
        labels = (Label(painted.cell_of(offset), label) for offset, label in hints)
        return self.hints.laid_over(painted.strip, labels, style, base + self.palette.style("quiet"))

    def _names_in(self, row: Row) -> tuple[list[Layer], list[int]]:
        layers: list[Layer] = []
        signs: list[int] = []
        if row.start == row.end:
            return layers, signs
        styles = self.palette.quiet_styles if row.kind in QUIET else self.palette.styles
        for mention in self.names.between(row.start, row.end):
            group = group_of(mention.label)
            layers.append((mention.start, mention.end, styles[group]))
            if group is Group.PLACE and self.palette.places_signed and mention.end <= row.end:
                signs.append(mention.end)
                if free_cell(row, mention.end) is None:
                    layers.append((mention.start, mention.end, _BOLD))
        same = self.palette.style("same")
        layers += [(each.start, each.end, same) for each in self._same_in(row)]
        return layers, signs

    def _same_in(self, row: Row) -> Sequence[Mention]:
        """Return the mentions of the current name, or of the one pointed at, in a line."""
        same = self.names.same(self.current or self.pointed)
        if not same:
            return ()
        low = bisect_right(same, row.start, key=lambda each: each.end)
        high = bisect_left(same, row.end, key=lambda each: each.start)
        return same[low:high]

    def _hits_in(self, row: Row) -> list[Layer]:
        layers: list[Layer] = []
        at = bisect_left(self.hits, (row.start,))
        at -= 1 if at and self.hits[at - 1][1] > row.start else 0
        while at < len(self.hits) and self.hits[at][0] < row.end:
            look = self.palette.style("current_hit" if at == self.hit else "hit")
            layers.append((*self.hits[at], look))
            at += 1
        return layers

    # ---- passages that bear notes and highlights ---------------------------------------------------------------
    def _passages_in(self, marked: Sequence[tuple[int, int, Passage]]) -> list[Layer]:
        look = self.palette.style("passage")
        layers: list[Layer] = [(start, end, look) for start, end, _ in marked]
        if self.passage is not None:
            layers.append((*self.passage.span, self.palette.style("current_passage")))
        return layers

    def _people_in(self, marked: Sequence[tuple[int, int, Passage]]) -> list[Layer]:
        """Tell people apart from the marked words around them, where both would only be underlined."""
        if not self.palette.people_in_passages:
            return []
        look = self.palette.style("people_in_passages")
        return [
            (max(start, mention.start), min(end, mention.end), look)
            for start, end, _ in marked
            for mention in self.names.between(start, end)
            if group_of(mention.label) is Group.PERSON
        ]

    def _margin_sign(self, row: Row, marked: bool) -> str:
        glyphs = self.palette.glyphs
        if not marked:
            return ""
        if self.passages.begins_note(row.start, row.end):
            return glyphs.note
        return glyphs.here if self._is_here(row) else glyphs.mark

    def _margin_style(self, row: Row) -> Style:
        style = self.palette.style("sign")
        return style + _HERE if self._is_here(row) else style

    def _is_here(self, row: Row) -> bool:
        here = self.passage
        return here is not None and here.start < row.end and here.end > row.start
