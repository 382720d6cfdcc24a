"""However the reader is ended, what was done is saved and the terminal is as it was."""

from __future__ import annotations

import shutil
import signal
from pathlib import Path

import pytest
from held_start import held_start
from pty_driver import (
    COMMAND,
    OWN_TEXT,
    OWN_TITLE,
    command,
    environment,
    go_to_own_article,
    indexed_seeds,
    reader,
    seeds,
    wait_until,
)

from bench.terminal import Terminal


def hang_up(terminal: Terminal) -> None:
    terminal.hang_up()


def hangup_signal(terminal: Terminal) -> None:
    terminal.signal(signal.SIGHUP)


def terminate(terminal: Terminal) -> None:
    terminal.signal(signal.SIGTERM)


@pytest.mark.parametrize("end", [hang_up, hangup_signal, terminate])
def test_an_ended_session_leaves_place_tags_and_draft_behind_and_no_process(tmp_path: Path, end) -> None:
    folder = seeds(tmp_path)
    with reader(folder) as terminal:
        go_to_own_article(terminal)
        terminal.send("t")
        terminal.settle()
        terminal.send(*"kept", "enter")
        terminal.wait_for("saved")
        terminal.send("a")
        terminal.wait_for("save and close")
        terminal.send(*"half a thought")
        terminal.wait_for("half a thought")
        end(terminal)
        terminal.wait_end(seconds=5)
        if end is not hang_up:
            assert terminal.modes_left() == []
        assert terminal.left_behind() == []

    assert command("list", folder, "-q", "tag:kept").stdout.count(OWN_TITLE) == 1
    with reader(folder) as terminal:
        terminal.wait_for(OWN_TEXT)  # the same article
        terminal.send("a")
        terminal.wait_for("half a thought")
        terminal.send("esc")
        wait_until(lambda: "half a thought" in command("notes").stdout, "the draft became a note")
        terminal.send("q")
        terminal.wait_end()


def test_a_terminal_that_is_gone_ends_the_session_also_where_a_hang_up_is_not_heeded(tmp_path: Path) -> None:
    shell = ["sh", "-c", 'trap "" HUP; "$0" "$1"; true', str(COMMAND), str(seeds(tmp_path))]
    with Terminal(shell, environment()) as terminal:
        terminal.wait_for(OWN_TITLE)
        terminal.hang_up()
        terminal.wait_end(seconds=10)
        assert terminal.left_behind() == []


def test_ctrl_c_never_kills(tmp_path: Path) -> None:
    with reader(seeds(tmp_path)) as terminal:
        terminal.wait_for(OWN_TITLE)
        terminal.send("ctrl+c")
        terminal.send("ctrl+c")
        terminal.settle()
        terminal.send("j")
        terminal.settle()
        assert terminal.process.poll() is None
        terminal.send("q")
        terminal.wait_end()
        assert terminal.process.returncode == 0


_AFTER_THE_TERMINAL = "textual.layouts.factory"
"""What Textual loads when it has set the terminal, and before the app is mounted."""


@pytest.mark.parametrize("left_before", [False, True])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_in_the_middle_of_a_start_leaves_no_terminal_as_it_is_then(
    tmp_path: Path, number: signal.Signals, left_before: bool
) -> None:
    folder, cache = indexed_seeds(tmp_path)
    if left_before:  # and shown again
        with reader(folder, XDG_CACHE_HOME=cache) as terminal:
            terminal.wait_for("newest first")
            terminal.settle(0.5)
            terminal.send("q")
            terminal.wait_end()
    with held_start(tmp_path, _AFTER_THE_TERMINAL, folder, XDG_CACHE_HOME=cache) as begun:
        begun.reach()
        begun.terminal.signal(number)
        if number == signal.SIGINT:  # which ends nothing, as ctrl+c does not
            begun.terminal.settle(0.3)
            begun.go_on()
            begun.terminal.wait_for("newest first")
            begun.terminal.send("q")
        begun.terminal.wait_end()
        assert begun.terminal.process.returncode == (0 if number == signal.SIGINT else 128 + number)
        assert begun.terminal.modes_left() == []


def test_ctrl_z_gives_the_shell_its_terminal_back_and_fg_the_reader(tmp_path: Path) -> None:
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("needs bash, for its job control")
    folder = seeds(tmp_path)
    with Terminal([bash, "--norc", "--noprofile", "-i"], environment() | {"PS1": "prompt> "}) as terminal:
        terminal.wait_for("prompt>")
        terminal.send(f"{COMMAND} {folder}", "enter")
        terminal.wait_for(OWN_TITLE)
        terminal.settle()
        terminal.send("ctrl+z")
        terminal.wait_for("Stopped")
        ours = {"alternate screen", "mouse", "mouse motion", "mouse coordinates", "hidden cursor", "no line wrap"}
        assert not ours & set(terminal.modes_left())  # the shell has its own: paste, line editing
        terminal.send("fg", "enter")
        terminal.wait_gone("Stopped")
        terminal.wait_for(OWN_TITLE)
        assert "alternate screen" in terminal.modes_left()
        terminal.send("q")
        terminal.wait_for("prompt>")
        terminal.settle()
        terminal.send("exit", "enter")
        terminal.wait_end()


def cursor_line(terminal: Terminal) -> int:
    """Return the line of the screen with the list's cursor; above it one stands at the view."""
    return max(at for at, line in enumerate(terminal.text().splitlines()) if line.startswith(">"))


def test_signals_to_stop_and_go_on_leave_one_reader_with_the_terminal(tmp_path: Path) -> None:
    with reader(seeds(tmp_path)) as terminal:
        terminal.wait_for(OWN_TITLE)
        terminal.settle()
        for number in (signal.SIGSTOP, signal.SIGCONT, signal.SIGCONT, signal.SIGSTOP, signal.SIGCONT):
            terminal.signal(number)
        terminal.send("?")
        terminal.wait_for("Move down")
        terminal.send("q")
        terminal.wait_gone("Move down")
        # Two that read would tear these apart: each is three bytes.
        terminal.wait_for("12 articles")
        terminal.send("g", "g")
        terminal.wait_for("(?m)^>● Nov’24 Ferry")
        before = cursor_line(terminal)
        terminal.send(*["down"] * 5)
        wait_until(lambda: terminal.settle(0.1) or cursor_line(terminal) == before + 5, "each key counted once")
        terminal.send("q")
        terminal.wait_end()
        assert terminal.process.returncode == 0
        assert terminal.modes_left() == []
