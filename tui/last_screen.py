"""The last screen, shown again at once where it is what the reader will draw.

Textual takes a quarter of a second to load. What the reader draws first is known before: its place is kept, and if
neither the index nor the annotations nor anything else has changed since, it is the screen that was left. So that is
written before anything is loaded, and what is loaded then finds its own first frame on the terminal. Keys that are
pressed meanwhile wait in the terminal's queue, and are not echoed. Where something has changed, the frame of the
reader is shown instead (`opening.py`).

This module is loaded first of all, and loads next to nothing.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import signal
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from store import paths
from store.errors import DatelineError
from tui import opening

_VERSION = 2

_MATTERS = ("TERM", "COLORTERM", "NO_COLOR", "FORCE_COLOR", "TERM_PROGRAM", "LANG", "HOME", "TZ", "COLUMNS", "LINES")
_MATTER_TOO = ("LC_", "TEXTUAL", "DATELINE_", "XDG_")
"""Of the environment: what may change how a screen looks, or which one it is."""
_THERE_OR_NOT = ("SSH_CONNECTION", "TMUX", "STY")
"""What has other values each time; what matters is whether it is there."""

_TAKE = "\x1b[?1049h\x1b[?25l\x1b[?7l"
"""The other screen, no cursor, no lines that wrap: as Textual has it."""
_PATIENCE = 10
"""Seconds after which ctrl+c ends a program that is still being loaded; until then it waits like other keys."""
_SLOW = 0.5
"""Seconds after which an empty frame tells that it is being loaded."""
ALL_OFF = (
    "\x1b[?2026l\x1b[?69l\x1b[?2048l\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?2004l\x1b[?1004l\x1b[?7h"
    "\x1b[<u\x1b[r\x1b[?1049l\x1b[?25h\x1b[m"
)
"""What switches every terminal mode off again, also those that Textual and the app switch on."""


class LastScreen:
    """The screen that was left, if it is the one to show; else an empty frame."""

    def __init__(self, words: Sequence[str] = ()) -> None:
        """Begin with the words of the command line."""
        self._begun_with = _begun_with(words)
        self.settings: list[Any] | None = None
        """The terminal's settings of before, while something is shown and the app has not taken the terminal over."""
        self.is_whole = False
        """Whether what is shown is the whole screen that was left."""
        self.counts: list[int] = []
        """The counts of the views above the list, where that is whole."""
        self._cells: dict[str, Any] = {}
        self._taken = False

    # ---- at the start ----------------------------------------------------------------------------------------------
    def show(self) -> None:
        """Show the screen, if there is one and nothing has changed since it was left; else the frame of a reader."""
        if not all(os.isatty(number) for number in (0, 1, 2)):
            return
        kept, size = _kept(), os.get_terminal_size(2)
        whole = self._is_of_now(kept, size)
        cells = kept["cells"] if whole else opening.frame(kept, self._begun_with, size)
        if not cells:
            return
        try:
            settings = termios.tcgetattr(0)
            # Here a process in the background of a shell would be stopped; it has nothing to show.
            if os.tcgetpgrp(0) != os.getpgrp():
                return
        except (OSError, termios.error):
            return
        self.settings, self._cells, self.is_whole = settings, cells, whole
        self.counts = kept["counts"] if whole else []
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._end)
        signal.signal(signal.SIGTSTP, self._stop)
        if whole:
            # What is on the screen is not interrupted, as later on.
            signal.signal(signal.SIGINT, lambda *_: None)
            signal.signal(signal.SIGALRM, self._let_interrupt)
            signal.alarm(_PATIENCE)
        else:
            signal.signal(signal.SIGALRM, self._tell_slow)
            signal.setitimer(signal.ITIMER_REAL, _SLOW)
        _set(_raw(settings, interrupts=not whole))
        _write(_TAKE + cells["frame"])

    def _is_of_now(self, kept: Mapping[str, Any], size: Sequence[int]) -> bool:
        return (
            bool(kept)
            and bool(kept["cells"])
            and kept["conditions"] == self._begun_with
            and kept["cells"]["size"] == list(size)
            and kept["stamps"] == {file: opening.stamp(file) for file in kept["stamps"]}
            and all(os.path.isdir(folder) for folder in kept["folders"])  # noqa: PTH112 - pathlib stats no faster
        )

    def take_cells(self) -> dict[str, Any]:
        """Return what `tui.wire.kept` made of what is shown, which does not change any more; empty: nothing is."""
        self._taken = True
        return self._cells

    @property
    def is_shown(self) -> bool:
        """Whether it is on the terminal, and that not the app's yet."""
        return self.settings is not None

    def take_over(self) -> None:
        """Leave the terminal to the app, which gives it back itself."""
        if self.settings is not None:
            signal.alarm(0)
        self.settings = None

    def give_back(self) -> None:
        """Give the terminal back to the shell, unless the app has taken it over."""
        if self.settings is not None:
            _set(self.settings)
            _write(ALL_OFF)
        self.take_over()

    def _stop(self, *_: object) -> None:
        """Stop as a shell asks for, and show the screen again when it lets us go on."""
        if self.settings is not None:
            _set(self.settings)
            _write(ALL_OFF)
            os.kill(os.getpid(), signal.SIGSTOP)
            _set(_raw(self.settings, interrupts=not self.is_whole))
            _write(_TAKE + self._cells["frame"])

    def _tell_slow(self, *_: object) -> None:
        """Tell that loading goes on, where it takes longer than one likes to wait."""
        if self.settings is not None and not self._taken:
            _write(opening.tell_slow(self._cells))

    def _let_interrupt(self, *_: object) -> None:
        """Let ctrl+c end what does not come to an end of loading, on a disk that hangs."""
        if self.settings is not None:
            signal.signal(signal.SIGINT, self._end)
            _set(_raw(self.settings, interrupts=True))

    def _end(self, number: int, _: object) -> None:
        self.give_back()
        os._exit(128 + number)

    # ---- at the end ------------------------------------------------------------------------------------------------
    def packed(
        self,
        cells: Mapping[str, Any],
        counts: Sequence[int],
        files: Sequence[Path],
        folders: Sequence[Path],
        frame: Mapping[str, Any],
    ) -> bytes:
        """Return a screen as it is kept: its cells, if it can come again, and what it and its frame depend on."""
        body = {
            "conditions": self._begun_with,
            "stamps": {str(file): opening.stamp(str(file)) for file in (*files, Path(__file__))},
            "folders": [str(folder) for folder in folders],
            "cells": cells,
            "counts": list(counts),
            "opening": frame,
        }
        text = json.dumps(body).encode()
        return hashlib.sha256(text).hexdigest().encode() + b"\n" + text


