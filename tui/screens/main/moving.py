"""Moving: in the pane that has the focus, and from pane to pane."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands.registry import BY_ID
from tui.screens.main import reading
from tui.screens.main.handlers import does

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen
    from tui.widgets.article_list import ArticleList
    from tui.widgets.choice_list import ChoiceList


@does("open.next-pane", "open.previous-pane")
def next_pane(screen: MainScreen, key: str) -> None:
    """Go round the panes that are shown."""
    panes = [screen.articles, screen.reader, *([screen.panel] if screen.panel.display else [])]
    at = panes.index(screen.focused) if screen.focused in panes else 0
    pane = panes[(at + (-1 if key == "shift+tab" else 1)) % len(panes)]
    if pane is screen.reader and screen.opened is not None:
        reading.follow(screen)
        screen.opened.deliberately = True
    screen.enter(pane)


@does("move.down", "move.up", "move.half-page-down", "move.half-page-up", "move.page-down", "move.page-up",
      "move.start", "move.end")  # fmt: skip
def move(screen: MainScreen, key: str) -> None:
    """Move in the focused pane."""
    command = screen.host.command
    pane = screen.focused
    by = -1 if command.endswith(("up", "start")) else 1
    if pane is screen.reader:
        if command in ("move.start", "move.end"):
            reading.remember(screen)
            screen.reader.to_start() if by < 0 else screen.reader.to_end()
        elif "page" in command:
            screen.reader.scroll_page(by, half="half" in command)
        else:
            screen.reader.scroll_lines(by)
        return
    chosen = screen.panel if pane is screen.panel else screen.articles
    far = 10**9
    if command in ("move.start", "move.end"):
        screen.once_listed(lambda: _far(chosen, far * by))
    elif "half" in command and chosen is screen.articles:
        screen.articles.page(by, half=True)
    elif "page" in command:
        chosen.page(by)
    else:
        chosen.move(by)


def _far(pane: ArticleList | ChoiceList, by: int) -> None:
    pane.move(by)


@does("read.page")
def read_page(screen: MainScreen, _: str) -> None:
    """Page on in the text."""
    if screen.reader.at_end:
        keys = screen.host.keys_of(BY_ID["open.next-article"])
        screen.say(f"the end; {keys[0] if keys else 'J'} opens the next article")
    else:
        screen.reader.scroll_page(1)
