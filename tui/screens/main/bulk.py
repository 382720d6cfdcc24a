"""What a change is about: the article at hand, or all marked that are shown. Many are gathered on a thread."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import TYPE_CHECKING

from store.library import Change, Library, Target
from store.record import Record
from tui.commands.registry import BY_ID
from tui.screens.key_words import key_of
from tui.screens.main import reading, saving
from tui.screens.main.waiting import in_background

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen


AT_ONCE = 500
"""Articles that are looked up between two keys; for more of them keys wait, and a thread looks."""

_TOLD_EVERY = 10_000
"""Articles after which it is told how many are gathered."""

Targets = tuple[Target, ...]


class Deed(Record):
    """What is to be done with some articles."""

    change: Change
    said: str
    """What the status line says at once."""
    then: Callable[[], None] | None = None
    """Called when it is on its way."""
    keep: bool = False
    """Whether what is said stays, instead of the store's own words."""


class Asked(Record):
    """A question that the very next key answers: the same key again, or `y`."""

    command: str
    key: str
    act: Callable[[], None]


def do(
    screen: MainScreen,
    decide: Callable[[Library, Targets], Deed | str],
    key: str = "",
    *,
    asks: str = "",
    turned: str = "",
    every: bool = False,
) -> None:
    """Decide what to do with the articles at hand and save it; where they are more than a screenful, ask first.

    `decide` may run on another thread; a string is what there is to say instead of doing something. `asks` is what it
    is called in the question, empty where none needs to be asked, `turned` what it is where it is true of all already;
    `key` is the one that was pressed, which pressed again answers the question. With `every` all that the list shows
    are at hand, marked or not.
    """

    def decided(made: Deed | str, count: int) -> None:
        if isinstance(made, str):
            screen.say(made)
        else:
            _carry_out(screen, made, count, "" if every else hidden(screen))

    def about(targets: Targets) -> None:
        if len(targets) <= AT_ONCE:
            decided(decide(screen.library, targets), len(targets))
        else:
            screen.work_held(lambda: decide(screen.library, targets), lambda made: decided(made, len(targets)))

    marked = screen.articles.marked_shown if screen.articles.marked else 1
    count = len(screen.articles.keys) if every else marked
    if asks and is_many(screen, count):
        asked = Asked(screen.host.command, key, lambda: on_targets(screen, about, every=every))
        _ask(screen, asked, f"{asks} {count:,} articles{'' if every else _left(screen)}", turned)
    else:
        on_targets(screen, about, every=every)


def _carry_out(screen: MainScreen, deed: Deed, count: int, left: str) -> None:
    said = deed.said + left
    if count <= AT_ONCE:
        saving.save(screen, deed.change, said, keep=deed.keep)
    else:
        saving.save_many(screen, deed.change, said, keep=deed.keep)
    if deed.then is not None:
        deed.then()


# ---- which articles --------------------------------------------------------------------------------------------------
def on_targets(screen: MainScreen, act: Callable[[Targets], None], *, every: bool = False) -> None:
    """Call `act` with the marked articles that are shown, else with the one on screen or under the cursor.

    With `every` it is called with all that the list shows.
    """
    articles = screen.articles
    if every and len(articles.keys):
        screen.once_listed(lambda: _gather(screen, act, every=True))
    elif not is_something(screen):
        return
    elif articles.marked:
        screen.once_listed(lambda: _gather(screen, act))
    elif screen.opened is not None:
        act((screen.opened.target(screen.library),))


def _gather(screen: MainScreen, act: Callable[[Targets], None], *, every: bool = False) -> None:
    articles, library = screen.articles, screen.library
    keys: Sequence[int] = articles.keys
    marked: Collection[int] = keys if every else articles.marked
    count = len(keys) if every else articles.marked_shown
    if len(keys) <= AT_ONCE:
        with library.reading() as many:
            act(tuple(many.targets(chosen(keys, marked))))
        return

    def look(progress: Callable[[int], None]) -> Targets:
        found: list[Target] = []
        with library.reading() as many:
            for target in many.targets(chosen(keys, marked)):
                found.append(target)
                if len(found) % _TOLD_EVERY == 0:
                    progress(len(found))
        return tuple(found)

    if count <= AT_ONCE:
        screen.work_held(lambda: look(lambda _: None), act)
    else:
        in_background(screen, partial(_gather_many, screen, count, look, act), "bulk")


