"""Passages in the real program: few bytes a key, no colour under NO_COLOR, on disk when it says so."""

from __future__ import annotations

import json
from pathlib import Path

from pty_driver import go_to_own_article, reader

MOST = 1_600
"""Bytes that a key in a selection may send on a terminal of 120 columns: its lines, the status line, the cursor."""


def test_a_selection_sends_few_bytes_and_a_highlight_is_on_disk(indexed: tuple[Path, str], tmp_path: Path) -> None:
    folder, cache = indexed
    file = tmp_path / "annotations.json"
    with reader(folder, XDG_CACHE_HOME=cache, DATELINE_DB=str(file)) as terminal:
        go_to_own_article(terminal)
        terminal.send("enter")
        terminal.settle(0.5)
        terminal.send("v")
        terminal.wait_for("1 sentence")
        terminal.settle(0.3)
        for key in "jjkwbwo":
            before = len(terminal.received)
            terminal.send(key)
            terminal.settle(0.2)
            assert len(terminal.received) - before <= MOST, key
        terminal.send("enter")
        terminal.wait_for("Highlighted")
        terminal.wait_for("saved")
        terminal.send("q")
        terminal.wait_end()
    (note,) = json.loads(file.read_text(encoding="utf-8"))["notes"].values()
    assert note["body"] == "" and note["anchor"]["quote"].startswith("Japan and Russia have pledged")
