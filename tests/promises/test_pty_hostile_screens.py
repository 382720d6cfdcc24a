"""Whatever others wrote steers the terminal on no screen, at no size, and runs no action."""

from __future__ import annotations

from pathlib import Path

import hostile_library
import pytest
from hostile_library import FORGED, SHOWN
from pty_driver import COMMAND, environment, reader

from bench.leaks import leaks
from bench.terminal import Terminal

PRINTF = r"printf '\033]0;forged\007\033[38;2;201;7;99m\302\2332J\342\200\256\133@click=app.quit]piped'"
"""A command whose output is as hostile as what others wrote."""

PLAIN = rf"(?m)^.{{1,20}}Named {SHOWN}"
"""The list is in front again: its first row."""

HERE = f"\x1b]0;forged\x07[@click=app.quit]\x1b[{FORGED}m\u202e"
"""The folder that all is started in is named so."""

BROKEN = r"\W*".join("broken")
"""A word wherever a line ends in it."""
SCREENS: tuple[tuple[str, ...], ...] = (
    ("g g", "enter", "~w b name", "] p", f"~(?m)^ Shinzo Abe{SHOWN}", "v", "~2 words selected", "y", "~sent to", "esc"),
    (";", "~type the letters", "ctrl+c"),
    ("e", f"~(?s)WHO.*{SHOWN}.*hidden \\(", "i", "~Highlighted", "q", "c", f"~{SHOWN}", "ctrl+c", "e", PLAIN, "h"),
    ("t", f"~{SHOWN}.*tab takes", "tab", f"~tags?: ?{SHOWN}", "ctrl+u", "ctrl+c"),
    ("E", f"~(?s)in the whole library · .*{SHOWN}", "o", "~Kinds of names", "q", "s", "~by mentions"),
    ("?", "~Keys: ", "q"),
    ("m", "~Same as yet", "enter", "~is the same as:", "Lav", f"~Lavrov{SHOWN}.*person *\n.*: Lav", "tab", "enter",
     f"~(?s)Lavrov{SHOWN}.*Count both as", "ctrl+c"),
    ("M", f"~(?s)1 of 1.*Lavrov{SHOWN}.*Lavrov{SHOWN}", "s", "n", "~all: 1 decided", "backspace", "~mentions", "q"),
    ("/", "~find:", "Abe", "enter", "~1 name", "enter", f"~(?s)joined: .*{SHOWN}.*MENTIONS", "tab", "tab"),
    ("a", "~save and close", "ctrl+c", "~discard", "y", "enter", "F", f"~articles with .*{SHOWN}", "esc", PLAIN),
    ("g m", f"~(?s)Where: 3 places.*{SHOWN}", "+", "-", "w", "p", "~When: ", "q", PLAIN),
    ("ctrl+t", f"~(?s)Your tags.*{SHOWN}", "r", f"~(new name|to): {SHOWN}", "ctrl+c"),
    ("d", "~y or n", "ctrl+c", "q", PLAIN),
    ("S", f"~(?s)Your saved searches.*{SHOWN}", "e", f"~: abe {SHOWN}", "ctrl+c"),
    ("r", f"~(?s)rename {SHOWN}.*(new name|to):", "ctrl+c", "q", PLAIN),
    ("o", f"~(?s)type to narrow.*{SHOWN}", "ctrl+c", PLAIN),
    ("U", f"~(?s)Your changes.*{SHOWN}", "q", PLAIN),
    ("ctrl+x", f"~(?s)Your corrections of names.*{SHOWN}", "q", PLAIN),
    ("B", f"~(?s)Notes · .*{SHOWN}", "=", "~[Bb]oth", "ctrl+c", "o", "~Which notes", "ctrl+c", "L", "~all libraries"),
    ("G", "P", "~Where does this note belong", "ctrl+c", "t", "~tag the note:", "ctrl+c"),
    ("a", "~save and close", "ctrl+c", "~discard", "y", "enter"),
    ("q", PLAIN, ":", "~Command ", "open Ta", f"~│    Talks {SHOWN}", "ctrl+c", PLAIN),
    ("G", "k", "~Nothing else is said", "d", f"~(?s)new {SHOWN}.*as it is now", "n", "q", PLAIN),
    ("k", "L", f"~(?s)Links of.*{SHOWN}", "q", PLAIN),
    (":", "~Command ", "problems", "enter", f"~(?s)Could not be shown.*{BROKEN}.*damaged or cut short", "q", PLAIN),
    ("|", r"~pipe \d+ articles to:", PRINTF, "enter", rf"~(?s)printf is done.*{SHOWN}=app\.quit\]piped", "q", PLAIN),
    (":", "~Command ", "export", "enter", "~(?s)Export .*Markdown", "enter", "~export to:", "ctrl+u",
     "[@click=app.quit]x", "enter", rf"~notes? to .*{SHOWN}|{SHOWN}=app\.quit\]x exists; replace", "ctrl+c"),
    ("W", "~tag what is new\\? y or n:", "n", "enter", "~nothing tagged"),
    ("D", "~published:", "ctrl+u", "[@click=app.quit]x", "enter", rf"~{SHOWN}=app\.quit\]x.*is no date", "j", "k"),
    ("f", "~filter:", "tag:[", f"~{SHOWN}.*tab takes", "tab", "enter", f"~All · “tag:.*{SHOWN}", "esc", PLAIN),
)  # fmt: skip
"""Keys, and after `~` what must show: that the screen is there, and what is hostile on it."""


