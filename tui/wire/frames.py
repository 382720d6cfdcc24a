"""Textual's frames, by private names of its compositor: what each writes, where, and in which colours."""

from __future__ import annotations

from collections.abc import Iterator

from rich.color import ColorSystem
from rich.console import Console
from rich.segment import Segment
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.strip import Strip

from tui.wire.painter import CodesOf, Piece


def is_frame(renderable: object) -> bool:
    """Tell whether something to display is a frame of the whole screen or of parts."""
    return isinstance(renderable, LayoutUpdate | ChopsUpdate)


def pieces(update: CompositorUpdate) -> Iterator[Piece]:
    """Yield what a frame writes, and where."""
    found: list[tuple[int, int, Strip]] | None = getattr(update, "pieces", None)
    if found is not None:
        yield from ((y, x, strip, strip.cell_length) for y, x, strip in found)
    elif isinstance(update, LayoutUpdate):
        for y, line in enumerate(update.strips, update.region.y):
            x = update.region.x
            for strip in line:
                yield y, x, strip, strip.cell_length
                x += strip.cell_length
    elif isinstance(update, ChopsUpdate):
        for y, first, last in update.spans:
            for end, (x, chop) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
                if chop is None or x > last or end <= first:
                    continue
                whole = last > x >= first and end <= last
                strip = chop if whole else chop.crop(0, min(end, last) - x)
                yield y, x, strip, strip.cell_length


def codes_for(console: Console) -> CodesOf:
    """Return what tells the numbers that Textual gives a segment's style, and its link."""
    system = console._color_system or ColorSystem.TRUECOLOR

    def codes_of(segment: Segment) -> tuple[str, str]:
        style = segment.style
        if style is None:
            return "", ""
        codes = style._ansi if style._ansi is not None else Strip.render_ansi(style, system)
        return codes, f"id={style._link_id};{style._link}" if style._link else ""

    return codes_of
