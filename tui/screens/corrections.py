"""The screen of your corrections of names: what, how far, when; gone to, withdrawn and undone there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from store.library import Correction, CorrectionId, CorrectionKind, Scope, WithdrawCorrections, words_for
from tui.commands.command import Context
from tui.render.ago import ago
from tui.render.corrections import said
from tui.render.note_row import age
from tui.screens.main import saving
from tui.screens.main.handlers import handler_of
from tui.screens.rows import RowsScreen
from tui.widgets.choice_list import Choice

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen

_SCOPES = {Scope.HERE: "one place", Scope.ARTICLE: "an article", Scope.LIBRARY: "the library"}


class CorrectionsScreen(RowsScreen):
    """Closed with the correction whose place is wanted handed to `show`, or with nothing."""

    KIND = Context.CORRECTIONS
    ACTIONS: ClassVar[dict[str, str]] = {
        "corrections.open": "go_to",
        "corrections.withdraw": "withdraw",
        "corrections.undo": "undo",
        "corrections.redo": "redo",
    }

    def __init__(self, main: MainScreen, show: Callable[[Correction], None]) -> None:
        super().__init__(main)
        self._show = show
        self._seen = -1
        self._corrections: dict[CorrectionId, Correction] = {}
        self._now = datetime.now().astimezone()

    # ---- what is listed ----------------------------------------------------------------------------------------------
    def rows(self) -> Sequence[Choice]:
        """Return the corrections, the newest first."""
        if self.stale():
            self._corrections = {one.id: one for one in reversed(self.library.corrections())}
            self._seen = self.library.name_changes
        self._now = datetime.now().astimezone()
        words = self.words.casefold().split()
        found = (one for one in self._corrections.values() if all(word in self._searched(one) for word in words))
        return [Choice(said(one), one.id, self._detail(one)) for one in found]

    def _searched(self, one: Correction) -> str:
        return f"{said(one)} {one.label} {one.old_label} {_SCOPES[one.scope]} {self._title(one)}".casefold()

    def _detail(self, one: Correction) -> str:
        place = "place is gone" if one.lost else _SCOPES[one.scope]
        return f"{place:<13}{age(one.created, self._now):>9}"

    def nothing(self) -> str:
        """Say how to make some, while there are none."""
        drop, label, add = map(self.key_of, ("correct.drop", "correct.label", "correct.add"))
        empty = f"no corrections yet; {drop}, {label} and {add} on a name make some"
        return super().nothing() if self._corrections else empty

    def stale(self) -> bool:
        """Tell whether corrections have changed since they were read."""
        return self.library.name_changes != self._seen

    def heading(self) -> tuple[str, str]:
        """Return how many corrections are listed."""
        count = len(self._corrections)
        narrowed = f" · “{self.words.strip()}”" if self.words.strip() else ""
        return f"Your corrections of names{narrowed} · {count:,} correction{'' if count == 1 else 's'}", "newest first"

    def columns(self) -> str:
        """Return what stands over the details of the rows."""
        return f"{'in':<13}{'when':>9}"

    def about(self) -> str:
        """Tell of the correction under the cursor."""
        one = self._current
        if one is None:
            return ""
        was = f"was {words_for(one.old_label)}" if one.old_label and one.kind is not CorrectionKind.ADD else ""
        made = ago(one.created, self._now)
        return " · ".join(part for part in (said(one), was, self._title(one) or _SCOPES[one.scope], made) if part)

    def _title(self, one: Correction) -> str:
        text = self.library.text_of(one.article) if one.article is not None else None
        return self.library.title_of(text) if text is not None else ""

    @property
    def _current(self) -> Correction | None:
        chosen = self.listed.chosen
        return self._corrections.get(CorrectionId(str(chosen.value))) if chosen is not None else None

    # ---- commands ----------------------------------------------------------------------------------------------------
    def go_to(self, _: str) -> None:
        """Go to the place of the correction."""
        one = self._current
        if one is not None:
            self.dismiss(None)
            self._show(one)

    def withdraw(self, _: str) -> None:
        """Withdraw the correction; undo brings it back."""
        one = self._current
        if one is not None:
            saving.save(self.main, WithdrawCorrections((one.id,)))

    def undo(self, key: str) -> None:
        """Undo, as on the main screen."""
        handler_of("undo.undo")(self.main, key)

    def redo(self, key: str) -> None:
        """Do again, as on the main screen."""
        handler_of("undo.redo")(self.main, key)
