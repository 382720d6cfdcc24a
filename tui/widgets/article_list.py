"""The list of articles: only the rows on screen exist, whatever its length."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import Reactive, reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from store.article import ArticleId, ListedArticle
from store.library import Marks
from tui.render.list_row import ASCII, UNICODE, RowState, RowStyles, missing_row, row_segments
from tui.widgets.folds import Folds, Keys

_PAGE = 64
"""Rows fetched at once: a screenful, and what the next keys ask for."""

Rows = Callable[[Sequence[int]], list[ListedArticle | None]]
MarksOf = Callable[[ArticleId], Marks]


class ArticleList(ScrollView, can_focus=True, inherit_bindings=False):
    """Articles by their keys; rows and marks are asked for when they come on screen."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "article-list--title",
        "article-list--quiet",
        "article-list--star",
        "article-list--tag",
        "article-list--cursor",
        "article-list--cursor-blurred",
    }
    DEFAULT_CSS = """
    ArticleList {
        background: $background; color: $foreground;
        overflow-x: hidden; overflow-y: scroll; scrollbar-size: 0 0;
    }
    ArticleList > .article-list--title { color: $foreground; }
    ArticleList > .article-list--quiet { color: $quiet; }
    ArticleList > .article-list--star { color: $star; }
    ArticleList > .article-list--tag { color: $tag; }
    ArticleList > .article-list--cursor { background: $cursor; text-style: bold; }
    ArticleList > .article-list--cursor-blurred { background: $cursor-blurred; }
    ArticleList:ansi > .article-list--cursor { text-style: reverse; }
    """

    # The number of rows moves no other widget, so that a new list asks for no layout of the screen.
    virtual_size: Reactive[Size] = Reactive(Size(0, 0), layout=False, repaint=False)

    cursor = reactive(0, repaint=False)

    class Moved(Message):
        """The cursor stands on another row."""

        def __init__(self, index: int) -> None:
            self.index = index
            super().__init__()

    class Shown(Message):
        """Other rows are on screen: their ids, in order."""

        def __init__(self, ids: tuple[ArticleId, ...]) -> None:
            self.ids = ids
            super().__init__()

        def can_replace(self, message: Message) -> bool:
            """Only the newest matters."""
            return isinstance(message, ArticleList.Shown)

    class Opened(Message):
        """A row was clicked twice, or once more while it had the cursor."""

    def __init__(self, rows: Rows, marks: MarksOf, *, id: str | None = None, ascii_only: bool = False) -> None:
        super().__init__(id=id)
        self._fetch = rows
        self._marks_of = marks
        self._keys: Keys = []
        self._pages: LRUCache[int, list[ListedArticle | None]] = LRUCache(64)
        self._strips: LRUCache[tuple[int, bool, int], Strip] = LRUCache(512)
        self._glyphs = ASCII if ascii_only else UNICODE
        self._styles: dict[bool, RowStyles] = {}
        self._gone: Callable[[Marks], bool] = lambda _: False
        self._states: LRUCache[int, RowState] = LRUCache(512)
        """What the rows were drawn with, so that only those are drawn again of which something else is true."""
        self._digits_drawn: dict[str, int] = {}
        self.digits: dict[str, int] = {}
        self.marked: set[int] = set()
        self.folds = Folds()
        self.today = date.today()

    # ---- what is listed --------------------------------------------------------------------------------------------
    @property
    def keys(self) -> Keys:
        """The keys of the listed articles, in order."""
        return self._keys

    @property
    def current(self) -> ListedArticle | None:
        """The article under the cursor."""
        return self.row(self.cursor)

    def row(self, index: int) -> ListedArticle | None:
        """Return what is shown of the article at `index`, or None."""
        if not 0 <= index < len(self._keys):
            return None
        page, offset = divmod(index, _PAGE)
        rows = self._pages.get(page)
        if rows is None:
            rows = self._fetch(self._keys[page * _PAGE : (page + 1) * _PAGE])
            self._pages[page] = rows
        return rows[offset]

    def load(
        self,
        keys: Keys,
        *,
        cursor: int = 0,
        top: int | None = None,
        gone: Callable[[Marks], bool] | None = None,
    ) -> None:
        """List these articles with the cursor on one of them; `top` is the first row on screen, if that is known.

        `gone` tells from its marks that an article no longer belongs into the list.
        """
        before = self._on_screen()
        self._keys = keys
        self._gone = gone or (lambda _: False)
        self.virtual_size = Size(0, len(keys))
        cursor = max(0, min(cursor, len(keys) - 1))
        self.set_reactive(ArticleList.cursor, cursor)
        height = max(1, self.size.height)
        if top is None:
            top = min(self.scroll_offset.y, cursor) if cursor < self.scroll_offset.y + height else cursor - height // 2
        self.scroll_to(y=max(0, min(top, len(keys) - height)), animate=False, force=True, immediate=True)
        self._pages.clear()
        self._strips.clear()
        self._states.clear()
        if self._on_screen() != before:
            self.refresh()
            self._tell_shown()

    def _on_screen(self) -> tuple[Sequence[int], int]:
        """Return the keys of the rows on screen, and which of them has the cursor."""
        top = self.scroll_offset.y
        return tuple(self._keys[top : top + max(1, self.size.height)]), self.cursor - top

    def exchange(self, old: int, new: int) -> None:
        """Put another article into an article's row, unless it has one of its own."""
        if old in self._keys and new not in self._keys:
            self._keys[self._keys.index(old)] = new
            self.redraw()

    def redraw(self) -> None:
        """Fetch and draw every row again."""
        self._pages.clear()
        self._strips.clear()
        self._states.clear()
        self.refresh()

    def redraw_marks(self) -> None:
        """Draw those rows again whose marks have changed; their articles are the same."""
        digits, self._digits_drawn = self._digits_drawn, dict(self.digits)
        if digits != self.digits:
            self._states.clear()
        top = self.scroll_offset.y
        changed = [
            index
            for index in range(top, min(len(self._keys), top + self.size.height))
            if (row := self.row(index)) is not None and self._states.get(index) != self._state(index, row)
        ]
        self._strips.clear()
        if changed:
            self.refresh(*(self._line(index) for index in changed))

    # ---- moving ----------------------------------------------------------------------------------------------------
    def move(self, by: int) -> bool:
        """Move the cursor by some rows; False when it cannot."""
        before = self.cursor
        self.cursor = before + by
        return self.cursor != before

    def page(self, by: int, *, half: bool = False) -> None:
        """Move by pages or half pages."""
        height = max(1, self.size.height)
        self.move(by * (height // 2 if half else height - 1))

    def validate_cursor(self, value: int) -> int:
        """Keep the cursor within the list."""
        return max(0, min(value, len(self._keys) - 1))

    def watch_cursor(self, old: int, new: int) -> None:
        """Redraw two rows, or scroll."""
        if old == new:
            return
        top, height = self.scroll_offset.y, max(1, self.size.height)
        if top <= new < top + height:
            self.refresh(self._line(old), self._line(new))
        else:
            at = new if new < top else new - height + 1
            self.scroll_to(y=at, animate=False, force=True, immediate=True)
            self._tell_shown()
        self.post_message(self.Moved(new))

    def _line(self, index: int) -> Region:
        return Region(0, index - self.scroll_offset.y, self.size.width, 1)

    def _tell_shown(self) -> None:
        top = self.scroll_offset.y
        rows = (self.row(index) for index in range(top, min(len(self._keys), top + self.size.height)))
        self.post_message(self.Shown(tuple(row.id for row in rows if row is not None)))

    # ---- marks of many ---------------------------------------------------------------------------------------------
    def toggle_marked(self, indexes: Sequence[int], on: bool | None = None) -> None:
        """Mark rows for a bulk action, or unmark them."""
        keys = {self._keys[index] for index in indexes if 0 <= index < len(self._keys)}
        if on is None:
            on = not keys <= self.marked
        self.marked = self.marked | keys if on else self.marked - keys
        self.redraw_marks()

    # ---- drawing ---------------------------------------------------------------------------------------------------
    def render_line(self, y: int) -> Strip:
        """Draw one row from the cache."""
        index = self.scroll_offset.y + y
        width = self.size.width
        if index >= len(self._keys):
            return Strip.blank(width, self._row_styles(False).base)
        cursor = index == self.cursor
        strip = self._strips.get((index, cursor, width))
        if strip is None:
            strip = self._draw(index, cursor, width)
            self._strips[index, cursor, width] = strip
        return strip

    def _draw(self, index: int, cursor: bool, width: int) -> Strip:
        styles = self._row_styles(cursor)
        row = self.row(index)
        if row is None:
            return Strip(missing_row(width, styles, cursor), width)
        state = self._state(index, row)
        self._states[index] = state
        state = replace(state, cursor=cursor)
        segments = row_segments(row, state, width, styles, self.today, self._glyphs)
        return Strip(segments).adjust_cell_length(width, styles.base)

    def _state(self, index: int, row: ListedArticle) -> RowState:
        marks = self._marks_of(row.id)
        digits = tuple(sorted(self.digits[tag] for tag in marks.tags if tag in self.digits))
        key = self._keys[index]
        folded, beneath = self.folds.count(key), self.folds.is_beneath(key)
        marked, gone = key in self.marked, self._gone(marks)
        return RowState(marks, digits, marked=marked, gone=gone, copies=folded, beneath=beneath)

    def _row_styles(self, cursor: bool) -> RowStyles:
        styles = self._styles.get(cursor)
        if styles is None:
            name = "cursor" if self.has_focus else "cursor-blurred"
            ground = self.rich_style
            over = Style()
            if cursor:
                own = self.get_component_rich_style(f"article-list--{name}", partial=True)
                over = Style(bgcolor=own.bgcolor, bold=own.bold, reverse=own.reverse)
            part = {
                each: ground + self.get_component_rich_style(f"article-list--{each}", partial=True) + over
                for each in ("title", "quiet", "star", "tag")
            }
            styles = RowStyles(ground + over, part["title"], part["quiet"], part["star"], part["tag"])
            self._styles[cursor] = styles
        return styles

    def notify_style_update(self) -> None:
        """Forget what was drawn in the old style."""
        super().notify_style_update()
        self._styles.clear()
        self._strips.clear()

    def on_focus(self) -> None:
        """Draw the cursor as the focused one."""
        self._restyle()

    def on_blur(self) -> None:
        """Draw the cursor as one that waits."""
        self._restyle()

    def _restyle(self) -> None:
        self._styles.clear()
        self._strips.clear()
        self.refresh(self._line(self.cursor))

    def on_resize(self) -> None:
        """Keep the cursor on screen."""
        self._strips.clear()
        top, height = self.scroll_offset.y, max(1, self.size.height)
        if not top <= self.cursor < top + height:
            self.scroll_to(y=max(0, self.cursor - height // 2), animate=False, force=True, immediate=True)
        self._tell_shown()

    # ---- mouse -----------------------------------------------------------------------------------------------------
    def on_click(self, event: events.Click) -> None:
        """Move to a clicked row; a click on the cursor's row opens it."""
        index = self.scroll_offset.y + event.y
        if not 0 <= index < len(self._keys):
            return
        if index == self.cursor or event.chain > 1:
            self.post_message(self.Opened())
        else:
            self.cursor = index

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Move by three rows."""
        event.stop()
        self.move(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Move by three rows."""
        event.stop()
        self.move(-3)
