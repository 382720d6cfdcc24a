"""Copies reach the clipboard of the terminal that one sits at, in whatever that runs."""

from __future__ import annotations

import base64
import re

import pytest

from tui.wire.clipboard import MOST, Way, sequence, way

TEXT = "Zoë said: “\x1b is no letter”\n" * 40


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"TERM": "xterm-256color"}, Way.TERMINAL),
        ({"TERM": "foot"}, Way.TERMINAL),
        ({"TERM": "xterm-256color", "VTE_VERSION": "7006"}, Way.NONE),
        ({"TERM": "xterm-256color", "VTE_VERSION": "7801"}, Way.TERMINAL),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"}, Way.NONE),
        ({"TERM": "linux"}, Way.NONE),
        ({"TERM": "vt220"}, Way.NONE),
        ({"TERM": ""}, Way.NONE),
        ({}, Way.NONE),
        ({"TERM": "tmux-256color", "TMUX": "/tmp/tmux,1,0"}, Way.TMUX),
        ({"TERM": "screen-256color", "TMUX": "/tmp/tmux,1,0"}, Way.TMUX),
        ({"TERM": "tmux-256color"}, Way.TMUX_AFAR),
        ({"TERM": "screen.xterm-256color", "STY": "1.pts"}, Way.SCREEN),
        ({"TERM": "screen"}, Way.SCREEN),
    ],
)
def test_the_way_is_told_by_name_and_surroundings(environ: dict[str, str], expected: Way) -> None:
    assert way(environ) is expected


def clipboard(sent: str) -> str:
    """Return what a terminal that is sent this has in its clipboard."""
    found = re.fullmatch(r"\x1b\]52;c;([A-Za-z0-9+/=]*)\a", sent)
    assert found is not None, sent
    return base64.b64decode(found[1]).decode()


def test_a_terminal_has_it_whole() -> None:
    assert clipboard(sequence(TEXT, Way.TERMINAL)) == TEXT
    assert len(sequence("x" * MOST, Way.TERMINAL)) < 100_000


@pytest.mark.parametrize("how", [Way.TMUX, Way.TMUX_AFAR])
def test_tmux_takes_it_or_hands_it_on(how: Way) -> None:
    own, _, handed = sequence(TEXT, how).partition("\x1bPtmux;")
    assert clipboard(own) == TEXT
    assert handed.endswith("\x1b\\")
    assert clipboard(handed[:-2].replace("\x1b\x1b", "\x1b")) == TEXT


def test_screen_hands_it_on_in_pieces_that_old_ones_take_too() -> None:
    own, *pieces = sequence(TEXT, Way.SCREEN).split("\x1bP")
    assert clipboard(own) == TEXT
    assert all(piece.endswith("\x1b\\") and len(piece) <= 254 for piece in pieces) and len(pieces) > 3
    assert clipboard("".join(piece[:-2] for piece in pieces)) == TEXT
