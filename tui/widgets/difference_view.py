"""Shows two texts compared, line by line; only what is on screen is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.reactive import Reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.render.hint_labels import NONE, Hints
from tui.render.text_difference import DifferenceLine, Look


class DifferenceView(ScrollView, can_focus=True, inherit_bindings=False):
    """The lines of a comparison, one difference of which is the current one."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "difference--quiet", "difference--differs", "difference--note", "difference--sign", "difference--here",
    }  # fmt: skip
    DEFAULT_CSS = """
    DifferenceView {
        background: $background; color: $foreground; width: 1fr; height: 1fr;
        overflow-x: hidden; overflow-y: scroll; scrollbar-size: 0 0;
    }
    DifferenceView > .difference--quiet { color: $quiet; }
    DifferenceView > .difference--differs { text-style: bold underline; }
    DifferenceView > .difference--note { color: $star; }
    DifferenceView > .difference--sign { text-style: bold; }
    DifferenceView > .difference--here { text-style: bold reverse; }
    """

    virtual_size: Reactive[Size] = Reactive(Size(0, 0), layout=False, repaint=False)

    def __init__(self) -> None:
        super().__init__()
        self._lines: Sequence[DifferenceLine] = ()
        self.place = -1
        """The current difference, from 0; -1 for none."""
        self._hints = NONE
        self._hint_looks: tuple[Style, ...] = ()

    def show(self, lines: Sequence[DifferenceLine]) -> None:
        """Show other lines; the current difference stays in sight."""
        self._lines = lines
        self.virtual_size = Size(0, len(lines))
        if self.place >= 0:
            self.go_to(self.place)
        self.refresh()

    def go_to(self, place: int) -> None:
        """Make a difference the current one and bring it in sight, with what stands before it."""
        self.place = place
        first = next((number for number, line in enumerate(self._lines) if line.place == place), 0)
        last = max((number for number, line in enumerate(self._lines) if line.place == place), default=first)
        top, height = self.scroll_offset.y, max(1, self.size.height)
        if first - 1 < top or last >= top + height:
            self.scroll(max(0, first - 2) - top)
        self.refresh()

    def scroll(self, by: int) -> None:
        """Scroll by lines."""
        self.scroll_to(y=max(0, self.scroll_offset.y + by), animate=False, force=True, immediate=True)

    @property
    def at_end(self) -> bool:
        """Whether the last line is on screen."""
        return self.scroll_offset.y + self.size.height >= len(self._lines)

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        base = self.rich_style
        number = self.scroll_offset.y + y
        if number >= len(self._lines):
            return Strip.blank(self.size.width, base)
        line = self._lines[number]
        here = line.place >= 0 and line.place == self.place
        sign = self._style("here" if here else "sign")
        segments = [Segment(line.sign, base + sign), Segment(" ", base)]
        segments += [Segment(text, base + self._style(look)) for text, look in line.pieces]
        strip = Strip(segments).adjust_cell_length(self.size.width, base)
        return self._hints.at_row(strip, number, *self._hint_looks) if self._hints else strip

    def shown(self) -> list[tuple[int, int]]:
        """Return the differences in sight, each with the number of its first line there."""
        top = self.scroll_offset.y
        found: dict[int, int] = {}
        for number, line in enumerate(self._lines[top : top + self.size.height], top):
            if line.place >= 0:
                found.setdefault(line.place, number)
        return [(number, place) for place, number in found.items()]

    def show_hints(self, hints: Hints, *looks: Style) -> None:
        """Lay labels over lines, by their numbers, in two looks: of letters, and of those typed already."""
        if hints or self._hints:
            self._hints, self._hint_looks = hints, tuple(self.rich_style + look for look in looks)
            self.refresh()

    def _style(self, look: str) -> Style:
        if look == Look.PLAIN:
            return Style()
        return self.get_component_rich_style(f"difference--{look}", partial=True)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll by three lines."""
        event.stop()
        self.scroll(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll by three lines."""
        event.stop()
        self.scroll(-3)
