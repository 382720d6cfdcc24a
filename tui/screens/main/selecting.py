"""Marks in the list: which articles the next tag, star or read mark goes to. They outlast filters and views."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto
from typing import TYPE_CHECKING

from store.library import KeyList
from tui.screens.key_words import key_of
from tui.screens.main.bulk import AT_ONCE
from tui.screens.main.handlers import does

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen


class How(Enum):
    """What becomes of the marks of some articles."""

    ON = auto()
    ALL_OR_NONE = auto()
    """Marked, or unmarked where all are."""
    TURNED = auto()


def marks_after(marked: set[int], keys: Sequence[int], how: How) -> set[int]:
    """Return what is marked after the marks of these articles were set. Pure; looks at all of them."""
    these = set(keys)
    match how:
        case How.ON:
            return marked | these
        case How.ALL_OR_NONE:
            return marked - these if these <= marked else marked | these
        case How.TURNED:
            return marked ^ these


def shown_of(marked: set[int], keys: KeyList) -> int:
    """Count the marked articles that are in a list."""
    return sum(1 for key in marked if keys.row_of(key) is not None)


def _mark(screen: MainScreen, first: int, last: int, how: How) -> None:
    """Set the marks of a stretch of rows, on a thread where they are many."""
    articles = screen.articles
    keys, marked = articles.keys, articles.marked

    def look() -> tuple[set[int], int]:
        after = marks_after(marked, keys[first:last], how)
        return after, shown_of(after, keys)

    def take(found: tuple[set[int], int]) -> None:
        articles.set_marked(*found)
        if articles.keys is not keys:
            count_shown(screen)
        say_marked(screen)

    if last - first <= AT_ONCE and len(marked) <= AT_ONCE:
        take(look())
    else:
        screen.work_held(look, take)


@does("mark.select")
def select(screen: MainScreen, _: str) -> None:
    """Mark the row, or take its mark off, and move down."""
    articles = screen.articles
    articles.mark(articles.cursor, not articles.is_marked(articles.cursor))
    articles.move(1)
    say_marked(screen)


@does("mark.range")
def select_range(screen: MainScreen, _: str) -> None:
    """Begin a range here, or mark all from where it began."""
    articles = screen.articles
    row = articles.current
    if row is None:
        screen.say("nothing to mark here")
        return
    begun = None if screen.range_from is None else articles.keys.row_of(screen.range_from)
    if begun is None:
        screen.range_from = row.key
        screen.say(
            f"range begins here; {key_of(screen, 'mark.range')} marks up to where you go, "
            f"{key_of(screen, 'step.out')} forgets it"
        )
        return
    first, last = sorted((begun, articles.cursor))
    screen.range_from = None
    _mark(screen, first, last + 1, How.ON)


@does("mark.all")
def select_all(screen: MainScreen, _: str) -> None:
    """Mark all shown, or none of them where all are marked."""
    screen.once_listed(lambda: _mark(screen, 0, len(screen.articles.keys), How.ALL_OR_NONE))


@does("mark.invert")
def invert(screen: MainScreen, _: str) -> None:
    """Mark those shown that are not marked, and take the marks off those that are."""
    screen.once_listed(lambda: _mark(screen, 0, len(screen.articles.keys), How.TURNED))


def say_marked(screen: MainScreen) -> None:
    """Say how many are marked."""
    screen.say(counted(screen) or "none marked")


def counted(screen: MainScreen) -> str:
    """Count the marked articles in words: `12 marked, 3 of them not shown`; empty where there are none."""
    articles = screen.articles
    count = len(articles.marked)
    if not count:
        return ""
    away = count - articles.marked_shown
    if not away:
        return f"{count:,} marked"
    return f"{count:,} marked, {away:,} not shown" if away < count else f"{count:,} marked, not shown"


def count_shown(screen: MainScreen) -> None:
    """Count anew which marked articles are listed, since the list is another one."""
    articles = screen.articles
    keys, marked = articles.keys, articles.marked

    def take(shown: int) -> None:
        if articles.keys is keys and articles.marked is marked:
            articles.marked_shown = shown

    if len(marked) <= AT_ONCE:
        take(shown_of(marked, keys))
    else:
        # A copy, made there at a stroke: an edit may put another article in the place of one meanwhile.
        screen.work_held(lambda: shown_of(marked.copy(), keys), take)
