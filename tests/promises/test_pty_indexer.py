"""The indexer may die at any moment: the reader says so in one line and goes on."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from pty_driver import go_to_own_article, indexer_of, reader, seeds, wait_until


def test_a_killed_indexer_is_told_in_one_line_and_started_again(tmp_path: Path) -> None:
    with reader(seeds(tmp_path)) as terminal:
        go_to_own_article(terminal)
        wait_until(lambda: indexer_of(terminal), "the indexer runs")
        first = indexer_of(terminal)
        assert first is not None
        os.kill(first, signal.SIGKILL)
        terminal.wait_for("[Ii]ndexer|index stopped|started again|restarted", 10)
        wait_until(lambda: indexer_of(terminal) not in (None, first), "another indexer runs")
        terminal.send("k")
        terminal.settle()
        go_to_own_article(terminal)
        assert terminal.process.poll() is None
        terminal.send("q")
        terminal.wait_end()
        assert terminal.process.returncode == 0
        assert terminal.left_behind() == []
