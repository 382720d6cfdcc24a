"""Lines and texts to write on, in which every key acts in its turn."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from textual import events
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widget import Widget
from textual.widgets import Input, TextArea

if TYPE_CHECKING:
    _Base = Widget
else:
    _Base = object

_PATIENCE = 3.0
"""Seconds that a key waits for those before it, should what they are for be taken apart meanwhile."""


class InTurn(_Base):
    """Carries out what a key is bound to when the key comes.

    Textual sends such a key up to the app first, and letters behind it overtake it: of `teh`, backspace twice, `he`
    that arrive at once, as over a slow line, it makes `teh` and what was to stay is what goes.
    """

    async def _on_key(self, event: events.Key) -> None:
        bound = self._bindings.key_to_bindings.get(event.key)
        if bound:
            event.stop()
            event.prevent_default()
            await self.run_action(bound[0].action)

    async def caught_up(self) -> None:
        """Wait until all keys have been read that were handed over, and those around it know what they made of it.

        The app hands on one key after the other without waiting for any. A command would else come before letters
        that were typed first, and save a note without them.
        """
        around = [widget for widget in self.ancestors if isinstance(widget, Widget)]
        if any(widget.message_queue_size for widget in (self, *around)):
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_PATIENCE):
                    # Its own queue twice: the word of a change is put there while the keys before it are read.
                    for widget in (self, self, *around):
                        turn = asyncio.Event()
                        if widget.call_later(turn.set):
                            await turn.wait()


class Line(InTurn, Input):
    """An input."""


class Entry(Line):
    """One as wide as it is given: Textual's own asks for a layout of the whole screen at every key."""

    virtual_size: Reactive[Size] = Reactive(Size(0, 0), layout=False, repaint=False)


class Area(InTurn, TextArea):
    """A text of many lines."""
