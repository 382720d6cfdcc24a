"""What lies over a line of text: names, hits, the selection, signs. Pure."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rich.style import Style

from store.article import Mention
from store.library import Group, group_of
from tui.render.hits import Span
from tui.render.layout import Row
from tui.render.paint import Layer, Painted, free_cell, paint
from tui.render.styles import DARK, EntityPalette
from tui.widgets.reader_names import Names

_BOLD = Style(bold=True)
_UNDERLINE = Style(underline=True)
_CURRENT = Style(reverse=True, underline=False)


@dataclass
class Look:
    """Everything beside the text itself that decides how its lines look."""

    palette: EntityPalette = DARK
    names: Names = field(default_factory=Names)
    current: Mention | None = None
    hits: Sequence[Span] = ()
    hit: int = -1
    """Which hit was gone to; -1 for none."""
    selected: Span | None = None
    margins: Mapping[Span, str] = field(default_factory=dict)
    """Signs in the margin, by the stretch that they stand beside."""

    def paint(self, row: Row, left: int, width: int, base: Style, selection: Style) -> Painted:
        """Draw a line."""
        palette = self.palette
        layers, signs = self._names_in(row)
        layers += self._hits_in(row)
        if self.current is not None:
            layers.append((self.current.start, self.current.end, _CURRENT))
        if self.selected is not None:
            layers.append((*self.selected, selection))
        return paint(
            row, left, width, base, palette.style("quiet"), layers,
            margin_sign=self._margin_sign(row), margin_style=palette.style("sign"),
            signs=signs, sign=palette.glyphs.place if palette.places_signed else "",
        )  # fmt: skip

    def _names_in(self, row: Row) -> tuple[list[Layer], list[int]]:
        layers: list[Layer] = []
        signs: list[int] = []
        if row.start == row.end:
            return layers, signs
        for mention in self.names.between(row.start, row.end):
            group = group_of(mention.label)
            layers.append((mention.start, mention.end, self.palette.styles[group]))
            if group is Group.PLACE and self.palette.places_signed and mention.end <= row.end:
                signs.append(mention.end)
                if free_cell(row, mention.end) is None:
                    layers.append((mention.start, mention.end, _BOLD))
        layers += [(each.start, each.end, _UNDERLINE) for each in self._same_in(row)]
        return layers, signs

    def _same_in(self, row: Row) -> Sequence[Mention]:
        """Return the mentions of the current name in a line."""
        same = self.names.same(self.current)
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

    def _margin_sign(self, row: Row) -> str:
        if row.start == row.end:
            return ""
        return next((sign for (a, b), sign in self.margins.items() if a < row.end and b > row.start), "")
