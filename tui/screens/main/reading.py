"""Opening articles: preview, opening, leaving, places, what becomes read."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from store.article import ArticleKey
from store.library import Corrected, Mentions, Message, Position, Read, Replaced
from tui.screens.key_words import key_of
from tui.screens.main import naming, saving, standing
from tui.screens.main.handlers import does
from tui.screens.main.opened import Opened, Place

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen

FOLLOW_AFTER = 0.12
"""Seconds without a key after which the reader follows the list's cursor."""

SOON, RESTED = 0.01, 0.5
"""The same for a single step, which is one that comes so long after the last: the cursor is drawn first, and where the
line is not one that a text holds up, the text before a second key can be pressed."""


# ---- what is on screen -----------------------------------------------------------------------------------------------
def show(
    screen: MainScreen,
    key: int,
    *,
    position: int | None = None,
    deliberately: bool = False,
    hits: tuple[str, ...] | None = None,
) -> bool:
    """Show an article in the reader; False when it has left the library."""
    if screen.opened is not None and screen.opened.stored.key == key:
        if deliberately and not screen.opened.deliberately:
            screen.opened.deliberately, screen.opened.since = True, time.monotonic()
        return True
    leave(screen)
    stored = screen.library.article(ArticleKey(key))
    if stored is None:
        screen.say(f"this article is no longer in the library; {key_of(screen, 'view.refresh')} runs the list again")
        return False
    article = stored.article
    marks = screen.library.marks(article.id)
    if position is None:
        position = marks.position
    screen.opened = Opened(stored, deliberately, time.monotonic(), dated=marks.published)
    if hits is not None:
        screen.reader.set_hits(hits)
    screen.reader.show(stored, position=position, remark=standing.remark(screen, stored))
    screen.opened.reached_end = screen.reader.at_end
    naming.article_shown(screen)
    if screen.library.annotations_ready:
        from tui.screens.main import changes, noting  # before that nothing is known to tell of

        noting.article_shown(screen)
        changes.article_shown(screen)
    screen.host.tell_shown(article.id)
    return True


def show_nothing(screen: MainScreen, words: str) -> None:
    """Show a sentence where the text would be."""
    leave(screen)
    screen.opened = None
    screen.reader.show_words(words)
    naming.article_shown(screen)


def leave(screen: MainScreen) -> None:
    """Keep the place in the article on screen, and mark it read if it was."""
    opened = screen.opened
    if opened is None or not opened.deliberately or screen.library.read_only:
        return
    target = opened.target(screen.library)
    marks = screen.library.marks(opened.stored.article.id)
    if screen.reader.position != marks.position:
        screen.library.change(Position(target, screen.reader.position))
    seconds = opened.stored.words / screen.library.config.pace * 60
    long_enough = time.monotonic() - opened.since >= seconds / 2
    if not marks.read and (opened.reached_end or long_enough):
        saving.save(screen, Read((target,), True, automatic=True))


def moved(screen: MainScreen, at_end: bool) -> None:
    """Remember that the end has been on screen."""
    if screen.opened is not None and at_end:
        screen.opened.reached_end = True


def follow_soon(screen: MainScreen, act: Callable[[], None] | None = None) -> None:
    """Show the article under the list's cursor once no key has come for a moment; or do something else then."""
    if screen.follow_timer is not None:
        screen.follow_timer.stop()
    now, before = time.monotonic(), screen.status.stepped
    screen.status.stepped = now
    after = FOLLOW_AFTER if act else pause(now - before, "SSH_CONNECTION" in os.environ)
    screen.follow_timer = screen.set_timer(after, act or (lambda: follow(screen)))


def pause(since: float, far: bool) -> float:
    """Return after how many seconds the reader follows a step that comes so many seconds `since` the one before."""
    return SOON if since >= RESTED and not far else FOLLOW_AFTER


def follow(screen: MainScreen) -> None:
    """Preview the article under the list's cursor."""
    if screen.follow_timer is not None:
        screen.follow_timer.stop()
        screen.follow_timer = None
    row = screen.articles.current
    if row is not None:
        show(screen, row.key)
        from tui.screens.main import status

        status.show(screen)


