"""What every box over a screen takes care of: the footer below it tells the keys of the box while it is there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen

from tui.commands.command import Context
from tui.commands.footer import hints
from tui.screens.closing import ClosesOnce
from tui.screens.host import Host
from tui.widgets.lines import KeyFooter

_Result = TypeVar("_Result")


class Box(ClosesOnce, ModalScreen[_Result]):
    """A screen of which the one below stays in sight."""

    _footer: KeyFooter | None = None

    def contexts(self) -> tuple[Context, ...]:
        """Return where keys are looked up."""
        raise NotImplementedError

    def footer_keys(self) -> list[tuple[str, str]]:
        """Return the keys that the footer tells, and their words."""
        return hints(self.contexts()[0], cast(Host, self.app).keys_of)

    def tell_keys(self) -> None:
        """Let the footer in sight tell the keys of the box."""
        if self._footer is not None:
            self._footer.lend(self.footer_keys())

    def on_mount(self) -> None:
        """Take the footer in sight; a box may lie over a box."""
        below = reversed(self.app.screen_stack)
        self._footer = next((footer for screen in below for footer in screen.query(KeyFooter)), None)
        self.tell_keys()

    def take_held(self, take: Callable[[], None]) -> None:
        """Take what is chosen, and have the keys after that wait for what follows from it."""
        release = cast(Host, self.app).hold_keys()
        take()
        # Behind the answer, which waits in the queue of the screen that asked, or of the app.
        self.app.screen.call_later(self.app.call_next, release)

    def dismiss(self, result: Any = None) -> AwaitComplete:
        """Close with a result, and give the footer back in the same frame."""
        closed = super().dismiss(result)
        if self.app.screen is not self:
            self.give_back()
        return closed

    def give_back(self) -> None:
        """Let the footer tell the keys of what lies below: of another box, if there is one."""
        front = self.app.screen
        if self._footer is not None:
            self._footer.lend(None)
            if isinstance(front, Box):
                front.tell_keys()
