"""The least that a Textual app can be, to measure beside Dateline: `python -m bench.bare_app [TITLES]`.

Without a number it shows one word; with one, that many titles in a list on the line API, with a cursor.
"""

from __future__ import annotations

import sys

from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import Static


class Titles(ScrollView, can_focus=True):
    """A list of numbered titles, drawn a line at a time."""

    BINDINGS = (Binding("j", "move(1)", "Down"), Binding("k", "move(-1)", "Up"))

    def __init__(self, count: int) -> None:
        super().__init__()
        self.count = count
        self.cursor = 0
        self.virtual_size = Size(80, count)

    def action_move(self, step: int) -> None:
        """Move the cursor and keep it in sight."""
        before, self.cursor = self.cursor, min(max(self.cursor + step, 0), self.count - 1)
        for row in (before, self.cursor):
            self.refresh(Region(0, row - self.scroll_offset.y, self.size.width, 1))
        self.scroll_to_region(Region(0, self.cursor, 1, 1), animate=False, force=True)

    def render_line(self, y: int) -> Strip:
        """Draw one line of the window."""
        row = y + self.scroll_offset.y
        text = f" Article {row}: a title as long as titles are" if row < self.count else ""
        style = Style(reverse=row == self.cursor)
        return Strip([Segment(text.ljust(self.size.width), style)], self.size.width)


class BareApp(App[None]):
    """One widget, nothing else."""

    ENABLE_COMMAND_PALETTE = False
    BINDINGS = (Binding("q", "quit", "Quit"),)

    def __init__(self, titles: int) -> None:
        super().__init__()
        self.animation_level = "none"
        self.titles = titles

    def compose(self) -> ComposeResult:
        """Show the word, or the list."""
        yield Titles(self.titles) if self.titles else Static("Article 0")


if __name__ == "__main__":
    BareApp(int(sys.argv[1]) if len(sys.argv) > 1 else 0).run()
