"""Saving changes: shown at once, taken back with a message where the disk refused; and what other sessions saved."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, wait
from typing import TYPE_CHECKING

from store.article import ArticleId
from store.errors import DatelineError
from store.library import (
    Change,
    CorrectName,
    CorrectNames,
    Read,
    Receipt,
    SetPublished,
    Star,
    Tag,
    TagEntity,
    TagNote,
)
from tui.screens.main import standing, status, warning

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen


DISK_MOSTLY = 0.004
"""Seconds in which a local disk has mostly taken a change."""

OTHERS = "changed by another session"
"""Says that the article on screen was changed elsewhere."""

REPEATABLE = (Tag, TagNote, TagEntity, Star, Read, SetPublished, CorrectName, CorrectNames)
"""Changes that mean the same on another article, note or name."""

COUNT_AFTER = 0.5
"""Seconds after a saved change at which the views are counted anew."""


def save(screen: MainScreen, change: Change, said: str = "", *, keep: bool = False) -> None:
    """Save a change: the screen shows it at once, and takes it back with a message when it was not saved.

    With `keep` what is `said` stays, and is not followed by the store's own words.
    """
    if screen.library.read_only:
        screen.say(warning.short(screen, f"not saved: {screen.library.read_only}"))
        return
    remember(screen, change)
    if said:
        screen.status.message = said
    follow_change(screen, screen.library.change(change), lambda receipt: saved(screen, receipt, said if keep else ""))


def save_many(screen: MainScreen, change: Change, said: str, *, keep: bool = False) -> None:
    """Save a change of many articles as `save` does; it is handed over on a thread, which takes a while by itself."""
    if screen.library.read_only:
        screen.say(warning.short(screen, f"not saved: {screen.library.read_only}"))
        return
    remember(screen, change)
    screen.status.message = said

    def hand_over() -> list[Future[Receipt]]:
        return [screen.library.change(change)]

    def follow(asked: list[Future[Receipt]]) -> None:
        follow_change(screen, asked[0], lambda receipt: saved(screen, receipt, said if keep else ""))

    screen.work_held(hand_over, follow)


def remember(screen: MainScreen, change: Change) -> None:
    """Keep what can be made again elsewhere, and which tags were put on last; what happens by itself is neither."""
    if isinstance(change, Tag | TagNote | TagEntity) and change.add:
        screen.status.tagged_with = change.add
    if isinstance(change, Tag | Star | Read | SetPublished):
        # Without the articles, which may be very many.
        change = change.replace(targets=())
    if isinstance(change, REPEATABLE) and not (isinstance(change, Read) and change.automatic):
        screen.status.repeatable = change


def follow_change(screen: MainScreen, future: Future[Receipt], then: Callable[[Receipt], None]) -> None:
    """Draw a change that was asked for, and call `then` once it is on disk.

    A disk mostly answers sooner than a frame is drawn: waiting that long for it, and going on at once, spares a second
    frame. Behind a change that still waits this one waits as well: what is told of them keeps their order.
    """
    screen.status.saving += 1
    if screen.status.saving == 1:
        wait([future], timeout=DISK_MOSTLY)
    if screen.status.saving > 1 or not future.done():
        redraw(screen)
        screen.when_done(future, then, lambda error: not_saved(screen, error))
    elif (error := future.exception()) is not None:
        not_saved(screen, error)
    else:
        then(future.result())


def saved(screen: MainScreen, receipt: Receipt, said: str = "") -> None:
    """Take note that a change is on disk, and tell it in the store's words, or as it was `said`."""
    screen.status.saving -= 1
    screen.status.saved = True
    if said or receipt.sentence:
        screen.status.message = said or receipt.sentence
    count_soon(screen)
    _follow_searches(screen)
    redraw(screen)


def _follow_searches(screen: MainScreen) -> None:
    """Let views follow when saved searches have changed, by whichever session."""
    if screen.library.search_changes == screen.status.searches_seen:
        return
    from tui.screens.main import saved_searches

    screen.status.searches_seen = screen.library.search_changes
    saved_searches.follow(screen)
    standing.look_by_rules(screen)
    count_soon(screen)


def count_soon(screen: MainScreen) -> None:
    """Count the views anew once the keys rest."""
    from tui.screens.main import listing

    if screen.count_timer is not None:
        screen.count_timer.stop()
    screen.count_timer = screen.set_timer(COUNT_AFTER, lambda: listing.count(screen))


def not_saved(screen: MainScreen, error: BaseException) -> None:
    screen.status.saving -= 1
    said = str(error) if isinstance(error, DatelineError) else f"not saved: {error}"
    screen.status.message = warning.short(screen, said)
    redraw(screen)


def redraw(screen: MainScreen) -> None:
    """Draw marks where they stand: list, tag bar, panel."""
    from tui.screens.main import dating, naming

    screen.articles.digits = {tag: digit for digit, tag in screen.library.digits.items()}
    screen.articles.redraw_marks()
    dating.show_date(screen)
    standing.show_notes(screen)
    naming.fill(screen)
    status.show(screen)


def annotations_loaded(screen: MainScreen) -> None:
    """Show the marks, now that they are known."""
    from tui.screens.main import changes, listing, noting

    redraw(screen)
    listing.count(screen)
    if screen.view.query or screen.filter or screen.library.dates_set:
        listing.renew(screen)
    standing.look_by_rules(screen)
    noting.offer_draft(screen)
    changes.article_shown(screen)
    waiting, screen.until_loaded = screen.until_loaded, []
    for act in waiting:
        act()
    screen.host.release_keys()
    if not screen.first_page:
        screen.call_after_refresh(screen.host.show_own)


def annotations_refused(screen: MainScreen, error: BaseException) -> None:
    """Tell why the annotation file cannot be used; reading goes on without it."""
    from tui.screens.main import listing

    screen.until_loaded = []
    screen.say(warning.short(screen, str(error)))
    screen.host.release_keys()
    listing.count(screen)
    screen.host.show_own()


def others_changed(screen: MainScreen, articles: frozenset[ArticleId]) -> None:
    """Show what other sessions saved, and say it of the article on screen, behind what was said last."""
    if articles:
        _tell_of_others(screen, articles)
        count_soon(screen)
        redraw(screen)


def _tell_of_others(screen: MainScreen, articles: frozenset[ArticleId]) -> None:
    from tui.screens.main import noting

    if screen.opened is None or screen.opened.stored.article.id not in articles:
        return
    # The line may be too short for all of them: what came last is first.
    tags = screen.library.marks(screen.opened.stored.article.id).tags[::-1]
    news = OTHERS + (f" · tags: {' '.join(tags)}" if tags else "")
    # What this session did last, such as that both texts of a note are kept, is not put aside by another's news.
    said = screen.status.message.partition(OTHERS)[0].removesuffix(" · ")
    if said:
        screen.status.message = f"{said} · {news}"
    else:
        from tui.screens.main import telling

        screen.status.message = ""
        telling.tell(screen, news, "others", screen.opened.stored.article.id)
    noting.article_shown(screen)


def _others_saved(screen: MainScreen, articles: frozenset[ArticleId]) -> None:
    others_changed(screen, articles)
    _follow_searches(screen)
    if screen.library.name_changes != screen.status.names_seen:
        redraw(screen)


def look_for_others(screen: MainScreen) -> None:
    """Take in what other sessions saved."""
    if screen.library.annotations_ready:
        screen.when_done(
            screen.library.refresh(),
            lambda articles: _others_saved(screen, articles),
            lambda error: warning.refused(screen, error),
        )
        warning.tell(screen)
        standing.tell(screen)
