"""The walk through the screens over the main one: notes, changed texts, names, the map."""

from __future__ import annotations

from walking import Part, Step, Tables


def bodies(tables: Tables) -> list[str]:
    """Return the texts of all notes."""
    return [note["body"] for note in tables["notes"]]


NOTES = Part(
    "notes",
    (
        Step("note.list", "B", r"Notes · .* 3 notes"),
        Step("notes.down", "j", "2 of 3"),
        Step("notes.up", "k", "1 of 3"),
        Step("notes.end", "G", "3 of 3"),
        Step("notes.start", "g g", "1 of 3"),
        Step("notes.which", "o", "Which notes"),
        Step("", "esc", gone="Which notes"),
        Step("notes.find", "/", "“ask”", then=("~find:", "ask", "enter")),
        Step("notes.order", "s", "by article"),
        Step("notes.tag", "t", "Tagged the note: new", then=("~tag the note", "new", "enter"),
             saved=lambda tables: sum("new" in note["tags"] for note in tables["notes"]) == 1),
        Step("notes.digit", "1", "Untagged the note: japan",
             saved=lambda tables: sum("japan" in note["tags"] for note in tables["notes"]) == 1),
        Step("notes.everywhere", "L", "all libraries"),
        Step("notes.copy", "y", "sent to the terminal"),
        Step("notes.delete", "d", "Note deleted", saved=lambda tables: len(tables["notes"]) == 2),
        Step("notes.undo", "u", "Undone: Note deleted", saved=lambda tables: len(tables["notes"]) == 3),
        Step("notes.redo", "ctrl+r", "Redone: Note deleted"),
        Step("notes.undo", "u", "Undone: Note deleted"),
        Step("notes.help", "?", "Keys: "),
        Step("overlay.close", "q", gone="Keys: "),
        Step("notes.close", "q", gone="all libraries"),
        Step("name.map", "g m", "Where: "),
        Step("entity.plot", "p", "When: "),
        Step("", "q", gone="When: "),
        Step("run.quit", "q", ends=True),
    ),
    lambda tables: len(tables["notes"]) == 3 and any("new" in note["tags"] for note in tables["notes"]),
)  # fmt: skip

WRITING = Part(
    "notes, written",
    (
        Step("note.list", "B", r"Notes · .* 3 notes"),
        Step("notes.read", "tab", r"1 May 2016 · double\.md"),
        Step("", "tab", gone=r"1 May 2016 · double\.md"),
        Step("notes.half-page-down", "ctrl+d", "3 of 3"),
        Step("notes.half-page-up", "ctrl+u", "1 of 3"),
        Step("notes.page-down", "pagedown", "3 of 3"),
        Step("notes.page-up", "pageup", "1 of 3"),
        Step("notes.editor", "A", "Note saved", saved=lambda tables: any("By hand." in one for one in bodies(tables))),
        Step("", "G", "3 of 3"),
        Step("notes.edit", "a", r"Who pays\?more", then=("~save and close", "more")),
        Step("note.save", "esc", "Note saved", gone="save and close"),
        Step("notes.place", "P", "Where does this note belong"),
        Step("overlay.close", "q", gone="Where does this note belong"),
        Step("notes.close", "q", gone="Notes · "),
        Step("note.place", "P", "without a place · 1 note"),
        Step("notes.open", "enter", "w b name"),
        Step("", "v", "1 sentence"),
        Step("", "esc", "w b name"),
        Step("note.place", "P", "without a place · 1 note"),
        Step("", "P", "select the passage with v", then=("~Where does", "G", "k", "~> *select it", "enter")),
        Step("", "v", "1 sentence"),
        Step("note.place", "P", "Note placed", saved=lambda tables: not any(note["lost"] for note in tables["notes"])),
        Step("run.quit", "q", ends=True),
    ),
    lambda tables: "Who pays?more" in bodies(tables) and any("By hand." in one for one in bodies(tables)),
)  # fmt: skip

NAMES = Part(
    "all names",
    (
        Step("name.all", "E", r"Names in the .* names"),
        Step("entity.order", "s", "by mentions"),
        Step("entity.kind", "o", "Kinds of names"),
        Step("", "q", gone="Kinds of names"),
        Step("rows.find", "/", "“lav”", then=("~find:", "lav", "enter")),
        Step("entity.likely", "M", "Likely the same · 1 of 1"),
        Step("likely.swap", "s", "2 Sergey Lavrov · stands for both"),
        Step("likely.different", "n", "That was all: 1 decided", saved=lambda tables: len(tables["aliases"]) == 1),
        Step("likely.undo", "backspace", "18 mentions"),
        Step("likely.unsure", "u", "That was all: 1 decided"),
        Step("likely.undo", "backspace", "18 mentions"),
        Step("likely.same", "x", "That was all: 1 decided",
             saved=lambda tables: tables["aliases"][0]["verdict"] == "same"),
        Step("", "q", gone="Likely the same"),
        Step("entity.open", "enter", r"MENTIONS(.|\n)*Shinzo Abe met"),
        Step("entity.tag", "t", "Tagged .*: big", then=("~tag ", "big", "enter"),
             saved=lambda tables: any("big" in row["tags"] for row in tables["entities"])),
        Step("entity.undo", "u", "Undone: "),
        Step("entity.redo", "ctrl+r", "Redone: "),
        Step("entity.filter", "F", "articles with"),
        Step("run.quit", "q", ends=True),
    ),
    lambda tables: any("big" in row["tags"] for row in tables["entities"]) and len(tables["aliases"]) == 1,
)  # fmt: skip

PARTS = (NOTES, WRITING, NAMES)
