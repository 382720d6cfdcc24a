"""The screen that was left is on the terminal before anything is loaded, where it is what the reader will draw."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path
from typing import Any

import pytest
from pty_driver import OWN_TEXT, command, filter_by, go_to_own_article, leave, reader, seeds, wait_until

from bench.emulator import Emulator
from bench.terminal import SYNC, Terminal

IS_LOADED = b"\x1b[?69$p"
"""The first thing that the reader asks the terminal itself."""


@pytest.fixture
def own_folder(folder: Path, tmp_path: Path) -> Path:
    """Return samples to do something to."""
    own = seeds(tmp_path)
    assert command("index", own).returncode == 0
    return own


def read_and_leave(folder: Path, *keys: str) -> list[str]:
    """Open the samples, go to our own article, press keys and quit; returns what was shown."""
    with reader(folder) as terminal:
        go_to_own_article(terminal)
        for key in keys:
            terminal.send(key)
            terminal.settle(0.2)
        return leave(terminal)


def drawn_by_itself(terminal: Terminal) -> list[str]:
    """Wait until the reader is there and draws all anew; returns the screen, which was never another before."""
    wait_until(lambda: terminal.settle(0.7) or IS_LOADED in terminal.received, "it is loaded")
    first = terminal.text().split("\n")
    terminal.send("ctrl+l")
    terminal.settle(0.5)
    assert b"\x1b[2J" in terminal.received[terminal.received.index(IS_LOADED) :]
    screen, at = Emulator(terminal.columns, terminal.lines), 0
    for mark in SYNC.finditer(terminal.received):
        if mark[0].endswith(b"l"):
            screen.feed(bytes(terminal.received[at : mark.end()]))
            at = mark.end()
            # But for the line that tells what the indexer is doing.
            assert [*screen.display[:-2], screen.display[-1]] == [*first[:-2], first[-1]]
    return first


@pytest.mark.parametrize("keys", [(), ("k", "k"), ("enter", "ctrl+d"), ("enter", "n", "n")], ids=" ".join)
def test_what_was_left_is_shown_first_and_nothing_else_after_it(folder: Path, start, keys: tuple[str, ...]) -> None:
    left = read_and_leave(folder, *keys)
    with start(folder) as begun:
        shown = begun.reach()
        # All but the line that told what was done last.
        assert shown[:-2] == left[:-2] and shown[-1] == left[-1]
        begun.go_on()
        assert drawn_by_itself(begun.terminal)[:-2] == shown[:-2]
        leave(begun.terminal)


def test_keys_that_are_pressed_before_it_is_loaded_are_not_echoed_and_not_lost(folder: Path, start) -> None:
    read_and_leave(folder)
    with start(folder) as begun:
        shown = begun.reach()
        begun.terminal.send("f", *"abe", "enter")
        begun.terminal.settle(0.2)
        assert begun.terminal.text().split("\n") == shown
        begun.go_on()
        begun.terminal.wait_for("“abe”")
        leave(begun.terminal)


def has_frame_only(shown: list[str]) -> bool:
    """Tell whether nothing is shown but a title, where its colours are known, and that loading goes on."""
    return shown[0].strip() in ("", "seeds/", "Dateline") and {line.strip() for line in shown[1:]} <= {"", "opening"}


def tag(folder: Path) -> None:
    assert command("tag", folder / "000_9df55ca59aaa8a9a.txt", "--", "+later").returncode == 0


def another_article(folder: Path) -> None:
    (folder / "news.txt").write_text("News\n\nA new article came.\n")
    assert command("index", folder).returncode == 0


def another_setting(_: Path) -> None:
    file = Path(os.environ["XDG_CONFIG_HOME"]) / "dateline" / "config.toml"
    file.parent.mkdir(exist_ok=True)
    file.write_text('theme = "light"\n')


def no_folder(folder: Path) -> None:
    folder.rename(folder.with_name("elsewhere"))
    folder.write_text("no folder any more")


def a_damaged_screen(_: Path) -> None:
    file = kept_file()
    file.write_bytes(file.read_bytes().replace(b"trade", b"tirade").replace(b"Japan", b"Jap\\u001b"))


@pytest.mark.parametrize("change", [tag, another_article, another_setting, no_folder, a_damaged_screen])
def test_it_is_not_shown_where_something_has_changed(own_folder: Path, start, change) -> None:
    read_and_leave(own_folder)
    change(own_folder)
    with start(own_folder) as begun:
        assert has_frame_only(begun.reach())
        begun.go_on()


@pytest.mark.parametrize(
    "other",
    [{"columns": 100}, {"lines": 39}, {"NO_COLOR": "1"}, {"COLORTERM": ""}, {"LC_ALL": "C"}, {"TMUX": "/tmp/t,1,0"}],
    ids=str,
)
def test_it_is_not_shown_on_another_terminal(folder: Path, start, other: dict[str, object]) -> None:
    read_and_leave(folder)
    with start(folder, **other) as begun:
        assert has_frame_only(begun.reach())
        begun.go_on()
        begun.terminal.wait_for(OWN_TEXT)


def test_a_killed_session_leaves_no_screen(folder: Path, start) -> None:
    read_and_leave(folder)
    with reader(folder) as terminal:
        terminal.wait_for(OWN_TEXT)
        filter_by(terminal, "abe")
        place = Path(os.environ["XDG_STATE_HOME"]) / "dateline"
        wait_until(lambda: any("abe" in file.read_text() for file in place.glob("*.running.json")), "the place is kept")
        terminal.signal(signal.SIGKILL)
        terminal.wait_end()
    with start(folder) as begun:
        assert has_frame_only(begun.reach())
        begun.go_on()
        begun.terminal.wait_for("“abe”")


def test_what_no_start_begins_with_is_not_kept(folder: Path) -> None:
    read_and_leave(folder)
    assert kept_file().stat().st_mode & 0o777 == 0o600
    with reader(folder) as terminal:
        terminal.wait_for(OWN_TEXT)
        filter_by(terminal, "abe")
        leave(terminal)
    assert kept_screen()["cells"] == {}


@pytest.mark.parametrize("end", ["broken", signal.SIGTERM, signal.SIGHUP])
def test_a_start_that_ends_before_it_is_loaded_gives_the_terminal_back(folder: Path, start, end) -> None:
    read_and_leave(folder)
    with start(folder) as begun:
        assert "newest first" in begun.reach()[0]
        if end == "broken":
            begun.go_on(end)
        else:
            begun.terminal.signal(end)
        begun.terminal.wait_end()
        assert begun.terminal.modes_left() == []
        if end == "broken":
            # On the shell's screen.
            assert begun.terminal.received.rindex(b"\x1b[?1049l") < begun.terminal.received.rindex(b"broken")
        else:
            assert begun.terminal.process.returncode == 128 + end


def test_ctrl_c_does_not_kill_what_is_on_the_screen_already(folder: Path, start) -> None:
    read_and_leave(folder)
    with start(folder) as begun:
        begun.reach()
        begun.terminal.send("ctrl+c", "f")
        begun.go_on()
        begun.terminal.wait_for("filter:")
        begun.terminal.send("enter")
        leave(begun.terminal)
        assert begun.terminal.process.returncode == 0


INTERRUPTED = """
import os, signal
from tui import last_screen