def open_current(screen: MainScreen) -> None:
    """Open the article under the cursor and go into its text."""
    row = screen.articles.current
    if row is None:
        screen.say("nothing to open here")
        return
    remember(screen)
    if show(screen, row.key, deliberately=True):
        screen.enter(screen.reader)


def heard(screen: MainScreen, message: Message) -> None:
    """Mark the names of the article on screen as they are found."""
    opened = screen.opened
    if isinstance(message, Mentions) and opened is not None and message.id == opened.stored.article.id:
        opened.sent = message.rows
        names = screen.library.corrected_names(opened.stored.key, opened.stored.article, message.rows)
        screen.reader.set_mentions(names)
        naming.names_found(screen, message, names)
        if message.no_model:
            from tui.screens.main import status

            status.show(screen)
    elif isinstance(message, Corrected):
        naming.names_corrected(screen)


def replaced(screen: MainScreen, message: Replaced) -> None:
    """Put the new text of an edited file where the old one was, in the list and on screen."""
    new_key = screen.library.key_of(message.new)
    opened = screen.opened
    if new_key is None:
        return
    if screen.library.rows([message.key]) == [None]:
        screen.successors[message.key] = new_key
        screen.articles.exchange(message.key, new_key)
    saving.count_soon(screen)  # its notes and tags are those of the new text only now
    if opened is not None and opened.stored.article.id == message.old:
        deliberately, position = opened.deliberately, screen.reader.position
        screen.opened = None
        show(screen, new_key, position=position, deliberately=deliberately)
        words = "the file has changed; this is its new text"
        screen.say(words)
        from tui.screens.main import changes

        changes.article_shown(screen, instead_of=words)


# ---- places ----------------------------------------------------------------------------------------------------------
def remember(screen: MainScreen) -> None:
    """Put the present place on the way back."""
    if screen.opened is not None:
        place = Place(screen.opened.stored.article.id, screen.reader.position, screen.in_reader)
        if not screen.came_from or screen.came_from[-1] != place:
            screen.came_from.append(place)


@does("go.back")
def go_back(screen: MainScreen, _: str) -> None:
    """Return to the place before."""
    while screen.came_from:
        place = screen.came_from.pop()
        if place.page is not None:
            from tui.screens.main import entity_pages

            entity_pages.show_page(screen, place.page)
            return
        key = screen.library.key_of(place.article)
        here = screen.opened is not None and screen.opened.stored.article.id == place.article
        if key is None or (here and place.position == screen.reader.position and place.in_reader == screen.in_reader):
            continue
        if here:
            screen.reader.go_to(place.position)
        else:
            show(screen, key, position=place.position, deliberately=place.in_reader)
        point_at(screen, key)
        screen.enter(screen.reader if place.in_reader else screen.articles)
        return
    screen.say("no place to go back to")


def point_at(screen: MainScreen, key: int) -> None:
    """Put the list's cursor on an article, if it is listed."""
    index = screen.articles.keys.row_of(key)
    if index is None:
        return
    with screen.prevent(type(screen.articles).Moved):
        screen.articles.cursor = index


# ---- commands --------------------------------------------------------------------------------------------------------
@does("open.reader")
def open_reader(screen: MainScreen, _: str) -> None:
    """Open the article under the cursor."""
    open_current(screen)


@does("open.list")
def open_list(screen: MainScreen, _: str) -> None:
    """Go back to the list."""
    screen.enter(screen.articles)


@does("open.next-article", "open.previous-article")
def next_article(screen: MainScreen, key: str) -> None:
    """Open the article below or above, from wherever the focus is."""
    step(screen, -1 if key == "K" else 1)


def step(screen: MainScreen, by: int, *, only_unread: bool = False) -> None:
    """Open the next article, or the next unread one; at the end of the list it says so."""
    start, keys = screen.articles.cursor + by, screen.articles.keys

    def go(key: int | None) -> None:
        if key is None or screen.articles.keys.row_of(key) is None:
            what = "unread article" if only_unread else "article"
            screen.say(f"no {what} further {'down' if by > 0 else 'up'}")
            return
        remember(screen)
        point_at(screen, key)
        show(screen, key, deliberately=screen.in_reader or screen.triage)

    if only_unread:
        from tui.screens.main import along

        along.next_unread(screen, start, by, go)
    else:
        go(keys[start] if 0 <= start < len(keys) else None)
