"""What the command line offers: rows that do something, and what they leave in the line."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

from store.record import Record
from tui.widgets.choice_list import Choice


class Do(Record):
    """A command, and what it is given."""

    command: str
    argument: str = ""


class Go(Record):
    """Somewhere to go: a `view`, a `name`, an `article`, `help`."""

    sort: str
    value: Hashable


class Offered(Record):
    """What a row means."""

    does: Do | Go | None = None
    """What is done when it is taken; None for a row that is only written into the line."""
    line: str = ""
    """What stands in the line when it is completed; empty where nothing does."""


Show = Callable[[Sequence[Choice]], None]
Offer = Callable[[str, int, Show], Sequence[Choice]]
"""Line and cursor to the rows that are known at once; those that take time are shown later, with them."""

Taken = tuple[Do | Go, str]
"""What is to be done, and the line that stands for it."""
