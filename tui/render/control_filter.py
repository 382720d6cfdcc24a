"""The back-stop behind `safe`: whatever a widget drew, no control character leaves in its segments."""

from __future__ import annotations

import re

from rich.cells import get_character_cell_size
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from tui.render.safe import CONTROLS, REPLACEMENT


class ControlFilter(LineFilter):
    """Deletes control characters; the width of a line, as it was counted when it was drawn, stays the same.

    It has no state, so one is put at the end of `App._filters` when the app is made.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments without control characters."""
        search = CONTROLS.search
        for index, segment in enumerate(segments):
            text = segment.text
            if not (text.isascii() and text.isprintable()) and search(text):
                return segments[:index] + [_cleaned(segment) for segment in segments[index:]]
        return segments


def _cleaned(segment: Segment) -> Segment:
    return Segment(CONTROLS.sub(_rest, segment.text), segment.style, segment.control)


def _rest(run: re.Match[str]) -> str:
    """Return what stays of a run of controls: a sign for each character that was counted as a cell."""
    return REPLACEMENT * sum(get_character_cell_size(character) for character in run[0])
