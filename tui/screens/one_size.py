"""A screen that has no size but the window's, by a private name of Textual's screens.

Laying a screen out at a size tells the screen itself that it has that size. Where two sizes come close together, as
while a window is dragged, and something else stands between them in its queue, each brings the other back: Textual goes
back and forth for ever, and hears no key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.geometry import Size
from textual.screen import Screen

if TYPE_CHECKING:
    _Base = Screen[Any]
else:
    _Base = object


class OneSize(_Base):
    """Comes before Textual's class among the bases of a screen."""

    def _screen_resized(self, size: Size) -> None:
        """Lay out for the window's size; of another one the window's is on its way, or was heeded."""
        if size == self.app.size:
            super()._screen_resized(size)


class Ground(OneSize, Screen[None]):
    """What lies beneath all screens, and is told their sizes, too."""
