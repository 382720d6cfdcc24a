"""The walk through the command line, the lists of keys, the labels and the links."""

from __future__ import annotations

from pathlib import Path

from walk_library import FILLERS
from walking import Part, Step, kept, untouched

LISTED, READING = r"⏎ open", r"w b name"
TOP = r"j  down +Move down  "
FIRST, SECOND = r"│ >Open the next", r"│ >Open the prev"

COMMAND_LINE = Part(
    "command line",
    (
        Step("help.palette", ":", FIRST),
        Step("command.down", "down", SECOND),
        Step("command.up", "up", FIRST),
        Step("command.page-down", "pagedown", gone=FIRST),
        Step("command.page-up", "pageup", FIRST),
        Step("command.close", "esc", gone="enter runs"),
        Step("", "f", "1 article  ", then=("~filter:", "zebra", "enter", "~“zebra”")),
        Step("find.clear", "", "filter taken off", then=(":", "~enter runs", "clear", "~:clear", "enter")),
        Step("", ":", "open vis", then=("~enter runs", "open vis", "~A visit to Moscow +2017")),
        Step("command.complete", "tab", ": open A visit to Moscow"),
        Step("command.take", "enter", READING, gone="enter runs"),
        Step("open.named", "", LISTED, then=(":", "~enter runs", "open Unread", "~Views", "enter")),
        Step("mark.all-read", "", r"mark read \d+ art", then=(":", "~enter runs", "catch-up", "~:catch-up", "enter")),
        Step("", "y", r"Marked \d+ articles read", saved=lambda tables: _read(tables) > FILLERS),
        Step("run.quit", "q", ends=True),
    ),
    lambda tables: _read(tables) > FILLERS,
)  # fmt: skip

KEYS = Part(
    "keys and labels",
    (
        Step("help.keys", "?", r"│ >j  down"),
        Step("overlay.down", "j", r"│ >k  up"),
        Step("overlay.up", "k", r"│ >j  down"),
        Step("overlay.page-down", "space", gone=TOP),
        Step("overlay.page-up", "pageup", r"│ >j  down"),
        Step("overlay.end", "G", gone=TOP),
        Step("overlay.start", "g g", r"│ >j  down"),
        Step("overlay.search", "/", r"│ >U  +List your", then=("history",)),
        Step("", "enter"),
        Step("overlay.take", "enter", "Your changes · 0"),
        Step("rows.close", "q", gone="Your changes · 0"),
        Step("hint.begin", ";", "type the letters"),
        Step("hint.leave", "esc", gone="type the letters"),
        Step("hint.begin", ";", r"(?m)^s★ Mar"),
        Step("hint.letter", "m", gone=r"(?m)^s★ Mar"),
        Step("hint.back", "backspace", r"(?m)^s★ Mar"),
        Step("hint.letter", "c", "Shinzo Abe · person · 1 of 9"),
        Step("open.next-article", "J", "Then he went"),
        Step("hint.begin", ";", r"went to[a-z]Oslo\."),
        Step("hint.leave", "esc", gone=r"went to[a-z]Oslo"),
        Step("link.list", "L", "Links of this article"),
        Step("links.copy", "y", "sent to the terminal, the link"),
        Step("links.open", "enter", "opened oslo.example with browser"),
        Step("links.show", "l", "1 word selected"),
        Step("", "esc", READING),
        Step("link.list", "L", "Links of this article"),
        Step("rows.close", "q", READING),
        Step("run.quit", "q", ends=True),
    ),
    untouched,
)  # fmt: skip

PROGRAMS = Part(
    "programs",
    (
        Step("run.pipe", "|", "wc is done", then=("~pipe 40 articles to:", "wc -l", "enter")),
        Step("overlay.close", "q", gone="searches · q closes"),
        Step("run.problems", "", "every file could be shown",
             then=(":", "~enter runs", "problems", "~:problems", "enter")),
        Step("overlay.close", "q", gone="every file could be shown"),
        Step("run.save", "", "all is saved as soon as", then=(":", "~enter runs", "write", "~:write", "enter")),
        Step("run.pager", "", r"\b[1-9]\d* lines name Tokyo",
             then=(":", "~enter runs", "pager", "~:pager", "enter")),
        Step("", "enter", "pager is done", gone="lines name Tokyo"),
        Step("", "|", r"sleep reads .*ctrl\+c stops", then=("~pipe 40 articles to:", "sleep 60", "enter")),
        Step("run.cancel", "ctrl+c", "sleep was stopped"),
        Step("", "", "Scribbled over", meanwhile=lambda terminal: terminal.scribble("Scribbled over")),
        Step("run.redraw", "ctrl+l", gone="Scribbled over"),
        Step("look.theme", "", "theme: light", then=(":", "~enter runs", "theme", "~:theme", "enter",
             "~type to narrow", "light", "~> *light", "enter")),
        Step("look.set", "", "lines of 50 columns",
             then=(":", "~enter runs", "set width 50", "~> *set width", "enter")),
        Step("run.export", "", "1 passage and 3 notes to out.md", then=(":", "~enter runs", "export", "~:export",
             "enter", "~Export 1 passage", "enter", "~export to:", "ctrl+u", "out.md", "enter"),
             saved=lambda _: "Who pays?" in Path("out.md").read_text()),
        Step("name.shown", "i", r"Highlighted +enter changes it"),
        Step("overlay.close", "q", gone="enter changes it"),
        Step("tag.edit", "t", "Tagged: water", then=("~tab complete", "water", "enter")),
        Step("tag.next", ",", r"(?m)^>.*A visit"),
        Step("note.editor", "A", "Note saved", saved=lambda tables: len(tables["notes"]) == 4),
        Step("run.quit", "q", ends=True),
    ),
    lambda tables: any("By hand." in note["body"] for note in tables["notes"])
    and (kept("theme"), kept("measure")) == ("light", 50),
)  # fmt: skip


def _read(tables: dict[str, list[dict[str, object]]]) -> int:
    return sum(bool(row["read"]) for row in tables["articles"])


PARTS = (COMMAND_LINE, KEYS, PROGRAMS)
