"""The screen of an article's links: where each leads; gone to, copied and opened there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from store.links import Link, goes_to, normal
from tui.commands.command import Context
from tui.render.list_row import fit
from tui.screens.main import linking
from tui.screens.rows import RowsScreen
from tui.widgets.choice_list import Choice

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen


_MOST_WORDS = 36
"""Cells of the words that an address is behind: there has to be room for the address."""


class LinksScreen(RowsScreen):
    """Each address once, in the order of the text, with the words that it is behind; the article's own before them."""

    KIND = Context.LINKS
    TAGS = False
    ACTIONS: ClassVar[dict[str, str]] = {"links.open": "open", "links.show": "go_to", "links.copy": "copy"}

    def __init__(self, main: MainScreen, links: Sequence[Link], own: str, first: Link | None) -> None:
        """`own` is the address of the article itself, if it is known; the cursor begins at the link `first`."""
        super().__init__(main)
        self._own = own
        opened = main.opened
        self._text = opened.stored.article.text if opened is not None else ""
        self._first = first.url if first is not None else ""
        self._links: dict[str, list[Link]] = {}
        for link in links:
            self._links.setdefault(link.url, []).append(link)
        if first is not None:
            # Where an address stands more than once, the place that was chosen is the one that is gone to.
            self._links[first.url].sort(key=lambda each: each != first)

    # ---- what is listed ----------------------------------------------------------------------------------------------
    def rows(self) -> Sequence[Choice]:
        """Return the addresses."""
        words = self.words.casefold().split()
        rows = []
        if self._own and all(word in self._own.casefold() for word in words):
            rows.append(Choice(self._own, self._own, "this article"))
        for url, places in self._links.items():
            behind = self._behind(places)
            if url != self._own and all(word in f"{url} {behind}".casefold() for word in words):
                times = f"{len(places)} times" if len(places) > 1 else ""
                rows.append(Choice(f"{behind}  {url}" if behind else url, url, times))
        return rows

    def _behind(self, places: Sequence[Link]) -> str:
        """Return the words that an address is behind, in quotation marks; empty where it stands there itself."""
        link = places[0]
        words = " ".join(self._text[link.start : link.end].split())
        return "" if normal(words) else f"“{fit(words, _MOST_WORDS).rstrip()}”"

    def on_mount(self) -> None:
        """Put the cursor on the link that was chosen, once there are rows."""
        self.call_next(self._point)

    def _point(self) -> None:
        if self._first and self.is_open:
            rows = self.listed.choices
            self.listed.cursor = next((at for at, row in enumerate(rows) if row.value == self._first), 0)
            self.show_lines()

    def stale(self) -> bool:
        """Tell that a text has the same links as long as it is shown."""
        return False

    def heading(self) -> tuple[str, str]:
        """Return how many links are listed."""
        count = len(self._links.keys() | ({self._own} - {""}))
        narrowed = f" · “{self.words.strip()}”" if self.words.strip() else ""
        return f"Links of this article{narrowed} · {count:,} link{'' if count == 1 else 's'}", "as in the text"

    def about(self) -> str:
        """Tell where the link under the cursor leads, whatever else is written in it."""
        url = self._url
        return f"{'a letter to' if url.startswith('mailto:') else 'leads to'} {goes_to(url)}" if url else ""

    @property
    def _url(self) -> str:
        chosen = self.listed.chosen
        return str(chosen.value) if chosen is not None and chosen.value is not None else ""

    # ---- commands ----------------------------------------------------------------------------------------------------
    def open(self, _: str) -> None:
        """Open the link in the browser."""
        if self._url:
            linking.open_link(self.main, self._url)

    def copy(self, _: str) -> None:
        """Copy the link."""
        if self._url:
            linking.copy(self.main, self._url)

    def go_to(self, _: str) -> None:
        """Go to the link in the text."""
        places = self._links.get(self._url)
        if places:
            self.dismiss(None)
            linking.go_to(self.main, places[0])
        elif self._url:
            self.say("the address of the article itself, which does not stand in its text")
