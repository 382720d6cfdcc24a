"""The frame that a start shows at once: what is written is what Textual's painter is told of."""

from __future__ import annotations

import json
from itertools import product

import pytest

from bench.emulator import Emulator
from tui import opening
from tui.opening import DARK, PLAIN, Look
from tui.wire.cells import UNKNOWN
from tui.wire.kept import unpacked
from tui.wire.pens import Pen

SIZES = ((40, 12), (80, 24), (300, 90))
TITLES = ("seeds/", "Dateline", "my articles/ and 2 more", "a" * 300)


def shown(cells: dict, written: str) -> Emulator:
    terminal = Emulator(*cells["size"])
    # The line discipline makes a carriage return of it too.
    terminal.feed(b"\x1b[?1049h\x1b[?7l" + written.replace("\n", "\r\n").encode())
    return terminal


def as_told(cells: dict) -> list[list[tuple[str, str, str]]]:
    """Return each cell's letter, foreground and ground as the painter is told of them."""
    screen, known = unpacked(json.loads(json.dumps(cells)))
    pens: dict[str, Pen] = {chr(at): pen for at, pen in enumerate(known.pens.entered, 1)}
    return [[(letter, pens[pen].foreground, pens[pen].background) for letter, pen in zip(*row, strict=True)]
            for row in screen.shown]  # fmt: skip


def as_seen(terminal: Emulator) -> list[list[tuple[str, str, str]]]:
    return [[_seen(*cell) for cell in row] for row in terminal.looks()]


def _seen(letter: str, *colours: str) -> tuple[str, str, str]:
    return (letter, "" if letter == " " else _numbers("38", colours[0]), _numbers("48", colours[letter != " "]))


def _numbers(kind: str, colour: str) -> str:
    return "" if colour == "default" else f"{kind};2;" + ";".join(str(int(colour[at : at + 2], 16)) for at in (0, 2, 4))


@pytest.mark.parametrize("slow", [False, True])
@pytest.mark.parametrize(("size", "look"), list(product(SIZES, (DARK, PLAIN))), ids=str)
def test_a_terminal_shows_what_the_painter_is_told(size: tuple[int, int], look: Look, slow: bool) -> None:
    for title in TITLES:
        cells = opening.cells(size, look, title)
        written = cells["frame"] + (opening.tell_slow(cells) if slow else "")
        assert as_seen(shown(cells, written)) == as_told(cells)
        # Also where it is shown anew, because the program was stopped for a while.
        assert as_seen(shown(cells, cells["frame"])) == as_told(cells)


def test_a_title_of_unknown_width_is_drawn_again() -> None:
    cells = opening.cells((80, 24), DARK, "記事/")
    assert set(cells["rows"][0][0]) == {UNKNOWN}
    assert shown(cells, cells["frame"]).display[0].rstrip() == " 記事/"


def test_it_costs_less_than_clearing_the_screen_with_spaces() -> None:
    assert len(opening.cells((120, 40), DARK, "seeds/")["frame"]) < 350
