"""The list of articles: only the rows on screen exist, whatever its length."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from typing import ClassVar

from textual import events
from textual.geometry import Size
from textual.message import Message

from store.article import ArticleId
from store.library import KeyList, ListGroup, Marks
from tui.render.grouped import GroupedLines
from tui.widgets.article_rows import ArticleRows, GroupNames


class ArticleList(ArticleRows):
    """The list: what is in it, where the cursor stands, what is marked."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "article-list--title",
        "article-list--quiet",
        "article-list--star",
        "article-list--tag",
        "article-list--hit",
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
    ArticleList > .article-list--hit { color: $hit-text; background: $hit; }
    ArticleList:ansi > .article-list--hit {
        text-style: bold underline; color: ansi_default; background: ansi_default;
    }
    ArticleList > .article-list--cursor { background: $cursor; text-style: bold; }
    ArticleList > .article-list--cursor-blurred { background: $cursor-blurred; }
    ArticleList:ansi > .article-list--cursor { text-style: reverse; }
    """

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

    def load(
        self,
        keys: KeyList,
        *,
        cursor: int = 0,
        hold: bool = False,
        above: int | None = None,
        gone: Callable[[Marks], bool] | None = None,
        groups: Sequence[ListGroup] = (),
        name_group: GroupNames = str,
        marked_shown: int = 0,
        words: tuple[str, ...] = (),
        tall: int = 1,
    ) -> None:
        """List these articles with the cursor on one of them.

        With `hold` the reader's eye stays where it is: as many lines are above the cursor as before, or as `above`
        says. `gone` tells from its marks that an article no longer belongs into the list. `groups` follow each other in
        the order of the keys. `words` are marked in the titles; where a row is two lines `tall`, the second shows a
        snippet.
        """
        before = self._on_screen()
        if hold and above is None:
            above = self.above
        self._keys = keys
        self._lines = GroupedLines(len(keys), groups, tall)
        self.words = words
        self._name_group = name_group
        self._gone = gone or (lambda _: False)
        self.marked_shown = marked_shown
        self.virtual_size = Size(0, self._lines.height)
        cursor = max(0, min(cursor, len(keys) - 1))
        self.set_reactive(ArticleList.cursor, cursor)
        height = max(1, self.size.height)
        line = self._lines.line_of(cursor)
        if above is not None:
            top = line - above
        else:
            top = min(self.scroll_offset.y, line) if line < self.scroll_offset.y + height else line - height // 2
        if top == line and self._begins_group(cursor):
            top -= 1
        self._scroll_lines(max(0, min(top, self._lines.height - height)))
        self._pages.clear()
        self._strips.clear()
        self._states.clear()
        if self._on_screen() != before:
            self.refresh()
            self._tell_shown()

    @property
    def above(self) -> int:
        """How many lines are on screen above the cursor's."""
        return self._lines.line_of(self.cursor) - int(self.scroll_offset.y)

    @property
    def tall(self) -> int:
        """How many lines a row takes."""
        return self._lines.tall

    def _scroll_lines(self, top: int) -> None:
        """Scroll to a line, or the next one where that is the second of a row."""
        if self._lines.part_of(top) if 0 <= top < self._lines.height else False:
            top += 1
        self.scroll_to(y=top, animate=False, force=True, immediate=True)

    def _on_screen(self) -> tuple[object, ...]:
        """Return what is on screen: rows, which of them has the cursor, groups, and what is shown of them."""
        first, last = self._shown_rows()
        groups: Sequence[ListGroup] = ()
        if self.grouped and last > first:
            groups = self._lines.groups[self._lines.group_of(first) : self._lines.group_of(last - 1) + 1]
        return tuple(self._keys[first:last]), self.cursor - first, groups, self.words, self._lines.tall

    def _begins_group(self, row: int) -> bool:
        return self._lines.begins_group(row)

    def exchange(self, old: int, new: int) -> None:
        """Put another article into an article's row, unless it has one of its own; a mark goes along."""
        if old in self.marked:
            self.marked.discard(old)
            self.marked.add(new)
        if self._keys.exchange(old, new):
            self.redraw()

    # ---- moving ----------------------------------------------------------------------------------------------------
    def move(self, by: int) -> bool:
        """Move the cursor by some rows; False when it cannot."""
        before = self.cursor
        self.cursor = before + by
        return self.cursor != before

    def page(self, by: int, *, half: bool = False) -> None:
        """Move by pages or half pages."""
        height = max(1, self.size.height)
        line = self._lines.line_of(self.cursor) + by * (height // 2 if half else height - 1)
        self.cursor = self._lines.at(max(0, min(line, self._lines.height - 1)))[1]

    def jump_group(self, by: int) -> bool:
        """Move to the first article of the next group, or of this one and then of the one before; False at the end."""
        lines = self._lines
        group = lines.group_of(self.cursor)
        if by > 0 or self.cursor == lines.first_of(group):
            group += by
        if not 0 <= group < len(lines.groups):
            return False
        self.cursor = lines.first_of(group)
        return True

    def validate_cursor(self, value: int) -> int:
        """Keep the cursor within the list."""
        return max(0, min(value, len(self._keys) - 1))

    def watch_cursor(self, old: int, new: int) -> None:
        """Redraw two rows, or scroll."""
        if old == new:
            return
        top, height = self.scroll_offset.y, max(1, self.size.height)
        line = self._lines.line_of(new)
        # A group's heading comes on screen with its first article.
        first = line - 1 if height > 1 and self._begins_group(new) else line
        end = line + self._lines.tall
        if top <= first and end <= top + height:
            self.refresh(self._line(old), self._line(new))
        else:
            top = first if first < top or end - first > height else end - height
            if getattr(self.app, "scrolls_dearly", False) and self.size.width + 2 < self.app.size.width:
                # Half a pane at a time: the keys that follow then cost a row each.
                top += height // 2 if new > old else -(height // 2)
            self._scroll_lines(max(0, min(top, self._lines.height - height)))
            self._tell_shown()
        self.post_message(self.Moved(new))

    def _tell_shown(self) -> None:
        rows = (self.row(index) for index in range(*self._shown_rows()))
        self.post_message(self.Shown(tuple(row.id for row in rows if row is not None)))

    # ---- marks of many ---------------------------------------------------------------------------------------------
    def mark(self, index: int, on: bool) -> None:
        """Mark a row for a bulk action, or take its mark off."""
        if not 0 <= index < len(self._keys) or (self._keys[index] in self.marked) == on:
            return
        if on:
            self.marked.add(self._keys[index])
        else:
            self.marked.discard(self._keys[index])
        self.marked_shown += 1 if on else -1
        self.redraw_marks()

    def is_marked(self, index: int) -> bool:
        """Tell whether a row is marked."""
        return 0 <= index < len(self._keys) and self._keys[index] in self.marked

    def set_marked(self, marked: AbstractSet[int], shown: int) -> None:
        """Have just these marked, of which so many are listed."""
        self.marked = marked if isinstance(marked, set) else set(marked)
        self.marked_shown = shown
        # All of them: what was drawn last may be what they were between two frames.
        self._strips.clear()
        self.refresh()

    def on_resize(self) -> None:
        """Keep the cursor on screen."""
        self._strips.clear()
        top, height = self.scroll_offset.y, max(1, self.size.height)
        line = self._lines.line_of(self.cursor)
        if not top <= line < top + height:
            self.scroll_to(y=max(0, line - height // 2), animate=False, force=True, immediate=True)
        self._tell_shown()

    # ---- mouse -----------------------------------------------------------------------------------------------------
    def on_click(self, event: events.Click) -> None:
        """Move to a clicked row; a click on the cursor's row opens it."""
        line = self.scroll_offset.y + event.y
        if not 0 <= line < self._lines.height:
            return
        heading, index = self._lines.at(line)
        if heading is not None:
            self.cursor = index
        elif index == self.cursor or event.chain > 1:
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
