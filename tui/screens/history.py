"""The screen of your changes: what was done when and by which session, each to be undone or done again alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from store.library import UNDONE_UNASKED, UndoEntry, Whose
from tui.commands.command import Command, Context
from tui.commands.registry import BY_ID
from tui.render.ago import ago, clock
from tui.screens.rows import RowsScreen
from tui.widgets.choice_list import Choice

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen

_SESSIONS = {Whose.OWN: "this session", Whose.ENDED: "earlier", Whose.LIVING: "another, running"}
NARROW = 66
"""Columns below which the session is told of in the last line only."""


class HistoryScreen(RowsScreen):
    """The changes, newest first."""

    KIND = Context.HISTORY
    ACTIONS: ClassVar[dict[str, str]] = {"history.undo": "undo_or_redo"}

    def __init__(self, main: MainScreen) -> None:
        super().__init__(main)
        self._entries: dict[str, UndoEntry] = {}
        self._whose: dict[str, Whose] = {}
        """By session: looked up once, since each look is one at a lock."""
        self._now = datetime.now().astimezone()
        self._asked = ""
        """The step that a second key would undo."""

    # ---- what is listed ----------------------------------------------------------------------------------------------
    def rows(self) -> Sequence[Choice]:
        """Return the changes, newest first, narrowed by words."""
        entries = self.library.history()
        self._entries = {entry.id: entry for entry in entries}
        self._whose = {}
        self._now = datetime.now().astimezone()
        words = self.words.casefold().split()
        found = [one for one in entries if all(word in one.sentence.casefold() for word in words)]
        return [self._row(entry) for entry in found]

    def nothing(self) -> str:
        """Say how to make some, while there are none."""
        empty = "nothing changed yet; what you tag, note or mark can be undone here"
        return super().nothing() if self._entries else empty

    def stale(self) -> bool:
        """Tell whether the history is another than was read."""
        newest = self.library.history()
        return [(one.id, one.undone) for one in newest] != [(one.id, one.undone) for one in self._entries.values()]

    def _row(self, entry: UndoEntry) -> Choice:
        session = "" if self.size.width < NARROW else f"{_SESSIONS[self._session(entry)]:>18}"
        title = self.library.about(entry)
        said = f"{entry.sentence}{' (undone)' if entry.undone else ''}{f'  {title}' if title else ''}"
        detail = f"{session}{clock(entry.at, self._now):>14}"
        return Choice(said, entry.id, detail, style="quiet" if entry.undone else "")

    def _session(self, entry: UndoEntry) -> Whose:
        if entry.session not in self._whose:
            self._whose[entry.session] = self.library.whose(entry)
        return self._whose[entry.session]

    def heading(self) -> tuple[str, str]:
        """Return how many changes are listed."""
        count = len(self._entries)
        narrowed = f" · “{self.words.strip()}”" if self.words.strip() else ""
        return f"Your changes{narrowed} · {count:,}", "newest first"

    def columns(self) -> str:
        """Return what stands over session and time."""
        return f"{'' if self.size.width < NARROW else 'session':>18}{'when':>14}".lstrip()

    def about(self) -> str:
        """Return when the change under the cursor was made, and what can be done with it."""
        entry = self._current
        if entry is None:
            return ""
        whose = self._session(entry)
        where = {Whose.OWN: "", Whose.ENDED: ", in an earlier session", Whose.LIVING: ", in another that runs"}[whose]
        does = f"undone; {self._key()} does it again" if entry.undone else f"{self._key()} undoes it"
        return f"{'undone only there' if whose is Whose.LIVING else does} · {ago(entry.at, self._now)}{where}"

    def _key(self) -> str:
        keys = self.host.keys_of(BY_ID["history.undo"])
        return keys[0] if keys else BY_ID["history.undo"].footer

    @property
    def _current(self) -> UndoEntry | None:
        chosen = self.listed.chosen
        return self._entries.get(str(chosen.value)) if chosen is not None else None

    # ---- commands ----------------------------------------------------------------------------------------------------
    def perform(self, command: Command, key: str = "") -> None:
        """Carry out a command; any but a second undo forgets what was asked."""
        if command.id != "history.undo":
            self._asked = ""
        super().perform(command, key)

    def undo_or_redo(self, _: str) -> None:
        """Undo the change under the cursor, or do it again; a large or an old one only at the second key."""
        entry = self._current
        if entry is None:
            return
        from tui.screens.main import undoing

        whose = self._session(entry)
        careful = whose is Whose.ENDED or (whose is Whose.OWN and entry.articles > UNDONE_UNASKED)
        if careful and not entry.undone and self._asked != entry.id:
            self._asked = entry.id
            self.say(undoing.question(self._key(), entry, self._now))
            return
        self._asked = ""
        undoing.play_entry(self.main, entry)
