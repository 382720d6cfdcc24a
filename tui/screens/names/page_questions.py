"""What the page of a name asks the library for, and how it takes in what comes, part by part."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING, TypeVar

from textual import on

from store.article import EntityKey
from tui.screens.key_words import shows_all
from tui.screens.main import listing
from tui.screens.names.page_parts import PageParts, View
from tui.screens.names.who import Who
from tui.widgets.choice_list import ChoiceList

if TYPE_CHECKING:
    from store.library import EntityCard, MentionLine, Together
    from tui.screens.main.screen import MainScreen

_Result = TypeVar("_Result")

PAGE = 60
"""Mentions that are asked for at once; the end of the list asks for more."""


class PageQuestions(PageParts):
    """The parts of a page, each of which is shown as soon as its answer is there."""

    def __init__(self, main: MainScreen, view: View) -> None:
        super().__init__(main, view)
        self._asked = 0
        """Counts what was asked for: what comes for an earlier page is too late."""
        self._seen = (-1, -1)
        self._joined: dict[EntityKey, EntityKey] = {}
        """Which names counted as one when the page was asked for."""

    def look(self, *, keep: bool = False) -> None:
        """Ask for everything that the page shows; with `keep` the cursor stays on its mention."""
        self._asked += 1
        self._seen, self._joined = self.names_state, dict(self.library.joined())
        self._when(self.library.entity(self.who.key), self._take_card)
        self.ask_mentions(keep=keep)
        self.plotted.ask(self.show_page)
        # What takes longest comes last: the questions are answered one after the other.
        self._when(self.library.together(self.who.key), self._take_together)
        self.show_page()

    def _when(self, future: Future[_Result], take: Callable[[_Result], None]) -> None:
        asked = self._asked

        def then(result: _Result) -> None:
            if asked == self._asked and self.is_open:
                take(result)

        self.main.when_done(future, then)

    def _take_card(self, card: EntityCard | None) -> None:
        self.card, self.missing = card, card is None
        if card is not None:
            self.view = self.view.replace(who=Who(card.key, card.name, card.kind))
        self.show_page()

    def _take_together(self, together: Together) -> None:
        self.together = together
        self.show_others(keep=True)
        self.show_page()

    def ask_mentions(self, *, keep: bool = False) -> None:
        """Read the mentions from the first one on, down to beyond the one that the cursor is on, or shall be on."""
        at = self.view.at
        limit = max(PAGE, at + PAGE // 2, len(self.mentioned) if keep else 0)
        if not keep:
            self.mentions.empty = "looking…"

        def take(lines: list[MentionLine]) -> None:
            self.mentioned = list(lines)
            helps = f" in such articles; {shows_all(self, 'rows.close', 'rows.find')}" if self.view.words else ""
            if self.plotted.query and not helps:
                helps = f" in articles with {self.plotted.query}"
            self.mentions.empty = f"no mentions{helps}"
            self.show_mentions(keep=keep)
            if not keep and at:
                self.mentions.move(at)
            self.mentions.more = len(lines) >= limit
            self.show_lines()

        self._when(self._some(0, limit), take)

    def _some(self, skip: int, limit: int) -> Future[list[MentionLine]]:
        listed = listing.query_of(self.main) if self.view.listed_only else ""
        queries = [listed, self.view.words, self.plotted.query]
        query = " ".join(f"({one})" for one in queries if one.strip())
        return self.library.mention_lines(self.who.key, order=self.view.order, query=query, skip=skip, limit=limit)

    @on(ChoiceList.EndNear, "#mentions")
    def _end_near(self) -> None:
        start = len(self.mentioned)

        def take(lines: list[MentionLine]) -> None:
            if start == len(self.mentioned):
                self.mentioned += lines
                self.mentions.extend(self.rows_from(start), more=len(lines) >= PAGE)

        self._when(self._some(start, PAGE), take)

    def follow(self) -> None:
        """Ask anew where names have changed; what the user has written on this one is at hand."""
        changes, written = self._seen
        now = self.names_state
        if now[1] != written or (now[0] != changes and dict(self.library.joined()) != self._joined):
            self.look(keep=True)
        elif now[0] != changes:
            self._seen = now
            self.show_page()

    def find(self, words: str) -> None:
        """Show mentions in articles only that match a query."""
        self.view = self.view.replace(words=words, at=0)
        self.ask_mentions()
