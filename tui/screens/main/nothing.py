"""What is said where the list is empty: why, and which key helps."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tui.screens.key_words import key_of
from tui.screens.main import reading
from tui.screens.main.views import ALL, NOTED, STARRED, UNREAD

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen

_MOST_REASONS = 3
"""Why files could not be read is told there and then for as many reasons."""
_MOST_LOOKED_AT = 1_000
"""Files whose reasons are looked at for that: with more it is told that there are others, not how many."""


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
        helps = f"{key('step.out')} takes the filter off, {key('find.filter')} changes it."
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
    return "\n\n".join(filter(None, (
        f"No articles in {', '.join(map(str, screen.library.only or screen.library.roots))}.",
        _unreadable(screen),
        "Dateline reads text, Markdown, web pages, e-mail, feeds, JSON, PDF, Word, EPUB and archives. "
        "What is put there is listed by itself.",
        f"{key('run.quit')} quits; `dateline FOLDER` opens another folder.",
    )))  # fmt: skip


def _unreadable(screen: MainScreen) -> str:
    """Return what could not be read and why, each reason once; empty where all could."""
    files: dict[str, list[str]] = {}
    found = screen.library.unreadable(_MOST_LOOKED_AT)
    for problem in found:
        files.setdefault(problem.reason, []).append(Path(problem.path).name)
    whole = len(found) < _MOST_LOOKED_AT
    told = [f"{_named(names, whole)}: {reason}" for reason, names in list(files.items())[:_MOST_REASONS]]
    more = sum(map(len, files.values())) > sum(min(len(names), 1) for names in list(files.values())[:_MOST_REASONS])
    return "\n".join(told) + (f"\n`{key_of(screen, 'help.palette')}problems` lists them all." if more else "")


def _named(names: list[str], whole: bool) -> str:
    if len(names) == 1:
        return names[0]
    return f"{names[0]} and {len(names) - 1:,} more" if whole else f"{names[0]} and others"
