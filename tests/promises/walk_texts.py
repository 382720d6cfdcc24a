"""The walk through texts against each other: a note that two sessions edited, an article that has changed."""

from __future__ import annotations

from walk_library import ANNA, BORIS, BUDGET, DOUBLE
from walking import Part, Step, Tables

TITLE = rf"(?m)^ {{2,}}{BUDGET}"
KEEPS, LISTED, FIRST = "1 keep 1", r"w b name", r"changed .* passages? .* 1 of"


def texts(tables: Tables) -> list[str]:
    """Return the texts of all notes, in order."""
    return sorted(note["body"] for note in tables["notes"])


def changed(tables: Tables) -> list[str]:
    """Return the titles of the articles whose text counts as changed."""
    return [row["title"] for row in tables["articles"] if row["changed"]]


def opened(title: str) -> Step:
    """Open an article by its name."""
    return Step("", ":", rf"(?m)^>.*{title[:9]}", then=("~enter runs", f"open {title}", f"~{title} +2016", "enter"))


PAYS = "Who pays?"
ALL, JOINED = [ANNA, BORIS, PAYS], [f"{ANNA}\n\n{BORIS}", PAYS]
TOP = "1  saved"

TWO_TEXTS = Part(
    "two texts",
    (
        opened(DOUBLE),
        Step("note.texts", "=", KEEPS),
        Step("texts.help", "?", "Keys: two texts"),
        Step("overlay.close", "q", gone="Keys: two texts"),
        Step("texts.close", "q", gone=KEEPS),
        Step("note.texts", "=", KEEPS),
        Step("texts.second", "2", "Kept one of two texts", saved=lambda tables: texts(tables) == [BORIS, PAYS]),
        Step("undo.undo", "u", "Undone: Kept one", saved=lambda tables: texts(tables) == ALL),
        Step("note.texts", "=", KEEPS),
        Step("texts.first", "1", "Kept one of two texts", saved=lambda tables: texts(tables) == [ANNA, PAYS]),
        Step("undo.undo", "u", "Undone: Kept one", saved=lambda tables: texts(tables) == ALL),
        Step("note.list", "B", r"Notes · .* 3 notes"),
        Step("notes.texts", "=", KEEPS),
        Step("texts.both", "b", "Kept both", gone=KEEPS, then=(r"~Kept twice +#japan *\n",)),
        Step("notes.undo", "u", "Undone: Kept both", then=(r"~#japan +kept twice",)),
        Step("notes.texts", "=", TOP),
        Step("texts.down", "j", gone=TOP),
        Step("texts.up", "k", TOP),
        Step("texts.page-down", "space", gone=TOP),
        Step("texts.page-up", "pageup", TOP),
        Step("texts.join", "a", "save and close", gone=KEEPS, saved=lambda tables: texts(tables) == JOINED),
        Step("note.save", "esc", gone="save and close"),
        Step("notes.close", "q", LISTED),
        Step("run.quit", "q", ends=True),
    ),
    lambda tables: texts(tables) == JOINED,
)  # fmt: skip

CHANGED = Part(
    "changed texts",
    (
        opened(BUDGET),
        Step("changes.show", "d", FIRST),
        Step("changes.next", "n", " 2 of 2"),
        Step("changes.previous", "N", FIRST),
        Step("changes.end", "G", "Line 19 of our"),
        Step("changes.start", "g g", "ten euros"),
        Step("changes.down", "j", gone=TITLE),
        Step("changes.up", "k", TITLE),
        Step("changes.half-page-down", "ctrl+d", gone=TITLE),
        Step("changes.half-page-up", "ctrl+u", TITLE),
        Step("changes.page-down", "space", gone=TITLE),
        Step("changes.page-up", "pageup", TITLE),
        Step("changes.help", "?", "Keys: changed text"),
        Step("overlay.close", "q", gone="Keys: changed text"),
        Step("changes.close", "q", gone="a accept it"),
        Step("changes.show", "d", FIRST),
        Step("changes.accept", "a", "New text accepted", saved=lambda tables: not changed(tables)),
        Step("undo.undo", "u", "Undone: New text accepted", saved=lambda tables: changed(tables)),
        Step("undo.redo", "ctrl+r", "Redone: New text accepted"),
        Step("changes.show", "d", "the text is as it was"),
        Step("run.quit", "q", ends=True),
    ),
    lambda tables: not changed(tables),
)  # fmt: skip

PARTS = (TWO_TEXTS, CHANGED)
