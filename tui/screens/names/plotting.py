"""When there is how much about a name, or about a list of articles: asked for, kept, and drawn to the room there is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING

from textual.content import Content

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
        self._drawn = Plot()
        self._bar: int | None = None
        """The bar that is chosen."""

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
        self._bar = None
        return self._way > 0

    @property
    def counts(self) -> Sequence[Count]:
        """What is looked at, by month or by year; empty while it is not known."""
        months = self._known.get(self._way, ())
        return years(months) if self._ways[self._way][1] == "year" else months

    def step(self, by: int) -> bool:
        """Choose the next bar with anything in it, or the one before; beyond the ends none is. False where none is."""
        bars = self._drawn.bars
        at = self._bar if self._bar is not None else (-1 if by > 0 else len(bars))
        counts = dict(self.counts)
        at += by
        while 0 <= at < len(bars) and not any(n for name, n in counts.items() if bars[at][0] <= name <= bars[at][1]):
            at += by
        self._bar = at if 0 <= at < len(bars) else None
        return bool(bars)

    @property
    def time(self) -> str:
        """The time of the bar that is chosen, as a query takes it: `2014-03`, `2014-01..2014-03`; empty for none."""
        if self._bar is None or self._bar >= len(self._drawn.bars):
            return ""
        first, last = self._drawn.bars[self._bar]
        return first if first == last else f"{first}..{last}"

    @property
    def query(self) -> str:
        """The query for the articles that the chosen bar counts."""
        field = "when" if "TALKED" in self._ways[self._way][0] else "date"
        return f"{field}:{self.time}" if self.time else ""

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
        if found.bars != self._drawn.bars:
            self._bar = None
        self._drawn = found
        return f"{title}: {self.time}" if self.time else title, found

    def lines(self) -> list[Content]:
        """Return what was drawn last, line by line, with the bar that is chosen."""
        return self._drawn.contents if self._bar is None else self._drawn.chosen(self._bar)