async def _gather_many(
    screen: MainScreen, count: int, look: Callable[[Callable[[int], None]], Targets], act: Callable[[Targets], None]
) -> None:
    """Gather very many articles while keys go on, and tell how far it is where nothing else is being said."""
    loop = asyncio.get_running_loop()
    told = f"gathering {count:,} articles…"
    screen.say(told)

    def tell(done: int) -> None:
        if screen.status.message.startswith("gathering ") or not screen.status.message:
            screen.say(f"{told} {done:,}")

    def progress(done: int) -> None:
        loop.call_soon_threadsafe(tell, done)

    targets = await asyncio.to_thread(look, progress)
    act(targets)
    screen.show_status()


def chosen(keys: Sequence[int], marked: Collection[int]) -> list[int]:
    """Return those of some keys that are marked, in their order. Looks at all of them."""
    return list(keys) if marked is keys else [key for key in keys if key in marked]


def marked_keys(screen: MainScreen, then: Callable[[list[int]], None]) -> None:
    """Call `then` with the keys of the marked articles that are shown, in the list's order."""

    def look() -> None:
        keys, marked = screen.articles.keys, screen.articles.marked
        if len(keys) <= AT_ONCE:
            then(chosen(keys, marked))
        else:
            screen.work_held(lambda: chosen(keys, marked), then)

    screen.once_listed(look)


def is_something(screen: MainScreen) -> bool:
    """Tell whether there is an article that a question can be about, and say so where there is none."""
    if screen.articles.marked:
        if not screen.articles.marked_shown:
            screen.say(none_shown(screen))
        return screen.articles.marked_shown > 0
    if not screen.in_reader:
        reading.follow(screen)
    if screen.opened is None:
        screen.say("no article here")
    return screen.opened is not None


# ---- words -----------------------------------------------------------------------------------------------------------
def hidden(screen: MainScreen) -> str:
    """Say how many marked articles are not shown, and so left alone: `; 3 marked are not shown`."""
    count = len(screen.articles.marked) - screen.articles.marked_shown
    return "" if count <= 0 else f"; {count:,} marked {'is' if count == 1 else 'are'} not shown"


def none_shown(screen: MainScreen) -> str:
    """Say that no marked article is in the list."""
    count = len(screen.articles.marked)
    which = "the marked one is not" if count == 1 else f"none of the {count:,} marked is"
    return f"{which} shown here; {key_of(screen, 'step.out')} takes the marks off"


def label(screen: MainScreen) -> str:
    """Name what a question is about: ` 1,234 articles (3 marked are not shown)`; empty for a single one at hand."""
    articles = screen.articles
    if not articles.marked:
        return ""
    count = articles.marked_shown
    away = len(articles.marked) - count
    return f" {count:,} article{'' if count == 1 else 's'}" + (f" ({away:,} more not shown)" if away > 0 else "")


# ---- asking first ----------------------------------------------------------------------------------------------------
def is_many(screen: MainScreen, count: int) -> bool:
    """Tell whether so many articles are more than the list shows at once."""
    return count > max(1, screen.articles.size.height or screen.reader.size.height)


def _left(screen: MainScreen) -> str:
    away = len(screen.articles.marked) - screen.articles.marked_shown
    return f", {away:,} more not shown" if away > 0 else ""


def _ask(screen: MainScreen, asked: Asked, what: str, turned: str) -> None:
    screen.status.asked = asked
    keys = screen.host.keys_of(BY_ID[asked.command])
    again = asked.key or (keys[0] if keys else "the same")
    # What matters first, since a narrow screen cuts the end.
    screen.say(f"{again} again or y: {what}" + (f" ({turned} if all are)" if turned else ""))


def answered(screen: MainScreen, command: str, key: str) -> bool:
    """Take a key as the answer to what was just asked; tells whether it was one."""
    asked, screen.status.asked = screen.status.asked, None
    if asked is None or not (key == "y" or (command, key or asked.key) == (asked.command, asked.key)):
        return False
    asked.act()
    return True
