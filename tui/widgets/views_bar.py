"""The fixed views above the list, with their counts, where the screen is tall enough."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from tui.render.hint_labels import NONE, Hints
from tui.render.literal import content
from tui.render.safe import safe
from tui.render.spread import spread


class Viewed(Protocol):
    """A view, as far as this widget looks."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def saved(self) -> bool:
        """Whether it is a search that the user saved."""


class ViewsBar(Widget):
    """A line a view; the current one marked."""

    DEFAULT_CSS = "ViewsBar { height: auto; display: none; background: $background; color: $quiet; }"

    class Chosen(Message):
        """A view was clicked."""

        def __init__(self, view: Viewed) -> None:
            self.view = view
            super().__init__()

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._views: Sequence[tuple[Viewed, int | None]] = ()
        self._current: Viewed | None = None
        self._hints = NONE
        self.key = ""
        """The key that chooses among all views."""

    def load(self, views: Sequence[tuple[Viewed, int | None]]) -> None:
        """Show these views with their counts; None for one that is not counted yet."""
        if views != self._views:
            layout = len(views) != len(self._views)
            self._views = views
            self.refresh(layout=layout)

    def show_view(self, view: Viewed) -> None:
        """Mark the current view."""
        if view != self._current:
            self._current = view
            self.refresh()

    @property
    def counts(self) -> Sequence[int | None]:
        """Their counts."""
        return [count for _, count in self._views]

    @property
    def views(self) -> Sequence[Viewed]:
        """The views, from above."""
        return [view for view, _ in self._views]

    def show_hints(self, hints: Hints) -> None:
        """Lay labels over the views, by their numbers from 0."""
        if hints or self._hints:
            self._hints = hints
            self.refresh()

    def render(self) -> Content:
        """Draw the heading, the views and a rule."""
        width = self.size.width
        lines = [spread(Content("VIEWS"), Content(f"{self.key} chooses" if self.key else ""), width)]
        for view, count in self._views:
            current = view == self._current
            shown = safe(f"? {view.name}" if view.saved else view.name)
            name = content(shown).stylize("$foreground bold" if current else "$foreground")
            number = "" if count is None or count < 0 else f"{count:,}"
            label = self._hints.of(len(lines) - 1)
            lead = (f"{label:<2}", "bold reverse") if label else "> " if current else "  "
            lines.append(spread(Content.assemble(lead, name), Content(number), width, margin=0))
        lines.append(Content.styled("─" * width, "$rule"))
        return Content("\n").join(lines)

    def on_click(self, event: events.Click) -> None:
        """Choose the clicked view."""
        index = event.y - 1
        if 0 <= index < len(self._views):
            self.post_message(self.Chosen(self._views[index][0]))
