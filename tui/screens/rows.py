"""A screen of rows over the main screen: moving, finding, asking and telling are the same in each."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult

from tui.screens.key_words import shows_all
from tui.screens.sheet import Sheet
from tui.widgets.choice_list import Choice, ChoiceList
from tui.widgets.lines import TextLine

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen


class RowsScreen(Sheet):
    """Lists rows; what they are, and what can be done with them, its subclasses say."""

    DEFAULT_CSS = """
    RowsScreen ChoiceList { width: 1fr; max-width: 110; height: 1fr; }
    RowsScreen #columns { max-width: 110; }
    """

    def __init__(self, main: MainScreen) -> None:
        super().__init__(main)
        self._words = ""
        self._width = 0

    # ---- what subclasses say -----------------------------------------------------------------------------------------
    @abstractmethod
    def rows(self) -> Sequence[Choice]:
        """Return what is listed, narrowed by `words`."""

    def nothing(self) -> str:
        """Return what is said where no row is listed."""
        return f"nothing matches; {shows_all(self, 'rows.close', 'rows.find')}"

    def columns(self) -> str:
        """Return what stands over the details of the rows."""
        return ""

    @abstractmethod
    def stale(self) -> bool:
        """Tell whether the rows have to be read anew; asked whenever the main screen tells something."""

    # ---- the rows ----------------------------------------------------------------------------------------------------
    def body(self) -> ComposeResult:
        """Lay out the rows."""
        yield TextLine(id="columns")
        yield ChoiceList(always_cursor=True)

    @property
    def words(self) -> str:
        """What the rows are narrowed by."""
        return self._words

    def find(self, words: str) -> None:
        """Narrow the rows."""
        self._words = words
        self.read(keep=False)

    def on_mount(self) -> None:
        """List the rows."""
        self.read(keep=False)

    def on_resize(self, event: events.Resize) -> None:
        """Set the rows at another width."""
        if event.size.width != self._width:
            self.call_after_refresh(self.read)

    def read(self, *, keep: bool = True) -> None:
        """List the rows anew; with `keep` the cursor stays on its row."""
        self._width = self.size.width
        rows = self.rows()
        self.listed.empty = self.nothing()
        self.listed.load(rows, keep=keep)
        self.show_lines()

    def follow(self) -> None:
        """List the rows anew where they have changed."""
        if self.stale():
            self.read()

    def show_lines(self) -> None:
        """Bring every line up to date."""
        super().show_lines()
        if self.is_open:
            self.query_one("#columns", TextLine).show("", self.columns())
