"""What is waited for in a terminal is looked for on whole frames."""

from __future__ import annotations

import os
import sys

from bench.terminal import Terminal

IN_TWO_PIECES = r"""
import os
os.write(1, b"\x1b[?2026hnew, and beside it the old")
input()
os.write(1, b"\r\x1b[Knew, and whole\x1b[?2026l")
input()
"""


def test_a_frame_of_which_half_has_come_does_not_count() -> None:
    with Terminal([sys.executable, "-c", IN_TWO_PIECES], dict(os.environ), 80, 24) as terminal:
        while b"old" not in terminal.received:
            assert terminal.read(10)
        terminal.send("enter")
        terminal.wait_for("new")
        assert "whole" in terminal.text()


def test_a_program_that_ends_in_the_middle_of_a_frame_is_still_seen() -> None:
    with Terminal([sys.executable, "-c", IN_TWO_PIECES.split("input")[0]], dict(os.environ), 80, 24) as terminal:
        terminal.wait_for("beside it the old")
