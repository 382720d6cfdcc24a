"""Frames as soon as there is something to show, while somebody types and looks at what it does."""

from __future__ import annotations

from typing import Any

from textual.screen import UPDATE_PERIOD, Screen

HASTY = 1 / 250
"""Seconds between frames, at most: a list that follows a key shall not wait for the next sixtieth of a second."""


def hasten(screen: Screen[Any], on: bool) -> None:
    """Let a screen paint at once, or again in Textual's own pace, which joins what happens close together."""
    pending = bool(screen._dirty_widgets or screen._repaint_required or screen._layout_required)
    screen._update_timer.stop()
    timer = screen.set_interval(HASTY if on else UPDATE_PERIOD, screen._on_timer_update, pause=True)
    # Where Textual keeps the timer that paints; its version is pinned, and a test looks here.
    setattr(screen, "_Screen__update_timer", timer)  # noqa: B010
    if pending:
        timer.resume()
