"""The map: where the list's articles are about, or one article, or the library; and which times they talk about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from tui.commands.command import Context
from tui.render.counted import counted
from tui.render.map import Dot
from tui.screens.key_words import shows_all
from tui.screens.main import entity_pages
from tui.screens.names import joining
from tui.screens.names.map_scope import Scope, in_words, next_scope, places, plotted
from tui.screens.names.who import Who
from tui.screens.sheet import Sheet
from tui.widgets.choice_list import Choice, ChoiceList
from tui.widgets.lines import TextLine
from tui.widgets.map_view import MapView

if TYPE_CHECKING:
    from store.library import Place
    from tui.screens.main.screen import MainScreen

WIDE = 84
"""Columns from which on the places are listed beside the map, and not below it."""


class MapScreen(Sheet):
    """Map and places; or, in their place, the times."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012 - Textual's own shape
    DEFAULT_CSS = """
    MapScreen #columns { height: 1fr; }
    MapScreen #picture { width: 1fr; height: 1fr; }
    MapScreen MapView { width: 1fr; height: 1fr; }
    MapScreen #times { width: 1fr; height: 1fr; padding: 0 1; color: $plot; background: $background; }
    MapScreen ChoiceList { width: 36; height: 1fr; }
    MapScreen.-wide ChoiceList { border-left: solid $rule; }
    MapScreen.-narrow #columns { layout: vertical; }
    MapScreen.-narrow ChoiceList { width: 1fr; height: 30%; min-height: 3; }
    MapScreen #times { display: none; }
    MapScreen.-times #times { display: block; }
    MapScreen.-times MapView { display: none; }
    MapScreen.-times #legend { dock: top; }
    """
    KIND = Context.MAP
    TAGS = False
    ACTIONS: ClassVar[dict[str, str]] = {
        "entity.open": "open_page",
        "entity.filter": "show_articles",
        "entity.join": "join",
        "entity.plot": "change_picture",
        "entity.everywhere": "change_scope",
        "entity.back": "go_back",
        "entity.undo": "undo",
        "entity.redo": "redo",
        "map.in": "closer",
        "map.out": "farther",
        "map.fit": "fit",
        "map.world": "world",
        "map.west": "west",
        "map.east": "east",
        "map.north": "north",
        "map.south": "south",
    }

    def __init__(self, main: MainScreen, scope: Scope) -> None:
        super().__init__(main)
        self.scope = scope
        self.times = False
        """Whether the times are shown in the place of the map."""
        self._places: Sequence[Place] | None = None
        self._words = ""
        self._asked = 0
        self._seen = (-1, -1)
        self._plotted = plotted(main, scope)

    # ---- the parts ---------------------------------------------------------------------------------------------------
    def body(self) -> ComposeResult:
        """Lay out map and places."""
        with Horizontal(id="columns"):
            with Vertical(id="picture"):
                yield MapView(ascii_only=self.main.ascii_only)
                yield Static(id="times")
                yield TextLine(id="legend")
            yield ChoiceList(always_cursor=True)

    @property
    def map(self) -> MapView:
        """The map."""
        return self.query_one(MapView)

    @property
    def words(self) -> str:
        """What the places are narrowed by."""
        return self._words

    @property
    def who(self) -> Who | None:
        """The place under the cursor."""
        chosen = self.listed.chosen
        found = next((one for one in self._places or () if chosen is not None and one.key == chosen.value), None)
        return Who(found.key, found.name, "place") if found is not None else None

    # ---- what is shown -----------------------------------------------------------------------------------------------
    def on_mount(self) -> None:
        """Ask for the places."""
        self.look()

    def on_resize(self, _: events.Resize) -> None:
        """Set everything at the new size."""
        self.call_after_refresh(self._show)

    def look(self, *, stays: bool = False) -> None:
        """Ask where the articles are about; the part of the map that is shown can stay."""
        self._asked += 1
        self._seen = self.names_state
        number = self._asked
        self.listed.empty = "looking…"

        def take(found: Sequence[Place]) -> None:
            if number == self._asked and self.is_open:
                self._places = sorted(found, key=lambda one: (-one.articles, -one.mentions, one.name))
                self._list(stays=stays)

        self.main.when_done(places(self.main, self.scope), take)
        if self.times:
            self._plotted.ask(self._show)

    def _list(self, *, stays: bool = False) -> None:
        """List the places that match, and draw them."""
        words = self._words.casefold().split()
        found = [one for one in self._places or () if all(word in one.name.casefold() for word in words)]
        counts = [one.mentions if self.scope is Scope.ARTICLE else one.articles for one in found]
        self.map.load([Dot(one.name, one.lon, one.lat, count)
                       for one, count in zip(found, counts, strict=True)], stays=stays)  # fmt: skip
        nothing = f"no such place; {shows_all(self, 'rows.close', 'rows.find')}"
        self.listed.empty = nothing if words else "no place with a known position"
        self.listed.load([Choice(one.name, one.key, f"{one.country}{count:>6,}", style="place")
                          for one, count in zip(found, counts, strict=True)])  # fmt: skip
        self._show()

    def _show(self) -> None:
        if not self.is_open:
            return
        self.set_class(self.times, "-times")
        title = ""
        if self.times:
            room = self.query_one("#picture").size
            title, _ = self._plotted.draw(room.width - 3, room.height - 2, ascii_only=self.main.ascii_only)
            self.query_one("#times", Static).update(Content("\n").join(self._plotted.lines()))
        what = "mentions" if self.scope is Scope.ARTICLE else "articles"
        signs = self.map.legend
        if signs.endswith(" 1"):
            what = what.removesuffix("s")
        self.query_one("#legend", TextLine).show(title or (f"{signs} {what}" if signs else ""))
        self._follow_cursor()
        self.show_lines()

    def _follow_cursor(self) -> None:
        self.map.choose(self.listed.cursor)

    def show_lines(self) -> None:
        """Bring every line up to date, and the map to the cursor."""
        super().show_lines()
        if self.is_open:
            self._follow_cursor()

    def heading(self) -> tuple[str, str]:
        """Return of what the map is."""
        words = f" · “{self._words.strip()}”" if self._words.strip() else ""
        count = f"{counted(len(self.listed.choices), 'place')} · " if self._places is not None else ""
        what = "When" if self.times else "Where"
        return f"{what}: {count}{in_words(self.main, self.scope)}{words}", ""

    def about(self) -> str:
        """Tell of the place under the cursor."""
        chosen = self.listed.chosen
        one = next((one for one in self._places or () if chosen is not None and one.key == chosen.value), None)
        if one is None:
            return ""
        counts = [counted(one.mentions, "mention")]
        if self.scope is not Scope.ARTICLE:
            counts.insert(0, counted(one.articles, "article"))
        return " · ".join([one.name, one.country, *counts])

    def follow(self) -> None:
        """Ask anew where names have changed."""
        if self._seen != self.names_state:
            self.look(stays=True)

    def find(self, words: str) -> None:
        """Show the places with these words only."""
        self._words = words
        self._list()

    @on(MapView.Picked)
    def _picked(self, event: MapView.Picked) -> None:
        self.listed.cursor = event.index
        self.show_lines()

    # ---- commands ----------------------------------------------------------------------------------------------------
    def open_page(self, _: str) -> None:
        """Open the page of the place."""
        if self.who is not None:
            entity_pages.open_page(self.main, self.who)

    def show_articles(self, _: str) -> None:
        """Filter the list to articles that name the place."""
        if self.times and self._plotted.query:
            entity_pages.filter_to_time(self.main, self._plotted.query)
        elif self.who is not None:
            entity_pages.filter_to(self.main, [self.who])

    def join(self, _: str) -> None:
        """Join the place with another, or take joined ones apart."""
        if self.who is not None:
            joining.offer(self, self.main, self.who)

    def change_picture(self, _: str) -> None:
        """Show the map, then the times by month, then by year."""
        if not self.times:
            self.times = True
            self._plotted = plotted(self.main, self.scope)
        elif not self._plotted.next():
            self.times = False
        if self.times:
            self._plotted.ask(self._show)
        self.call_after_refresh(self._show)
        self._show()

    def change_scope(self, _: str) -> None:
        """Go from the article to the list to the whole library, and round again."""
        self.scope = next_scope(self.main, self.scope)
        self._plotted = plotted(self.main, self.scope)
        self.look()

    def go_back(self, _: str) -> None:
        """Close."""
        self.dismiss(None)

    def closer(self, _: str) -> None:
        """Zoom in."""
        self.map.zoom(1)

    def farther(self, _: str) -> None:
        """Zoom out."""
        self.map.zoom(-1)

    def fit(self, _: str) -> None:
        """Show all places."""
        self.map.fit()

    def world(self, _: str) -> None:
        """Show the whole world."""
        self.map.show_world()

    def west(self, _: str) -> None:
        """Move to the west; choose the time before, in a plot."""
        self._aside(-1)

    def east(self, _: str) -> None:
        """Move to the east; choose the next time, in a plot."""
        self._aside(1)

    def _aside(self, by: int) -> None:
        if not self.times:
            self.map.move(by, 0)
            return
        self._plotted.step(by)
        self._show()
        if self._plotted.query:
            self.say(f"{self.key_of('entity.filter')}: the articles that talk of {self._plotted.time}")

    def north(self, _: str) -> None:
        """Move to the north."""
        self.map.move(0, -1)

    def south(self, _: str) -> None:
        """Move to the south."""
        self.map.move(0, 1)
