"""The panes of the main screen: how they are laid out, each by name, and which of them has the focus."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, cast

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical

from store.library import Library
from tui.render.emoji import in_multiplexer
from tui.screens.key_words import key_of
from tui.screens.main.waiting import Waiting
from tui.widgets.article_list import ArticleList
from tui.widgets.choice_list import ChoiceList
from tui.widgets.lines import HeaderLine, KeyFooter, StatusLine, TagBar
from tui.widgets.prompt import Prompt
from tui.widgets.reader_view import ReaderView
from tui.widgets.views_bar import ViewsBar

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen
    from tui.widgets.note_pane import NotePane


class Parts(Waiting):
    """A screen with list, text, names panel, prompt and, once it was needed, a pane to write notes in."""

    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - Textual's own shape
        (0, "-narrow"), (76, "-medium"), (110, "-wide"), (150, "-broad"),
    ]  # fmt: skip
    VERTICAL_BREAKPOINTS = [(0, "-low"), (36, "-tall")]  # noqa: RUF012

    library: Library
    ascii_only: bool

    greets = False
    """Whether the card of the very first start is shown."""

    touched = False
    """A key was pressed, or the mouse used: the cursor is the reader's, and stays on its article."""
    _top_due, _top_after = 0.0, 1.0

    def expect_size(self, width: int, height: int) -> None:
        """Take on the classes of a size before it is told, so that the first frame is not styled twice."""
        for size, breakpoints in ((width, self.HORIZONTAL_BREAKPOINTS), (height, self.VERTICAL_BREAKPOINTS)):
            fitting = [name for least, name in breakpoints or [] if size >= least]
            self.add_class(*fitting[-1:])

    def compose(self) -> ComposeResult:
        """Lay out the panes."""
        yield HeaderLine(id="header")
        with Horizontal(id="body"):
            with Vertical(id="sidebar"):
                yield ViewsBar(id="views")
                yield ArticleList(self.library.rows, self.library.marks, id="list", ascii_only=self.ascii_only)
            with Container(id="reading"):
                yield ReaderView(id="reader", ascii_only=self.ascii_only, base_only=in_multiplexer(os.environ))
            yield ChoiceList(id="panel", empty="no names yet")
        yield TagBar(id="tags")
        yield StatusLine(id="status")
        yield Prompt(id="prompt")
        yield KeyFooter(id="keys")

    def top_is_due(self) -> bool:
        """Whether the newest article may take the place of one that came before, while nobody has touched a key.

        Each stays twice as long as the one before: somebody may be reading it, and a slow line has other things to do.
        """
        now = time.monotonic()
        if now < self._top_due:
            return False
        self._top_due, self._top_after = now + self._top_after, 2 * self._top_after
        return True

    def close_card(self) -> None:
        """Close the card of the very first start, at any key and click; both do what they do besides."""
        if self.greets and self.articles.keys:
            from tui.screens.main import first_start

            first_start.put_away(cast("MainScreen", self))

    @property
    def articles(self) -> ArticleList:
        """The list."""
        return self.query_one("#list", ArticleList)

    @property
    def reader(self) -> ReaderView:
        """The text."""
        return self.query_one("#reader", ReaderView)

    @property
    def panel(self) -> ChoiceList:
        """The names of the article on screen."""
        return self.query_one("#panel", ChoiceList)

    @property
    def prompt(self) -> Prompt:
        """The one-line question."""
        return self.query_one("#prompt", Prompt)

    @on(Prompt.Proposed)
    def _proposed(self, event: Prompt.Proposed) -> None:
        if self.prompt.asking:
            self.query_one(TagBar).show_proposals(event, takes=key_of(self, "prompt.complete"))

    @property
    def note_pane(self) -> NotePane | None:
        """Where a note is written, once one has been."""
        found = self.query("#note")
        return cast("NotePane", found.first()) if found else None

    @property
    def note_focused(self) -> bool:
        """Whether a note is being written right now."""
        pane = self.note_pane
        return pane is not None and pane.is_open and self.focused is not None and pane in self.focused.ancestors

    def on_reader_view_link_clicked(self, event: ReaderView.LinkClicked) -> None:
        """Show a clicked link among those of the article."""
        from tui.screens.main import linking  # a start shows none

        linking.show(cast("MainScreen", self), event.link)

    def on_reader_view_word_clicked(self, event: ReaderView.WordClicked) -> None:
        """Show the link that is behind a clicked word, if one is."""
        from tui.screens.main import linking

        linking.show_behind(cast("MainScreen", self), event.offset)

    @property
    def in_reader(self) -> bool:
        """Whether the reader has the focus."""
        return self.focused is self.reader
