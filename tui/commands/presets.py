"""Sets of keys for those who know them from another program; what a set does not name keeps its own keys."""

from __future__ import annotations

from collections.abc import Mapping

from tui.commands.registry import COMMANDS

_UNDO = {command.id: ("u", "U") for command in COMMANDS if command.id.endswith(".undo") and "likely" not in command.id}

NEWSBOAT: dict[str, tuple[str, ...]] = {
    **_UNDO,
    # As in newsboat's src/keymap.cpp, its list of articles and its view of one.
    "open.list": ("q", "h", "left"),
    "run.quit": ("q", "Q"),
    "find.next": ("n",),
    "find.previous": ("p",),
    "find.filter": ("F",),
    "find.clear": ("ctrl+f",),
    "view.choose": ("f", "V"),
    "view.refresh": ("r", "R"),
    "link.list": ("u", "L"),
    "list.order": ("g", "G"),
    "mark.read": ("N",),
    "mark.all-read": ("A",),
    "mark.star": ("s", "ctrl+b"),
    "tag.edit": ("t", "ctrl+e"),
    "move.page-up": ("pageup", "b"),
    # What makes room for them.
    "move.page-down": ("pagedown",),
    "move.start": ("home", "{"),
    "move.end": ("end", "}"),
    "mark.range": ("v",),
    "name.next": ("w", ")"),
    "name.previous": ("W", "("),
    "name.filter": ("f",),
    "name.map": ("ctrl+g",),
    "note.editor": ("M",),
    "search.rules": ("Y",),
    "undo.undo": ("U",),
    "undo.history": ("H",),
    "undo.redo": ("ctrl+r",),
}
"""newsboat's keys where it has the function. `j` and `k` move, and the numbers tag, as with all other keys here."""

PRESETS: Mapping[str, Mapping[str, tuple[str, ...]]] = {"vi": {}, "newsboat": NEWSBOAT}
