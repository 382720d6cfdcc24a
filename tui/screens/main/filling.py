"""What comes into the list while it is shown: as the library is indexed, here or by another session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.library import Articles, Idle, Message, Progress, Replaced
from tui.screens.main import listing, news, reading

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen

FILL_EVERY = 1.0
"""Seconds between two fillings of the list while the library is indexed for the first time."""


def heard(screen: MainScreen, message: Message) -> None:
    """Take in that the indexer has found, changed or finished articles."""
    match message:
        case Articles():
            screen.to_count = True
            if screen.first_index:
                _fill_soon(screen)
            else:
                news.take_soon(screen)
        case Progress(stage="analyse") if screen.first_index:
            # All files have been read; what comes from now on is new.
            screen.first_index = False
            listing.renew(screen, top=True)
        case Idle():
            if screen.first_index or not screen.articles.keys:
                screen.first_index = False
                listing.renew(screen, top=True)
            elif screen.to_count:
                listing.count(screen)
            screen.to_count = False
        case Replaced():
            reading.replaced(screen, message)


def read_along(screen: MainScreen) -> None:
    """Take in what the indexer of another session has written: this one's own stands by and hears of nothing."""
    if not screen.status.standby:
        return
    written = screen.library.written()
    if written.generation == screen.status.generation:
        return
    screen.status.generation = written.generation
    if screen.articles.keys:
        heard(screen, written)
    else:
        listing.renew(screen)
    listing.count(screen)


def _fill_soon(screen: MainScreen) -> None:
    """Fill the list anew once a second at most; the first articles come at once."""
    if not screen.articles.keys:
        listing.renew(screen)
    elif screen.fill_timer is None:

        def fill() -> None:
            screen.fill_timer = None
            if screen.first_index and not screen.prompt.asking:
                listing.renew(screen, top=screen.top_is_due())

        screen.fill_timer = screen.set_timer(FILL_EVERY, fill)
