"""A line to write on that moves nothing else: Textual's own asks for a layout of the whole screen at every key."""

from __future__ import annotations

from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input


class Entry(Input):
    """An input as wide as it is given, whatever is written in it."""

    virtual_size: Reactive[Size] = Reactive(Size(0, 0), layout=False, repaint=False)
