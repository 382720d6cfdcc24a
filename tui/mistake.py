"""What is told of a mistake of our own, once the terminal is a shell's again."""

from __future__ import annotations

from rich.console import Console, Group
from rich.segment import Segments
from rich.traceback import Traceback

_MISTAKE = """Dateline stopped because of a mistake of its own. What it called saved is saved; `dateline doctor
--report` writes a form to tell of it. The lines above hold nothing of your articles and notes."""


def told(console: Console) -> Group:
    """Return the mistake that is being handled, and what to do about it, for this console.

    It is without the values of variables, which hold what the user reads and writes.
    """
    traceback = Traceback(show_locals=False, width=None)
    return Group(Segments(console.render(traceback, console.options)), _MISTAKE)
