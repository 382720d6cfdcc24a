"""Marks in the list: which articles the next tag, star or read mark goes to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.screens.main.handlers import does

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen


@does("mark.select")
def select(screen: MainScreen, _: str) -> None:
    """Mark the row, or take its mark off, and move down."""
    articles = screen.articles
    articles.toggle_marked([articles.cursor])
    articles.move(1)
    _say_marked(screen)


@does("mark.range")
def select_range(screen: MainScreen, _: str) -> None:
    """Begin a range here, or mark all from where it began."""
    articles = screen.articles
    if screen.range_from is None:
        screen.range_from = articles.cursor
        screen.say("range begins here; V marks up to where you go, esc forgets it")
        return
    first, last = sorted((screen.range_from, articles.cursor))
    screen.range_from = None
    articles.toggle_marked(range(first, last + 1), on=True)
    _say_marked(screen)


@does("mark.all")
def select_all(screen: MainScreen, _: str) -> None:
    """Mark all shown, or none where all are marked."""
    articles = screen.articles
    articles.toggle_marked(range(len(articles.keys)))
    _say_marked(screen)


def _say_marked(screen: MainScreen) -> None:
    count = len(screen.articles.marked)
    screen.say(f"{count:,} marked" if count else "none marked")
