"""Real sessions: after every frame of the reader our bytes have brought a terminal where Textual's would have."""

from __future__ import annotations

import random
from typing import Any

import pytest

from bench.emulator import Emulator
from tui.app import ReaderApp
from tui.wire.frames import is_frame
from tui.wire.painter import Painter
from tui.wire.terminal import Abilities

KEYS = (
    *("j", "j", "j", "k", "ctrl+d", "ctrl+u", "g", "G", "enter", "l", "h", "space", "space", "J", "K", "w", "w", "b"),
    *("e", "tab", "z", "n", "]", "p", "o", "escape", "escape", "t", "v", "V", "a", "f", "r", "y", "1", "question_mark"),
    *("s", "r", "u", "i", "T", "slash", "colon", "S", "F", "x", "asterisk", "B", "D", "N", "ctrl+t", "home", "end"),
    *(*"japan", *"bremen", "backspace", "down", "up", "enter", "+", "-"),
)  # fmt: skip
SIZES = ((120, 40), (80, 24), (50, 20), (160, 50), (40, 12))


class Pair:
    """A terminal that is fed what Textual writes, and one that is fed what we write."""

    def __init__(self, app: ReaderApp, margins: bool) -> None:
        self.app, self.frames = app, 0
        self.size = (0, 0)
        self.theirs, self.own = (Emulator(*app.size, margins=margins) for _ in range(2))
        for terminal in (self.theirs, self.own):
            terminal.feed(b"\x1b[?7l")
        self.painter = Painter(Abilities(margins=margins))
        self.written: tuple[str, str] = "", ""
        self.stock = self.ours = 0

    def take(self, screen: Any, update: Any) -> None:
        app = self.app
        if not app._take(screen, update, self.painter):
            return
        if app.size != self.size:
            self.size = app.size
            for terminal in (self.theirs, self.own):
                terminal.resize(*app.size)
            # What is left of a screen after a change of size is the terminal's affair: Textual's is written whole too.
            update = screen._compositor.render_full_update()
        cursor = app.screen.outer_size.clamp_offset(app.cursor_position)
        stock = update.render_segments(app.console) + f"\x1b[{cursor.y + 1};{cursor.x + 1}H"
        ours = self.painter.paint(cursor)
        self.theirs.feed(stock.replace("\n", "\r\n").encode())
        self.own.feed(ours.encode())
        self.stock, self.ours = self.stock + len(stock.encode()), self.ours + len(ours.encode())
        self.frames += 1
        assert self.own.cursor == self.theirs.cursor
        for y, (mine, other) in enumerate(zip(self.own.looks(), self.theirs.looks(), strict=True)):
            assert mine == other, f"line {y} of frame {self.frames} after {ours!r}"


@pytest.mark.parametrize(
    ("seed", "margins", "variables"),
    [
        (1, True, {}),
        (2, False, {}),
        (3, True, {"NO_COLOR": "1"}),
        (4, False, {"COLORTERM": "", "TERM": "xterm"}),
        (5, True, {"COLORTERM": "", "TERM": "xterm-256color"}),
    ],
)
async def test_random_keys_and_sizes(run_app: Any, monkeypatch: Any, seed: int, margins: bool, variables: Any) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    chance, pair = random.Random(seed), None
    display = ReaderApp._display

    def shows(app: ReaderApp, screen: Any, update: Any) -> None:
        if pair is not None and is_frame(update) and not app._batch_count:
            pair.take(screen, update)
        display(app, screen, update)

    monkeypatch.setattr(ReaderApp, "_display", shows)
    async with run_app(chance.choice(SIZES)) as user:
        pair = Pair(user.app, margins)
        user.app.screen.refresh(layout=True)
        for number in range(150):
            if not number % 37:
                await user.pilot.resize_terminal(*chance.choice(SIZES))
            key = chance.choice(KEYS)
            await user.press(key)
            if user.app.is_leaving:
                break
    assert pair.frames > 100
    assert pair.ours * 3 < pair.stock
