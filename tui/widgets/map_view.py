"""The pane that shows a map: where, how large, and which place is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.render.map import ASCII, UNICODE, Dot, Part, cells, draw, legend
from tui.render.map_window import Window, fitted, world

STEP = 1.6
"""How much larger everything is after one step."""
_PART = 0.25
"""The part of the window that one step moves it by."""


class MapView(Widget):
    """Draws places on the world; it never has the focus: its keys are those of the list beside it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "map-view--coast", "map-view--dot", "map-view--label", "map-view--chosen",
    }  # fmt: skip
    DEFAULT_CSS = """
    MapView { background: $background; color: $foreground; }
    MapView > .map-view--coast { color: $coast; }
    MapView > .map-view--dot { color: $name-place; text-style: bold; }
    MapView > .map-view--label { color: $foreground; }
    MapView > .map-view--chosen { text-style: reverse bold; }
    """

    class Picked(Message):
        """A place was clicked."""

        def __init__(self, index: int) -> None:
            self.index = index
            super().__init__()

    def __init__(self, *, id: str | None = None, ascii_only: bool = False) -> None:
        super().__init__(id=id)
        self._signs = ASCII if ascii_only else UNICODE
        self._dots: Sequence[Dot] = ()
        self._window: Window | None = None
        self._fits = True
        """Whether the window follows the places and the size."""
        self._chosen = -1
        self._lines: list[list[Part]] | None = None

    @property
    def legend(self) -> str:
        """What the signs mean."""
        return legend(self._dots, self._signs)

    def load(self, dots: Sequence[Dot], *, stays: bool = False) -> None:
        """Show these places: all of them in sight, or in the window that the reader has chosen, if it `stays`."""
        chosen = self._dots[self._chosen].name if 0 <= self._chosen < len(self._dots) else None
        self._dots, self._fits = dots, self._fits or not stays
        self._chosen = next((at for at, dot in enumerate(dots) if stays and dot.name == chosen), -1)
        self._redraw()

    def choose(self, index: int) -> None:
        """Mark a place, and bring it in sight."""
        if index == self._chosen:
            return
        self._chosen = index
        if not self._fits and 0 <= index < len(self._dots) and self._window is not None:
            dot = self._dots[index]
            x, y = self._window.place(dot.lon, dot.lat)
            if not (0 <= x < self._window.width and 0 <= y < self._window.height):
                self._window = self._window.zoomed(1, (dot.lon, dot.lat))
        self._redraw()

    def zoom(self, steps: int) -> None:
        """Show everything larger, around the chosen place, or smaller."""
        dot = self._dots[self._chosen] if 0 <= self._chosen < len(self._dots) else None
        at = (dot.lon, dot.lat) if dot is not None and steps > 0 else None
        self._take(self._view().zoomed(STEP**steps, at))

    def move(self, right: int, down: int) -> None:
        """Move the window."""
        self._take(self._view().moved(right * _PART, down * _PART))

    def fit(self) -> None:
        """Show all places."""
        self._fits = True
        self._redraw()

    def show_world(self) -> None:
        """Show the whole world."""
        self._take(world(*cells(*self._room)))

    def _take(self, window: Window) -> None:
        self._window, self._fits = window, False
        self._redraw()

    @property
    def _room(self) -> tuple[int, int]:
        return max(1, self.size.width), max(1, self.size.height)

    def _view(self) -> Window:
        width, height = cells(*self._room)
        if self._fits or self._window is None:
            self._window = fitted([(dot.lon, dot.lat) for dot in self._dots], width, height)
        elif (self._window.width, self._window.height) != (width, height):
            self._window = self._window.resized(width, height)
        return self._window

    def _redraw(self) -> None:
        self._lines = None
        self.refresh()

    def on_resize(self, _: events.Resize) -> None:
        """Draw at the new size."""
        self._redraw()

    def notify_style_update(self) -> None:
        """Draw in other colours."""
        super().notify_style_update()
        self._redraw()

    def render_line(self, y: int) -> Strip:
        """Draw a line."""
        if self._lines is None:
            dots = [dot.replace(chosen=True) if n == self._chosen else dot for n, dot in enumerate(self._dots)]
            self._lines = draw(self._view(), dots, self._signs)
        base = self.rich_style
        if y >= len(self._lines):
            return Strip.blank(self.size.width, base)
        looks: dict[str, Style] = {"": base}
        for role in ("coast", "dot", "label", "chosen"):
            looks[role] = base + self.get_component_rich_style(f"map-view--{role}", partial=True)
        segments = [Segment(text, looks[role]) for text, role in self._lines[y]]
        return Strip(segments).adjust_cell_length(self.size.width, base)

    def on_click(self, event: events.Click) -> None:
        """Choose the place that is nearest to where the map was clicked, if one is near."""
        window = self._view()
        near: list[tuple[float, int]] = []
        for index, dot in enumerate(self._dots):
            x, y = window.place(dot.lon, dot.lat)
            near.append((abs(x / 2 - event.x) + 2 * abs(y / 4 - event.y), index))
        distance, index = min(near, default=(99.0, -1))
        if distance < 4:
            self.post_message(self.Picked(index))
