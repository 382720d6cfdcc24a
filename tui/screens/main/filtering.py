"""The filter: asked for in a line, followed by the list at every key, completed, and explained where it is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from store.errors import QueryError
from store.library import check_query
from tui.screens.haste import hasten
from tui.screens.main import listing
from tui.screens.main.handlers import does, given
from tui.screens.main.proposals import query_proposals
from tui.widgets.question import Offer, Question

if TYPE_CHECKING:
    from textual.timer import Timer

    from tui.screens.main.screen import MainScreen

PROPOSE_AFTER = 0.12
"""Seconds without a key after which it is proposed what can stand there."""


@does("find.clear")
def clear(screen: MainScreen, _: str) -> None:
    """Take the filter off; the cursor stays on its article."""
    if not screen.filter:
        screen.say("there is no filter")
        return
    screen.filter = ""
    listing.run(screen, keep=True)
    screen.say("filter taken off")


@does("find.filter", "find.filter-here")
def ask_filter(screen: MainScreen, _: str) -> None:
    """Ask for words; the list follows while they are typed."""
    before = screen.filter
    if screen.alone:
        # The list is to be seen while it follows.
        screen.alone = False
        screen.show_panes()

    seen: tuple[str, int] = ("", 0)
    """What was typed, and how many articles that found, its last word being a beginning."""

    def edited(text: str) -> None:
        def count() -> None:
            nonlocal seen
            seen = (text, len(screen.articles.keys) if screen.rest_of is None else screen.found)

        screen.filter = text
        listing.run(screen, keep=False, typing=True, most=listing.FIRST_PAGE, then=count)

    waiting: list[Timer] = []

    def look_up(text: str, at: int, offer: Offer) -> None:
        def ask() -> None:
            found = screen.library.complete(text, at)
            screen.when_done(found, lambda completion: offer(query_proposals(completion)), lambda _: None)

        # The list comes first: proposals at every key would be a frame more at every key.
        for timer in waiting:
            timer.stop()
        waiting[:] = [screen.set_timer(PROPOSE_AFTER, ask)]

    def refuse(text: str) -> int | None:
        try:
            if screen.library.annotations_ready:
                check_query(text, {search.name: search.query for search in screen.library.searches()})
            else:
                screen.library.canonical(text)
        except QueryError as error:
            screen.prompt.explain(listing.explanation(error))
            return error.column
        return None

    def take(text: str) -> None:
        hasten(screen, on=False)
        screen.filter = text.strip()
        screen.enter(screen.articles)
        typed, found = seen
        begun = typed.split()[-1:] if typed == text else []
        listing.run(screen, keep=False, then=lambda: _tell_of_beginnings(screen, begun, found))

    def cancel() -> None:
        hasten(screen, on=False)
        if screen.filter != before:
            screen.filter = before
            listing.run(screen, keep=True)

    hasten(screen, on=True)
    screen.prompt.ask(
        Question(
            "filter:",
            take,
            f"{before} " if before else "",
            edited=edited,
            cancelled=cancel,
            look_up=look_up,
            refuse=refuse,
            hint="words · “a phrase” · -without · tag: person: org: place: date: is: has:",
        )
    )


def _tell_of_beginnings(screen: MainScreen, begun: Sequence[str], found: int) -> None:
    """Say how to get back what the last word found as a beginning, where as a whole word it finds less."""
    more = found - len(screen.articles.keys)
    if begun and begun[0].isalnum() and more > 0 and not screen.status.message:
        screen.say(f"in {more:,} more a word only begins so; {begun[0]}* finds them, too")


@given("find.filter")
def filter_by(screen: MainScreen, text: str) -> None:
    """Filter the list by a query; one in single quotes, as a shell wants it, is taken out of them."""
    query = text.strip()
    if len(query) > 1 and query[0] == query[-1] == "'":
        query = query[1:-1]
    screen.filter = query
    screen.enter(screen.articles)
    listing.run(screen, keep=False)
