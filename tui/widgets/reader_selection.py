"""Selecting on the page, with the mouse, as Textual does it, and from keys: a stretch of the text."""

from __future__ import annotations

from rich.style import Style
from textual.geometry import Offset
from textual.message import Message
from textual.selection import Selection

from tui.render.hits import Span
from tui.render.passages import as_seen
from tui.render.styles import ANSI, MONO
from tui.widgets.reader_page import ReaderPage
from tui.widgets.reader_steps import Stretch, Unit, moved


class SelectablePage(ReaderPage, can_focus=True, inherit_bindings=False):
    """A page whose text can be selected and copied as it is seen: without bars, bullets and signs."""

    ALLOW_SELECT = True

    _forward = True
    """Whether keys move the selection's end, not its start."""

    class Selected(Message):
        """Something else is selected, or nothing."""

        def can_replace(self, message: Message) -> bool:
            """Only the newest matters."""
            return isinstance(message, SelectablePage.Selected)

    @property
    def selected(self) -> Span | None:
        """The selected stretch of the text."""
        return self._look.selected

    @property
    def selected_text(self) -> str:
        """The selected text as it is read: lines run on, paragraphs apart, no control in it."""
        if self._look.selected is None or self._article is None or self._layout is None:
            return ""
        return as_seen(self._article, self._layout.source, *self._look.selected)

    def select(self, start: int, end: int) -> None:
        """Select a stretch of the text."""
        if self._layout is not None and start < end:
            chosen = Selection(self._place_of(start), self._place_of(end - 1) + Offset(1, 0))
            self.screen.selections = {self: chosen}
            self.selection_updated(chosen)  # at once: Textual tells of it a moment later

    def move_selection(self, unit: Unit, by: int) -> None:
        """Move one end of the selection by a unit down (`by` 1) or up (-1); the text follows."""
        span, article = self._look.selected, self._article
        if span is None or article is None:
            return
        stretch = moved(article, Stretch(*span, self._forward), unit, by)
        self.select(stretch.start, stretch.end)
        self._forward = stretch.forward
        self.keep_in_sight(stretch.moving)

    @property
    def moves_end(self) -> bool:
        """Whether keys move the selection's end, not its start."""
        return self._forward

    def change_ends(self) -> None:
        """Let keys move the other end of the selection."""
        if self._look.selected is not None:
            stretch = Stretch(*self._look.selected, not self._forward)
            self._forward = stretch.forward
            self.keep_in_sight(stretch.moving)

    def clear_selection(self) -> None:
        """Select nothing."""
        if self.is_attached and self in self.screen.selections:
            kept = {widget: each for widget, each in self.screen.selections.items() if widget is not self}
            self.screen.selections = kept
            self.selection_updated(None)

    # ---- what Textual asks --------------------------------------------------------------------------------
    def selection_updated(self, selection: Selection | None) -> None:
        """Take over what the mouse has selected."""
        old, new = self._look.selected, self._span_of(selection)
        if old == new:
            return
        self._look.selected = new
        self._forward = True
        self.post_message(self.Selected())
        if old is None or new is None:
            self._redraw(filter(None, (old, new)))
            return
        for one, other in zip(old, new, strict=True):
            if one != other:
                self._redraw([(min(one, other) - 1, max(one, other) + 1)])

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return the text to copy."""
        return self.selected_text, "\n"

    def _selection_style(self) -> Style:
        if self._look.palette.name in (MONO.name, ANSI.name):
            # On a terminal's own colours no ground is known on which every name can be read.
            return Style(reverse=True)
        # The ground alone: Textual's own colour of the letters is none, which here would be that of the ground.
        look = self.screen.get_visual_style("screen--selection").rich_style
        return Style(bgcolor=look.bgcolor, reverse=look.reverse)

    def _laid_out(self) -> None:
        if self._look.selected is not None:
            self.select(*self._look.selected)

    # ---- places on the page -------------------------------------------------------------------------------
    def _span_of(self, selection: Selection | None) -> Span | None:
        layout = self._layout
        if selection is None or layout is None:
            return None
        start = 0 if selection.start is None else self._offset_at(selection.start)
        if selection.end is None:
            return start, layout.length
        # The end names the character behind the last; that one's own end is meant.
        last = self._paint(selection.end.y)
        if last is None:
            return start, layout.length
        x = selection.end.x - 1
        at = last.offset_of(x)
        if 0 <= x - last.text_at < len(last.row.offsets) and x - last.text_at not in last.row.signs:
            at += 1
        return (start, at) if start < at else None

    def _offset_at(self, place: Offset) -> int:
        """Return the offset of the character at a character's place in a line."""
        painted = self._paint(place.y)
        if painted is not None:
            return painted.offset_of(place.x)
        return self._layout.length if self._layout else 0

    def _place_of(self, offset: int) -> Offset:
        """Return the line of a character and its place among the line's characters."""
        assert self._layout is not None
        number = self._layout.line_of(offset)
        painted = self._paint(number)
        return Offset(painted.x_of(offset) if painted else 0, number)
