"""The drawn lines of a page: from the layout's rows to strips, kept as long as they look the same."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from rich.segment import Segment
from rich.style import Style
from textual.cache import LRUCache
from textual.geometry import Region
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from store.article import Article
from tui.render.hint_labels import Hints
from tui.render.hits import Span
from tui.render.layout import Layout, Setting
from tui.render.paint import Painted
from tui.render.styles import EntityPalette, palette_for
from tui.render.wrap import paragraphs
from tui.widgets.reader_look import Look

_CACHED = 512
"""Lines kept drawn: ten screens."""


class DrawnPage(ScrollView, can_focus=True, inherit_bindings=False):
    """An article's lines as they look; what is not on screen is not drawn."""

    DEFAULT_CSS = """
    DrawnPage {
        background: $background; color: $foreground;
        overflow-x: hidden; overflow-y: scroll; scrollbar-size: 0 0;
    }
    """

    measure: reactive[int] = reactive(72, repaint=False, init=False)
    """The most cells of a line of text."""
    centred: reactive[bool] = reactive(False, repaint=False, init=False)
    """Whether the text stands in the middle of the pane."""

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
        """What stands in the place of a text."""
        self._remark = ""
        """What is to be known of the article before it is read."""
        self._layout: Layout | None = None
        self._look = Look()
        self._base: Style | None = None
        self._painted: LRUCache[int, Painted] = LRUCache(_CACHED)
        self._strips: LRUCache[int, Strip] = LRUCache(_CACHED)
        self._foot: list[Strip] = []
        """What stands in the pane's last lines, over the text."""

    def _lay_out(self) -> None:
        """Set the article anew; a subclass knows how."""

    # ---- looks --------------------------------------------------------------------------------------------
    @property
    def palette(self) -> EntityPalette:
        """The looks of names and words on this terminal."""
        return self._look.palette

    def _choose_palette(self) -> None:
        app = self.app
        chosen = palette_for(
            dark=app.current_theme.dark,
            ansi=app.native_ansi_color,
            no_colour=app.no_color,
            ascii_only=self._ascii_only,
            theme=app.current_theme.name.removeprefix("dateline-"),
        )
        if chosen != self._look.palette:
            self._look.palette = chosen
            self._lay_out()

    def on_mount(self) -> None:
        """Take on the terminal's looks."""
        self._choose_palette()

    def notify_style_update(self) -> None:
        """Draw all lines anew: the theme has changed, or the focus."""
        super().notify_style_update()
        self._base = None
        self._forget_lines()
        if self.is_mounted:
            self._choose_palette()

    def _setting(self) -> Setting:
        glyphs = self._look.palette.glyphs
        return Setting(self.size.width, self.measure, self.centred, self._base_only, glyphs, self._remark)

    @property
    def _base_style(self) -> Style:
        if self._base is None:
            self._base = self.rich_style
        return self._base

    def _selection_style(self) -> Style:
        return Style(reverse=True)

    # ---- lines --------------------------------------------------------------------------------------------
    @property
    def _top(self) -> int:
        return self.scroll_offset.y

    @property
    def _rows(self) -> int:
        """How many lines of text the pane shows."""
        return max(1, self.size.height - len(self._foot))

    @property
    def _bottom(self) -> int:
        return self._top + self._rows - 1

    def render_line(self, y: int) -> Strip:
        """Draw a line of the screen."""
        number = self._top + y
        width = self.size.width
        if y >= self._rows and self._foot:
            return self._foot[y - self._rows]
        strip = self._strips.get(number)
        if strip is None or strip.cell_length != width:
            painted = self._paint(number)
            bare = self._look.labelled(painted, self._base_style) if painted else self._empty(number)
            strip = bare.apply_offsets(0, number).adjust_cell_length(width, self._base_style)
            self._strips[number] = strip
        return strip

    def _paint(self, number: int) -> Painted | None:
        """Return a line with what its characters show; None below the end."""
        layout = self._layout
        painted = self._painted.get(number)
        if painted is None and layout is not None:
            row = layout.row(number)
            if row is None:
                return None
            setting, base = layout.setting, self._base_style
            painted = self._look.paint(row, setting.left, setting.width, base, self._selection_style())
            self._painted[number] = painted
        return painted

    def _empty(self, number: int) -> Strip:
        """Draw a line below the text, or of the words that stand in its place."""
        text = " " * self.size.width
        if self._words and number > 0:
            setting = self._setting()
            lines = paragraphs(self._words, setting.text_width)
            if number <= len(lines):
                text = " " * setting.left + lines[number - 1]
        return Strip([Segment(text, self._base_style + self._look.palette.style("quiet"))])

    def show_hints(self, hints: Hints) -> None:
        """Lay labels over the text; not a letter beside them moves."""
        if hints or self._look.hints:
            self._look.hints = hints
            self._strips.clear()
            self.refresh()

    # ---- drawing anew -------------------------------------------------------------------------------------
    def _forget_lines(self) -> None:
        self._painted.clear()
        self._strips.clear()

    def _redraw_everything(self) -> None:
        self._forget_lines()
        self.refresh()

    def _redraw(self, spans: Iterable[Span]) -> None:
        """Draw the lines anew that show something of these stretches."""
        ordered = sorted(spans)
        for number in list(self._painted.keys()):
            painted = self._painted.get(number)
            # Stretches of one call do not overlap, so the last to begin before the line's end tells.
            at = bisect_left(ordered, (painted.row.end,)) if painted else 0
            if painted and at and ordered[at - 1][1] > painted.row.start:
                self._strips.discard(number)
                self._painted.discard(number)
                if self._top <= number <= self._bottom + 1:
                    self.refresh(self._row_region(number - self._top))

    def _row_region(self, y: int) -> Region:
        return Region(0, y, self.size.width, 1)
