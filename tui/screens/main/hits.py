"""Words found: asked for in the text, and from one to the next, on into the articles of the list that hold some."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.screens.main import reading
from tui.screens.main.handlers import does, given
from tui.widgets.question import Question

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen

_MOST_WITHOUT = 20
"""Articles in a row that were expected to show a hit and show none, after which the search ends."""


@does("find.next", "find.previous")
def find_next(screen: MainScreen, _: str) -> None:
    """Go to the next hit while there are words, on into other articles; else to the next unread article."""
    by = -1 if screen.host.command == "find.previous" else 1
    reader = screen.reader
    if not reader.finds and not reader.filter_words:
        reading.step(screen, by, only_unread=True)
        return
    if not reader.display or not screen.query_one("#reading").display:
        # Where one pane is shown at a time the words are in the other one.
        reading.open_current(screen)
    else:
        _follow(screen)
    at = reader.move_hit(by) if reader.has_words else None
    if at:
        screen.say(f"{at[0]} of {at[1]}")
    elif reader.finds:
        screen.say(f"no more {'below' if by > 0 else 'above'}")
    else:
        _go_on(screen, by, screen.articles.cursor)


def _follow(screen: MainScreen) -> None:
    """Show the article under the list's cursor, if the text has not followed yet."""
    row = screen.articles.current
    if not screen.in_reader and row is not None and (screen.opened is None or screen.opened.stored.key != row.key):
        reading.follow(screen)


def _go_on(screen: MainScreen, by: int, start: int, left: int = _MOST_WITHOUT) -> None:
    articles, words = screen.articles, screen.reader.filter_words
    keys = articles.keys

    def there(index: int | None) -> None:
        if articles.keys is not keys or screen.reader.filter_words != words:
            return
        row = articles.row(index) if index is not None else None
        if row is None or index is None or not left:
            screen.say(f"no more words found further {'down' if by > 0 else 'up'} in this list")
            return
        if start == articles.cursor:
            reading.remember(screen)
        with screen.prevent(type(articles).Moved):
            articles.cursor = index
        reading.show(screen, row.key, deliberately=screen.in_reader or screen.triage)
        at = screen.reader.go_to_outer_hit(last=by < 0)
        if at is None:
            _go_on(screen, by, index, left - 1)
        else:
            screen.say(f"{at[0]} of {at[1]} in the {'next' if by > 0 else 'previous'} article")

    screen.when_done(screen.library.neighbour(words, keys, start, by), there, held=True)


@does("find.text")
def ask_words(screen: MainScreen, _: str) -> None:
    """Ask for words to find in the article."""

    def cancel() -> None:
        screen.enter(screen.reader)

    screen.prompt.ask(Question("find:", lambda text: find(screen, text), cancelled=cancel))


@given("find.text")
def find(screen: MainScreen, text: str) -> None:
    """Find words in the article on screen."""
    screen.enter(screen.reader)
    if not text.strip():
        screen.reader.find("")
        return
    reading.remember(screen)
    found = screen.reader.find(text.strip())
    screen.say(f"“{text.strip()}”: {found} found" if found else f"“{text.strip()}” is not in this article")
