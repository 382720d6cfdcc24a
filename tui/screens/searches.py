"""The screen of saved searches: shown, renamed, edited, pinned above the list, made a rule and deleted there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len

from store.errors import QueryError, UsageError
from store.library import DeleteSearch, SaveSearch, Search, check_query, normal_search, normal_tag
from tui.commands.command import Context
from tui.render.ago import ago
from tui.render.list_row import fit
from tui.screens.main import saving
from tui.screens.main.listing import explanation
from tui.screens.rows import RowsScreen
from tui.widgets.choice_list import Choice
from tui.widgets.question import Question

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen

WIDEST_NAME = 24


class SearchesScreen(RowsScreen):
    """Closed with the search whose articles are to be shown handed to `show`, or with nothing."""

    KIND = Context.SEARCHES
    ACTIONS: ClassVar[dict[str, str]] = {
        "searches.show": "show_articles",
        "searches.rename": "ask_name",
        "searches.edit": "ask_query",
        "searches.pin": "pin",
        "searches.tags": "ask_tags",
        "searches.delete": "delete",
        "searches.undo": "undo",
        "searches.redo": "redo",
    }

    def __init__(self, main: MainScreen, show: Callable[[Search], None]) -> None:
        super().__init__(main)
        self._show = show
        self._seen = -1
        self._searches: list[Search] = []
        self._counts: dict[str, int] = {}

    # ---- what is listed ----------------------------------------------------------------------------------------------
    def rows(self) -> Sequence[Choice]:
        """Return the searches by name, each with its query and count."""
        if self.stale():
            self._searches = self.library.searches()
            self._seen = self.library.search_changes
            self._count()
        words = self.words.casefold().split()
        found = [
            one for one in self._searches if all(word in f"{one.name} {one.query}".casefold() for word in words)
        ]
        widest = min(WIDEST_NAME, max((cell_len(one.name) for one in found), default=0))
        return [self._row(one, widest) for one in found]

    def _row(self, search: Search, widest: int) -> Choice:
        name = fit(search.name, widest)
        tags = f"  +{' +'.join(search.tags)}" if search.tags else ""
        count = self._counts.get(search.name)
        number = "" if count is None else "wrong" if count < 0 else f"{count:,}"
        mark = "•" if search.pinned and self.main.library.config.icons != "ascii" else "*" if search.pinned else " "
        gap = " " * (widest - cell_len(name))
        return Choice(f"{mark} {name}{gap}  {search.query}{tags}", search.name, number)

    def _count(self) -> None:
        names, queries = [one.name for one in self._searches], [one.query for one in self._searches]

        def know(counts: list[int]) -> None:
            self._counts = dict(zip(names, counts, strict=True))
            if self.is_open:
                self.read()

        if queries:
            self.main.when_done(self.library.count(queries), know, lambda _: None)

    def nothing(self) -> str:
        """Say how to make some, while there are none."""
        filters, saves = self.key_of("find.filter"), self.key_of("search.save")
        empty = f"no saved searches yet; {filters} filters the list, {saves} saves the filter"
        return super().nothing() if self._searches else empty

    def stale(self) -> bool:
        """Tell whether the searches have changed since they were read."""
        return self.library.search_changes != self._seen

    def heading(self) -> tuple[str, str]:
        """Return how many searches are listed."""
        count = len(self._searches)
        narrowed = f" · “{self.words.strip()}”" if self.words.strip() else ""
        return f"Your saved searches{narrowed} · {count:,} search{'' if count == 1 else 'es'}", "by name"

    def about(self) -> str:
        """Tell of the search under the cursor."""
        search = self._current
        if search is None:
            return ""
        parts = [search.name, search.query, "pinned above the list" if search.pinned else ""]
        if search.ran is not None:
            looked = ago(search.ran, datetime.now().astimezone())
            parts.append(f"tags what is new: {' '.join(search.tags)}; looked {looked}")
        return " · ".join(part for part in parts if part)

    @property
    def _current(self) -> Search | None:
        chosen = self.listed.chosen
        return next((one for one in self._searches if chosen is not None and one.name == chosen.value), None)

    # ---- commands ----------------------------------------------------------------------------------------------------
    def show_articles(self, _: str) -> None:
        """Show the articles that the search finds."""
        search = self._current
        if search is not None:
            self.dismiss(None)
            self._show(search)

    def ask_name(self, _: str) -> None:
        """Ask for another name."""
        search = self._current
        if search is None:
            return

        def take(text: str) -> None:
            try:
                name = normal_search(text)
            except UsageError as error:
                self.say(str(error))
                return
            self._save(search, name=name)

        self.ask(Question(f"rename {search.name} to:", take, search.name), (f"rename {search.name}", "new name:"))

    def ask_query(self, _: str) -> None:
        """Ask for another query, which is refused where it is wrong."""
        search = self._current
        if search is None:
            return
        saved = {one.name: one.query for one in self._searches}

        def refuse(text: str) -> int | None:
            try:
                check_query(text, saved | {search.name: text})
            except QueryError as error:
                self.prompt.explain(explanation(error))
                return error.column
            return None

        def take(text: str) -> None:
            if text.strip():
                self._save(search, query=text.strip())
            else:
                self.say("an empty query finds everything; nothing changed")

        self.ask(Question(f"{search.name}:", take, search.query, refuse=refuse), (search.name, "query:"))

    def pin(self, _: str) -> None:
        """Pin the search above the list, or take it off there."""
        search = self._current
        if search is not None:
            saving.save(self.main, SaveSearch(search.name, search.query, not search.pinned, search.tags))

    def ask_tags(self, _: str) -> None:
        """Ask for the tags that new articles get; none make it a mere search."""
        search = self._current
        if search is None:
            return

        def take(text: str) -> None:
            try:
                tags = tuple(normal_tag(word) for word in text.replace(",", " ").split())
            except UsageError as error:
                self.say(str(error))
                return
            saving.save(self.main, SaveSearch(search.name, search.query, search.pinned, tags))

        label = f"tags for new articles of {search.name}, none takes them off:"
        self.ask(Question(label, take, " ".join(search.tags)), (f"tags for new articles of {search.name}", "tags:"))

    def _save(self, search: Search, name: str = "", query: str = "") -> None:
        change = SaveSearch(name or search.name, query or search.query, search.pinned, search.tags, old=search.name)
        saving.save(self.main, change)

    def delete(self, _: str) -> None:
        """Delete the search; undo brings it back."""
        search = self._current
        if search is not None:
            saving.save(self.main, DeleteSearch(search.name))
