"""What is typed and pasted: words that mean something somewhere, and text that wants to steer the terminal."""

from __future__ import annotations

import random

from tui.commands.command import Kind
from tui.commands.registry import COMMANDS

WORDS = (
    "japan", "open", "agile", "the team", "18F", "tag:japan", "is:unread", "date:2014..2015", "-government",
    "person:a", "Zürich", "日本", "e\u0301", "\U0001f469\u200d\U0001f680", "[@click=app.quit]x[/]", "[/]", "+new",
    "-new", "a/b", "kept", "(", '"open source', "sort:title", "has:note", "near:5(open source)", "x" * 90, "", " ",
    "json: cat", "wc -l", "+kept -japan", "place:japan OR org:nasa", "when:2015", "is:gone", "is:changed", "$accent",
    "title:[Reuters]", "\u202eevil\u2066", "*", "note:one -tag:kept", "saved",
)  # fmt: skip

_EVIL = (
    "[@click=app.quit]x[/] \x1b]0;forged\x07\x1b[38;2;201;7;99m\u009b2J\x1b]52;c;cm0=\x07 \u202eevil\u2066 [/]",
    "\x1b[?1049l\x1b[?1000h\x1bc\x08\x7f\r\n\x00\x0e\x9b31m", "\x1bP1$r0m\x1b\\\x1b_Gi=1\x1b\\\x1b^x\x1b\\",
    "a\tb\x0bc\x0cd\x85e\u2028f", "\x1b]8;;file:///etc/passwd\x1b\\x\x1b]8;;\x1b\\", "\ufeff\ufffe\U000e0041\u200b",
    "rm -rf ~\n:quit\nq\n", "\x1b[200~\x1b[200~nested", "e" + "\u0301" * 300,
    "\u0627\u0644\u0639\u0631\u0628\u064a\u0629",
)  # fmt: skip
_MARKDOWN = ("# One\n\n- two", "> quoted", "*a* `b` [c](d)", ":wq", "one line\nanother\n\nthird " * 40)

ODD = (
    "\x1bOP", "\x1b[15~", "\x1b[24~", "\x1bx", "\x1b[1;5C", "\x1b[1;2A", "\x1b[97;5u", "\x1b[I", "\x1b[O",
    "\x1b[O\x1b[I", "\x1b[5;5R", "\x1b[?62;1c", "\x1b[?2026;2$y", "\x00", "\udce9", "\udcff\udcfe",
    "\x1b[M \udcff\udcff", "\x1b[<0;5", "\x1b[E", "\x1b[2~", "\x1b[Z", "\x1b\x1b", "ctrl+a", "ctrl+e",
    "ctrl+k", "ctrl+w", "ctrl+v", "ctrl+_", "delete", "shift+left", "shift+right", "backspace", "ctrl+g",
    "ctrl+s", "ctrl+q", "ctrl+h",
)  # fmt: skip
"""What terminals send besides keys that mean something, bytes that are no UTF-8 among it."""

_ARGUMENTS: dict[Kind, tuple[str, ...]] = {
    Kind.DAY: ("2017-03-20", "yesterday", "today", "2015", "31.2.2015", "never"),
    Kind.EXPORT: ("--format markdown -o kept.md", "--format jsonl --group tag", "-o a/b", "--format csv -o kept", "-o",
                  "--format nothing", "--group person -o kept.html --format html"),
    Kind.NAME: ("Japan", "NASA", "18F", "United States", "nobody"),
    Kind.ORDER: ("date", "title", "added", "words", "nothing"),
    Kind.PIPE: ("cat", "wc -l", "json: wc -c", "paths: cat", "sort", "false", "no-such-program", "head -n 1"),
    Kind.SETTING: ("width 60", "width 100", "width 7", "order title", "group day", "group folder", "theme safe",
                   "theme x"),
    Kind.TAGS: ("+kept", "-japan", "+kept -agile", "+a/b/c", "new", "+", "+[/]"),
    Kind.TEXT: ("a short note", "[@click=app.quit]x[/]", "Zürich 日本", "saved", "x" * 90),
    Kind.THEME: ("ansi", "dark", "light", "contrast", "safe", "nothing"),
    Kind.THING: ("kept", "saved", "japan", "Unread", "open data", "tags", "notes"),
    Kind.TOPIC: ("tag", "t", "note", "ctrl+d", "zzz"),
}  # fmt: skip

_LINES = tuple(command for command in COMMANDS if command.words and command.id != "run.quit")
_ANY = tuple(command for command in COMMANDS if command.id != "run.quit")


def words(chance: random.Random) -> str:
    """Return words for any question."""
    return chance.choice(WORDS)


def paste(chance: random.Random) -> str:
    """Return something pasted, as a terminal brackets it: hostile, long, or as notes are."""
    kind = chance.random()
    if kind < 0.5:
        text = chance.choice(_EVIL)
    elif kind < 0.95:
        text = chance.choice(WORDS + _MARKDOWN)
    else:
        text = "a long line that goes on " * 400
    return f"\x1b[200~{text}\x1b[201~"


def line(chance: random.Random) -> str:
    """Return a line to be written after `:`, with an argument where the command takes one."""
    if chance.random() < 0.1:
        return chance.choice((chance.choice(_ANY).id, "12", "nothing like it", "q", words(chance)))
    command = chance.choice(_LINES)
    called = chance.choice(command.words)
    if command.takes is None or chance.random() < 0.15:
        return called
    fitting = _ARGUMENTS.get(command.takes.kind, WORDS) if chance.random() < 0.85 else WORDS
    return f"{called} {chance.choice(fitting)}"
