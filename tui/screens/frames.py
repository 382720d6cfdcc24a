"""Frames that ask widgets for the lines that have changed, and for no others.

Textual draws all that lies in the rectangle around every change. A row of the list and the status line below span most
of the screen, so that a key would have each line of each pane looked at, cut and put together again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from rich.console import Console
from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip

Span = tuple[int, int]
"""Cells of a line: the first, and the one behind the last."""


def draw_only_changes(screen: Screen[Any]) -> None:
    """Have a screen that was just made draw what has changed, and no more."""
    screen._compositor = ChangedLines()


class Pieces(ChopsUpdate):
    """Strips and the cells that they begin at."""

    def __init__(self, pieces: list[tuple[int, int, Strip]]) -> None:
        super().__init__([], [], [])
        self.pieces = pieces
        """Line, column and what is drawn from there on."""

    def render_segments(self, console: Console) -> str:
        """Write the strips as the terminal takes them."""
        return "".join(f"\x1b[{y + 1};{x + 1}H{strip.render(console)}" for y, x, strip in self.pieces)


class ChangedLines(Compositor):
    """A compositor whose partial updates cost what has changed."""

    def render_partial_update(self) -> Pieces | None:
        """Return what has changed, or None."""
        changed, self._dirty_regions = self._dirty_regions, set()
        inside = [region.intersection(self.size.region) for region in changed]
        pieces = [piece for block in blocks(self._regions_to_spans(inside)) for piece in self._drawn(block)]
        return Pieces(pieces) if pieces else None

    def _drawn(self, block: Region) -> Iterator[tuple[int, int, Strip]]:
        """Draw a rectangle: widgets come front to back, and each takes the cells that are left of it."""
        open_spans: dict[int, list[Span]] = {y: [block.column_span] for y in block.line_range}
        for widget, (region, clip) in self.visible_widgets.items():
            seen = region.intersection(clip).intersection(block)
            if not seen or not any(_meets(open_spans.get(y, ()), seen.column_span) for y in seen.line_range):
                continue
            strips = widget.render_lines(seen.translate(-region.offset))
            for y, strip in zip(seen.line_range, strips, strict=False):
                if y not in open_spans:
                    continue
                left: list[Span] = []
                for begin, end in open_spans[y]:
                    first, last = max(begin, seen.x), min(end, seen.right)
                    if first >= last:
                        left.append((begin, end))
                        continue
                    yield y, first, strip.crop(first - seen.x, last - seen.x)
                    left += [span for span in ((begin, first), (last, end)) if span[0] < span[1]]
                if left:
                    open_spans[y] = left
                else:
                    del open_spans[y]
            if not open_spans:
                return


def _meets(spans: Iterable[Span], other: Span) -> bool:
    return any(begin < other[1] and other[0] < end for begin, end in spans)


def blocks(spans: Iterable[tuple[int, int, int]]) -> list[Region]:
    """Join lines that follow each other and are changed in the same cells, each (line, first, behind the last)."""
    found: dict[Span, list[Region]] = {}
    for y, begin, end in spans:
        same = found.setdefault((begin, end), [])
        if same and same[-1].bottom == y:
            same[-1] = Region(begin, same[-1].y, end - begin, same[-1].height + 1)
        else:
            same.append(Region(begin, y, end - begin, 1))
    return [block for same in found.values() for block in same if block]
