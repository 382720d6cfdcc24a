"""The rows of the article list as they are drawn: fetched by the page, kept as strips, drawn again where needed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.reactive import Reactive, reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from store.article import ArticleId, ListedArticle
from store.config import ROW, Column
from store.library import KeyList, Marks
from tui.render.columns import PACE
from tui.render.found_row import snippet_segments
from tui.render.grouped import GroupedLines
from tui.render.hint_labels import NONE, Hints
from tui.render.list_row import ASCII, UNICODE, RowState, RowStyles, fit, heading_row, missing_row, row_segments
from tui.render.wrap import paragraphs
from tui.widgets.folds import Folds

if TYPE_CHECKING:
    from store.library import Snippet

_INDENT = 3
"""Cells before the second line of a row."""
_PAGE = 64
"""Rows fetched at once: a screenful, and what the next keys ask for."""

Rows = Callable[[Sequence[int]], list[ListedArticle | None]]
MarksOf = Callable[[ArticleId], Marks]
GroupNames = Callable[[str], str]
"""Writes the name of a group as its heading shows it."""


class ArticleRows(ScrollView, can_focus=True, inherit_bindings=False):
    """Articles by their keys; rows and marks are asked for when they come on screen."""

    # The number of rows moves no other widget, so that a new list asks for no layout of the screen.
    virtual_size: Reactive[Size] = Reactive(Size(0, 0), layout=False, repaint=False)

    cursor = reactive(0, repaint=False)

    def __init__(self, rows: Rows, marks: MarksOf, *, id: str | None = None, ascii_only: bool = False) -> None:
        super().__init__(id=id)
        self._fetch = rows
        self._marks_of = marks
        self._keys = KeyList()
        self._lines = GroupedLines()
        self._name_group: GroupNames = str
        self._pages: LRUCache[int, list[ListedArticle | None]] = LRUCache(64)
        self._strips: LRUCache[tuple[int, bool, int], Strip] = LRUCache(512)
        self._glyphs = ASCII if ascii_only else UNICODE
        self._styles: dict[bool, RowStyles] = {}
        self._gone: Callable[[Marks], bool] = lambda _: False
        self._states: LRUCache[int, RowState] = LRUCache(512)
        """What the rows were drawn with, so that only those are drawn again of which something else is true."""
        self._digits_drawn: dict[str, int] = {}
        self._hints = NONE
        self._hint_looks: tuple[Style, ...] = ()
        self.digits: dict[str, int] = {}
        self.folds = Folds()
        self.departed: dict[int, ListedArticle] = {}
        """What was listed of articles that have left the library while they were on screen."""
        self.marked: set[int] = set()
        """The keys of the marked articles, also of those that are not listed."""
        self.marked_shown = 0
        """How many of them are listed."""
        self.words: tuple[str, ...] = ()
        """The words of the filter, marked in the titles."""
        self.snippet_of: Callable[[int], Snippet | None] = lambda _: None
        """Gives what stands around them in an article's text, by its key, where a row has a second line for it."""
        self.columns: Sequence[Column] = ROW
        self.roots: Sequence[str] = ()
        """What folders are named from on."""
        self.empty: Callable[[], str] = lambda: ""
        """Gives what is said where there are no rows."""
        self.pace = PACE
        """Words that the user reads in a minute."""
        self.today = date.today()

    # ---- what is listed --------------------------------------------------------------------------------------------
    @property
    def keys(self) -> KeyList:
        """The keys of the listed articles, in order."""
        return self._keys

    @property
    def grouped(self) -> bool:
        """Whether headings stand between the rows."""
        return bool(self._lines.groups)

    @property
    def ellipsis(self) -> str:
        """The sign for what was left out, as this terminal has it."""
        return self._glyphs.ellipsis

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
        return rows[offset] or self.departed.get(self._keys[index])

    def _shown_rows(self) -> tuple[int, int]:
        """Return the first row on screen, and the one behind the last."""
        top, height = self.scroll_offset.y, max(1, self.size.height)
        lines = self._lines
        if top >= lines.height:
            return len(self._keys), len(self._keys)
        last = min(top + height, lines.height) - 1
        heading, row = lines.at(last)
        return lines.at(top)[1], row if heading is not None else row + 1

    def shown_keys(self) -> Sequence[int]:
        """Return the keys of the rows on screen."""
        first, last = self._shown_rows()
        return self._keys[first:last]

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
        changed = [
            index
            for index in range(*self._shown_rows())
            if (row := self.row(index)) is not None and self._states.get(index) != self._state(index, row)
        ]
        self._strips.clear()
        if changed:
            self.refresh(*(self._line(index) for index in changed))

    def _line(self, index: int) -> Region:
        return Region(0, self._lines.line_of(index) - self.scroll_offset.y, self.size.width, self._lines.tall)

    def redraw_snippets(self) -> None:
        """Draw the rows again on the lines below the titles."""
        if self._lines.tall > 1:
            self._strips.clear()
            self.refresh()

    # ---- drawing ---------------------------------------------------------------------------------------------------
    def render_line(self, y: int) -> Strip:
        """Draw one row from the cache."""
        line = self.scroll_offset.y + y
        width = self.size.width
        if line >= self._lines.height:
            if not self._keys and (words := self.empty()):
                said = paragraphs(words, max(1, width - 3))
                text = f"  {said[line - 1]}" if 0 < line <= len(said) else ""
                return Strip([Segment(fit(text, width), self._row_styles(False).quiet)])
            return Strip.blank(width, self._row_styles(False).base)
        group, index = self._lines.at(line)
        cursor = group is None and index == self.cursor
        # By the line itself, as a row may take two.
        strip = self._strips.get((line, cursor, width))
        if strip is None:
            if group is not None:
                strip = self._draw_heading(group, width)
            elif self._lines.part_of(line):
                strip = self._draw_snippet(index, cursor, width)
            else:
                strip = self._draw(index, cursor, width)
            self._strips[line, cursor, width] = strip
        if self._hints and group is None and not self._lines.part_of(line):
            return self._hints.at_row(strip, self._keys[index], *self._hint_looks)
        return strip

    def show_hints(self, hints: Hints, *looks: Style) -> None:
        """Lay labels over the rows of articles, by their keys, in two looks: of letters, and of those typed already."""
        if hints or self._hints:
            self._hints, self._hint_looks = hints, tuple(self.rich_style + look for look in looks)
            self.refresh()

    def _draw_snippet(self, index: int, cursor: bool, width: int) -> Strip:
        styles = self._row_styles(cursor)
        snippet = self.snippet_of(self._keys[index])
        segments = snippet_segments(snippet, width, _INDENT, styles.quiet, styles.hit, self._glyphs.ellipsis)
        return Strip(segments).adjust_cell_length(width, styles.base)

    def _draw_heading(self, group: int, width: int) -> Strip:
        styles = self._row_styles(False)
        name, count = self._lines.groups[group]
        segments = heading_row(self._name_group(name), count, width, styles, self._glyphs)
        return Strip(segments).adjust_cell_length(width, styles.base)

    def _draw(self, index: int, cursor: bool, width: int) -> Strip:
        styles = self._row_styles(cursor)
        row = self.row(index)
        if row is None:
            return Strip(missing_row(width, styles, cursor), width)
        state = self._state(index, row)
        self._states.discard(index)  # the cache keeps what it has, whatever it is given for the same key
        self._states[index] = state
        state = state.replace(cursor=cursor)
        segments = row_segments(
            row, state, width, styles, self.today, self._glyphs, self.columns, self.roots, self.pace
        )
        return Strip(segments).adjust_cell_length(width, styles.base)

    def _state(self, index: int, row: ListedArticle) -> RowState:
        marks = self._marks_of(row.id)
        digits = tuple(sorted(self.digits[tag] for tag in marks.tags if tag in self.digits))
        key = self._keys[index]
        folded, beneath = self.folds.count(key), self.folds.is_beneath(key)
        marked, gone = key in self.marked, key in self.departed or self._gone(marks)
        return RowState(marks, digits, marked=marked, gone=gone, copies=folded, beneath=beneath, words=self.words)

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
            hit = self.get_component_rich_style("article-list--hit", partial=True)
            styles = RowStyles(ground + over, part["title"], part["quiet"], part["star"], part["tag"], hit)
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
