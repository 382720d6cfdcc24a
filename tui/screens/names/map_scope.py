"""Of what a map is: the article on screen, the list or the library; its places and its times."""

from __future__ import annotations

from concurrent.futures import Future
from enum import StrEnum
from typing import TYPE_CHECKING

from tui.screens.main import entity_pages, listing
from tui.screens.names.plotting import Months, Plotted

if TYPE_CHECKING:
    from store.library import Place
    from tui.screens.main.screen import MainScreen


class Scope(StrEnum):
    """Of what the map is."""

    ARTICLE = "this article"
    LIST = "the list"
    LIBRARY = "the whole library"


def in_words(main: MainScreen, scope: Scope) -> str:
    """Tell of what the map is."""
    if scope is Scope.ARTICLE and main.opened is not None:
        return f"“{main.opened.stored.article.title}”"
    return entity_pages.list_in_words(main) if scope is Scope.LIST else str(scope)


def next_scope(main: MainScreen, scope: Scope) -> Scope:
    """Return what comes next: from the article to the list to the whole library, and round again."""
    scopes = [Scope.LIST, Scope.LIBRARY] if listing.query_of(main) else [Scope.LIBRARY]
    if main.opened is not None:
        scopes.insert(0, Scope.ARTICLE)
    at = scopes.index(scope) if scope in scopes else -1
    return scopes[(at + 1) % len(scopes)]


def places(main: MainScreen, scope: Scope) -> Future[tuple[Place, ...]]:
    """Ask where the articles are about."""
    if scope is Scope.ARTICLE and main.opened is not None:
        return main.library.places(article=main.opened.stored.key)
    return main.library.places(query=_query(main, scope))


def plotted(main: MainScreen, scope: Scope) -> Plotted:
    """Return the plot of the times that the articles talk of; nothing is asked yet."""
    opened, library = main.opened, main.library
    if scope is Scope.ARTICLE and opened is not None:
        key = opened.stored.key
        return Plotted(main, (("TIMES TALKED OF", "month", lambda: library.talked_about(article=key)),))
    query = _query(main, scope)

    def talked() -> Future[Months]:
        return library.talked_about(query=query)

    return Plotted(main, tuple(("TIMES TALKED OF", by, talked) for by in ("month", "year")))


def _query(main: MainScreen, scope: Scope) -> str:
    return listing.query_of(main) if scope is Scope.LIST else ""
