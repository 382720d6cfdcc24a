"""Saving the filter under a name, and the list of what was saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.errors import QueryError, UsageError
from store.library import SaveSearch, Search, check_query, normal_search
from tui.screens.key_words import key_of
from tui.screens.main import listing, ordering, saving, viewing
from tui.screens.main.handlers import does, given
from tui.screens.main.narrowing import inside
from tui.screens.main.views import PINNED_MOST, View, saved_view
from tui.widgets.question import Y_OR_N, Question, yes_or_no

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen


@does("search.save")
def save_filter(screen: MainScreen, _: str) -> None:
    """Save what the list shows under a name; where it shows everything, list what was saved."""
    screen.once_loaded(lambda: _ask_name(screen))


@given("search.save")
def save_as(screen: MainScreen, name: str) -> None:
    """Save what the list shows under a name."""
    screen.once_loaded(lambda: _ask_name(screen, name))


def _ask_name(screen: MainScreen, name: str = "") -> None:
    view, words = screen.view, screen.filter.strip()
    parts = [part for part in (view.query, words) if part]
    if not parts:
        if screen.library.searches() and not name:
            list_searches(screen, "")
        else:
            filters, saves = key_of(screen, "find.filter"), key_of(screen, "search.save")
            screen.say(f"nothing to save yet: {filters} filters the list, then {saves} saves the filter under a name")
        return
    if view.saved and not words:
        screen.say(f"this is the saved search {view.name}; {key_of(screen, 'view.choose')} lists all")
        return
    query = parts[0] if len(parts) == 1 else " ".join(map(inside, parts))
    query = ordering.written(screen, query)
    names = [search.name for search in screen.library.searches()]

    def take(text: str) -> None:
        try:
            name = normal_search(text)
            check_query(query, {search.name: search.query for search in screen.library.searches()} | {name: query})
        except QueryError as error:
            screen.say(listing.explanation(error))
        except UsageError as error:
            screen.say(str(error))
        else:
            _save(screen, name, query)

    def propose(text: str, at: int) -> tuple[int, list[str]]:
        begun = text[:at].casefold()
        return 0, [name for name in names if name.casefold().startswith(begun)]

    if name:
        take(name)
        return
    screen.prompt.ask(Question("save the filter as:", take, view.name if view.saved else "", propose))


def _save(screen: MainScreen, name: str, query: str) -> None:
    there = find(screen, name)
    if there is None:
        pinned = sum(1 for search in screen.library.searches() if search.pinned)
        _put(screen, SaveSearch(name, query, pinned=pinned < PINNED_MOST))
        return
    about = f"{there.name} is saved already, as “{there.query}”"
    changed = SaveSearch(there.name, query, there.pinned, there.tags)
    question = yes_or_no(
        f"{about}. Replace it?", lambda: _put(screen, changed), lambda: screen.say("nothing saved")
    )
    screen.prompt.ask(question.within(screen.size.width, f"Replace it? {Y_OR_N}", about))


def _put(screen: MainScreen, change: SaveSearch) -> None:
    """Save a search, and take it for the view: the list stays as it is."""
    screen.view = View(change.name, change.query, saved=True)
    screen.filter = ""
    saving.save(screen, change, f"saving the search {change.name}…")
    listing.run(screen, keep=True)


def find(screen: MainScreen, name: str) -> Search | None:
    """Return the saved search of a name, in whatever case."""
    return next((one for one in screen.library.searches() if one.name.casefold() == name.casefold()), None)


@does("search.list")
def list_searches(screen: MainScreen, _: str) -> None:
    """List the saved searches, once the annotations are read."""

    def show() -> None:
        from tui.screens.searches import SearchesScreen

        screen.status.message = ""
        screen.app.push_screen(
            SearchesScreen(screen, lambda search: viewing.show_view(screen, saved_view(search)))
        )

    screen.once_loaded(show)


def follow(screen: MainScreen) -> None:
    """Let the view follow when its saved search was changed, by whichever session."""
    if not screen.view.saved or not screen.library.annotations_ready:
        return
    there = find(screen, screen.view.name)
    if there is not None and there.query != screen.view.query:
        screen.view = saved_view(there)
        listing.run(screen, keep=True)
    elif there is None:
        # Deleted or renamed: what is shown stays, as a query without a name.
        screen.view = View(screen.view.name, screen.view.query)
