"""The page that an article is read on: lays it out, scrolls, keeps the place when the width changes."""

from __future__ import annotations

from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive
from textual.timer import Timer

from tui.render.layout import Layout
from tui.widgets.reader_lines import DrawnPage

_GROW_EVERY = 1 / 30
_GROW_BY = 24_000
"""Characters laid out at a time behind what is on screen: a few milliseconds, so that no key waits."""


class ReaderPage(DrawnPage, can_focus=True, inherit_bindings=False):
    """An article's lines at the pane's width; offsets are those of the article's text."""

    # The height of the text moves no other widget, so that a new one asks for no layout of the screen.
    virtual_size: Reactive[Size] = Reactive(Size(0, 0), layout=False, repaint=False)

    class Moved(Message):
        """Other lines are on screen."""

        def __init__(self, position: int, percent: int, at_end: bool) -> None:
            self.position = position
            self.percent = percent
            self.at_end = at_end
            super().__init__()

        def can_replace(self, message: Message) -> bool:
            """Only the newest place matters."""
            return isinstance(message, ReaderPage.Moved)

    def __init__(
        self,
        *,
        id: str | None = None,
        classes: str | None = None,
        ascii_only: bool = False,
        base_only: bool = False,
    ) -> None:
        super().__init__(id=id, classes=classes, ascii_only=ascii_only, base_only=base_only)
        self._anchor = 0
        """The character that stays in the first line when the size changes."""
        self._settling = False
        """Whether the page scrolls by itself, to put the anchor in its place."""
        self._moving = False
        self._growing: Timer | None = None

    # ---- what subclasses add ------------------------------------------------------------------------------
    def _places(self) -> list[int]:
        """Return where names of places end, for which the page keeps a cell for a sign."""
        return []

    def _laid_out(self) -> None:
        """Called when all lines have new numbers."""

    def _scrolled(self) -> None:
        """Called when other lines are on screen."""

    # ---- laying out ---------------------------------------------------------------------------------------
    def on_resize(self, _: events.Resize) -> None:
        """Set the page for another size, with the same character in its first line."""
        layout = self._layout
        if layout is None or layout.setting.width != self.size.width:
            self._lay_out()
        else:
            self._settle()
        self._tell_moved()

    def watch_measure(self) -> None:
        """Set the page for another measure."""
        self._lay_out()

    def watch_centred(self) -> None:
        """Set the page elsewhere in the pane."""
        self._lay_out()

    def _lay_out(self) -> None:
        self._forget_lines()
        self._stop_growing()
        self._layout = None
        if self._article is not None and self.size.width and self.size.height:
            self._layout = Layout(self._article, self._setting(), self._places())
            self._settle()
            self._laid_out()
            if not self._layout.complete:
                self._growing = self.set_interval(_GROW_EVERY, self._grow)
        else:
            self.virtual_size = self.size
        self.refresh()

    def _settle(self) -> None:
        """Put the anchor into the first line, as far as the text reaches."""
        layout = self._layout
        if layout is None:
            return
        line = layout.line_of(self._anchor) if self._anchor > layout.offset_of(0) else 0
        if self._top <= line and layout.offset_of(self._top) == self._anchor:
            line = self._top  # a blank line stays above it
        self._settling = True
        self._go_to_line(line)
        self._settling = False

    def _reach(self, top: int) -> None:
        """Lay out two screens from a line on, so that the page can scroll there."""
        layout = self._layout
        if layout is not None:
            layout.reach_line(top + 2 * self.size.height)
            self.virtual_size = Size(self.size.width, layout.height + len(self._foot))

    def _grow(self) -> None:
        """Lay out a little more of a long text."""
        layout = self._layout
        if layout is not None:
            layout.advance(_GROW_BY)
            self.virtual_size = Size(self.size.width, max(self.virtual_size.height, layout.height + len(self._foot)))
        if layout is None or layout.complete:
            self._stop_growing()

    def _stop_growing(self) -> None:
        if self._growing is not None:
            self._growing.stop()
            self._growing = None

    # ---- where one is -------------------------------------------------------------------------------------
    @property
    def position(self) -> int:
        """The offset of the first visible character; 0 at the top."""
        if self._layout is None:
            return self._anchor
        return self._layout.offset_of(self._top) if self._top else 0

    @property
    def on_screen(self) -> tuple[int, int]:
        """The stretch of the text that is on screen."""
        layout = self._layout
        return (layout.offset_of(self._top), layout.end_of(self._bottom)) if layout else (0, 0)

    @property
    def percent(self) -> int:
        """How much of the text lies above the lower edge of the screen."""
        layout = self._layout
        if layout is None:
            return 0
        return 100 if self.at_end else min(99, 100 * layout.end_of(self._bottom) // max(1, layout.length))

    @property
    def at_end(self) -> bool:
        """Whether the last line is on screen."""
        layout = self._layout
        if layout is None:
            return False
        layout.reach_line(self._bottom + 1)
        return layout.complete and self._bottom >= layout.height - 1

    # ---- moving -------------------------------------------------------------------------------------------
    def scroll_lines(self, by: int) -> None:
        """Scroll by lines; negative numbers go up."""
        self._go_to_line(self._top + by)

    def scroll_page(self, by: int, half: bool = False) -> None:
        """Scroll by screens, or halves of them; two lines stay to read on from."""
        height = self._rows
        self._go_to_line(self._top + by * max(1, height // 2 if half else height - 2))

    def to_start(self) -> None:
        """Go to the first line."""
        self._go_to_line(0)

    def to_end(self) -> None:
        """Go to the last line."""
        if self._layout is not None:
            self._layout.finish()
            self._go_to_line(self._layout.height)

    def go_to(self, position: int) -> None:
        """Put the line of a character at the top."""
        self._anchor = max(0, position)
        if self._layout is not None:
            self._go_to_line(self._layout.line_of(position) if position > 0 else 0)

    def reveal(self, start: int, end: int) -> None:
        """Bring a stretch on screen, if it is not, a third from the top."""
        if self._layout is None:
            return
        first, last = self._layout.line_of(start), self._layout.line_of(max(start, end - 1))
        if first < self._top or last > self._bottom:
            self._go_to_line(first - self._rows // 3)

    def keep_in_sight(self, offset: int) -> None:
        """Scroll as little as needed to bring a character on screen, with a line beyond it."""
        if self._layout is None:
            return
        line = self._layout.line_of(offset)
        if line < self._top:
            self._go_to_line(line - 1)
        elif line > self._bottom:
            self._go_to_line(line - self._rows + 2)

    def _go_to_line(self, number: int) -> None:
        number = max(0, number)
        self._reach(number)
        self._moving = True
        self.scroll_to(y=number, animate=False, force=True, immediate=True)
        self._moving = False

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Remember the place, and tell of it."""
        super().watch_scroll_y(old_value, new_value)
        layout = self._layout
        if layout is None or round(old_value) == round(new_value):
            return
        self._reach(self._top)
        # A window that grows at the end of the text pushes the text down; the place stays what it was.
        pushed = not self._moving and new_value < old_value and new_value >= self.max_scroll_y
        if not (self._settling or pushed):
            self._anchor = layout.offset_of(self._top) if self._top else 0
        self._scrolled()
        self._tell_moved()

    def _tell_moved(self) -> None:
        if self._layout is not None:
            self.post_message(self.Moved(self.position, self.percent, self.at_end))
