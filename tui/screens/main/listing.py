"""The list: which articles, in which view, filtered by what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from store.errors import QueryError
from store.library import Found, KeyList
from tui.screens.main import reading, snippets
from tui.screens.main.handlers import does
from tui.screens.main.views import FIXED, PINNED_MOST, View, pinned_view, saved_view
from tui.widgets.views_bar import ViewsBar

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen
    from tui.widgets.folds import Folded


FIRST_PAGE = 200
"""Articles that are on the screen at the start, while the rest of the list is looked for."""

REST_AFTER = 0.06
"""Seconds without a key after which the rest of a list is looked for, of which the first page was typed for."""

_NEAR = 200
"""Rows around the cursor among which it finds another one when its own has left the list."""


# ---- running the query -----------------------------------------------------------------------------------------------
def run(
    screen: MainScreen,
    *,
    keep: bool,
    typing: bool = False,
    words: str | None = None,
    most: int = 0,
    top: bool = False,
    held: bool = True,
    then: Callable[[], None] = lambda: None,
) -> None:
    """Run the view's query with the filter, or with other words; `then` comes after it.

    With `keep` the cursor stays on its article, unless `top` is asked for and no key was ever pressed. With `most`
    the rest of a long list may come a moment later. Keys are `held` for it, but while one types: what they do is meant
    for its articles.
    """
    screen.list_run += 1
    number = screen.list_run
    if screen.rest_timer is not None:
        # What is asked for now brings a list of its own; the rest would come in its place.
        screen.rest_timer.stop()

    def take(listed: tuple[Found, Folded]) -> None:
        if number == screen.list_run:
            found, folded = listed
            screen.groups_by = grouping
            screen.listed = (view, asked)
            screen.first_page = False
            screen.rest_of, screen.found = (None, 0) if found.total is None else (asked, found.total)
            _found(screen, found, folded, keep and not (top and not screen.touched), typing, most)
            if screen.rest_of is None:
                _listed(screen)
            then()

    def fail(error: BaseException) -> None:
        if number == screen.list_run:
            _wrong(screen, error)

    grouping, view, asked = screen.grouping, screen.view, screen.filter if words is None else words
    future = ask(screen, asked, typing=typing, most=most)
    screen.when_done(screen.articles.folds.once_found(future), take, fail, held=held and not typing)
    if not typing:
        count(screen)


def renew(screen: MainScreen, *, words: str | None = None, top: bool = False) -> None:
    """Run the query again for what has come by itself; keys go on in the list that there is."""
    run(screen, keep=True, words=words, top=top, held=False)


def ask(screen: MainScreen, words: str, *, typing: bool = False, most: int = 0) -> Future[Found]:
    """Ask for the list as the screen has it, filtered by words: its view, its order, its groups."""
    queries = [query for query in (screen.library.narrowed, screen.view.query, words) if query]
    sort = "date" if typing and screen.order == "relevance" else screen.order
    return screen.library.search(
        *queries, sort=sort, grouping=screen.grouping, typing=typing, fold=screen.articles.folds.on, most=most
    )


def _ask_rest_soon(screen: MainScreen) -> None:
    """Ask for the rest of a list of which the first page was typed for, once no key has come for a moment."""

    def ask_rest() -> None:
        if screen.rest_of is not None:
            run(screen, keep=True, typing=True, words=screen.rest_of)

    screen.rest_timer = screen.set_timer(REST_AFTER, ask_rest)


def _listed(screen: MainScreen) -> None:
    """Do what waited for the whole list."""
    screen.first_page, screen.rest_of = False, None
    waiting, screen.until_listed = screen.until_listed, []
    for act in waiting:
        act()
    screen.host.release_keys()
    if screen.library.annotations_ready:
        screen.call_after_refresh(screen.host.show_own)


def _found(screen: MainScreen, found: Found, folded: Folded, keep: bool, typing: bool, most: int) -> None:
    articles = screen.articles
    at, hold, above = 0, False, None
    # Looked up only now: keys may have moved the cursor while the query ran.
    row = articles.current
    current = None if not keep else row.key if row else screen.opened.stored.key if screen.opened else None
    if screen.return_to is not None and articles.cursor == 0:
        current, above = screen.return_to, screen.host.session.above
    screen.return_to = None
    keys = articles.folds.take(folded)
    if current is not None:
        there = keys.row_of(current if articles.folds.is_beneath(current) else articles.folds.first(current))
        if there is None and row is not None:
            there = _near(articles.keys, articles.cursor, keys)
        if there is not None:
            at, hold = there, True
    screen.groups, screen.words = found.groups, found.words
    put(screen, keys, cursor=at, hold=hold, above=above)
    forget_if_rebuilt(screen)
    if articles.marked and screen.rest_of is None:
        from tui.screens.main import selecting

        selecting.count_shown(screen)
    screen.status.arrivals = 0
    screen.new_keys = set()
    articles.departed.clear()
    screen.status.order = found.order
    row = articles.current
    if typing and row is not None:
        if screen.rest_of is not None:
            _ask_rest_soon(screen)
        if most:
            _follow_typed(screen, found.words)
        screen.show_status()
        return
    screen.reader.set_hits(found.words)
    snippets.want(screen)
    if row is None and not screen.in_reader:
        from tui.screens.main import nothing  # most lists have something

        nothing.show(screen)
    elif row is not None and (screen.opened is None or not screen.in_reader):
        reading.show(screen, row.key, hits=found.words)
    screen.show_panes()


def _near(old: KeyList, row: int, new: KeyList) -> int | None:
    """Return where in a list the first article stands that was at a row of another or below it, else above it."""
    below, above = range(row, min(len(old), row + _NEAR)), range(row - 1, max(-1, row - _NEAR), -1)
    return next((there for at in chain(below, above) if (there := new.row_of(old[at])) is not None), None)


def forget_if_rebuilt(screen: MainScreen) -> None:
    """Take all marks off where the index was built anew: their keys mean other articles now."""
    if screen.marks_of != screen.library.rebuilt:
        screen.marks_of = screen.library.rebuilt
        screen.range_from = None
        if screen.articles.marked:
            screen.articles.set_marked(set(), 0)


def put(screen: MainScreen, keys: KeyList, *, cursor: int, hold: bool, above: int | None = None) -> None:
    """List these articles, of what the view's query has found."""
    from tui.screens.main import ordering  # a start has no headings

    articles, keeps = screen.articles, screen.view.keeps
    groups = articles.folds.with_spread(screen.groups)
    name_group = partial(ordering.name_of_group, screen) if groups else str
    articles.load(
        keys,
        cursor=cursor,
        hold=hold,
        above=above,
        gone=lambda marks: not keeps(marks),
        groups=groups,
        name_group=name_group,
        words=screen.words,
        tall=snippets.lines(screen),
    )


