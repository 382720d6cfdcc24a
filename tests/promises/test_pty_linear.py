"""The linear mode at a terminal that can only print: prompts, ctrl+c, a termination; no byte that moves a cursor."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from pty_driver import COMMAND, command, environment, seeds

from bench.leaks import leaks
from bench.terminal import Terminal
from store.annotations.store import AnnotationStore
from store.library import SaveSearch


def test_a_dumb_terminal_is_read_line_by_line_and_loses_nothing(tmp_path: Path) -> None:
    folder = seeds(tmp_path)
    store = AnnotationStore(Path(os.environ["XDG_DATA_HOME"]) / "dateline" / "annotations.json")
    store.apply(SaveSearch("ferries", "\x1b]0;forged\x07 \u202eferry"))
    store.close()
    dumb = environment() | {"TERM": "dumb"}
    with Terminal([str(COMMAND), str(folder)], dumb, 80, 24) as terminal:
        terminal.wait_for(r"help tells the rest\.\s+>")
        terminal.send(*"open 1", "enter")
        terminal.wait_for(r"Article 1 of \d+: Ferry strike[^>]*>")
        # A question has foreign words too.
        terminal.send(*"filter ferry", "enter")
        terminal.wait_for(r"with ferry, [^>]*>")
        terminal.send(*"save ferries", "enter")
        terminal.wait_for(r"saved already, as .*forged.* yes\s+or\s+no:\s+answer:")
        terminal.send(*"no", "enter")
        terminal.wait_for(r"Nothing was saved\.\s+>")
        terminal.send(*"tag +isl")
        terminal.settle()  # a signal that comes before the line is waited for is heard with the next key
        terminal.send("ctrl+c")
        terminal.wait_for("Nothing was done")
        terminal.send(*"note", "enter")
        terminal.wait_for("a line with only a full stop ends it")
        terminal.send(*"put aside", "enter")
        terminal.wait_for(r"put aside\s+note:")
        terminal.settle()
        terminal.send("ctrl+c")
        terminal.wait_for(r"drop forgets it\.\s+>")
        terminal.send(*"note", "enter")
        terminal.wait_for("You were writing:")
        terminal.send(*"and more", "enter")
        terminal.wait_for(r"and more\s+note:")
        terminal.send(*"unfinished")
        terminal.wait_for("unfinished")
        terminal.signal(signal.SIGTERM)
        terminal.wait_end(seconds=20)
        assert terminal.process.returncode == 128 + signal.SIGTERM
        assert terminal.left_behind() == []
        assert leaks(terminal.received, replacement=True) == []
        assert b"\x1b" not in terminal.received and b"Traceback" not in terminal.received
    # What was entered is kept as a draft, for the reader too; the line that was not ended is not.
    assert command("list", folder, "-q", "has:draft").stdout.count("Ferry strike") == 1
    assert command("tags").stdout == ""
