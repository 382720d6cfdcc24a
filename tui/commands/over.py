"""What `:` reaches from a screen over the main one: that screen's own commands, and those that need no article."""

from __future__ import annotations

from functools import cache

from tui.commands.command import Command, Context
from tui.commands.registry import COMMANDS

SCREENS = frozenset({
    Context.OVERLAY, Context.TAGS, Context.SEARCHES, Context.HISTORY, Context.CORRECTIONS, Context.CHANGES,
    Context.ENTITY, Context.ENTITIES, Context.MAP, Context.LIKELY, Context.NOTES, Context.TEXTS, Context.LINKS,
})  # fmt: skip
"""The contexts of screens and boxes over the main screen."""

KEYS = frozenset({"help.palette", "hint.begin", "run.suspend", "run.redraw"})
"""Commands whose keys work on every screen on which they mean nothing else and are no text."""

STAYS = frozenset({
    "help.keys", "look.set", "look.theme", "run.problems", "run.save", "undo.redo", "undo.undo",
})  # fmt: skip
"""Commands of the main screen that are carried out while another one lies over it."""

LEADS = frozenset({
    "correct.list", "find.clear", "find.filter", "go.back", "list.fold", "list.order", "mark.all-read", "name.all",
    "name.likely", "name.map", "note.list", "open.named", "run.export", "run.pipe", "run.quit", "search.list",
    "search.rules", "search.save", "tag.list", "undo.history", "view.choose", "view.refresh",
})  # fmt: skip
"""Commands that are of the list or of another screen: what lies over the main screen is closed first.

All others are of an article, which is not in sight there: these are not reached.
"""

_MOVING = ("down", "up", "start", "end", "page", "page-down", "page-up", "half-page-down", "half-page-up")


@cache
def own(context: Context) -> tuple[Command, ...]:
    """Return what can be done on a screen: its commands but for moving, and but for keys that differ in meaning."""
    return tuple(
        command
        for command in COMMANDS
        if context in command.contexts and not command.argument and command.id.partition(".")[2] not in _MOVING
    )


def reaches(command: Command, context: Context | None) -> bool:
    """Tell whether a command can be carried out by name; None stands for the main screen."""
    if context is None:
        return not SCREENS.issuperset(command.contexts)
    return command in own(context) or command.id in KEYS | STAYS | LEADS
