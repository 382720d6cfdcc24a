"""What is copied arrives: through tmux and GNU screen in the outermost terminal, or in a file whose place is said."""

from __future__ import annotations

import base64
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from pty_driver import COMMAND, environment, reader, seeds, wait_until

from bench.terminal import Terminal

_SET = re.compile(rb"\x1b\]52;c?;([A-Za-z0-9+/=]+)(?:\x07|\x1b\\)")


def clipboard(terminal: Terminal) -> str:
    """Return what the terminal was told to have in its clipboard last."""
    terminal.read(0.05)
    found = _SET.findall(bytes(terminal.received))
    return base64.b64decode(found[-1]).decode() if found else ""


def copy_citation(terminal: Terminal, says: str) -> None:
    terminal.wait_for("[0-9] %")
    terminal.settle(0.3)
    terminal.send("y")
    terminal.wait_for(says)


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[list[str]]:
    """Return the words that call a tmux of the test's own, with its defaults."""
    found = shutil.which("tmux")
    if found is None:
        pytest.skip("needs tmux")
    words = [found, "-f", "/dev/null", "-S", str(tmp_path / "socket")]
    yield words
    subprocess.run([*words, "kill-server"], check=False, capture_output=True)


def test_through_tmux_as_it_is_unless_set_up(tmp_path: Path, tmux: list[str]) -> None:
    with Terminal([*tmux, "new-session", str(COMMAND), str(seeds(tmp_path))], environment()) as terminal:
        copy_citation(terminal, "sent to tmux and the terminal, [0-9]+ characters")
        wait_until(lambda: "seeds" in clipboard(terminal), "the terminal has it")
        shown = subprocess.run([*tmux, "show-buffer"], capture_output=True, text=True, check=True)
        assert shown.stdout == clipboard(terminal)


def test_through_screen(tmp_path: Path) -> None:
    screen = shutil.which("screen")
    if screen is None:
        pytest.skip("needs GNU screen")
    sockets = tmp_path / "sockets"
    sockets.mkdir(mode=0o700)
    variables = environment() | {"SCREENDIR": str(sockets)}
    with Terminal([screen, "-U", "-c", "/dev/null", str(COMMAND), str(seeds(tmp_path))], variables) as terminal:
        copy_citation(terminal, "sent to the terminal, [0-9]+ characters")
        wait_until(lambda: "seeds" in clipboard(terminal), "the terminal has it")


def test_where_the_terminal_takes_none_a_file_is_named_and_private(tmp_path: Path) -> None:
    with reader(seeds(tmp_path), TERM="linux", COLORTERM="") as terminal:
        copy_citation(terminal, "this terminal takes no copies; [0-9]+ characters are in ~/.local/state/dateline/clipb")
        assert not clipboard(terminal)
    file = Path(os.environ["XDG_STATE_HOME"]) / "dateline" / "clipboard.txt"
    assert "seeds" in file.read_text() and file.stat().st_mode & 0o777 == 0o600
