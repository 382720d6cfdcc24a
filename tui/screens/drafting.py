"""Keeps what is being written: within a second of a key it is on disk, as a draft."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual.screen import Screen
from textual.timer import Timer

from store.library import Change
from tui.widgets.question import yes_or_no

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen
    from tui.screens.notes.screen import NotesScreen
    from tui.screens.sheet import Sheet
    from tui.widgets.note_pane import NotePane

DRAFT_AFTER = 0.8
"""Seconds after the first key that is not yet kept at which it is, however fast keys still come: no more than a second
of typing can be lost, with what the disk takes."""


class Draft:
    """How much of one text that is being written has been kept."""

    def __init__(self, kept: str, resumed: str = "") -> None:
        """Begin with the text as it is kept; `resumed`: the id of the draft on disk that it is, where it is no note."""
        self.kept = kept
        self.resumed = resumed
        """The draft that changes go on with, and end."""
        self.on_disk = bool(resumed)
        """Whether there may be a draft to forget once the writing ends."""
        self.timer: Timer | None = None
        """Runs while something typed is not yet kept."""
        self._tells = False
        """Whether it is still told that a draft is kept: not after the writing has ended."""

    def edited(self, screen: Screen[Any], keep: Callable[[], None]) -> None:
        """See to it that `keep` is called within a second of what was just typed."""
        if self.timer is None:
            self.timer = screen.set_timer(DRAFT_AFTER, keep)

    def keep(self, main: MainScreen, body: str, change: Change, said: str = "draft kept") -> None:
        """Make the change that writes a text to disk, if another is kept there; `said` once it is."""
        self.timer = None
        before = self.kept
        if body == before:
            return

        def failed(error: BaseException) -> None:
            self.kept = before  # so that the next key tries again
            main.say(str(error))

        def told(_: object) -> None:
            if self._tells:
                main.say(said)

        self.kept, self.on_disk, self._tells = body, True, True
        main.when_done(main.library.change(change), told, failed)

    def stop(self) -> None:
        """Keep nothing more, until another key is typed."""
        self._tells = False
        if self.timer is not None:
            self.timer.stop()
            self.timer = None


def ask_to_discard(screen: MainScreen | NotesScreen | Sheet, pane: NotePane, drop: Callable[[], None]) -> None:
    """Ask, then throw away what was written by `drop`; without a yes the pane has the keys again."""

    def yes() -> None:
        drop()
        screen.say("discarded")

    def back() -> None:
        pane.query_one("TextArea").focus()

    screen.prompt.ask(yes_or_no("discard what you wrote?", yes, back, cancelled=back))
