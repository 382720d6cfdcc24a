"""Labels on what can be chosen: which letters there are, what of a label is typed; and on the screens over the main."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, cast

from rich.style import Style
from textual.screen import Screen
from textual.widget import Widget

from store.record import Record
from tui.commands.registry import BY_ID
from tui.render.hint_labels import NONE, Hints, labels
from tui.screens.key_words import key_of
from tui.widgets.choice_list import Choice, ChoiceList

if TYPE_CHECKING:
    from tui.screens.host import Host
    from tui.screens.main.screen import MainScreen


class Target(Record):
    """Something on screen that can be chosen."""

    pane: Widget
    place: int
    """Where its pane shows it: an offset of the text, the key or the number of a row."""
    act: Callable[[], None]


class _Pane(Protocol):
    def show_hints(self, hints: Hints, *looks: Style) -> None: ...


def labelled(screen: Screen[Any], targets: Sequence[Target]) -> dict[str, Target]:
    """Give each target a label, the first ones the shortest; of the letters that the user has set."""
    command = BY_ID["hint.letter"]
    letters = [key for key in cast("Host", screen.app).keys_of(command) if len(key) == 1]
    if len(letters) < 2:
        letters = list(command.keys)
    return dict(zip(labels(len(targets), letters), targets, strict=True))


class Labels:
    """The labels that lie over a screen, and what of one is typed."""

    def __init__(self, main: MainScreen, screen: Screen[Any], targets: Mapping[str, Target]) -> None:
        """`screen` is the one whose targets are labelled: the main one, or one that lies over it."""
        palette = main.reader.palette
        self.looks = (palette.style("current_hit") + Style(bold=True), palette.style("quiet"))
        self._say: Callable[[str], None] = getattr(screen, "say", main.say)
        self._screen = screen
        self._targets = targets
        self.typed = ""

    def lay(self, of: Callable[[Widget], Hints]) -> None:
        """Lay labels over the panes."""
        for pane in {target.pane: None for target in self._targets.values()}:
            cast(_Pane, pane).show_hints(of(pane), *self.looks)

    def show(self) -> None:
        """Lay the labels over the panes, those that begin with what is typed."""
        panes: dict[Widget, list[tuple[int, str]]] = {}
        for label, target in self._targets.items():
            panes.setdefault(target.pane, []).append((target.place, label))
        self.lay(lambda pane: Hints(panes.get(pane, ()), self.typed))
        left = sum(label.startswith(self.typed) for label in self._targets)
        what = f"“{self.typed}…”, {left} left" if self.typed else "type the letters of a label"
        self._say(f"{what}; {key_of(self._screen, 'hint.leave')} leaves")

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
            self._say(f"no label begins with “{typed}”; {key_of(self._screen, 'hint.leave')} leaves")

    def back(self) -> None:
        """Take the last letter back; without one the labels go."""
        if self.typed:
            self.typed = self.typed[:-1]
            self.show()
        else:
            self.end()

    def end(self) -> None:
        """Take the labels off."""


# ---- over the main screen --------------------------------------------------------------------------------------------
class LabelsOver(Labels):
    """Those on the lists of a screen over the main one, which bears them as its `labels`."""

    def end(self) -> None:
        """Take the labels off."""
        self._screen.labels = None  # type: ignore[attr-defined]
        self.lay(lambda _: NONE)
        self._say("")


def begin(main: MainScreen, screen: Screen[Any]) -> None:
    """Label what can be chosen on a screen over the main one."""
    targets = labelled(screen, _targets(screen))
    if targets:
        over = LabelsOver(main, screen, targets)
        # Before its first line is told: with that the footer tells the keys of labels.
        screen.labels = over  # type: ignore[attr-defined]
        over.show()
    else:
        getattr(screen, "say", main.say)("nothing on screen can be chosen by a label")


def perform(screen: Screen[Any], command_id: str, key: str) -> bool:
    """Carry out a key of the labels; any other takes them off. Tells whether it was one of theirs."""
    there: Labels = screen.labels  # type: ignore[attr-defined]
    match command_id:
        case "hint.letter":
            there.type(key)
        case "hint.back":
            there.back()
        case "hint.leave":
            there.end()
        case _:
            there.end()
            return False
    return True


def _targets(screen: Screen[Any]) -> list[Target]:
    own: Callable[[], list[Target]] | None = getattr(screen, "choosable", None)
    found = own() if own is not None else []
    lists = [one for one in screen.query(ChoiceList) if one.region.height]
    # The list that has the focus gets the shortest labels.
    for rows in sorted(lists, key=lambda one: one is not screen.focused):
        top = rows.scroll_offset.y
        shown = range(top, min(top + rows.size.height, len(rows.choices)))
        choices = [(at, rows.choices[at]) for at in shown]
        found += [Target(rows, at, partial(_choose, rows, one)) for at, one in choices if one.value is not None]
    return found


def _choose(rows: ChoiceList, labelled: Choice) -> None:
    """Choose a row as a click on the one under the cursor does, wherever it stands now; one that is gone is none."""
    for at, choice in enumerate(rows.choices):
        if choice.value == labelled.value:
            rows.cursor = at
            rows.post_message(ChoiceList.Chosen(rows, choice, again=True))
            return