def _kept() -> dict[str, Any]:
    """Read what the last session kept; what is no whole file is nothing, and so is another release's."""
    try:
        digest, _, text = paths.last_screen_file().read_bytes().partition(b"\n")
        if digest != hashlib.sha256(text).hexdigest().encode():
            return {}
        kept: dict[str, Any] = json.loads(text)
        return kept if kept["conditions"]["version"] == _VERSION else {}
    except (OSError, ValueError, KeyError, DatelineError):
        return {}


def _begun_with(words: Sequence[str]) -> dict[str, Any]:
    """Return what has to be the same again for a screen to be, before the app adds to the environment."""
    named = os.environ.items()
    return {
        "version": _VERSION,
        "words": list(words),
        "folder": _here(),
        "day": time.strftime("%Y-%m-%d"),
        "environment": {k: v for k, v in sorted(named) if k in _MATTERS or k.startswith(_MATTER_TOO)},
        "there": [name for name in _THERE_OR_NOT if name in os.environ],
    }


def _here() -> str:
    try:
        return os.getcwd()  # noqa: PTH109 - a name that need not be UTF-8 stays as it is
    except OSError:
        return ""


def _raw(settings: list[Any], *, interrupts: bool) -> list[Any]:
    """Return settings with which all keys wait as they are, but for ctrl+c where that interrupts."""
    raw = [*settings[:6], list(settings[6])]
    raw[0] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
    raw[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
    raw[3] |= termios.ISIG if interrupts else 0
    raw[6][termios.VMIN], raw[6][termios.VTIME] = 1, 0
    raw[6][termios.VSUSP] = raw[6][termios.VQUIT] = b"\0"
    return raw


def _set(settings: list[Any]) -> None:
    with contextlib.suppress(OSError, termios.error):
        termios.tcsetattr(0, termios.TCSANOW, settings)


def _write(text: str) -> None:
    with contextlib.suppress(OSError):
        data = text.encode("utf-8", "replace")
        while data:
            data = data[os.write(2, data) :]
    sys.stderr.flush()
