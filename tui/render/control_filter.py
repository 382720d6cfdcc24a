"""The back-stop behind `safe`: whatever a widget drew, no control character leaves in its segments."""

from __future__ import annotations

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from tui.render.safe import CONTROLS, REPLACEMENT


def _kept(run: str) -> str:
    """Return what stands for a run of controls: nothing, but a sign for each that was counted as one cell wide."""
    return "".join(
        REPLACEMENT
        for c in run
        if c == "\xad" or "\ud800" <= c <= "\udfff" or c >= "\U0010ff80" or c in "\ufffe\uffff"
    )


class ControlFilter(LineFilter):
    """Deletes control characters; the width of a line, as Rich has counted it, stays the same.

    It has no state, so one is put at the end of `App._filters` when the app is made.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments without control characters."""
        search = CONTROLS.search
        for index, (text, _style, _control) in enumerate(segments):
            if not (text.isascii() and text.isprintable()) and search(text):
                return segments[:index] + [_cleaned(segment) for segment in segments[index:]]
        return segments


def _cleaned(segment: Segment) -> Segment:
    text, style, control = segment
    return Segment(CONTROLS.sub(lambda run: _kept(run[0]), text), style, control)
