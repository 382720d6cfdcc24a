"""Labels on whatever can be chosen on screen: its letters go there. The text does not move under them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from rich.style import Style
from textual.widget import Widget

from store.article import Mention
from tui.commands.registry import BY_ID
from tui.render.hint_labels import NONE, Hints, labels
from tui.screens.key_words import key_of
from tui.screens.main import linking, naming, reading, viewing
from tui.screens.main.handlers import does
from tui.widgets.reader_passages import Passage
from tui.widgets.views_bar import ViewsBar

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen
    from tui.screens.main.views import View


@dataclass(frozen=True, slots=True)
class Target:
    """Something on screen that can be chosen."""

    pane: Widget
    place: int
    """Where its pane shows it: an offset of the text, the key or the number of a row."""
    act: Callable[[], None]


class Hinting:
    """The labels that lie over the panes, and what of one is typed."""

    def __init__(self, screen: MainScreen, targets: dict[str, Target]) -> None:
        self._screen = screen
        self._targets = targets
        self.typed = ""
        self.show()

    def show(self) -> None:
        """Lay the labels over the panes, those that begin with what is typed."""
        screen, palette = self._screen, self._screen.reader.palette
        looks = (palette.style("current_hit") + Style(bold=True), palette.style("quiet"))
        panes: dict[Widget, list[tuple[int, str]]] = {}
        for label, target in self._targets.items():
            panes.setdefault(target.pane, []).append((target.place, label))

        def of(pane: Widget) -> Hints:
            return Hints(panes.get(pane, ()), self.typed)

        views = screen.query_one(ViewsBar)
        screen.reader.show_hints(of(screen.reader))
        screen.articles.show_hints(of(screen.articles), *looks)
        screen.panel.show_hints(of(screen.panel), *looks)
        views.show_hints(of(views))
        left = sum(label.startswith(self.typed) for label in self._targets)
        what = f"“{self.typed}…”, {left} left" if self.typed else "type the letters of a label"
        screen.say(f"{what}; {key_of(screen, 'hint.leave')} leaves")

    def type(self, letter: str) -> None:
        """Take a letter: a whole label is gone to, one that no label goes on with is not taken."""
        typed = self.typed + letter
        target = self._targets.get(typed)
        if target is not None:
            self.end()
            target.act()
        elif any(label.startswith(typed) for label in self._targets):
            self.typed = typed
            self.show()
        else:
            self._screen.say(f"no label begins with “{typed}”; {key_of(self._screen, 'hint.leave')} leaves")

    def end(self) -> None:
        """Take the labels off."""
        screen = self._screen
        screen.status.hinting = None
        screen.status.message = ""
        screen.reader.show_hints(NONE)
        for pane in (screen.articles, screen.panel, screen.query_one(ViewsBar)):
            pane.show_hints(NONE)


@does("hint.begin")
def begin(screen: MainScreen, _: str) -> None:
    """Label what can be chosen, in the pane that has the focus first: it gets the shortest labels."""
    if screen.focused is screen.articles and screen.follow_timer is not None:
        # The text that is labelled is that of the article under the cursor.
        reading.follow(screen)
    linking.once_known(screen, lambda: _label(screen))


def _label(screen: MainScreen) -> None:
    letters = [key for key in screen.host.keys_of(BY_ID["hint.letter"]) if len(key) == 1]
    if len(letters) < 2:
        letters = list(BY_ID["hint.letter"].keys)
    targets = _targets(screen)
    if not targets:
        screen.say("nothing on screen can be chosen")
        return
    screen.status.hinting = Hinting(screen, dict(zip(labels(len(targets), letters), targets, strict=True)))


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
    hinting = screen.status.hinting
    if hinting is not None and hinting.typed:
        hinting.typed = hinting.typed[:-1]
        hinting.show()
    elif hinting is not None:
        hinting.end()


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
    found += [Target(reader, link.start, partial(linking.show, screen, link)) for link in linking.on_screen(screen)]
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
