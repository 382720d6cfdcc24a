"""What every screen over the main one takes care of: it opens whole, and closes once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from textual.await_complete import AwaitComplete

from tui.screens.host import Host
from tui.screens.one_size import OneSize

if TYPE_CHECKING:
    from tui.screens.labels import Labels


class ClosesOnce(OneSize):
    """Comes before Textual's class among the bases of such a screen.

    A screen is in front before its parts are there; keys wait for them. And Textual closes whichever screen is in
    front: an `enter` that was pressed twice would close the one beneath too, be it the main screen.
    """

    laid_out = False
    """Whether its parts are there, so that keys can be for them."""
    labels: Labels | None = None
    """The labels that lie over what can be chosen on it."""

    @property
    def is_open(self) -> bool:
        """Whether the screen is still there: one that was closed is taken apart bit by bit."""
        return self.is_attached and self in self.app.screen_stack

    def dismiss(self, result: Any = None) -> AwaitComplete:
        """Close with a result, unless it is closed."""
        return super().dismiss(result) if self.app.screen is self else AwaitComplete()

    def call_after_refresh(self, callback: Callable[..., Any], *args: Any, **kwargs: Any) -> bool:
        """Do something after the next frame, if the screen is there then."""
        return super().call_after_refresh(lambda: callback(*args, **kwargs) if self.is_open else None)

    def on_mount(self) -> None:
        """Take the keys that were pressed meanwhile, once it is settled which part has the focus."""
        self.call_after_refresh(self._take_keys)

    def _take_keys(self) -> None:
        self.laid_out = True
        cast(Host, self.app).release_keys()

    def on_unmount(self) -> None:
        """Leave no key waiting."""
        cast(Host, self.app).release_keys()
