"""What the terminal shows is right, whatever happened to it meanwhile: `ctrl+l`, which draws all, changes nothing."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from pty_driver import COMMAND, OWN_TITLE, environment, reader, sequences

from bench.emulator import Emulator
from bench.terminal import Terminal

KEYS = (
    *("j", "j", "k", "ctrl+d", "G", "enter", "h", "space", "J", "K", "w", "b", "e", "tab", "z", "o", "esc", "t", "esc"),
    *("v", "esc", "V", "f", "a", "esc", "?", "esc", "s", "r", "u", "i", "/", "k", "u", "enter", "esc", "home", "end"),
)

TERMINALS: dict[str, dict[str, str]] = {
    "xterm": {},
    "tmux": {"TERM": "tmux-256color", "TMUX": "/tmp/none,1,0"},
    "GNU screen": {"TERM": "screen-256color", "STY": "1.none"},
    "Linux console": {"TERM": "linux", "COLORTERM": ""},
    "unknown": {"TERM": "ansi", "COLORTERM": ""},
    "without colour": {"NO_COLOR": "1"},
}


def assert_right(terminal: Terminal) -> None:
    """Check that drawing everything anew shows what is shown."""
    terminal.settle(1.6)  # counts follow a second later
    terminal.text()
    shown = terminal.screen.looks()
    before = len(terminal.received)
    terminal.send("ctrl+l")
    terminal.settle(0.5)
    assert b"\x1b[2J" in terminal.received[before:]
    terminal.text()
    for y, (old, new) in enumerate(zip(shown, terminal.screen.looks(), strict=True)):
        # The key has the status line say something else.
        assert y == terminal.lines - 2 or old == new, f"line {y}"


@pytest.mark.parametrize("name", TERMINALS)
def test_after_any_keys_and_sizes(indexed: tuple[Path, str], name: str) -> None:
    chance = random.Random(name)
    folder, cache = indexed
    with reader(folder, XDG_CACHE_HOME=cache, **TERMINALS[name]) as terminal:
        if name != "xterm":
            terminal.screen = Emulator(120, 40, margins=False, colour_erase=name not in ("GNU screen", "unknown"))
            terminal.margins = False
        terminal.wait_for(OWN_TITLE)
        terminal.settle(0.5)
        for number in range(3):
            for _ in range(10):
                terminal.send(chance.choice(KEYS))
                terminal.settle(0.03)
            terminal.send("esc", "esc")
            assert_right(terminal)
            if number % 2:
                terminal.resize(*chance.choice([(80, 24), (50, 20), (100, 30), (140, 45)]))
                terminal.settle(0.4)
                assert_right(terminal)
        assert terminal.process.poll() is None


def test_after_the_shell_had_the_terminal(indexed: tuple[Path, str]) -> None:
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("needs bash, for its job control")
    folder, cache = indexed
    with Terminal(
        [bash, "--norc", "--noprofile", "-i"], environment() | {"PS1": "prompt> ", "XDG_CACHE_HOME": cache}
    ) as terminal:
        terminal.wait_for("prompt>")
        terminal.send(f"{COMMAND} {folder}", "enter")
        terminal.wait_for(OWN_TITLE)
        terminal.settle(0.5)
        for size in ((120, 40), (90, 30)):
            terminal.send("ctrl+z")
            terminal.wait_for("Stopped")
            # Who is stopped is not told of a size.
            terminal.resize(*size)
            terminal.send("echo something else", "enter")
            terminal.settle(0.3)
            terminal.send("fg", "enter")
            terminal.wait_gone("something else")
            terminal.wait_for(OWN_TITLE)
            assert_right(terminal)
        # From a screen that lies over the main one, too.
        terminal.send("?")
        terminal.wait_for("Keys:")
        terminal.send("ctrl+z")
        terminal.wait_for("Stopped")
        terminal.send("fg", "enter")
        terminal.wait_for("Keys:")
        terminal.send("esc")
        terminal.wait_gone("Keys:")
        terminal.send("q")
        terminal.wait_for("prompt>")
        terminal.settle(0.3)
        assert not {"alternate screen", "mouse", "no line wrap", "hidden cursor"} & set(terminal.modes_left())
        assert "$y" not in terminal.text(), "an answer of the terminal was typed into the shell"
        terminal.send("exit", "enter")
        terminal.wait_end()


def test_after_the_editor_had_the_terminal(indexed: tuple[Path, str], tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nprintf "\\033[2J\\033[31mscribbled over\\033[m"\nread line\necho more >> "$1"\n')
    editor.chmod(0o755)
    folder, cache = indexed
    with reader(folder, XDG_CACHE_HOME=cache, EDITOR=str(editor)) as terminal:
        terminal.wait_for(OWN_TITLE)
        terminal.settle(0.5)
        terminal.send("a")
        terminal.wait_for("save and close")
        terminal.send("ctrl+e")
        terminal.wait_for("scribbled over")
        terminal.send("enter")
        terminal.wait_gone("scribbled over")
        terminal.wait_for("more")
        terminal.send("esc")
        assert_right(terminal)


def test_after_an_editor_that_fails_the_screen_is_back_and_says_so(indexed: tuple[Path, str], tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\necho kept >> "$1"\nexit 7\n')
    editor.chmod(0o755)
    folder, cache = indexed
    with reader(folder, XDG_CACHE_HOME=cache, EDITOR=str(editor)) as terminal:
        terminal.wait_for(OWN_TITLE)
        terminal.settle(0.5)
        terminal.send("A")
        terminal.wait_for(r"editor failed; what you wrote is in /\S+/note.md ")
        # It stands until a key, also once the text is kept as a draft.
        terminal.settle(1.0)
        assert "editor failed" in terminal.text()
        terminal.send("esc")
        terminal.wait_gone("editor failed")
        assert_right(terminal)


def test_after_a_pager_and_a_command_had_the_terminal(indexed: tuple[Path, str], tmp_path: Path) -> None:
    pager = tmp_path / "pager"
    pager.write_text('#!/bin/sh\nprintf "\\033[2J\\033[31m"; head -n 9; echo "paged $1"\nread line < /dev/tty\n')
    pager.chmod(0o755)
    folder, cache = indexed
    with reader(folder, XDG_CACHE_HOME=cache, PAGER=f"{pager} 'one word'") as terminal:
        terminal.wait_for(OWN_TITLE)
        terminal.settle(0.5)
        terminal.send(":")
        terminal.settle(0.3)
        terminal.send(*"pager", "enter")
        terminal.wait_for("paged one word")
        assert "VIEWS" not in terminal.text() and "Ferry strike leaves" in terminal.text()
        terminal.send("enter")
        terminal.wait_for("VIEWS")
        terminal.wait_gone("paged")
        assert_right(terminal)
        for command, seen, said in (
            ("! sh -c 'wc -l; echo xy${x}zzy; read line < /dev/tty; exit 3'", "xyzzy", "sh failed, exit status 3"),
            ("! no-such-command", "", "there is no command no-such-command"),
        ):
            terminal.send("|")
            terminal.wait_for("pipe .* to:")
            terminal.send(*command, "enter")
            if seen:
                terminal.wait_for(seen)
                terminal.send("enter")
            terminal.wait_for(said)
            terminal.wait_for("VIEWS")
        assert_right(terminal)


def test_the_whole_can_be_had_as_textual_writes_it(indexed: tuple[Path, str]) -> None:
    folder, cache = indexed
    with reader(folder, XDG_CACHE_HOME=cache, DATELINE_WIRE="whole") as terminal:
        terminal.wait_for(OWN_TITLE)
        terminal.settle(0.5)
        terminal.send("j")
        terminal.settle(0.3)
        assert b"\x1b[?69" not in terminal.received
        terminal.send("q")
        terminal.wait_end()
        assert terminal.modes_left() == []


def test_the_linux_console_is_sent_nothing_that_it_would_print(indexed: tuple[Path, str]) -> None:
    folder, cache = indexed
    with reader(folder, XDG_CACHE_HOME=cache, **TERMINALS["Linux console"]) as terminal:
        terminal.synchronised = terminal.margins = False
        terminal.wait_for(OWN_TITLE)
        terminal.settle(0.5)
        for key in ("j", "enter", "ctrl+d", "w", "?", "esc", "h", "f"):
            terminal.send(key)
            terminal.settle(0.2)
        # Its font has neither dots nor pens.
        assert not set("●✎°★") & set(terminal.text())
        sent = set(sequences(bytes(terminal.received)))
        assert not {one for one in sent if one.startswith("OSC") or one[-1] in "usSTb"}
        colours = {code for one in sent if one.endswith("m") for code in one[4:-1].split(";")}
        assert not {"38", "48", "58"} & colours, "more than sixteen colours"
