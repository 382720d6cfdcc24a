"""From the main screen to the screens of names and back: to an article at a mention, to a list filtered by names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from store.article import Mention
from tui.screens.box import Box
from tui.screens.key_words import key_of
from tui.screens.main import listing, naming, reading, status
from tui.screens.main.handlers import does
from tui.screens.main.narrowing import narrowed
from tui.screens.main.views import ALL

if TYPE_CHECKING:
    from store.library import MentionLine
    from tui.screens.main.screen import MainScreen
    from tui.screens.names.page_parts import View
    from tui.screens.names.who import Who


# ---- to them ---------------------------------------------------------------------------------------------------------
@does("name.page")
def page(screen: MainScreen, key: str) -> None:
    """Open the page of the current name; on a note in the panel go to its passage."""
    chosen = screen.panel.chosen if screen.focused is screen.panel else None
    if chosen is not None and not isinstance(chosen.value, Mention):
        naming.go(screen, key)
        return
    who = naming.chosen_name(screen)
    if who is not None:
        open_page(screen, who)


def open_page(screen: MainScreen, who: Who) -> None:
    """Open the page of a name, once the annotations are read."""
    from tui.screens.names.page_parts import View

    show_page(screen, View(who))


def show_page(screen: MainScreen, view: View) -> None:
    """Lay a page over the screen; over a page that is there already it takes its place."""
    from tui.screens.names.page import EntityScreen

    def show() -> None:
        screen.status.message = ""
        front = screen.app.screen
        if isinstance(front, EntityScreen):
            front.go_to(view.who)
        else:
            screen.app.push_screen(EntityScreen(screen, view))

    screen.once_loaded(show)


@does("name.all")
def all_names(screen: MainScreen, _: str) -> None:
    """List all names."""

    def show() -> None:
        from tui.screens.names.browser import EntitiesScreen

        screen.status.message = ""
        screen.app.push_screen(EntitiesScreen(screen))

    screen.once_loaded(show)


@does("name.map")
def show_map(screen: MainScreen, _: str) -> None:
    """Show where the list's articles are about; from the text, this article."""
    open_map(screen, article=screen.in_reader)


def open_map(screen: MainScreen, *, article: bool = False, everywhere: bool = False) -> None:
    """Lay the map over the screen: of the article on it, of the list's articles, or of the whole library."""

    def show() -> None:
        from tui.screens.names.map import MapScreen
        from tui.screens.names.map_scope import Scope

        scope = Scope.ARTICLE if article and screen.opened is not None else (
            Scope.LIBRARY if everywhere or not listing.query_of(screen) else Scope.LIST
        )  # fmt: skip
        screen.status.message = ""
        screen.app.push_screen(MapScreen(screen, scope))

    screen.once_loaded(show)


@does("name.likely")
def likely(screen: MainScreen, _: str) -> None:
    """Go through names that are likely the same."""
    open_likely(screen)


def open_likely(screen: MainScreen, who: Who | None = None) -> None:
    """Lay the pairs that are likely the same over the screen: of the library, or of one name."""

    def show() -> None:
        from tui.screens.names.likely import LikelyScreen

        screen.status.message = ""
        screen.app.push_screen(LikelyScreen(screen, who))

    screen.once_loaded(show)


@does("name.join")
def join(screen: MainScreen, _: str) -> None:
    """Join the current name with another, or take joined ones apart."""
    who = naming.chosen_name(screen)
    if who is None:
        return

    def ask() -> None:
        from tui.screens.names import joining

        joining.offer(screen, screen, who)

    screen.once_loaded(ask)


# ---- and back --------------------------------------------------------------------------------------------------------
def close_all(screen: MainScreen) -> None:
    """Take away whatever lies over the main screen."""
    while (front := screen.app.screen) is not screen:
        screen.app.pop_screen()
        if isinstance(front, Box):
            front.give_back()


def open_mention(screen: MainScreen, view: View, line: MentionLine) -> None:
    """Open an article at a mention; the way back leads to the page it stands on."""
    from tui.screens.main.opened import Place

    reading.remember(screen)
    if screen.library.rows([line.article]) == [None]:
        screen.say("this article is no longer in the library")
        return
    close_all(screen)
    if not reading.show(screen, line.article, deliberately=True):
        return
    if screen.opened is not None:
        screen.came_from.append(Place(screen.opened.stored.article.id, line.start, True, view))
    reading.point_at(screen, line.article)
    screen.enter(screen.reader)

    def go_there() -> None:
        if not screen.reader.go_to_mention(line.start, line.end):
            screen.reader.reveal(line.start, line.end)
        status.show(screen)

    # Where one pane is shown at a time the text has a size only when it was laid out.
    screen.once_laid_out(go_there)


def filter_to(screen: MainScreen, names: Sequence[Who]) -> None:
    """Filter the list to the articles that name all of these, within the filter that there is."""
    close_all(screen)
    screen.filter = narrowed(screen.filter, *(who.query for who in names))
    screen.enter(screen.articles)
    listing.run(screen, keep=True)
    which = " and ".join(who.name for who in names)
    screen.say(f"articles with {which}; {key_of(screen, 'step.out')} takes the filter off")


def filter_to_time(screen: MainScreen, query: str) -> None:
    """Filter the list to the articles of a time, within the filter that there is."""
    close_all(screen)
    screen.filter = narrowed(screen.filter, query)
    screen.enter(screen.articles)
    listing.run(screen, keep=True)
    screen.say(f"articles with {query}; {key_of(screen, 'step.out')} takes the filter off")


def list_in_words(screen: MainScreen) -> str:
    """Say which articles the list shows: its view and its filter."""
    parts = [f"the list {screen.view.name}" if screen.view is not ALL else "the list"]
    if screen.filter.strip():
        parts.append(f"“{screen.filter.strip()}”")
    return " ".join(parts)