write = last_screen._write

def interrupted(text):
    last_screen._write = write
    write(text)
    os.kill(os.getpid(), signal.SIGINT)

last_screen._write = interrupted
"""
"""Sends a signal in the very moment that the screen is shown."""


def test_an_interrupt_in_the_first_moment_is_not_heeded(folder: Path, tmp_path: Path) -> None:
    read_and_leave(folder)
    (tmp_path / "sitecustomize.py").write_text(INTERRUPTED)
    with reader(folder, PYTHONPATH=str(tmp_path)) as terminal:
        terminal.wait_for("newest first")
        terminal.send("q")
        terminal.wait_end()
        assert terminal.process.returncode == 0 and terminal.modes_left() == []


def test_ctrl_c_ends_what_is_loaded_for_too_long(folder: Path, start) -> None:
    read_and_leave(folder)
    with start(folder) as begun:
        begun.reach()
        begun.terminal.signal(signal.SIGALRM)  # what comes after ten seconds by itself
        begun.terminal.settle(0.3)
        begun.terminal.send("ctrl+c")
        begun.terminal.wait_end()
        assert begun.terminal.process.returncode == 130 and begun.terminal.modes_left() == []


def test_a_start_that_is_stopped_lends_the_shell_its_terminal(folder: Path, start) -> None:
    read_and_leave(folder)
    with start(folder) as begun:
        shown = begun.reach()
        begun.terminal.signal(signal.SIGTSTP)
        wait_until(lambda: begun.terminal.settle(0.1) or begun.terminal.modes_left() == [], "the terminal is a shell's")
        begun.terminal.signal(signal.SIGCONT)
        wait_until(lambda: begun.terminal.settle(0.1) or begun.terminal.text().split("\n") == shown, "it is back")
        begun.go_on()
        assert drawn_by_itself(begun.terminal)[:-2] == shown[:-2]
        leave(begun.terminal)


def test_it_comes_back_to_the_middle_of_a_long_list_at_once(tmp_path: Path, start) -> None:
    folder = tmp_path / "long"
    folder.mkdir()
    for number in range(320):
        (folder / f"{number:03}.txt").write_text(f"Article {number}\n\n1 January {1300 + number}\n\nWords {number}.\n")
    assert command("index", folder).returncode == 0
    with reader(folder) as terminal:
        terminal.wait_for("320 articles")
        terminal.send("G")
        terminal.settle(0.5)
        terminal.send(*["pageup"] * 2, "k")
        left = leave(terminal)
    with start(folder) as begun:
        assert begun.reach() == left
        begun.go_on()
        assert drawn_by_itself(begun.terminal)[:-2] == left[:-2]
        leave(begun.terminal)


def kept_file() -> Path:
    return Path(os.environ["XDG_STATE_HOME"]) / "dateline" / "last-screen.json"


def kept_screen() -> dict[str, Any]:
    return json.loads(kept_file().read_bytes().partition(b"\n")[2])


def test_no_text_of_it_goes_into_a_report(folder: Path) -> None:
    read_and_leave(folder)
    words = kept_screen()["cells"]["rows"]
    assert any("Japan" in text for text, _ in words)
    assert "Japan" not in command("doctor", "--report").stdout
