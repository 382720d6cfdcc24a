"""Over mosh, which draws the screen with a terminal of its own on the way: the same is seen, and nothing is lost."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pty_driver import COMMAND, OWN_TEXT, command, environment, reader, seeds, wait_until

from bench.terminal import Terminal

Connect = Callable[[Path], tuple[Terminal, int]]


def free_port() -> int:
    """Return a port on which nothing listens yet."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture
def connect() -> Iterator[Connect]:
    """Return what starts the reader behind mosh: a terminal that shows it, and the number of mosh's server."""
    server, client = shutil.which("mosh-server"), shutil.which("mosh-client")
    if server is None or client is None:
        pytest.skip("needs mosh")
    servers: list[int] = []

    def start(folder: Path) -> tuple[Terminal, int]:
        port = str(free_port())
        began = subprocess.run(
            [server, "new", "-i", "127.0.0.1", "-p", port, "-c", "256", "--", str(COMMAND), str(folder)],
            env=environment(), capture_output=True, text=True, check=True, stdin=subprocess.DEVNULL, timeout=30,
        )  # fmt: skip
        key, pid = re.search(r"MOSH CONNECT \d+ (\S+)", began.stdout), re.search(r"pid = (\d+)", began.stderr)
        assert key is not None and pid is not None, began
        servers.append(int(pid[1]))
        # What mosh guesses of the echo is its own, and not ours to show.
        variables = environment() | {"MOSH_KEY": key[1], "MOSH_PREDICTION_DISPLAY": "never"}
        return Terminal([client, "127.0.0.1", port], variables), int(pid[1])

    yield start
    for pid in servers:
        if Path(f"/proc/{pid}").exists():
            os.kill(pid, signal.SIGKILL)


def reader_runs(folder: Path) -> bool:
    """Tell whether a process reads this folder."""
    return subprocess.run(["pgrep", "-f", f"dateline {folder}"], capture_output=True, check=False).returncode == 0


def go_to_article(terminal: Terminal) -> None:
    """Put the list's cursor on the first sample, a key at a time: mosh shows only what it is at last."""
    terminal.wait_for("12 articles")
    terminal.settle(0.5)
    terminal.send("G")
    terminal.wait_for("undated")
    terminal.send("k")
    terminal.wait_for(OWN_TEXT)
    terminal.settle(0.5)


def test_the_screen_is_what_a_plain_terminal_shows_also_after_the_line_was_away(
    tmp_path: Path, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = seeds(tmp_path)
    assert command("index", folder).returncode == 0
    with reader(folder) as plain:
        go_to_article(plain)
        plain.send("enter", "ctrl+d", "j", "w", "w")
        plain.settle(0.5)
        wanted = plain.text()
        plain.send("q")
        plain.wait_end()
    # A home of its own, since it would go on in the place where the first one was.
    for name in ("DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    behind, _ = connect(folder)
    with behind:
        go_to_article(behind)
        os.kill(behind.process.pid, signal.SIGSTOP)
        behind.send("enter", "ctrl+d", "j")
        os.kill(behind.process.pid, signal.SIGCONT)
        behind.send("w", "w")
        behind.settle(1.0)
        assert behind.text() == wanted
        behind.send("q")
        behind.wait_end()


def test_a_draft_is_kept_when_the_server_goes(tmp_path: Path, connect: Connect) -> None:
    folder = seeds(tmp_path)
    assert command("index", folder).returncode == 0
    terminal, server = connect(folder)
    with terminal:
        go_to_article(terminal)
        terminal.send("a", *"written over mosh")
        terminal.wait_for("written over mosh")
        os.kill(server, signal.SIGKILL)
        wait_until(lambda: not reader_runs(folder), "the reader is gone, too")
    with reader(folder) as again:
        again.wait_for("was not finished")
        again.send("a")
        again.wait_for("written over mosh")
