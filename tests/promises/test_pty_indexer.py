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


def test_an_edited_file_keeps_its_row_in_the_list(tmp_path: Path) -> None:
    folder = seeds(tmp_path)
    ferry = next(file for file in folder.iterdir() if "ferry" in file.name)
    with reader(folder) as terminal:
        terminal.wait_for("Ferry strike", 30)
        terminal.wait_for("12 articles", 30)
        go_to_own_article(terminal)
        terminal.send("q")
        terminal.wait_end()
    ferry.write_text(ferry.read_text().replace("Ferry strike", "Ferry lockout"))
    # The list comes from the index at once; the file is looked at after that.
    with reader(folder) as terminal:
        terminal.wait_for("Ferry lockout", 30)
        assert "no longer in the library" not in terminal.text()
        assert "12 articles" in terminal.text()
