"""Where there is no time left to leave in good order, the terminal is given back all the same."""

from __future__ import annotations

import os
import re
import sys
import termios
import tty
from types import SimpleNamespace

import pytest

from bench.modes import MODES
from tui.leaving import restore_in_haste


def test_every_mode_is_switched_off_and_the_settings_are_the_shells(monkeypatch: pytest.MonkeyPatch) -> None:
    master, slave = os.openpty()
    before = termios.tcgetattr(slave)
    tty.setraw(slave)
    with os.fdopen(slave, "w") as terminal:
        monkeypatch.setattr(sys, "__stderr__", terminal)
        restore_in_haste(SimpleNamespace(is_web=False, fileno=slave, attrs_before=before))  # type: ignore[arg-type]
        written = os.read(master, 1 << 12).decode()
        assert termios.tcgetattr(slave)[:4] == before[:4]
    os.close(master)
    off = {int(number) for number in re.findall(r"\x1b\[\?(\d+)l", written)}
    pixels_and_drag_go_with_the_mouse, cursor_keys_are_never_switched = {1002, 1016}, {1}
    assert off >= set(MODES) - pixels_and_drag_go_with_the_mouse - cursor_keys_are_never_switched
    assert "\x1b[<u" in written and "\x1b[?25h" in written and "\x1b[?7h" in written


def test_a_terminal_that_is_gone_or_full_holds_nothing_up(monkeypatch: pytest.MonkeyPatch) -> None:
    master, slave = os.openpty()
    with os.fdopen(slave, "w") as terminal:
        monkeypatch.setattr(sys, "__stderr__", terminal)
        os.set_blocking(slave, False)
        with pytest.raises(BlockingIOError):
            while True:
                os.write(slave, b"x" * 4096)
        os.set_blocking(slave, True)
        driver = SimpleNamespace(is_web=False, fileno=slave, attrs_before=termios.tcgetattr(slave))
        restore_in_haste(driver)  # type: ignore[arg-type]
        os.close(master)
        restore_in_haste(driver)  # type: ignore[arg-type]


def test_a_page_has_no_terminal_to_give_back(monkeypatch: pytest.MonkeyPatch) -> None:
    reader, writer = os.pipe()
    with os.fdopen(writer, "w") as terminal:
        monkeypatch.setattr(sys, "__stderr__", terminal)
        restore_in_haste(SimpleNamespace(is_web=True))  # type: ignore[arg-type]
    with os.fdopen(reader) as written:
        assert written.read() == ""