def fit(screen: MainScreen) -> None:
    """Give the rows as many lines as the screen has room for."""
    articles = screen.articles
    if articles.tall != snippets.lines(screen):
        put(screen, articles.keys, cursor=articles.cursor, hold=True)
        snippets.want(screen)


def _follow_typed(screen: MainScreen, words: tuple[str, ...]) -> None:
    """Let the text follow once no key has come for a moment: while one types, the list comes first."""

    def follow() -> None:
        if screen.prompt.asking:
            screen.reader.set_hits(words)
            reading.follow(screen)

    reading.follow_soon(screen, follow)


def _wrong(screen: MainScreen, error: BaseException) -> None:
    """Explain a wrong query at its column; the list stays as it is, and so does what it is of."""
    if not isinstance(error, QueryError):
        # The rest of the list does not come: what waits for it has what there is.
        _listed(screen)
    elif not screen.prompt.asking and _take_back(screen):
        renew(screen)
    elif screen.first_page:
        renew(screen, words="")
    elif screen.rest_of is not None:
        _ask_rest_soon(screen)
    words = explanation(error) if isinstance(error, QueryError) else str(error)
    if screen.prompt.asking:
        screen.prompt.explain(words)
    else:
        screen.say(words)


def _take_back(screen: MainScreen) -> bool:
    """Go back to the view and the filter that the list is of; tells whether they were others."""
    view, words = screen.listed
    there = screen.filter == words and screen.view.query == view.query
    if not there:
        screen.view, screen.filter = view, words
    return not there


def explanation(error: QueryError) -> str:
    """Return what is wrong with a query, where, and what was probably meant."""
    return f"column {error.column + 1}: {error} {error.advice}".rstrip()


def count(screen: MainScreen) -> None:
    """Count the views above the list: the fixed ones, and the searches that are pinned there.

    Most of them are about annotations; once those are read this is asked for again.
    """
    if not (screen.library.annotations_ready or screen.library.read_only):
        return
    bar = screen.query_one(ViewsBar)
    views = above(screen)
    future = screen.library.count([within(screen, view) for view in views])
    screen.when_done(future, lambda counts: bar.load(list(zip(views, counts, strict=True))), lambda _: None)


def above(screen: MainScreen) -> Sequence[View]:
    """Return the views above the list; until the annotations are read, those that were there last time."""
    if not screen.library.annotations_ready:
        return (*FIXED, *map(pinned_view, screen.host.session.pinned))
    pinned = [saved_view(search) for search in screen.library.searches() if search.pinned]
    return (*FIXED, *pinned[:PINNED_MOST])


# ---- commands --------------------------------------------------------------------------------------------------------
@does("view.refresh")
def refresh(screen: MainScreen, _: str) -> None:
    """Run the list again, and have the folder looked at."""
    screen.host.rescan()
    run(screen, keep=True)
    screen.say("looking again")


def within(screen: MainScreen, view: View) -> str:
    """Return a view's query, within what the library was opened for."""
    narrowed = screen.library.narrowed
    return f"({narrowed}) {view.query}".strip() if narrowed else view.query


def query_of(screen: MainScreen) -> str:
    """Return the query of the list as it is: its view's and its filter's; empty for the whole library."""
    return " ".join(f"({one})" for one in (screen.view.query, screen.filter.strip()) if one)
