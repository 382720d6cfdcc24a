"""The card of a user's very first start: seven keys, below the text. Any key closes it, and does what it does."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from tui.commands.registry import BY_ID
from tui.habits import save

if TYPE_CHECKING:
    from tui.screens.main.screen import MainScreen

HEADING = "FIRST KEYS · any key goes on"
LINES = (
    (("move.down", "move.up"), "move", "move, in the list and in the text"),
    (("open.reader", "open.list"), "open", "open the article; back to the list"),
    (("tag.edit",), "tag", "tag it"),
    (("note.write",), "note", "write a note"),
    (("find.filter", "find.text"), "find", "find: articles; in the text, its words"),
    (("name.next", "name.page"), "next name", "the next name, and its page"),
    (("help.keys",), "all keys", "all keys of where you are"),
)
"""Commands, and what they do in a word and in a few."""


def show(screen: MainScreen) -> None:
    """Show the card in the last lines of the text; where the text is not shown, a line of it in the status line."""
    if not screen.articles.keys:
        # Its keys are of no use yet.
        return
    if not screen.host.habits.greeted:
        # At once: also who is cut off after it does not want it twice.
        screen.host.habits = screen.host.habits.replace(greeted=True)
        screen.run_worker(asyncio.to_thread(save, screen.host.habits), group="habits", exit_on_error=False)
    keys = [" ".join(key for one in ids for key in screen.host.keys_of(BY_ID[one])[:1]) for ids, _, _ in LINES]
    if not screen.query_one("#reading").display:
        # What went wrong is more.
        screen.status.message = screen.status.message or _short(keys, (0, 1, 6))
        return
    columns, lines = screen.reader.card_room
    lead = max(map(len, keys)) + 2
    long = [f"{key:<{lead}}{words}" for key, (_, _, words) in zip(keys, LINES, strict=True)]
    if len(long) <= lines and max(map(len, long)) <= columns:
        screen.reader.show_card(HEADING, long, lead)
    else:
        screen.reader.show_foot(HEADING, _short(keys, range(len(LINES))))


def _short(keys: Sequence[str], which: Iterable[int]) -> str:
    """Write some of the lines one behind the other: of each its first key, of moving both."""
    some = [(keys[at] if at == 0 else keys[at].partition(" ")[0], LINES[at][1]) for at in which if keys[at]]
    return " · ".join(f"{key} {word}" for key, word in some)


def put_away(screen: MainScreen) -> None:
    """Close the card."""
    screen.greets = False
    if not screen.query_one("#reading").display:
        screen.status.message = ""
    screen.reader.hide_foot()
    screen.show_status()
