"""A line cut to the room there is, so that one stretch of it stays in sight. Pure."""

from __future__ import annotations

from rich.cells import cell_len

from tui.render.clusters import clusters
from tui.render.list_row import fit

_BEFORE = 3
"""The stretch begins no further right than at this part of the room, counted from the left: a third."""


def around(text: str, start: int, end: int, width: int, ellipsis: str = "…") -> tuple[str, str, str]:
    """Return what stands before `text[start:end]`, the stretch itself, and what follows: `width` cells together.

    Where the line has to be cut, the stretch is what stays; what is left out is marked at either side.
    """
    start = min(max(0, start), len(text))
    end = min(max(start, end), len(text))
    before, marked = text[:start], text[start:end]
    if cell_len(text) > width:
        size = cell_len(marked)
        if size >= width:
            return "", fit(marked, width, ellipsis), ""
        behind = cell_len(text[end:])
        # What is not needed behind the stretch is room before it.
        before = _end_of(before, max((width - size) // _BEFORE, width - size - behind), ellipsis)
    return before, marked, fit(text[end:], width - cell_len(before) - cell_len(marked), ellipsis)


def _end_of(text: str, width: int, ellipsis: str) -> str:
    """Return the end of a line, in at most so many cells."""
    if cell_len(text) <= width:
        return text
    sizes = [(start, cells) for start, _, cells in clusters(text, 0, len(text))]
    room, first = width - len(ellipsis), len(text)
    for start, cells in reversed(sizes):
        if cells > room:
            break
        room -= cells
        first = start
    return (ellipsis if width > 0 else "") + text[first:]
