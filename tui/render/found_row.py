"""What a filter found, in a row of the list: hits in the title, and a line of the text around the first one. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style

from tui.render.clusters import clusters
from tui.render.safe import safe

if TYPE_CHECKING:
    from store.library import Snippet

_LEAD = 4
"""The part of the line, as one of so many, that stands before the hit."""


def marked_segments(text: str, hits: Sequence[tuple[int, int]], style: Style, hit: Style) -> list[Segment]:
    """Draw a text with its hits in another style. What is cut off may have held some."""
    segments: list[Segment] = []
    at = 0
    for start, end in hits:
        start, end = max(start, at), min(end, len(text))
        if start >= end:
            continue
        if start > at:
            segments.append(Segment(text[at:start], style))
        segments.append(Segment(text[start:end], style + hit))
        at = end
    if at < len(text):
        segments.append(Segment(text[at:], style))
    return segments


def snippet_segments(
    snippet: Snippet | None, width: int, indent: int, style: Style, hit: Style, ellipsis: str = "…"
) -> list[Segment]:
    """Draw the line of a snippet exactly `width` cells wide, `indent` cells from the left; a blank one without any."""
    room = width - indent - 1
    if snippet is None or room < 8:
        return [Segment(" " * width, style)]
    text = safe(snippet.text)
    start = _start(text, snippet.hits[0][0], room // _LEAD)
    lead = "" if start == 0 and snippet.begins else ellipsis
    text = lead + text[start:]
    moved = [(one - start + len(lead), other - start + len(lead)) for one, other in snippet.hits if other > start]
    if cell_len(text) > room:
        text = set_cell_size(text, room - cell_len(ellipsis)).rstrip() + ellipsis
    shown = marked_segments(text, moved, style, hit)
    rest = width - indent - cell_len(text)
    return [Segment(" " * indent, style), *shown, Segment(" " * rest, style)]


def _start(text: str, hit: int, lead: int) -> int:
    """Return where a line begins that has at most so many cells before its hit: with a whole word, if there is one."""
    start, used = hit, 0
    for begin, _, cells in reversed(list(clusters(text, max(0, hit - lead), hit))):
        if used + cells > lead:
            break
        start, used = begin, used + cells
    if start == 0 or start == hit:
        return start
    space = text.find(" ", start - 1, hit)
    return space + 1 if space >= 0 else start
