"""The screen that shows what has changed in an article since it was noted on."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen

from store.library import AcceptText, Note, Target
from store.library.text_difference import TextDifference
from tui.commands.command import Command, Context
from tui.commands.footer import hints
from tui.commands.registry import BY_ID
from tui.render.literal import content
from tui.render.safe import safe
from tui.render.text_difference import difference_lines
from tui.screens import labels
from tui.screens.closing import ClosesOnce
from tui.screens.frames import draw_only_changes
from tui.screens.host import Host
from tui.widgets.difference_view import DifferenceView
from tui.widgets.lines import HeaderLine, KeyFooter, StatusLine, TextLine

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen

WIDEST = 100
"""Columns of the text at most."""


class ChangesScreen(ClosesOnce, Screen[bool]):
    """Dismissed with whether the new text was accepted."""

    DEFAULT_CSS = f"""
    ChangesScreen {{ background: $background; color: $foreground; align-horizontal: center; }}
    ChangesScreen DifferenceView {{ max-width: {WIDEST}; margin: 0 1; }}
    """
    CONTEXT: ClassVar[Context] = Context.CHANGES

    def __init__(
        self,
        main: MainScreen,
        target: Target,
        texts: tuple[str, str],
        difference: TextDifference,
        notes: list[Note],
        heading: str,
    ) -> None:
        super().__init__()
        draw_only_changes(self)
        self.main = main
        self._target = target
        self._texts = texts
        self._difference = difference
        self._notes = notes
        self._heading = heading
        self._width = 0

    def compose(self) -> ComposeResult:
        """Lay out the comparison and the lines around it."""
        yield HeaderLine()
        yield TextLine(id="title")
        yield DifferenceView()
        yield StatusLine(id="status")
        yield KeyFooter()

    @property
    def host(self) -> Host:
        """The app, as far as screens know it."""
        return cast(Host, self.app)

    @property
    def view(self) -> DifferenceView:
        """The comparison."""
        return self.query_one(DifferenceView)

    @property
    def holds_keys(self) -> bool:
        """Keys never wait here."""
        return False

    def contexts(self) -> tuple[Context, ...]:
        """Return where keys are looked up."""
        return (self.CONTEXT,)

    # ---- life --------------------------------------------------------------------------------------------------------
    def on_mount(self) -> None:
        """Go to the first difference."""
        self.set_focus(self.view, scroll_visible=False)
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        self._set_lines()
        if self._difference.places:
            self.view.go_to(0)
        self._show()

    def on_resize(self, event: events.Resize) -> None:
        """Set the lines at another width."""
        if self._width and event.size.width != self._width:
            self.call_after_refresh(self._set_lines)

    def _set_lines(self) -> None:
        self._width = self.size.width
        width = min(WIDEST, self.size.width - 2)
        self.view.show(
            difference_lines(self._difference, self._texts, self._notes, width, ascii_only=self.main.ascii_only)
        )
        self._show()

    def _show(self) -> None:
        places = self._difference.places
        at = self.view.place + 1
        where = f"{at} of {places}" if at else ""
        self.query_one(HeaderLine).show(content(safe(self._heading)), where)
        self.query_one("#title", TextLine).show(content(safe(self._target.title)))
        keys = {name: self.host.keys_of(BY_ID[name])[:1] for name in ("changes.accept", "undo.undo")}
        words = self.main.status.message or "- as it was   + as it is now"
        hint = "".join(f"{key} accepts the new text" for key in keys["changes.accept"])
        hint += "".join(f", {key} takes that back" for key in keys["undo.undo"])
        if self.main.library.read_only:
            hint = "read-only"
        self.query_one("#status", StatusLine).show(
            content(safe(words)), Content.assemble((hint, "$quiet")), whole=bool(self.main.status.message)
        )
        self.query_one(KeyFooter).show_keys(hints(Context.HINTS if self.labels else self.CONTEXT, self.host.keys_of))

    def say(self, words: str) -> None:
        """Tell something, until the next key."""
        self.main.status.message = words
        self._show()

    def choosable(self) -> list[labels.Target]:
        """Return the differences in sight, to be labelled."""
        return [labels.Target(self.view, line, partial(self._go_to, place)) for line, place in self.view.shown()]

    def _go_to(self, place: int) -> None:
        self.view.go_to(place)
        self._show()

    # ---- commands ----------------------------------------------------------------------------------------------------
    def perform(self, command: Command, key: str = "") -> None:
        """Carry out a command."""
        self.main.status.message = ""
        what = command.id.removeprefix("changes.")
        match what:
            case "next" | "previous":
                self._step(-1 if what == "previous" else 1)
            case "accept":
                self._accept()
                return
            case "close":
                self.dismiss(False)
                return
            case "help":
                self._help()
            case "start" | "end":
                self.view.scroll(-(10**6) if what == "start" else 10**6)
            case _:
                height = self.view.size.height
                by = max(1, height // 2) if "half" in what else max(1, height - 1) if "page" in what else 1
                self.view.scroll(-by if what.endswith("up") else by)
        self._show()

    def _step(self, by: int) -> None:
        place = self.view.place + by
        if 0 <= place < self._difference.places:
            self.view.go_to(place)
        else:
            self.main.status.message = "no difference further down" if by > 0 else "no difference further up"

    def _accept(self) -> None:
        from tui.screens.main import saving

        saving.save(self.main, AcceptText((self._target,)))
        self.dismiss(True)

    def _help(self) -> None:
        from tui.screens.keys_help import show_keys

        show_keys(self, self.contexts())
