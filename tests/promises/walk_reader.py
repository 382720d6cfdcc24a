"""The walk through the text: names, passages, their notes."""

from __future__ import annotations

from collections.abc import Callable

from walking import Part, Step, Tables, tagged

READING = r"w b name"
JOINED = ("~is the same as", "Fumio", "~Fumio Kishida 9", "enter", "~Count both as", "enter")


def corrected(*names: str) -> Callable[[Tables], bool]:
    """Tell whether the file holds corrections of just these names."""
    return lambda tables: sorted(row["surface"] for row in tables.get("corrections", ())) == sorted(names)


def lost(tables: Tables) -> list[str]:
    """Return the notes that want a place."""
    return [note["body"] for note in tables["notes"] if note["lost"]]


NAMES = Part(
    "names in the text",
    (
        Step("open.reader", "enter", READING),
        Step("name.next", "w", "Tokyo · place · 1 of 10"),
        Step("name.next", "w", "Shinzo Abe · person · 1 of 9"),
        Step("name.previous", "b", "Tokyo · place · 1 of 10"),
        Step("name.person-next", "] p", "Shinzo Abe · person · 1 of 9"),
        Step("name.same-next", "*", "Shinzo Abe · person · 2 of 9"),
        Step("name.same-previous", "#", "Shinzo Abe · person · 1 of 9"),
        Step("name.person-next", "] p", "Sergei Lavrov · person · 1 of 18"),
        Step("name.person-previous", "[ p", "Shinzo Abe · person · 1 of 9"),
        Step("name.organisation-next", "] o", "Tokyo Gas · organisation"),
        Step("name.organisation-next", "] o", "Harbour Board · organisation"),
        Step("name.organisation-previous", "[ o", "Tokyo Gas · organisation"),
        Step("name.place-next", "] g", "Tokyo · place"),
        Step("name.place-previous", "[ g", "Russia · place"),
        Step("copy.text", "y", "sent to the terminal"),
        Step("name.panel", "e", "dates, numbers"),
        Step("", "j", r"(?m)^>Shinzo Abe"),
        Step("name.go", "l", "Shinzo Abe · person · 1 of 9"),
        Step("name.page", "enter", "Shinzo Abe · person +whole library"),
        Step("rows.close", "q", "Shinzo Abe · person · 1 of 9"),
        Step("correct.label", "c", "Shinzo Abe is an organisation here",
             then=("~type to narrow", "organ", "~> *organisation", "enter", "~1 here", "1"),
             saved=lambda tables: [row["label"] for row in tables["corrections"]] == ["ORG"]),
        Step("name.person-next", "] p", "Sergei Lavrov · person · 1 of 18"),
        Step("change.repeat", ".", "again: Sergei Lavrov: organisation, here",
             saved=corrected("Sergei Lavrov", "Shinzo Abe")),
        Step("correct.list", "ctrl+x", "Your corrections of names · 2"),
        Step("corrections.open", "enter", "Sergei Lavrov · organisation · 1 of 1", gone="Your corrections of names"),
        Step("undo.undo", "u", "Undone: Sergei Lavrov", saved=corrected("Shinzo Abe")),
        Step("undo.undo", "u", "Undone: Shinzo Abe", saved=corrected()),
        Step("", "/", "“zebra”: 9 found", then=("~find:", "zebra", "enter")),
        Step("", "v", "1 word selected"),
        Step("correct.add", "+", "Added zebra, an organisation, here",
             then=("~type to narrow", "organ", "~> *organisation", "enter", "~1 here", "1"), saved=corrected("zebra")),
        Step("undo.undo", "u", "Undone: Added zebra", saved=corrected()),
        Step("name.previous", "b", r"· 1 of"),
        Step("correct.drop", "x", "Not a name here: ", then=("~is no name", "1"),
             saved=lambda tables: [row["kind"] for row in tables["corrections"]] == ["drop"]),
        Step("correct.list", "ctrl+x", "Your corrections of names · 1"),
        Step("corrections.withdraw", "d", "Withdrawn: |no corrections", saved=corrected()),
        Step("corrections.undo", "u", "Undone: ", saved=lambda tables: len(tables["corrections"]) == 1),
        Step("corrections.redo", "ctrl+r", "Redone: ", saved=corrected()),
        Step("rows.close", "q", gone="Your corrections of names"),
        Step("name.person-next", "] p", r"· person · 1 of"),
        Step("name.join", "m", "Joined into (Shinzo|Fumio)", then=JOINED,
             saved=lambda tables: [row["verdict"] for row in tables["aliases"]] == ["same"]),
        Step("name.filter", "F", r"“person:.* 2 articles(.|\n)*articles with (Shinzo|Fumio)"),
        Step("run.quit", "q", ends=True),
    ),
    lambda tables: not tables.get("corrections") and len(tables["aliases"]) == 1,
)  # fmt: skip

PASSAGES = Part(
    "passages",
    (
        Step("", "enter", READING),
        Step("select.begin", "v", "1 sentence, 7 words"),
        Step("select.down", "j", "2 sentences, 15 words"),
        Step("select.up", "k", "1 sentence, 7 words"),
        Step("select.word-next", "w", "2 sentences, 8 words"),
        Step("select.word-previous", "b", "7 words selected|1 sentence, 7 words"),
        Step("", "l", then=("l",)),
        Step("select.right", "l", "2 sentences, 8 words"),
        Step("select.left", "h", "1 sentence, 7 words"),
        Step("select.other-end", "o", "6 words selected", then=("w",)),
        Step("", "b", "1 sentence, 7 words", then=("o",)),
        Step("select.paragraph", "p", "3 sentences, 17 words"),
        Step("passage.highlight", "enter", "Highlighted", saved=lambda tables: len(tables["notes"]) == 4),
        Step("passage.next", "] n", "highlight 1 of 1"),
        Step("passage.tag", "t", "Tagged the note: new", then=("~tab complete", "new", "enter")),
        Step("passage.digit", "1", "Tagged the note: japan"),
        Step("passage.edit", "enter", r"Why\?", then=("~save and close", "Why?")),
        Step("note.save", "esc", "Note saved", gone="save and close"),
        Step("passage.delete", "X", "Note deleted", saved=lambda tables: len(tables["notes"]) == 3),
        Step("undo.undo", "u", "Undone: Note deleted", saved=lambda tables: len(tables["notes"]) == 4),
        Step("", "G", "100 %"),
        Step("passage.previous", "[ n", "note 1 of 1"),
        Step("", "esc", READING),
        Step("note.write", "a", "save and close"),
        Step("note.discard", "ctrl+c", gone="save and close"),
        Step("note.write", "a", "save and close"),
        Step("note.continue", "ctrl+e", "Note saved", gone="save and close",
             saved=lambda tables: any(note["body"] == "By hand." for note in tables["notes"])),
        Step("run.quit", "q", ends=True),
    ),
    lambda tables: len(tables["notes"]) == 5 and any({"new", "japan"} == set(note["tags"]) for note in tables["notes"])
    and tagged(tables, "japan") == {"Talks in Tokyo"},
)  # fmt: skip

PARTS = (NAMES, PASSAGES)