COMMANDS = ("list", "entities", "notes", "doctor", "export --group person", "show")
LINES = ("open 1", "next", "names", "notes", "tags", "quit")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of the hostile library."""
    return hostile_library.make(tmp_path)


def walk(terminal: Terminal) -> None:
    """Open every screen, by keys."""
    for keys in SCREENS:
        for one in keys:
            try:
                if one.startswith(("~", "(")):
                    terminal.wait_for(one.removeprefix("~"))
                else:
                    terminal.send(*(one.split() if one in ("g g", "g m", "] p") else (one,)))
            except AssertionError as error:
                error.add_note(f"{one!r} of {keys}")
                raise
            if one == "esc":
                terminal.settle(0.15, limit=1)  # what follows in one read would be alt and a letter


def test_no_screen_passes_it_on(folder: Path, own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = folder.parent / HERE
    here.mkdir()
    monkeypatch.chdir(here)
    for columns, lines in ((80, 24), (120, 40)):
        (own_home / ".local/state/dateline/looks.json").write_text('{"greeted": false}')
        with reader(folder, columns=columns, lines=lines) as terminal:
            terminal.wait_for("FIRST KEYS")  # the card of the very first start
            terminal.wait_for("o shows")  # a later notice would come over what a key says
            terminal.wait_for("1 unreadable")
            walk(terminal)
            terminal.send("q")
            terminal.wait_end()
            assert terminal.process.returncode == 0
            assert leaks(bytes(terminal.received), [FORGED], replacement=True, copies=1) == []
    for words in COMMANDS:
        about = folder / "talks.txt" if words == "show" else folder
        with Terminal([str(COMMAND), *words.split(), str(about)], environment() | {"PAGER": "cat"}, 80, 24) as terminal:
            terminal.wait_end(60)
            assert terminal.process.returncode == 0, words
            assert SHOWN.removeprefix("\\") in terminal.received.decode("utf-8", "replace"), words
            assert leaks(bytes(terminal.received), [FORGED], replacement=True) == [], words
    with Terminal([str(COMMAND), "read", str(folder)], environment() | {"TERM": "dumb"}, 80, 24) as terminal:
        for one in LINES:
            terminal.wait_for(r">\s*\Z")
            terminal.send(one, "enter")
        terminal.wait_end()
        assert terminal.process.returncode == 0
        assert SHOWN.removeprefix("\\") in terminal.received.decode("utf-8", "replace")
        assert leaks(bytes(terminal.received), [FORGED], replacement=True) == []
