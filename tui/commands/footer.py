"""Which commands the footer shows, pane by pane, the most wanted first: what does not fit drops off at the end."""

from tui.commands.command import Context

HELP = "help.keys"
"""Always shown, at the end."""

FOOTERS: dict[Context, tuple[tuple[str, ...], ...]] = {
    Context.LIST: (
        ("open.reader",), ("tag.digit",), ("tag.edit",), ("note.write",), ("find.filter",), ("view.choose",),
        ("undo.undo",), ("mark.select",),
    ),
    Context.READER: (
        ("name.next", "name.previous"), ("name.filter",), ("note.write",), ("tag.digit",),
        ("open.next-article", "open.previous-article"), ("find.text",), ("undo.undo",), ("open.list",),
    ),
    Context.PANEL: (("name.go",), ("name.filter",), ("name.shown",), ("open.list",), ("name.panel",)),
    Context.EDITOR: (("note.save",), ("note.continue",), ("note.discard",)),
    Context.PROMPT: (("prompt.complete",), ("prompt.next", "prompt.previous"), ("prompt.cancel",)),
}  # fmt: skip
"""Rows of command ids; ids in one row share a word, that of the first: `w b name`."""
