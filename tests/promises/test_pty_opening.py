"""Where the last screen may have changed, a start shows the frame of the reader before anything is loaded."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from pty_driver import COMMAND, OWN_TITLE, environment, filter_by, leave, reader, wait_until

from bench.emulator import Look
from bench.terminal import Terminal


def leave_changed(folder: Path, **variables: str) -> None:
    """Leave the reader as no start begins."""
    with reader(folder, **variables) as terminal:
        terminal.wait_for(OWN_TITLE)
        filter_by(terminal, "abe")
        leave(terminal)


def setting(words: str) -> None:
    file = Path(os.environ["XDG_CONFIG_HOME"]) / "dateline" / "config.toml"
    file.parent.mkdir(exist_ok=True, parents=True)
    file.write_text(words)


def grounds(terminal: Terminal) -> list[Look]:
    """Return the last cells of the head, of the status line and of the page below that."""
    terminal.text()
    looks = terminal.screen.looks()
    return [looks[line][-1] for line in (0, -2, -1)]


TERMINALS = {
    "all colours": {},
    "none": {"NO_COLOR": "1"},
    "16": {"TERM": "xterm-16color", "COLORTERM": ""},
    "256": {"TERM": "xterm-256color", "COLORTERM": ""},
    "kitty": {"TERM": "xterm-kitty", "COLORTERM": ""},
}


@pytest.mark.parametrize("theme", ["", "light", "contrast", "ansi"])
@pytest.mark.parametrize("kind", TERMINALS)
def test_the_frame_has_the_colours_that_the_reader_has(folder: Path, start, kind: str, theme: str) -> None:
    if theme:
        setting(f'theme = "{theme}"\n')
    leave_changed(folder, **TERMINALS[kind])
    with start(folder, **TERMINALS[kind]) as begun:
        assert begun.reach()[0].rstrip() == " seeds/"
        before = grounds(begun.terminal)
        begun.go_on()
        begun.terminal.wait_for(r"All +12")  # what comes last
        begun.terminal.settle(0.5)
        words = begun.terminal.text()
        assert grounds(begun.terminal) == before
        begun.terminal.send("ctrl+l")
        begun.terminal.settle(0.5)
        assert begun.terminal.text().split("\n")[:-2] == words.split("\n")[:-2] and "opening" not in words
        leave(begun.terminal)


@pytest.mark.parametrize("kind", ["all colours", "none", "16"])
def test_a_very_first_start_has_it_too(folder: Path, start, kind: str) -> None:
    with start(folder, **TERMINALS[kind]) as begun:
        assert begun.reach()[0].rstrip() == " Dateline"
        before = grounds(begun.terminal)
        begun.go_on()
        begun.terminal.wait_for("newest first")
        begun.terminal.settle(0.5)
        assert grounds(begun.terminal) == before
        begun.terminal.send("esc")  # closes the first card
        leave(begun.terminal)


@pytest.mark.parametrize("kind", ["256", "kitty"])
def test_a_first_start_whose_colours_are_not_known_shows_none(folder: Path, start, kind: str) -> None:
    with start(folder, **TERMINALS[kind]) as begun:
        assert not "".join(begun.reach()).strip() and b"\x1b[?1049h" not in begun.terminal.received
        begun.go_on()


@pytest.mark.parametrize("change", [{"TERM": "screen-256color"}, {"columns": 39}, {"lines": 11}], ids=str)
def test_none_is_shown_where_it_may_not_fit(folder: Path, start, change: dict[str, object]) -> None:
    variables = {name: value for name, value in change.items() if name == "TERM"}
    leave_changed(folder, **variables)
    with start(folder, **change) as begun:
        assert not "".join(begun.reach()).strip()
        begun.go_on()


def test_another_terminal_has_its_own_colours(folder: Path, start) -> None:
    leave_changed(folder, NO_COLOR="1")
    with start(folder) as begun:
        assert begun.reach()[0].rstrip() == " seeds/"
        before = grounds(begun.terminal)
        begun.go_on()
        begun.terminal.wait_for("newest first")
        begun.terminal.settle(0.5)
        assert grounds(begun.terminal) == before and before[0] != before[-1]
        leave(begun.terminal)


def test_another_folder_has_no_title_of_this_one(folder: Path, start, tmp_path: Path) -> None:
    leave_changed(folder)
    other = tmp_path / "other"
    other.mkdir()
    (other / "news.txt").write_text("News\n\nSomething came.\n")
    with start(other) as begun:
        assert begun.reach()[0].rstrip() == " Dateline"
        begun.go_on()
        begun.terminal.wait_for("other/ · All")
        leave(begun.terminal)


@pytest.mark.parametrize("change", ["settings", "theme"])
def test_none_is_shown_where_the_colours_may_be_others(folder: Path, start, change: str) -> None:
    leave_changed(folder)
    if change == "settings":
        setting('theme = "light"\n')
    else:
        looks = Path(os.environ["XDG_STATE_HOME"]) / "dateline" / "looks.json"
        looks.write_text('{"theme": "light", "greeted": true}')
    with start(folder) as begun:
        assert not "".join(begun.reach()).strip()
        begun.go_on()


def test_it_tells_what_takes_long(folder: Path, start) -> None:
    leave_changed(folder)
    with start(folder) as begun:
        begun.reach()
        begun.terminal.wait_for("opening")
        assert begun.terminal.text().split("\n")[-2].rstrip() == " opening"
        begun.go_on()
        begun.terminal.wait_for("newest first")
        begun.terminal.settle(0.5)
        assert "opening" not in begun.terminal.text()
        leave(begun.terminal)


def test_keys_that_are_pressed_meanwhile_are_not_echoed_and_not_lost(folder: Path, start) -> None:
    leave_changed(folder)
    with start(folder) as begun:
        begun.reach()
        begun.terminal.send("f", *"tokyo", "enter")
        begun.terminal.settle(0.2)
        assert "tokyo" not in begun.terminal.text()
        begun.go_on()
        begun.terminal.wait_for("“tokyo”")
        leave(begun.terminal)


@pytest.mark.parametrize("end", ["broken", "ctrl+c", signal.SIGTERM, signal.SIGHUP])
def test_a_start_that_ends_meanwhile_gives_the_terminal_back(folder: Path, start, end) -> None:
    with start(folder) as begun:
        assert begun.reach()[0].rstrip() == " Dateline"
        if end == "broken":
            begun.go_on(end)
        elif end == "ctrl+c":
            begun.terminal.send(end)
        else:
            begun.terminal.signal(end)
        begun.terminal.wait_end()
        assert begun.terminal.modes_left() == []
        if end == "broken":
            # On the shell's screen.
            assert begun.terminal.received.rindex(b"\x1b[?1049l") < begun.terminal.received.rindex(b"broken")
        else:
            assert begun.terminal.process.returncode == (130 if end == "ctrl+c" else 128 + end)


def test_a_start_that_is_stopped_lends_the_shell_its_terminal(folder: Path, start) -> None:
    with start(folder) as begun:
        begun.reach()
        begun.terminal.wait_for("opening")
        shown = begun.terminal.text()
        begun.terminal.signal(signal.SIGTSTP)
        wait_until(lambda: begun.terminal.settle(0.1) or begun.terminal.modes_left() == [], "the terminal is a shell's")
        begun.terminal.signal(signal.SIGCONT)
        wait_until(lambda: begun.terminal.settle(0.1) or begun.terminal.text() == shown, "it is back")
        begun.go_on()
        begun.terminal.wait_for("newest first")
        leave(begun.terminal)


def test_what_cannot_be_opened_is_told_on_the_shells_screen() -> None:
    with reader("/dev/null") as terminal:
        terminal.wait_end()
        assert "/dev/null" in terminal.received.decode().rpartition("\x1b[?1049l")[2]
        assert " Dateline" in terminal.received.decode() and terminal.modes_left() == []


@pytest.mark.parametrize("words", [["list"], ["nowhere"], ["--help"], ["--version"], []], ids=" ".join)
def test_what_opens_no_reader_shows_no_frame(folder: Path, words: list[str]) -> None:
    more = [str(folder)] if words == ["list"] else []
    with Terminal([str(COMMAND), *words, *more], environment()) as terminal:
        terminal.wait_end()
        assert b"\x1b[?1049h" not in terminal.received
