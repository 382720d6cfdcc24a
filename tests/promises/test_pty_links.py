"""Links and labels in the real program: opened in the background as one argument, nothing raw on the terminal."""

from __future__ import annotations

from pathlib import Path

from pty_driver import reader

TEXT = (
    "Links\n\nSee https://a.example/x;touch$IFS/tmp/y and https://b.example/\u202egpj.exe\x1b]0;title\x07 or "
    "javascript:alert(1) and file:///etc/passwd.\n"
)
MOST = 900
"""Bytes that labels over a page of 120 columns may cost."""


def test_a_link_is_opened_beside_the_program_and_labels_cost_little(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    program = tmp_path / "browse"
    # It writes to a terminal that it does not have, and is still there when Dateline goes on.
    program.write_text(f'#!/bin/sh\necho noise\necho noise >&2\nprintf "%s\\n" "$@" > {tmp_path}/opened\n')
    program.chmod(0o755)
    with reader(folder, BROWSER=str(program)) as terminal:
        terminal.wait_for("See https://a.example")
        terminal.send("enter")
        terminal.settle(0.5)
        before = len(terminal.received)
        terminal.send(";")
        terminal.wait_for("type the letters of a label")
        terminal.settle(0.3)
        assert len(terminal.received) - before <= MOST
        terminal.send("a")
        terminal.wait_for("leads to a.example")
        terminal.send("enter")
        terminal.wait_for("opened a.example with browse")
        assert b"noise" not in terminal.received and b"\x1b]0;title" not in terminal.received
        assert "\u202e".encode() not in terminal.received
        terminal.send("q")
        terminal.settle(0.3)
        terminal.send("q")
        terminal.wait_end()
    assert (tmp_path / "opened").read_text() == "https://a.example/x;touch$IFS/tmp/y\n"
