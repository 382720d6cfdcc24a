"""When there is how much about a name, or about a list of articles: asked for, kept, and drawn to the room there is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING

from tui.render.timeline import Count, Plot, plot, years

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen

Months = tuple[Count, ...]


class Plotted:
    """Ways to look at when: each has a title, and is asked for when it is looked at first."""

    def __init__(self, main: MainScreen, ways: Sequence[tuple[str, str, Callable[[], Future[Months]]]]) -> None:
        """`ways` are each a title, `month` or `year`, and what asks for the months."""
        self._main = main
        self._ways = ways
        self._way = 0
        self._known: dict[int, Months] = {}

    def ask(self, then: Callable[[], None]) -> None:
        """Ask for what is looked at, and call `then` when it is there."""
        way = self._way
        if way in self._known:
            then()
            return

        def take(months: Months) -> None:
            self._known[way] = months
            then()

        self._main.when_done(self._ways[way][2](), take)

    def next(self) -> bool:
        """Look at it the next way; False when that is the first one again."""
        self._way = (self._way + 1) % len(self._ways)
        return self._way > 0

    @property
    def counts(self) -> Sequence[Count]:
        """What is looked at, by month or by year; empty while it is not known."""
        months = self._known.get(self._way, ())
        return years(months) if self._ways[self._way][1] == "year" else months

    @property
    def title(self) -> str:
        """What is looked at, in words."""
        name, by, _ = self._ways[self._way]
        if self._way in self._known and not self.counts:
            return f"{name}: none with a date"
        return f"{name} by {by}"

    def draw(self, width: int, height: int, *, ascii_only: bool) -> tuple[str, Plot]:
        """Return the title and the plot, in `width` cells and at most `height` lines."""
        found = plot(self.counts, width, height, ascii_only=ascii_only)
        name, by, _ = self._ways[self._way]
        title = self.title if found.together == 1 else f"{name}, {found.together} {by}s a bar"
        if found.most and len(found.lines) < 3:
            title += f", at most {found.most:,}"
        return title, found
