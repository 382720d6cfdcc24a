"""The panes of the main screen, by name, and which of them has the focus."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, cast

from textual import on

from tui.screens.key_words import key_of
from tui.screens.main.waiting import Waiting
from tui.widgets.article_list import ArticleList
from tui.widgets.choice_list import ChoiceList
from tui.widgets.lines import TagBar
from tui.widgets.prompt import Prompt
from tui.widgets.reader_view import ReaderView

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen
    from tui.widgets.note_pane import NotePane


class Parts(Waiting):
    """A screen with list, text, names panel, prompt and, once it was needed, a pane to write notes in."""

    greets = False
    """Whether the card of the very first start is shown."""

    touched = False
    """A key was pressed, or the mouse used: the cursor is the reader's, and stays on its article."""
    _top_due, _top_after = 0.0, 1.0

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
