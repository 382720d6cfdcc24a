"""The parts of the screen that lists all notes: how they are laid out, and each by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from store.library.note_rows import NoteRow
from tui.screens.closing import ClosesOnce
from tui.screens.host import Host
from tui.widgets.lines import HeaderLine, KeyFooter, StatusLine, TagBar
from tui.widgets.note_list import NoteList
from tui.widgets.note_pane import NotePane
from tui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen


class NotesParts(ClosesOnce, Screen[None]):
    """A screen with the list, the note under the cursor in full and, once it was needed, a pane to write one in."""

    main: MainScreen

    def compose(self) -> ComposeResult:
        """Lay out list and note."""
        yield HeaderLine(id="header")
        with Horizontal(id="body"):
            yield NoteList(ascii_only=self.main.ascii_only)
            with Vertical(id="side"):
                with VerticalScroll(id="page", can_focus=True):
                    yield Static()
        yield TagBar()
        yield StatusLine()
        yield Prompt()
        yield KeyFooter()

    @property
    def host(self) -> Host:
        """The app, as far as screens know it."""
        return cast(Host, self.app)

    @property
    def notes(self) -> NoteList:
        """The list."""
        return self.query_one(NoteList)

    @property
    def page(self) -> VerticalScroll:
        """The note in full."""
        return self.query_one("#page", VerticalScroll)

    @property
    def prompt(self) -> Prompt:
        """The one-line question."""
        return self.query_one(Prompt)

    @property
    def pane(self) -> NotePane | None:
        """Where a note is written, once one has been."""
        found = self.query(NotePane)
        return found.first() if found else None

    @property
    def current(self) -> NoteRow | None:
        """The note under the cursor."""
        return self.notes.current

    @property
    def inside(self) -> bool:
        """Whether the note in full has the focus."""
        return self.focused is self.page
