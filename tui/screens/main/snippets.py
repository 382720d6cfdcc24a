"""Snippets of the rows on screen: what stands around the words of the filter, made off the event loop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field
from textual.content import Content
from textual.style import Style

from tui.render.literal import content

if TYPE_CHECKING:
    from store.library import Snippet
    from tui.screens.main.screen import MainScreen

TALL = 36
"""Lines of a screen on which every row has a second line for its snippet; on lower ones the status line tells one."""
_MOST = 2_000
"""Snippets kept at a time."""


class Snippets(Struct):
    """What is known of the articles that the filter found."""

    words: tuple[str, ...] = ()
    found: dict[int, Snippet | None] = field(default_factory=dict)
    """By the article's key; None where there is no hit below the headline."""


def lines(screen: MainScreen) -> int:
    """Return how many lines a row of the list takes: two where a tall screen shows what a filter has found."""
    tall = screen.size.height >= TALL and bool(screen.words) and not screen.prompt.asking
    return 2 if tall else 1


def want(screen: MainScreen) -> None:
    """Ask for the snippets of the rows on screen that are not known yet; while one types there are none."""
    words = screen.words
    known = screen.snippets
    if known.words != words or len(known.found) > _MOST:
        known.words, known.found = words, {}
    if not words or screen.prompt.asking:
        return
    articles = screen.articles
    articles.snippet_of = known.found.get
    missing = [key for key in articles.shown_keys() if key not in known.found]
    if not missing:
        return

    def take(made: dict[int, Snippet]) -> None:
        if known.words == words:
            known.found.update({key: made.get(key) for key in missing})
            screen.articles.redraw_snippets()
            screen.show_status()

    screen.when_done(screen.library.snippets(missing, words), take, lambda _: None)


def current_line(screen: MainScreen) -> Content | None:
    """Return the snippet of the row under the cursor as a line, hits marked; None where there is none."""
    row = screen.articles.current
    if row is None or screen.snippets.words != screen.words:
        return None
    snippet = screen.snippets.found.get(row.key)
    if snippet is None:
        return None
    start = max(0, snippet.hits[0][0] - 20)
    start = snippet.text.find(" ", start, snippet.hits[0][0]) + 1 if start else 0
    line = content(snippet.text[start:])
    look = Style.from_rich_style(screen.reader.palette.style("hit"))
    for one, other in snippet.hits:
        if one >= start:
            line = line.stylize(look, one - start, other - start)
    lead = screen.articles.ellipsis if start or not snippet.begins else ""
    return Content.assemble(lead, line)
