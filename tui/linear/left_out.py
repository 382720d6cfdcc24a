"""The commands of the screen that line-by-line reading does without, and why. Every other one has a word here."""

from __future__ import annotations

LEFT_OUT: dict[str, tuple[str, ...]] = {
    "moving a cursor, panes, boxes to close: what there is is read in order": (
        "move.*", "rows.*", "prompt.*", "choice.*", "command.*", "overlay.*", "open.list", "open.*-pane",
        "changes.down", "changes.up", "changes.*page-*", "changes.start", "changes.end", "changes.help",
        "changes.close", "notes.down", "notes.up", "notes.*page-*", "notes.start", "notes.end", "notes.help",
        "notes.close", "notes.read", "run.cancel", "run.save",
    ),
    "the map, labels, themes and widths, which are for the eye": ("map.*", "*.map", "hint.*", "look.*", "run.redraw"),
    "going from name to name in the text: `marks` reads them in it, `name` reads their sentences": (
        "name.next", "name.previous", "name.person-*", "name.organisation-*", "name.place-*",
    ),
    "marking several articles: `dateline tag` changes all that a query finds": (
        "mark.select", "mark.range", "mark.all", "mark.invert",
    ),
    "tags on number keys, and triage, since numbers open here": (
        "tag.digit", "tags.digit", "passage.digit", "notes.digit", "tag.triage",
    ),
    "groups and folded rows of the list": ("list.group-*", "list.copies"),
    "other orders and parts of the lists of names, tags, searches and notes": (
        "tags.order", "notes.order", "notes.which", "notes.everywhere", "entity.order", "entity.everywhere",
        "searches.pin", "likely.swap", "likely.previous", "likely.first", "likely.second",
    ),
    "two texts of a note side by side: both are among `notes`, where `edit` and `delete` settle it": (
        "note.texts", "notes.texts", "texts.*",
    ),
    "the clipboard and other programs: lines can be copied, and `dateline show` prints into a pipe": (
        "links.copy", "notes.copy", "run.pipe", "run.pager", "run.suspend",
    ),
}  # fmt: skip
"""What is left out, in words for the user, and the ids of its commands; a `*` stands for any characters."""


def written() -> str:
    """Write what is left out as the README has it."""
    return "\n".join(f"- {reason}" for reason in LEFT_OUT)
