"""Two texts on one line: one at the left, one at the right, the left one cut when there is no room for both."""

from __future__ import annotations

from textual.content import Content


def spread(left: Content, right: Content, width: int, *, margin: int = 1) -> Content:
    """Set `left` and `right` on a line of `width` cells, `margin` cells from each edge, two apart at least.

    What is at the right goes first when the left text would keep fewer than 20 cells.
    """
    room = width - 2 * margin
    if room <= 0:
        return Content("")
    right_width = right.cell_length
    if right_width and room - right_width - 2 < min(20, left.cell_length):
        right, right_width = Content(""), 0
    left_room = room - (right_width + 2 if right_width else 0)
    if left.cell_length > left_room:
        left = left.truncate(left_room, ellipsis=True)
    gap = " " * (room - left.cell_length - right_width)
    return Content.assemble(" " * margin, left, gap, right, " " * margin)
