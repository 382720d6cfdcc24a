"""What is said where the list is empty: why, and which key helps."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tui.screens.key_words import key_of
from tui.screens.main import reading
from tui.screens.main.views import ALL, NOTED, STARRED, UNREAD

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen


def show(screen: MainScreen) -> None:
    """Say it where the text would be; where that is not shown, in the list itself."""
    words = why(screen)
    reading.show_nothing(screen, words)
    screen.articles.empty = lambda: "" if screen.query_one("#reading").display else words
    screen.articles.refresh()


def why(screen: MainScreen) -> str:
    """Return why nothing is listed, and in another paragraph what to press."""

    key = partial(key_of, screen)
    view = screen.view
    if screen.filter:
        inside = "" if view is ALL else f" in {view.name}"
        helps = f"esc takes the filter off, {key('find.filter')} changes it."
        return f"Nothing matches “{screen.filter}”{inside}.\n\n{helps}"
    if view is not ALL:
        fills = {
            UNREAD: "Everything is read. ",
            STARRED: f"{key('mark.star')} stars an article. ",
            NOTED: f"{key('note.write')} writes a note on an article. ",
        }.get(view, "")
        return f"Nothing in {view.name}.\n\n{fills}{key('view.choose')} chooses another view."
    if screen.first_index or screen.status.progress is not None:
        return "Reading the folder. Articles appear here as they are found."
    names = ", ".join(str(root) for root in screen.library.roots)
    problems = screen.library.counts().problems
    unread = f" {problems:,} could not be read: {key('help.palette')} and “problems” tells why." if problems else ""
    return (
        f"No articles in {names}.{unread}\n\nDateline reads texts, web pages, JSON, feeds, e-mail, books and archives. "
        f"What is put there is listed by itself.\n\n{key('run.quit')} quits; `dateline FOLDER` opens another folder."
    )
