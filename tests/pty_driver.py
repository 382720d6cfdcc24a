"""Starts the installed `dateline` in a terminal, in the test's own home, and knows its screen and file."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tinydb import TinyDB

from bench.terminal import Terminal, TerminalError

COMMAND = Path(sys.executable).with_name("dateline")
OWN_ARTICLE = "000_9df55ca59aaa8a9a.txt"
"""The first sample: "Amid China-backed turbulence, Japan and Russia hold talks in Tokyo"."""
OWN_TITLE, OWN_TEXT = "Amid China", r"Japan.? and\s+Russia.? have\s+pledged"

_TERMINAL = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}


def reader(*arguments: str | Path, columns: int = 120, lines: int = 40, **variables: str) -> Terminal:
    """Return a terminal that runs the reader, to be entered with `with`."""
    if not COMMAND.exists():
        pytest.skip("needs `dateline` installed: pip install --no-deps -e .")
    words = [str(COMMAND), *(os.fspath(one) for one in arguments)]
    return Terminal(words, environment() | variables, columns, lines)


def environment() -> dict[str, str]:
    """Return the test's environment with a terminal that knows all colours."""
    kept = {
        key: value for key, value in os.environ.items() if not key.startswith(("TEXTUAL", "LC_", "COLUMNS", "LINES"))
    }
    return kept | _TERMINAL


def command(*arguments: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a sub-command to its end, in the test's home."""
    return subprocess.run(
        [str(COMMAND), *(os.fspath(one) for one in arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
        stdin=subprocess.DEVNULL,
        env=os.environ | variables,
    )


def seeds(folder: Path) -> Path:
    """Copy the sample articles into a folder of the test's own."""
    return Path(shutil.copytree(Path(__file__).parents[1] / "seeds", folder / "seeds"))


def indexed_seeds(base: Path) -> tuple[Path, str]:
    """Copy the sample articles, and return them with a cache that holds their names: nothing comes by itself."""
    folder, cache = seeds(base), base / "cache"
    cache.mkdir()
    assert command("index", folder, XDG_CACHE_HOME=str(cache)).returncode == 0
    return folder, str(cache)


def leave(terminal: Terminal) -> list[str]:
    """Quit, and check that the terminal is as it was; returns what was shown."""
    terminal.settle(0.5)
    terminal.text()
    shown = list(terminal.screen.display)
    terminal.send("q")
    terminal.wait_end()
    assert terminal.modes_left() == []
    return shown


def filter_by(terminal: Terminal, words: str) -> None:
    """Filter the list."""
    terminal.send("f")
    terminal.wait_for("filter:")
    terminal.send(*words, "enter")
    terminal.wait_for(f"“{words}”")


def go_to_own_article(terminal: Terminal) -> None:
    """Put the list's cursor on the first sample: it has no date, so it is near the end."""
    terminal.wait_for(OWN_TITLE)
    terminal.send("G")
    for _ in range(12):
        # It may be on the screen from the start; what counts is what the key brings.
        terminal.settle()
        try:
            terminal.wait_for(OWN_TEXT, 0.8)
        except TerminalError:
            if terminal.process.poll() is not None:
                raise
            terminal.send("k")
        else:
            return
    terminal.wait_for(OWN_TEXT, 0.1)


def wait_until(condition: Any, what: str, seconds: float = 10.0) -> None:
    """Wait until a function returns something true."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"not within {seconds} s: {what}"
        time.sleep(0.02)


def stock_tables() -> dict[str, list[dict[str, Any]]]:
    """Return every table of the annotation file as TinyDB itself reads it."""
    path = Path(os.environ["XDG_DATA_HOME"]) / "dateline" / "annotations.json"
    if not path.exists():
        return {}
    with TinyDB(path, access_mode="r") as database:
        return {name: [dict(row) for row in database.table(name).all()] for name in database.tables()}


def indexer_of(terminal: Terminal) -> int | None:
    """Return the process number of the running indexer, or None."""
    for pid in sorted(terminal.family()):
        words = (
            subprocess.run(["ps", "-p", str(pid), "-o", "args="], capture_output=True, text=True, check=False).stdout
            if not Path("/proc/self").exists()
            else _arguments(pid)
        )
        if "store.indexer" in words:
            return pid
    return None


def _arguments(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


_SEQUENCE = re.compile(
    r"\x1b\[(?P<csi>[0-?]*[ -/]*[@-~])"
    r"|\x1b\](?P<osc>[^\x07\x1b]*)(?:\x07|\x1b\\)"
    r"|\x1b(?P<other>.?)",
    re.DOTALL,
)


def sequences(received: bytes) -> Iterator[str]:
    """Yield every control sequence in what a terminal received: `CSI ...`, `OSC ...` or `ESC ...`."""
    for found in _SEQUENCE.finditer(received.decode("utf-8", "replace")):
        if found["csi"] is not None:
            yield f"CSI {found['csi']}"
        elif found["osc"] is not None:
            yield f"OSC {found['osc']}"
        else:
            yield f"ESC {found['other']}"
