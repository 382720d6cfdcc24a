"""The user's marks: tags, stars, read marks, bulk marks, undo; and what other sessions did."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, wait
from typing import TYPE_CHECKING

from store.article import ArticleId, ArticleKey
from store.errors import DatelineError
from store.library import AssignDigit, Change, Read, Receipt, Star, Tag, Target
from tui.commands.command import Context
from tui.render.list_row import long_date
from tui.screens.main import reading, status
from tui.screens.main.handlers import does
from tui.screens.main.proposals import propose_tags, tag_words
from tui.widgets.choice_list import Choice
from tui.widgets.prompt import Question

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen


AT_ONCE = 100
"""Articles looked up between two looks at the keys."""

DISK_MOSTLY = 0.004
"""Seconds in which a local disk has mostly taken a change."""

COUNT_AFTER = 0.5
"""Seconds after a saved change at which the views are counted anew."""


# ---- saving ----------------------------------------------------------------------------------------------------------
def save(screen: MainScreen, change: Change, said: str = "") -> None:
    """Save a change: the screen shows it at once, and takes it back with a message when it was not saved."""
    if screen.library.read_only:
        screen.say(f"not saved: {screen.library.read_only}")
        return
    if said:
        screen.status.message = said
    follow_change(screen, screen.library.change(change), lambda receipt: _saved(screen, receipt))


def follow_change(screen: MainScreen, future: Future[Receipt], then: Callable[[Receipt], None]) -> None:
    """Draw a change that was asked for, and call `then` once it is on disk.

    A disk mostly answers sooner than a frame is drawn: waiting that long for it spares a second frame.
    """
    screen.status.saving += 1
    wait([future], timeout=DISK_MOSTLY)
    if not future.done():
        redraw(screen)
    screen.when_done(future, then, lambda error: _not_saved(screen, error))


def _saved(screen: MainScreen, receipt: Receipt) -> None:
    screen.status.saving -= 1
    screen.status.saved = True
    if receipt.sentence:
        screen.status.message = receipt.sentence
    _count_soon(screen)
    if receipt.skipped:
        screen.status.message += f" ({receipt.skipped} left alone: changed since by another session)"
    redraw(screen)


def _count_soon(screen: MainScreen) -> None:
    """Count the views anew once the keys rest."""
    from tui.screens.main import listing

    if screen.count_timer is not None:
        screen.count_timer.stop()
    screen.count_timer = screen.set_timer(COUNT_AFTER, lambda: listing.count(screen))


def _not_saved(screen: MainScreen, error: BaseException) -> None:
    screen.status.saving -= 1
    screen.status.message = str(error) if isinstance(error, DatelineError) else f"not saved: {error}"
    redraw(screen)


def redraw(screen: MainScreen) -> None:
    """Draw marks where they stand: list, tag bar, panel."""
    from tui.screens.main import naming

    screen.articles.digits = {use.name: use.digit for use in screen.library.tags() if use.digit}
    screen.articles.redraw_marks()
    naming.fill(screen)
    status.show(screen)


def annotations_loaded(screen: MainScreen) -> None:
    """Show the marks, now that they are known."""
    from tui.screens.main import listing, noting

    redraw(screen)
    listing.count(screen)
    if screen.view.query or screen.filter:
        listing.run(screen, keep=True)
    noting.offer_draft(screen)
    waiting, screen.until_loaded = screen.until_loaded, []
    for act in waiting:
        act()
    screen.host.release_keys()


def annotations_refused(screen: MainScreen, error: BaseException) -> None:
    """Tell why the annotation file cannot be used; reading goes on without it."""
    screen.until_loaded = []
    screen.say(str(error))
    screen.host.release_keys()


def look_for_others(screen: MainScreen) -> None:
    """Take in what other sessions saved."""

    def changed(articles: frozenset[ArticleId]) -> None:
        if articles:
            redraw(screen)

    if screen.library.annotations_ready:
        screen.when_done(screen.library.refresh(), changed, lambda _: None)


# ---- what a change is about ------------------------------------------------------------------------------------------
def on_targets(screen: MainScreen, act: Callable[[tuple[Target, ...]], None]) -> None:
    """Call `act` with the marked articles that are shown, else with the one on screen or under the cursor.

    Many are gathered a hundred at a time, so that keys are answered in between.
    """
    marked = screen.articles.marked
    if not marked:
        if not screen.in_reader:
            reading.follow(screen)
        if screen.opened is None:
            screen.say("no article here")
        else:
            act((screen.library.target(screen.opened.stored.key),))
        return
    keys = [key for key in screen.articles.keys if key in marked]
    if len(keys) <= AT_ONCE:
        act(tuple(screen.library.target(ArticleKey(key)) for key in keys))
        return

    async def gather() -> None:
        found: list[Target] = []
        for at in range(0, len(keys), AT_ONCE):
            found += [screen.library.target(ArticleKey(key)) for key in keys[at : at + AT_ONCE]]
            if at:
                await asyncio.sleep(0)
        act(tuple(found))
        status.show(screen)

    screen.run_worker(gather(), group="bulk", exclusive=True)


def _of(count: int) -> str:
    return "" if count == 1 else f" {count} articles"


# ---- tags ------------------------------------------------------------------------------------------------------------
@does("tag.edit")
def ask_tags(screen: MainScreen, _: str) -> None:
    """Ask for tags to add, and with a minus to remove."""
    screen.once_loaded(lambda: _ask_tags(screen))


def _ask_tags(screen: MainScreen) -> None:
    marked = len(screen.articles.marked)
    if not marked and not screen.in_reader:
        reading.follow(screen)
    if not marked and screen.opened is None:
        screen.say("no article to tag")
        return
    uses = [use.name for use in screen.library.tags()]
    own = () if marked or screen.opened is None else screen.library.marks(screen.opened.stored.article.id).tags

    def take(text: str) -> None:
        try:
            add, remove = tag_words(text)
        except DatelineError as error:
            screen.say(str(error))
            return
        if add or remove:
            words = " ".join([*(f"+{tag}" for tag in add), *(f"-{tag}" for tag in remove)])
            on_targets(screen, lambda about: save(screen, Tag(about, add, remove), f"tag{_of(len(about))}: {words}"))

    label = f"tag {marked:,} articles:" if marked else "tag:"
    screen.prompt.ask(Question(label, take, propose=lambda text, at: propose_tags(text, at, uses, own)))


@does("tag.digit")
def digit(screen: MainScreen, key: str) -> None:
    """Toggle the tag on this number; triage adds it and goes on."""
    if len(key) != 1:
        screen.say("press a number from 1 to 9")
    else:
        screen.once_loaded(lambda: _digit(screen, key))


def _digit(screen: MainScreen, key: str) -> None:
    tag = next((use.name for use in screen.library.tags() if use.digit == int(key)), None)
    if tag is None:
        on_targets(screen, lambda about: ask_digit(screen, int(key), about))
    else:
        on_targets(screen, lambda about: apply_tag(screen, tag, about))


def apply_tag(screen: MainScreen, tag: str, about: tuple[Target, ...]) -> None:
    """Toggle a tag: taken off where all have it; in triage put on, and the next unread opened."""
    having = all(tag in screen.library.marks(target.id).tags for target in about)
    if screen.triage:
        save(screen, Tag(about, add=(tag,)), f"Tagged{_of(len(about))}: {tag}")
        reading.step(screen, 1, only_unread=True)
    elif having:
        save(screen, Tag(about, remove=(tag,)), f"Untagged{_of(len(about))}: {tag}")
    else:
        save(screen, Tag(about, add=(tag,)), f"Tagged{_of(len(about))}: {tag}")


def ask_digit(screen: MainScreen, number: int, about: tuple[Target, ...]) -> None:
    """Ask once which tag a free number shall carry, and put it on."""
    uses = [use.name for use in screen.library.tags() if use.digit is None]

    def take(text: str) -> None:
        try:
            add, _ = tag_words(text)
        except DatelineError as error:
            screen.say(str(error))
            return
        if add:
            save(screen, AssignDigit(number, add[0]))
            apply_tag(screen, add[0], about)

    screen.prompt.ask(Question(f"tag for {number}:", take, propose=lambda text, at: propose_tags(text, at, uses, ())))


@does("tag.triage")
def triage(screen: MainScreen, _: str) -> None:
    """Begin or end triage."""
    screen.triage = not screen.triage
    if screen.triage:
        screen.say("triage: a number adds its tag and opens the next unread; T or esc ends it")
    else:
        screen.say("triage ended")


# ---- star and read ---------------------------------------------------------------------------------------------------
@does("mark.star")
def star(screen: MainScreen, _: str) -> None:
    """Star, or take the star off where all have one."""

    def act(about: tuple[Target, ...]) -> None:
        on = not all(screen.library.marks(target.id).starred for target in about)
        save(screen, Star(about, on), f"{'Starred' if on else 'Star taken off'}{_of(len(about))}")

    on_targets(screen, act)


@does("mark.read")
def read(screen: MainScreen, _: str) -> None:
    """Mark read, or unread where all are read."""

    def act(about: tuple[Target, ...]) -> None:
        on = not all(screen.library.marks(target.id).read for target in about)
        save(screen, Read(about, on), f"Marked{_of(len(about))} {'read' if on else 'unread'}")
        if screen.opened is not None and not on:
            # What the user marks unread by hand stays so, however long it has been on screen.
            screen.opened.deliberately = False

    on_targets(screen, act)


# ---- undo ------------------------------------------------------------------------------------------------------------
@does("undo.undo", "undo.redo")
def undo(screen: MainScreen, _: str) -> None:
    """Take back the newest change, or do it again."""
    again = screen.host.command == "undo.redo"
    if screen.library.read_only:
        screen.say(f"not undone: {screen.library.read_only}")
        return

    def done(receipt: Receipt) -> None:
        _saved(screen, receipt)
        if not receipt.sentence:
            screen.say("nothing to do again" if again else "nothing to undo")
        elif receipt.articles and screen.opened and screen.opened.stored.article.id not in receipt.articles:
            for article in receipt.articles:
                key = screen.library.key_of(article)
                if key is not None and key in screen.articles.keys:
                    reading.point_at(screen, key)
                    reading.show(screen, key)
                    break

    follow_change(screen, screen.library.redo() if again else screen.library.undo(), done)


@does("undo.history")
def history(screen: MainScreen, _: str) -> None:
    """List the changes, newest first."""
    rows = [
        Choice(f"{entry.sentence}{'  (undone)' if entry.undone else ''}", entry.id,
               f"{long_date(entry.at.date())} {entry.at:%H:%M}", style="quiet" if entry.undone else "")
        for entry in screen.library.history()
    ] or [Choice("nothing changed yet", style="quiet")]  # fmt: skip
    screen.choose("Your changes", rows, Context.OVERLAY)
