"""Undo, redo, and the list of what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.library import Receipt
from tui.commands.command import Context
from tui.render.list_row import long_date
from tui.screens.main import reading, saving
from tui.screens.main.handlers import does
from tui.widgets.choice_list import Choice

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen


@does("undo.undo", "undo.redo")
def undo(screen: MainScreen, _: str) -> None:
    """Take back the newest change, or do it again."""
    again = screen.host.command == "undo.redo"
    if screen.library.read_only:
        screen.say(f"not undone: {screen.library.read_only}")
        return

    def done(receipt: Receipt) -> None:
        saving.saved(screen, receipt)
        if not receipt.sentence:
            screen.say("nothing to do again" if again else "nothing to undo")
        elif receipt.articles and screen.opened and screen.opened.stored.article.id not in receipt.articles:
            for article in receipt.articles:
                key = screen.library.key_of(article)
                if key is not None and key in screen.articles.keys:
                    reading.point_at(screen, key)
                    reading.show(screen, key)
                    break

    saving.follow_change(screen, screen.library.redo() if again else screen.library.undo(), done)


@does("undo.history")
def history(screen: MainScreen, _: str) -> None:
    """List the changes, newest first."""
    rows = [
        Choice(f"{entry.sentence}{'  (undone)' if entry.undone else ''}", entry.id,
               f"{long_date(entry.at.date())} {entry.at:%H:%M}", style="quiet" if entry.undone else "")
        for entry in screen.library.history()
    ] or [Choice("nothing changed yet", style="quiet")]  # fmt: skip
    screen.choose("Your changes", rows, Context.OVERLAY)
