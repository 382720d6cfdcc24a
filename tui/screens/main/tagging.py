"""The user's marks: tags, stars, read marks, on one article or on all that are marked."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from store.article import ArticleKey
from store.errors import DatelineError, NotFoundError
from store.library import AssignDigit, Read, Star, Tag, Target
from tui.screens.main import reading, saving, status
from tui.screens.main.handlers import does
from tui.screens.main.proposals import propose_tags, tag_words
from tui.widgets.prompt import Question

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen


AT_ONCE = 100
"""Articles looked up between two looks at the keys."""



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
            act((screen.opened.target(screen.library),))
        return
    keys = [key for key in screen.articles.keys if key in marked]
    if len(keys) <= AT_ONCE:
        act(_still_there(screen, keys))
        return

    async def gather() -> None:
        found: list[Target] = []
        for at in range(0, len(keys), AT_ONCE):
            found += _still_there(screen, keys[at : at + AT_ONCE])
            if at:
                await asyncio.sleep(0)
        act(tuple(found))
        status.show(screen)

    screen.run_worker(gather(), group="bulk", exclusive=True)


def _still_there(screen: MainScreen, keys: list[int]) -> tuple[Target, ...]:
    """Return the articles of these keys; what has left the library since it was listed is left out."""
    found = []
    for key in keys:
        with suppress(NotFoundError):
            found.append(screen.library.target(ArticleKey(key)))
    return tuple(found)


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
            def save(about: tuple[Target, ...]) -> None:
                saving.save(screen, Tag(about, add, remove), f"tag{_of(len(about))}: {words}")

            on_targets(screen, save)

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
    tag = screen.library.digits.get(int(key))
    if tag is None:
        on_targets(screen, lambda about: ask_digit(screen, int(key), about))
    else:
        on_targets(screen, lambda about: apply_tag(screen, tag, about))


def apply_tag(screen: MainScreen, tag: str, about: tuple[Target, ...]) -> None:
    """Toggle a tag: taken off where all have it; in triage put on, and the next unread opened."""
    having = all(tag in screen.library.marks(target.id).tags for target in about)
    if screen.triage:
        saving.save(screen, Tag(about, add=(tag,)), f"Tagged{_of(len(about))}: {tag}")
        reading.step(screen, 1, only_unread=True)
    elif having:
        saving.save(screen, Tag(about, remove=(tag,)), f"Untagged{_of(len(about))}: {tag}")
    else:
        saving.save(screen, Tag(about, add=(tag,)), f"Tagged{_of(len(about))}: {tag}")


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
            saving.save(screen, AssignDigit(number, add[0]))
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
        saving.save(screen, Star(about, on), f"{'Starred' if on else 'Star taken off'}{_of(len(about))}")

    on_targets(screen, act)


@does("mark.read")
def read(screen: MainScreen, _: str) -> None:
    """Mark read, or unread where all are read."""

    def act(about: tuple[Target, ...]) -> None:
        on = not all(screen.library.marks(target.id).read for target in about)
        saving.save(screen, Read(about, on), f"Marked{_of(len(about))} {'read' if on else 'unread'}")
        if screen.opened is not None and not on:
            # What the user marks unread by hand stays so, however long it has been on screen.
            screen.opened.deliberately = False

    on_targets(screen, act)
