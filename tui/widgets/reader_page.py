"""The page that an article is read on: lays out, draws the lines on screen, scrolls, keeps the place."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import Reactive, reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.timer import Timer

from store.article import Article
from tui.render.layout import MARGIN, Layout, Row, Setting
from tui.render.paint import Painted
from tui.render.styles import EntityPalette, palette_for
from tui.render.wrap import wrap
from tui.widgets.reader_look import Look

_GROW_EVERY = 1 / 30
_GROW_BY = 24_000
"""Characters laid out at a time behind what is on screen: a few milliseconds, so that no key waits."""

_CACHED = 512
"""Lines kept drawn: ten screens."""


class ReaderPage(ScrollView, can_focus=True, inherit_bindings=False):
    """An article's lines at the pane's width; offsets are those of the article's text."""

    DEFAULT_CSS = """
    ReaderPage {
        background: $background; color: $foreground;
        overflow-x: hidden; overflow-y: scroll; scrollbar-size: 0 0;
    }
    """

    # The height of the text moves no other widget, so that a new one asks for no layout of the screen.
    virtual_size: Reactive[Size] = Reactive(Size(0, 0), layout=False)

    measure: reactive[int] = reactive(72, repaint=False, init=False)
    """The most cells of a line of text."""
    centred: reactive[bool] = reactive(False, repaint=False, init=False)
    """Whether the text stands in the middle of the pane."""

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
        """`base_only` shows emoji as their base character: `tui.render.emoji.in_multiplexer` says when to."""
        super().__init__(id=id, classes=classes)
        self._ascii_only = ascii_only
        self._base_only = base_only
        self._article: Article | None = None
        self._words = ""
        self._layout: Layout | None = None
        self._look = Look()
        self._anchor = 0
        """The character that stays in the first line when the width changes."""
        self._moving = False
        self._growing: Timer | None = None
        self._base: Style | None = None
        self._painted: LRUCache[int, Painted] = LRUCache(_CACHED)
        self._strips: LRUCache[int, Strip] = LRUCache(_CACHED)

    # ---- what subclasses add ------------------------------------------------------------------------------
    def _places(self) -> list[int]:
        """Return where names of places end, for which the page keeps a cell for a sign."""
        return []

    def _selection_style(self) -> Style:
        return Style(reverse=True)

    def _laid_out(self) -> None:
        """Called when all lines have new numbers."""

    def _scrolled(self) -> None:
        """Called when other lines are on screen."""

    # ---- laying out ---------------------------------------------------------------------------------------
    @property
    def palette(self) -> EntityPalette:
        """The looks of names and words on this terminal."""
        return self._look.palette

    def _choose_palette(self) -> None:
        app = self.app
        chosen = palette_for(
            dark=app.current_theme.dark, ansi=app.native_ansi_color, no_colour=app.no_color,
            ascii_only=self._ascii_only,
        )  # fmt: skip
        if chosen != self._look.palette:
            self._look.palette = chosen
            self._lay_out()

    def on_mount(self) -> None:
        """Take on the terminal's looks."""
        self._choose_palette()

    def notify_style_update(self) -> None:
        """Draw all lines anew: a theme has changed, or the focus."""
        super().notify_style_update()
        self._base = None
        self._forget_lines()
        if self.is_mounted:
            self._choose_palette()

    def on_resize(self, _: events.Resize) -> None:
        """Lay out for another width; only draw for another height."""
        layout = self._layout
        if layout is None or layout.setting.width != self.size.width:
            self._lay_out()
        else:
            self._go_to_line(self._top)

    def watch_measure(self) -> None:
        """Lay out anew."""
        self._lay_out()

    def watch_centred(self) -> None:
        """Lay out anew."""
        self._lay_out()

    def _setting(self) -> Setting:
        glyphs = self._look.palette.glyphs
        return Setting(self.size.width, self.measure, self.centred, self._base_only, glyphs)

    def _lay_out(self) -> None:
        """Set the article anew, the anchor's line first."""
        self._forget_lines()
        if self._growing is not None:
            self._growing.stop()
            self._growing = None
        if self._article is None or not self.size.width:
            self._layout = None
            self._resize_page(self.size.height)
            self.refresh()
            return
        layout = self._layout = Layout(self._article, self._setting(), self._places())
        top = layout.line_of(self._anchor) if self._anchor > layout.offset_of(0) else 0
        self._go_to_line(top)
        self._laid_out()
        self.refresh()
        if not layout.complete:
            self._growing = self.set_interval(_GROW_EVERY, self._grow)

    def _grow(self) -> None:
        """Lay out a little more of a long text."""
        layout = self._layout
        if layout is not None:
            layout.advance(_GROW_BY)
            self._resize_page(layout.height)
        if (layout is None or layout.complete) and self._growing is not None:
            self._growing.stop()
            self._growing = None

    def _resize_page(self, height: int) -> None:
        self.virtual_size = Size(self.size.width, height)

    # ---- where one is -------------------------------------------------------------------------------------
    @property
    def _top(self) -> int:
        return self.scroll_offset.y

    @property
    def _bottom(self) -> int:
        """The last line that is wholly on screen."""
        return self._top + max(1, self.size.height) - 1

    @property
    def position(self) -> int:
        """The offset of the first visible character."""
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
        height = self.size.height
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
        if self._layout is None:
            self._anchor = position
        else:
            self._go_to_line(self._layout.line_of(position) if position else 0)

    def reveal(self, start: int, end: int) -> None:
        """Bring a stretch on screen, if it is not, a third from the top."""
        if self._layout is None:
            return
        first, last = self._layout.line_of(start), self._layout.line_of(max(start, end - 1))
        if first < self._top or last > self._bottom:
            self._go_to_line(max(0, first - self.size.height // 3))

    def _go_to_line(self, number: int) -> None:
        layout = self._layout
        if layout is None:
            return
        height = self.size.height
        number = max(0, number)
        layout.reach_line(number + 2 * height)
        self._resize_page(layout.height)
        self._moving = True
        try:
            self.scroll_to(y=number, animate=False, force=True, immediate=True)
        finally:
            self._moving = False

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Remember the place, and tell of it."""
        super().watch_scroll_y(old_value, new_value)
        layout = self._layout
        if layout is None or round(old_value) == round(new_value):
            return
        layout.reach_line(self._bottom + self.size.height)
        self._resize_page(layout.height)
        # A window that grew at the end of the text moves the text down; the place stays what it was.
        clamped = new_value < old_value and new_value >= self.max_scroll_y and not self._moving
        if not clamped:
            self._anchor = layout.offset_of(self._top) if self._top else 0
        self._scrolled()
        self._tell_moved()

    def _tell_moved(self) -> None:
        self.post_message(self.Moved(self.position, self.percent, self.at_end))

    # ---- drawing ------------------------------------------------------------------------------------------
    def _forget_lines(self) -> None:
        self._painted.clear()
        self._strips.clear()

    def _redraw(self, start: int, end: int) -> None:
        """Draw the lines of a stretch anew, as far as they are known."""
        layout = self._layout
        if layout is None or not layout.height or start >= layout.end_of(layout.height - 1):
            return
        first = layout.line_of(start)
        last = min(layout.line_of(max(start, end - 1)), max(self._bottom, first))
        for number in [each for each in list(self._strips.keys()) if first <= each <= last]:
            self._strips.discard(number)
            self._painted.discard(number)
        if first <= self._bottom + 1 and last >= self._top:
            top = max(first, self._top)
            self.refresh(Region(0, top - self._top, self.size.width, min(last, self._bottom + 1) - top + 1))

    def _paint(self, number: int) -> Painted | None:
        """Return a line with what its characters show; None below the end."""
        layout = self._layout
        painted = self._painted.get(number)
        if painted is None and layout is not None:
            row: Row | None = layout.row(number)
            if row is None:
                return None
            painted = self._look.paint(row, layout.setting.left, self._base_style, self._selection_style())
            self._painted[number] = painted
        return painted

    @property
    def _base_style(self) -> Style:
        if self._base is None:
            self._base = self.rich_style
        return self._base

    def render_line(self, y: int) -> Strip:
        """Draw a line of the screen."""
        number = self._top + y
        width = self.size.width
        strip = self._strips.get(number)
        if strip is None or strip.cell_length != width:
            painted = self._paint(number)
            bare = painted.strip if painted else self._empty(number)
            strip = bare.apply_offsets(0, number).adjust_cell_length(width, self._base_style)
            self._strips[number] = strip
        return strip

    def _empty(self, number: int) -> Strip:
        """Draw a line below the text, or of the words that stand in its place."""
        text = " " * self.size.width
        if self._words and number > 0:
            lines = wrap(self._words, 0, len(self._words), self._setting().text_width)
            if number <= len(lines):
                text = " " * MARGIN + lines[number - 1].text
        return Strip([Segment(text, self._base_style + self._look.palette.style("quiet"))])
