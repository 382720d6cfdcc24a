"""What reaches the terminal: nothing when idle, no colour under NO_COLOR, nothing that an article wrote."""

from __future__ import annotations

import re
import time
from pathlib import Path

from pty_driver import OWN_TITLE, command, reader, seeds, sequences


def test_an_idle_reader_writes_nothing(tmp_path: Path) -> None:
    folder = seeds(tmp_path)
    command("index", folder)
    with reader(folder) as terminal:
        terminal.wait_for(OWN_TITLE)
        terminal.settle(quiet=1.5, limit=30)
        before = len(terminal.received)
        end = time.monotonic() + 2
        while time.monotonic() < end:
            terminal.read(end - time.monotonic())
        assert bytes(terminal.received[before:]) == b""
        terminal.send("q")
        terminal.wait_end()


def test_no_color_means_no_colour(tmp_path: Path) -> None:
    folder = seeds(tmp_path)
    command("index", folder)
    with reader(folder, NO_COLOR="1") as terminal:
        terminal.wait_for(OWN_TITLE)
        terminal.settle()
        for key in ("j", "j", "enter", "w", "w", "space", "?", "esc", "t", "esc"):
            terminal.send(key)
            terminal.settle(0.1)
        coloured = {one for one in sequences(bytes(terminal.received)) if sets_colour(one)}
        assert coloured == set()
        terminal.send("q")
        terminal.wait_end()


def sets_colour(sequence: str) -> bool:
    """Return whether a sequence sets a foreground or background other than the terminal's own."""
    match = re.fullmatch(r"CSI ([\d;:]*)m", sequence)
    if match is None:
        return False
    numbers = [int(number or 0) for number in re.split("[;:]", match[1])]
    return any(30 <= n <= 38 or 40 <= n <= 48 or 90 <= n <= 107 for n in numbers)
