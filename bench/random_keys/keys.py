"""Which keys are pressed: every key of every command, words, and short ways into what single keys seldom reach."""

from __future__ import annotations

import random
from collections.abc import Iterator

from tui.commands.registry import COMMANDS

Press = tuple[str, ...]
"""Keys that belong together, as `Terminal.send` takes them."""

WORDS = (
    "japan", "open", "agile", "the team", "18F", "tag:japan", "is:unread", "date:2014..2015", "-government",
    "person:a",
    "Zürich", "日本", "e\u0301", "\U0001f469\u200d\U0001f680", "[@click=app.quit]x[/]", "[/]", "+new", "-new", "a/b",
    "kept", "(",
    '"open source', "sort:title", "has:note", "near:5(open source)", "x" * 90, "", " ", "json: cat", "wc -l",
)  # fmt: skip

MARKDOWN = ("# One\n\n- two", "> quoted", "*a* `b` [c](d)", ":wq")

_MOVES = (
    "j", "k", "j", "k", "down", "up", "space", "pagedown", "pageup", "ctrl+d", "ctrl+u", "G", "home", "end", "tab",
    "enter", "enter", "l", "h", "J", "K", "w", "w", "b", "n", "N", "left", "right",
)  # fmt: skip

_CHANGES: tuple[tuple[str | None, ...], ...] = (  # None stands for words
    ("t", None, "enter"), ("a", None, "esc"), ("1",), ("2",), ("3", None, "enter"), ("s",), ("r",), ("u",), ("u",),
    ("ctrl+r",), ("enter", "v", "j", "enter"), ("v", "p", "a", None, "esc"), ("v", "t", None, "enter"), ("v", "w", "1"),
    ("enter", "w", "x", "1"), ("w", "x", "3"), ("w", "c", "1", "1"), ("v", "w", "w", "+", "enter", "enter"),
    ("w", "m", "enter", "enter"), ("w", "m", None, "enter", "enter"), ("w", "enter", "t", None, "enter"),
    ("w", "enter", "a", None, "esc"), ("f", None, "enter"), ("f", None, "enter", "S", None, "enter"), ("esc", "esc"),
    ("*", "t", None, "enter", "y"), ("*", "1", "1"), ("space", "space", "s"), ("V", "j", "V", "r"),
    ("D", "2017-03-20", "enter"), ("] n", "enter", None, "esc"), ("] n", "X"), ("] n", "t", None, "enter"),
    ("ctrl+t", "r", None, "enter", "y"), ("ctrl+t", "d", "y"), ("ctrl+t", "j", "4"), ("U", "j", "enter"), ("U", "u"),
    ("ctrl+x", "d"), ("B", "a", None, "esc"), ("B", "j", "d"), ("B", "t", None, "enter"), ("B", "P"), ("E", "M", "x"),
    ("E", "M", "n"), ("E", "M", "u", "backspace"), ("E", "space", "j", "space", "F"), ("g m", "+", "enter"), ("W", "y"),
    (":", None, "enter"), (":", "saved", "enter"), ("o", None, "enter"), ("O", "j", "enter"), ("i", "j", "enter"),
    (":", "export", "enter", "enter", "enter", "enter"), ("|", None, "enter"), ("|", "json: wc -c", "enter"), ("A",),
    ("T", "1", "1", "T"), ("/", None, "enter", "n"), ("?", "/", None, "enter"), ("esc", "esc", "esc", "h"),
)  # fmt: skip

_ALL = tuple(keys for command in COMMANDS for keys in command.keys if command.id != "run.quit")


def presses(chance: random.Random, columns: int = 80, lines: int = 24) -> Iterator[Press]:
    """Yield keys without end, the same for the same chance."""
    while True:
        kind = chance.random()
        if kind < 0.25:
            yield tuple(chance.choice(_ALL).split())
        elif kind < 0.43:
            yield (chance.choice(_MOVES),)
        elif kind < 0.85:
            if chance.random() < 0.6:  # from wherever that was
                yield ("esc", "esc", chance.choice(("esc", "q")) if chance.random() < 0.1 else "esc")
            for step in chance.choice(_CHANGES):
                yield tuple(step.split()) if step is not None and len(step) < 8 else tuple(step or _words(chance))
        elif kind < 0.92:
            yield (chance.choice(("esc", "enter")),)
        elif kind < 0.96:
            yield tuple(_words(chance))
        elif kind < 0.98:
            yield (f"\x1b[200~{chance.choice(WORDS + MARKDOWN)}\x1b[201~",)
        else:
            yield (_mouse(chance, columns, lines),)


def _words(chance: random.Random) -> str:
    return chance.choice(WORDS)


def _mouse(chance: random.Random, columns: int, lines: int) -> str:
    """Click, drag or turn the wheel somewhere."""
    x, y = chance.randint(1, columns), chance.randint(1, lines)
    wheel = chance.choice((64, 65, 0, 0, 0))
    if wheel:
        return f"\x1b[<{wheel};{x};{y}M"
    to = (x, y) if chance.random() < 0.7 else (chance.randint(1, columns), chance.randint(1, lines))
    drag = "" if to == (x, y) else f"\x1b[<32;{to[0]};{to[1]}M"
    return f"\x1b[<0;{x};{y}M{drag}\x1b[<0;{to[0]};{to[1]}m"
