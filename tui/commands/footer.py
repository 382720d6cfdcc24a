"""Which commands the footer shows, pane by pane, the most wanted first: what does not fit drops off at the end."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from tui.commands.command import Command, Context, span
from tui.commands.registry import BY_ID

HELP = "help.keys"
"""Always shown, at the end."""

FOOTERS: dict[Context, tuple[tuple[str, ...], ...]] = {
    Context.LIST: (
        ("open.reader",), ("tag.digit",), ("tag.edit",), ("note.write",), ("find.filter",), ("view.choose",),
        ("undo.undo",), ("mark.select",),
    ),
    Context.READER: (
        ("name.next", "name.previous"), ("note.write",), ("select.begin",), ("tag.digit",),
        ("open.next-article", "open.previous-article"), ("find.text",), ("undo.undo",), ("open.list",),
    ),
    Context.SELECTION: (
        ("passage.highlight",), ("note.write",), ("passage.tag",), ("select.down", "select.up"),
        ("select.word-next", "select.word-previous"), ("select.paragraph",), ("correct.add",),
        ("select.other-end",), ("copy.text",),
    ),
    Context.NOTE: (
        ("passage.edit",), ("passage.tag",), ("passage.digit",), ("passage.next", "passage.previous"),
        ("copy.text",), ("passage.delete",), ("undo.undo",), ("step.out",),
    ),
    Context.PANEL: (
        ("name.page",), ("name.go",), ("name.filter",), ("name.join",), ("correct.drop",), ("correct.label",),
        ("name.shown",), ("open.list",),
        ("name.panel",),
    ),
    Context.EDITOR: (("note.save",), ("note.continue",), ("note.discard",)),
    Context.NOTES: (
        ("notes.open",), ("notes.edit",), ("notes.tag",), ("notes.find",), ("notes.which",), ("notes.order",),
        ("notes.place",), ("notes.delete",), ("notes.read",), ("notes.help",),
    ),
    Context.TEXTS: (
        ("texts.first",), ("texts.second",), ("texts.both",), ("texts.join",), ("texts.help",), ("texts.close",),
    ),
    Context.TAGS: (
        ("tags.show",), ("tags.filter",), ("tags.digit",), ("tags.rename",), ("tags.delete",), ("rows.find",),
        ("tags.order",), ("tags.undo",), ("rows.help",), ("rows.close",),
    ),
    Context.SEARCHES: (
        ("searches.show",), ("searches.edit",), ("searches.pin",), ("searches.tags",), ("searches.rename",),
        ("searches.delete",), ("searches.undo",), ("rows.help",), ("rows.close",),
    ),
    Context.CHANGES: (
        ("changes.next", "changes.previous"), ("changes.accept",), ("changes.page-down",), ("changes.help",),
        ("changes.close",),
    ),
    Context.ENTITY: (
        ("entity.open",), ("entity.next-part",), ("entity.filter",), ("entity.tag",), ("entity.note",),
        ("entity.join",), ("entity.order",), ("entity.plot",), ("rows.help",), ("rows.close",),
    ),
    Context.ENTITIES: (
        ("entity.open",), ("rows.find",), ("entity.mark",), ("entity.filter",), ("entity.kind",), ("entity.order",),
        ("entity.everywhere",), ("entity.likely",), ("rows.help",), ("rows.close",),
    ),
    Context.MAP: (
        ("entity.open",), ("map.in",), ("map.out",), ("map.fit",), ("entity.plot",), ("entity.filter",),
        ("entity.everywhere",), ("rows.help",), ("rows.close",),
    ),
    Context.LIKELY: (
        ("likely.same",), ("likely.different",), ("likely.unsure",), ("likely.undo",), ("likely.swap",),
        ("likely.next",), ("likely.first", "likely.second"), ("rows.help",), ("rows.close",),
    ),
    Context.CORRECTIONS: (
        ("corrections.open",), ("corrections.withdraw",), ("rows.find",), ("corrections.undo",), ("rows.help",),
        ("rows.close",),
    ),
    Context.LINKS: (
        ("links.open",), ("links.show",), ("links.copy",), ("rows.find",), ("rows.help",), ("rows.close",),
    ),
    Context.HINTS: (("hint.letter",), ("hint.back",), ("hint.leave",)),
    Context.HISTORY: (("history.undo",), ("rows.find",), ("rows.help",), ("rows.close",)),
    Context.CHOICE: (("choice.take",), ("choice.down", "choice.up"), ("choice.close",)),
    Context.OVERLAY: (("overlay.down", "overlay.up"), ("overlay.search",), ("overlay.take",), ("overlay.close",)),
    Context.COMMAND: (("command.take",), ("command.complete",), ("command.up",), ("command.close",)),
    Context.PROMPT: (("prompt.complete",), ("prompt.next", "prompt.previous"), ("prompt.cancel",)),
}  # fmt: skip
"""Rows of command ids; ids in one row share a word, that of the first: `w b name`."""

ON_NAME: tuple[tuple[str, ...], ...] = (
    ("name.next", "name.previous"), ("name.page",), ("name.filter",), ("correct.drop",), ("correct.label",),
    ("name.join",), ("note.write",), ("tag.digit",), ("step.out",),
)  # fmt: skip
"""Those in the text while a name is current: what can be done with it."""

EMPTY: tuple[tuple[str, ...], ...] = (("find.filter",), ("view.choose",), ("undo.undo",), ("run.quit",))
"""Those of the list while nothing is listed."""


_SIGNS = {"enter": "⏎", "up": "↑", "down": "↓"}


def help_of(command: Command, keys_of: Callable[[Command], Sequence[str]]) -> str:
    """Return the help of a command; the commands that it names, as in `{undo.undo}`, by their first key or title."""

    def named(found: re.Match[str]) -> str:
        other = BY_ID[found[1]]
        keys = keys_of(other)
        return keys[0] if keys else f"“{other.title}”"

    return re.sub(r"\{([a-z.-]+)\}", named, command.help) if "{" in command.help else command.help


def label(command: Command, keys: Sequence[str]) -> str:
    """Write the first key of a command short; empty where it has none."""
    whole = span(command, keys)
    if whole:
        return "-".join(whole)
    return _SIGNS.get(keys[0], keys[0].replace(" ", "")) if keys else ""


def hints(
    context: Context, keys_of: Callable[[Command], Sequence[str]], *, on_name: bool = False, empty: bool = False
) -> list[tuple[str, str]]:
    """Return what a footer says: keys, with a blank between those that share a word, and the word.

    `on_name` says that a name is current in the text, `empty` that the list has no articles.
    """
    shown = []
    rows = FOOTERS.get(context, ())
    if on_name and context is Context.READER:
        rows = ON_NAME
    elif empty and context is Context.LIST:
        rows = EMPTY
    for ids in rows:
        labels = [short for one in ids if (short := label(BY_ID[one], keys_of(BY_ID[one])))]
        if labels:
            shown.append((" ".join(labels), BY_ID[ids[0]].footer))
    return shown


def shown_as(context: Context, key: str, keys_of: Callable[[Command], Sequence[str]]) -> Command | None:
    """Return the command that a footer shows under a key."""
    rows = (*FOOTERS.get(context, ()), *(ON_NAME if context is Context.READER else EMPTY), (HELP,))
    commands = [BY_ID[one] for ids in rows for one in ids]
    return next((one for one in commands if label(one, keys_of(one)) == key), None)
