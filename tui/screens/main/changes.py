"""What has changed in the article on screen since it was noted on: told when it is opened, shown by key."""

from __future__ import annotations

import asyncio
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from store.article import StoredArticle
from store.errors import DatelineError
from store.library import TextChange
from tui.commands.registry import BY_ID
from tui.render.list_row import long_date, short_date
from tui.screens.main.handlers import does
from tui.screens.main.waiting import in_background

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen


def article_shown(screen: MainScreen, instead_of: str = "") -> None:
    """Tell that the text of the article now on screen has changed, and in how many places.

    It is told as soon as that is counted, and in the place of `instead_of` where that is being said by then.
    """
    opened = screen.opened
    if opened is None or not screen.library.marks(opened.stored.article.id).changed:
        return
    change = screen.library.text_change(opened.stored.article.id)
    if change is not None:
        tell = partial(_tell, screen, opened.stored, change, instead_of)
        in_background(screen, tell, "change told", exclusive=True)


async def _tell(screen: MainScreen, stored: StoredArticle, change: TextChange, instead_of: str) -> None:
    try:
        _, difference = await asyncio.to_thread(screen.library.compare_texts, stored.article)
        words = _counted(difference.places)
    except DatelineError:
        words = ""
    keys = screen.host.keys_of(BY_ID["changes.show"])
    shows = f", {keys[0]} shows" if keys else ""
    opened = screen.opened
    if opened is not None and opened.stored.key == stored.key:
        from tui.screens.main import telling

        day = short_date(change.at.astimezone().date(), date.today()).strip()
        said = f"changed {day}: {words}{shows}" if words else f"changed {day}{shows}"
        if instead_of and screen.status.message == instead_of:
            screen.status.message = ""
        telling.tell(screen, said, "changed", opened.stored.article.id)


def _counted(places: int) -> str:
    return "only its lines" if not places else f"{places:,} passage{'' if places == 1 else 's'}"


@does("changes.show")
def show(screen: MainScreen, _: str) -> None:
    """Show what has changed in the article, once the annotations are read."""
    screen.once_loaded(lambda: _show(screen))


def _show(screen: MainScreen) -> None:
    if not screen.in_reader:
        from tui.screens.main import reading

        reading.follow(screen)
    opened = screen.opened
    if opened is None:
        screen.say("no article here")
        return
    article = opened.stored.article.id
    change = screen.library.text_change(article)
    if change is None:
        noted = screen.library.notes(article)
        screen.say("the text is as it was when you noted on it" if noted else "there are no notes on this article")
        return
    in_background(screen, partial(_compare, screen, opened.stored, change), "comparison", exclusive=True)


async def _compare(screen: MainScreen, stored: StoredArticle, change: TextChange) -> None:
    try:
        before, difference = await asyncio.to_thread(screen.library.compare_texts, stored.article)
        target = screen.library.target(stored.key)
    except DatelineError as error:
        screen.say(str(error))
        return
    if screen.opened is None or screen.opened.stored.key != stored.key or not screen.is_current:
        return
    from tui.screens.changes import ChangesScreen  # a start shows none

    heading = f"changed {long_date(change.at.astimezone().date())}: {_counted(difference.places)}"
    screen.status.message = ""
    screen.app.push_screen(
        ChangesScreen(
            screen,
            target,
            (before.text, stored.article.text),
            difference,
            screen.library.notes(stored.article.id),
            heading,
        )
    )
