"""What reaches the terminal: nothing when idle, no colour under NO_COLOR, nothing that an article wrote."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from pty_driver import OWN_TITLE, go_to_own_article, indexer_of, reader, sequences


def test_an_idle_reader_writes_nothing(indexed: tuple[Path, str]) -> None:
    folder, cache = indexed
    with reader(folder, XDG_CACHE_HOME=cache) as terminal:
        terminal.wait_for(OWN_TITLE)
        terminal.settle(quiet=1.5, limit=30)
        before = len(terminal.received)
        end = time.monotonic() + 2
        while (left := end - time.monotonic()) > 0:
            terminal.read(left)
        assert bytes(terminal.received[before:]) == b""
        terminal.send("q")
        terminal.wait_end()


def test_what_was_analysed_once_is_highlighted_at_the_start_without_spacy(indexed: tuple[Path, str]) -> None:
    folder, cache = indexed
    with reader(folder, XDG_CACHE_HOME=cache) as terminal:
        go_to_own_article(terminal)
        terminal.wait_for("Fumio Kishida")
        terminal.settle(quiet=0.5)
        assert indexer_of(terminal) is not None
        assert not any("spacy" in maps(pid) for pid in [terminal.process.pid, *terminal.family()])
        terminal.send("q")
        terminal.wait_end()


def maps(pid: int) -> str:
    """Return what a process has mapped into its memory; skips where the system does not tell."""
    if not Path("/proc/self/maps").exists():
        pytest.skip("needs /proc to see which libraries a process has loaded")
    try:
        return Path(f"/proc/{pid}/maps").read_text(errors="replace")
    except OSError:
        return ""


def test_no_color_means_no_colour(indexed: tuple[Path, str]) -> None:
    folder, cache = indexed
    with reader(folder, XDG_CACHE_HOME=cache, NO_COLOR="1") as terminal:
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
