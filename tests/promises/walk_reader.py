"""The walk through the text: names, passages, their notes."""

from __future__ import annotations

from walking import Part, Step, tagged

READING, LISTED = r"w b name", r"⏎ open"

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
        Step("name.panel", "e", "hidden: numbers"),
        Step("", "j", r"(?m)^>Shinzo Abe"),
        Step("name.go", "l", "Shinzo Abe · person · 1 of 9"),
        Step("correct.drop", "x", "Not a name here: Shinzo Abe", then=("~is no name", "1"),
             saved=lambda tables: len(tables["corrections"]) == 1),
        Step("correct.list", "ctrl+x", "Your corrections of names"),
        Step("corrections.withdraw", "d", "ithdr|taken back"),
        Step("corrections.undo", "u", "Undone: "),
        Step("corrections.redo", "ctrl+r", "Redone: "),
        Step("rows.close", "q", gone="Your corrections of names"),
        Step("run.quit", "q", ends=True),
    ),
    lambda tables: not tables.get("corrections"),
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
        Step("select.paragraph", "p", "3 sentences, 17 words"),
        Step("passage.highlight", "enter", "Highlighted", saved=lambda tables: len(tables["notes"]) == 4),
        Step("passage.next", "] n", "highlight 1 of 1"),
        Step("passage.tag", "t", "Tagged the note: new", then=("~tab complete", "new", "enter")),
        Step("passage.digit", "1", "Tagged the note: japan"),
        Step("passage.edit", "enter", r"Why\?", then=("~save and close", "Why?")),
        Step("note.save", "esc", "Note saved", gone="save and close"),
        Step("passage.delete", "X", "Note deleted", saved=lambda tables: len(tables["notes"]) == 3),
        Step("undo.undo", "u", "Undone: Note deleted", saved=lambda tables: len(tables["notes"]) == 4),
        Step("note.write", "a", "save and close"),
        Step("note.discard", "ctrl+c", gone="save and close"),
        Step("run.quit", "q", ends=True),
    ),
    lambda tables: any({"new", "japan"} == set(note["tags"]) for note in tables["notes"])
    and tagged(tables, "japan") == {"Talks in Tokyo"},
)  # fmt: skip

PARTS = (NAMES, PASSAGES)
