"""Labels on whatever can be chosen on the main screen: its letters go there. The text does not move under them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from textual.widget import Widget

from store.article import Mention
from tui.render.hint_labels import NONE, Hints
from tui.screens.labels import Labels, Target, labelled
from tui.screens.main import linking, naming, reading, viewing
from tui.screens.main.handlers import does
from tui.widgets.reader_passages import Passage
from tui.widgets.views_bar import ViewsBar

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen
    from tui.screens.main.views import View


class Hinting(Labels):
    """The labels that lie over the panes, and what of one is typed."""

    def __init__(self, screen: MainScreen, targets: dict[str, Target]) -> None:
        self._main = screen
        super().__init__(screen, screen, targets)

    def lay(self, of: Callable[[Widget], Hints]) -> None:
        """Lay labels over the panes."""
        screen, views = self._main, self._main.query_one(ViewsBar)
        screen.reader.show_hints(of(screen.reader))
        screen.articles.show_hints(of(screen.articles), *self.looks)
        screen.panel.show_hints(of(screen.panel), *self.looks)
        views.show_hints(of(views))

    def end(self) -> None:
        """Take the labels off."""
        self._main.status.hinting = None
        self._main.status.message = ""
        self.lay(lambda _: NONE)


@does("hint.begin")
def begin(screen: MainScreen, _: str) -> None:
    """Label what can be chosen, in the pane that has the focus first: it gets the shortest labels."""
    if screen.focused is screen.articles and screen.follow_timer is not None:
        # The text that is labelled is that of the article under the cursor.
        reading.follow(screen)
    linking.once_known(screen, lambda: _label(screen))


def _label(screen: MainScreen) -> None:
    targets = labelled(screen, _targets(screen))
    if targets:
        screen.status.hinting = Hinting(screen, targets)
        screen.status.hinting.show()
    else:
        screen.say("nothing on screen can be chosen")


@does("hint.letter")
def letter(screen: MainScreen, key: str) -> None:
    """Take a letter of a label."""
    hinting = screen.status.hinting
    if hinting is not None and len(key) == 1:
        hinting.type(key)
    else:
        begin(screen, "")


@does("hint.back")
def back(screen: MainScreen, _: str) -> None:
    """Take the last letter back; without one the labels go."""
    if screen.status.hinting is not None:
        screen.status.hinting.back()


@does("hint.leave")
def leave(screen: MainScreen, _: str) -> None:
    """Take the labels off."""
    if screen.status.hinting is not None:
        screen.status.hinting.end()


# ---- what can be chosen ----------------------------------------------------------------------------------------------
def _targets(screen: MainScreen) -> list[Target]:
    panes: list[tuple[Widget, Callable[[MainScreen], list[Target]]]] = [
        (screen.reader, _in_text), (screen.articles, _in_list), (screen.panel, _in_panel),
    ]  # fmt: skip
    panes.sort(key=lambda each: each[0] is not screen.focused)
    found = [target for pane, of in panes if pane.display and pane.size.height for target in of(screen)]
    return [*found, *_in_views(screen)]


def _in_text(screen: MainScreen) -> list[Target]:
    reader = screen.reader
    found = [Target(reader, at, partial(_go_in_text, screen, each)) for at, each in reader.choosable]
    # A name that a link is behind has one label: from the name the list of links begins at its link.
    taken = {target.place for target in found}
    found += [
        Target(reader, link.start, partial(linking.show, screen, link))
        for link in linking.on_screen(screen) if link.start not in taken
    ]  # fmt: skip
    return sorted(found, key=lambda each: each.place)


def _go_in_text(screen: MainScreen, what: Mention | Passage | int) -> None:
    reader = screen.reader
    if screen.opened is not None:
        screen.opened.deliberately = True
    screen.enter(reader)
    if isinstance(what, Mention):
        reader.current = what
    elif isinstance(what, Passage):
        reader.passage = what
    else:
        reader.go_to_hit(what)


def _in_list(screen: MainScreen) -> list[Target]:
    articles = screen.articles
    return [Target(articles, key, partial(_open_row, screen, key)) for key in articles.shown_keys()]


def _open_row(screen: MainScreen, key: int) -> None:
    reading.point_at(screen, key)
    reading.open_current(screen)


def _in_panel(screen: MainScreen) -> list[Target]:
    panel = screen.panel
    top = panel.scroll_offset.y
    rows = range(top, min(top + panel.size.height, len(panel.choices)))
    return [Target(panel, at, partial(_go_in_panel, screen, at)) for at in rows if panel.choices[at].value is not None]


def _go_in_panel(screen: MainScreen, row: int) -> None:
    screen.panel.cursor = row
    naming.go(screen, "")


def _in_views(screen: MainScreen) -> list[Target]:
    bar = screen.query_one(ViewsBar)
    if not (bar.display and bar.size.height and bar.region.height):
        return []
    views: list[View] = list(bar.views)  # type: ignore[arg-type]
    return [Target(bar, at, partial(viewing.show_view, screen, view)) for at, view in enumerate(views)]
