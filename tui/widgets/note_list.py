"""The list of notes: only what is on screen is drawn, whatever its length; each takes as many lines as it needs."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import datetime
from itertools import accumulate
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import Reactive, reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from store.library import NoteId
from store.library.note_rows import NoteRow
from tui.render.hint_labels import NONE, Hints
from tui.render.list_row import ASCII, UNICODE, fit
from tui.render.note_row import NoteStyles, height, note_row
from tui.render.wrap import paragraphs


class NoteList(ScrollView, can_focus=True, inherit_bindings=False):
    """Notes, one of them under the cursor."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "note-list--quiet", "note-list--tag", "note-list--sign", "note-list--cursor", "note-list--cursor-blurred",
    }  # fmt: skip
    DEFAULT_CSS = """
    NoteList {
        background: $background; color: $foreground;
        overflow-x: hidden; overflow-y: scroll; scrollbar-size: 0 0;
    }
    NoteList > .note-list--quiet { color: $quiet; }
    NoteList > .note-list--tag { color: $tag; }
    NoteList > .note-list--sign { color: $star; }
    NoteList > .note-list--cursor { background: $cursor; }
    NoteList > .note-list--cursor-blurred { background: $cursor-blurred; }
    NoteList:ansi > .note-list--cursor { text-style: reverse; }
    """

    # The number of rows moves no other widget, so that a new list asks for no layout of the screen.
    virtual_size: Reactive[Size] = Reactive(Size(0, 0), layout=False, repaint=False)

    cursor = reactive(0, repaint=False)

    class Moved(Message):
        """Another note is under the cursor."""

        def can_replace(self, message: Message) -> bool:
            """Only the newest place matters."""
            return isinstance(message, NoteList.Moved)

    class Opened(Message):
        """The note under the cursor was clicked."""

    def __init__(self, *, id: str | None = None, ascii_only: bool = False) -> None:
        super().__init__(id=id)
        self._rows: Sequence[NoteRow] = ()
        self._starts: list[int] = [0]
        """The first line of each row, and one past the last line."""
        self._strips: LRUCache[tuple[int, bool, int], list[Strip]] = LRUCache(256)
        self._glyphs = ASCII if ascii_only else UNICODE
        self._words = ""
        self._hints = NONE
        self._hint_looks: tuple[Style, ...] = ()
        self.now = datetime.now().astimezone()

    @property
    def rows(self) -> Sequence[NoteRow]:
        """What is listed."""
        return self._rows

    @property
    def current(self) -> NoteRow | None:
        """The note under the cursor."""
        return self._rows[self.cursor] if self.cursor < len(self._rows) else None

    def load(self, rows: Sequence[NoteRow], *, words: str = "", keep: bool = True) -> None:
        """List these notes; `words` stand there when there are none.

        With `keep` the cursor stays on its note, or where that is gone, at its place.
        """
        here, at, top = self.current, self.cursor, self.scroll_offset.y
        above = self._starts[at] - top if at < len(self._rows) else 0
        self._rows, self._words = rows, words
        self._starts = list(accumulate(map(height, rows), initial=0))
        self._strips.clear()
        self.now = datetime.now().astimezone()
        self.virtual_size = Size(0, self._starts[-1])
        if not keep:
            at, above = 0, 0
        elif here is not None:
            at = next((index for index, row in enumerate(rows) if row.note.id == here.note.id), at)
        at = max(0, min(at, len(rows) - 1))
        self.set_reactive(NoteList.cursor, at)
        self.scroll_to(y=max(0, self._starts[at] - above) if rows else 0, animate=False, force=True, immediate=True)
        self._show_cursor()
        self.refresh()
        self.post_message(self.Moved())

    # ---- moving ----------------------------------------------------------------------------------------------------
    def move(self, by: int) -> None:
        """Move the cursor by notes."""
        self.cursor = self.cursor + by

    def page(self, by: int, *, half: bool = False) -> None:
        """Move by as many notes as fill the screen, or half of it."""
        if not self._rows:
            return
        lines = max(1, self.size.height // 2 if half else self.size.height - 2)
        line = max(0, min(self._starts[self.cursor] + by * lines, self._starts[-1] - 1))
        at = self._at(line)
        self.cursor = at if at != self.cursor else at + by

    def validate_cursor(self, value: int) -> int:
        """Keep the cursor within the list."""
        return max(0, min(value, len(self._rows) - 1))

    def watch_cursor(self, old: int, new: int) -> None:
        """Draw both notes again, and keep the cursor on screen."""
        if old == new:
            return
        before = self.scroll_offset.y
        self._show_cursor()
        if self.scroll_offset.y == before:
            self.refresh(*(self._lines(index) for index in (old, new) if index < len(self._rows)))
        self.post_message(self.Moved())

    def _lines(self, index: int) -> Region:
        start, end = self._starts[index], self._starts[index + 1]
        return Region(0, start - self.scroll_offset.y, self.size.width, end - start)

    def _show_cursor(self) -> None:
        if not self._rows or not self.size.height:
            return
        first, end = self._starts[self.cursor], self._starts[self.cursor + 1] - 1
        top, room = self.scroll_offset.y, self.size.height
        if first < top or end - first > room:
            top = first
        elif end > top + room:
            top = end - room
        self.scroll_to(y=top, animate=False, force=True, immediate=True)

    def _at(self, line: int) -> int:
        return max(0, min(bisect_right(self._starts, line) - 1, len(self._rows) - 1))

    # ---- drawing ---------------------------------------------------------------------------------------------------
    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        width, line = self.size.width, self.scroll_offset.y + y
        if not self._rows and y > 0:
            quiet = self.rich_style + self.get_component_rich_style("note-list--quiet", partial=True)
            said = paragraphs(self._words, max(1, width - 2))
            return Strip([Segment(fit(f" {said[y - 1]}" if y <= len(said) else "", width), quiet)])
        if line >= self._starts[-1]:
            return Strip.blank(width, self.rich_style)
        index = self._at(line)
        cursor = index == self.cursor
        strips = self._strips.get((index, cursor, width))
        if strips is None:
            lines = note_row(
                self._rows[index], width, self._styles(cursor), self.now, cursor=cursor, glyphs=self._glyphs
            )
            strips = [Strip(segments).adjust_cell_length(width) for segments in lines]
            self._strips[index, cursor, width] = strips
        at = line - self._starts[index]
        strip = strips[at] if at < len(strips) else Strip.blank(width, self.rich_style)
        return self._hints.at_row(strip, index, *self._hint_looks) if self._hints and not at else strip

    def shown(self) -> list[tuple[int, NoteId]]:
        """Return the rows whose first line is in sight: their numbers, and their notes."""
        top = self.scroll_offset.y
        first, end = bisect_left(self._starts, top), bisect_left(self._starts, top + self.size.height)
        return [(at, self._rows[at].note.id) for at in range(first, min(end, len(self._rows)))]

    def choose(self, note: NoteId) -> None:
        """Choose a note as a click on the row under the cursor does, wherever it stands now; not one that is gone."""
        for at, row in enumerate(self._rows):
            if row.note.id == note:
                self.cursor = at
                self.post_message(self.Opened())
                return

    def show_hints(self, hints: Hints, *looks: Style) -> None:
        """Lay labels over the rows, by their numbers, in two looks: of letters, and of those typed already."""
        if hints or self._hints:
            self._hints, self._hint_looks = hints, tuple(self.rich_style + look for look in looks)
            self.refresh()

    def _styles(self, cursor: bool) -> NoteStyles:
        over = Style()
        if cursor:
            name = "cursor" if self.has_focus else "cursor-blurred"
            own = self.get_component_rich_style(f"note-list--{name}", partial=True)
            over = Style(bgcolor=own.bgcolor, reverse=own.reverse)
        ground = self.rich_style
        part = {
            name: ground + self.get_component_rich_style(f"note-list--{name}", partial=True) + over
            for name in ("quiet", "tag", "sign")
        }
        return NoteStyles(ground + over, part["quiet"], part["tag"], part["sign"])

    def _restyle(self) -> None:
        self._strips.clear()
        self.refresh()

    def notify_style_update(self) -> None:
        """Forget what was drawn in the old style."""
        super().notify_style_update()
        self._restyle()

    def on_focus(self) -> None:
        """Draw the cursor as the focused one."""
        self._restyle()

    def on_blur(self) -> None:
        """Draw the cursor as one that waits."""
        self._restyle()

    def on_resize(self) -> None:
        """Keep the cursor on screen."""
        self._restyle()
        self._show_cursor()

    # ---- mouse -----------------------------------------------------------------------------------------------------
    def on_click(self, event: events.Click) -> None:
        """Move to a clicked note; a click on the one under the cursor opens it."""
        line = self.scroll_offset.y + event.y
        if not self._rows or line >= self._starts[-1]:
            return
        at = self._at(line)
        if at == self.cursor:
            self.post_message(self.Opened())
        else:
            self.cursor = at

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Move to the next note."""
        event.stop()
        self.move(1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Move to the note before."""
        event.stop()
        self.move(-1)
