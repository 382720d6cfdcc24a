"""Whose the terminal is: stopping, and going on, whatever signals come. It leans on private names of Textual's driver.

Textual takes the terminal whenever it is told to go on. Where it had never given it back, because the stop could not be
heeded (SIGSTOP) or there was none, a second thread then reads keys, and a shell gets back settings that are ours.
"""

from __future__ import annotations

import contextlib
import fcntl
import struct
import sys
import termios
from time import monotonic, sleep
from typing import Any

from textual.drivers.linux_driver import LinuxDriver

_OTHER_SCREEN = "\x1b[?1049h"

_UNWRITTEN = 0.3
"""Seconds that what is still to be written has before the terminal shows keys again, which would get into it."""


class Outlet:
    """The terminal's file, which knows whether all has left that was written to it."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self.taken = 0
        """Writes that were handed to the thread that writes; it is behind where it has fewer."""
        self._held = self._written = 0

    def write(self, text: str) -> None:
        """Write something, and count it."""
        self._file.write(text)
        self._held += 1

    def flush(self) -> None:
        """Have all that was written leave; only then it counts as written: it is here that a full line blocks."""
        held = self._held
        self._file.flush()
        self._written = held

    def fileno(self) -> int:
        """Return the file's number."""
        return int(self._file.fileno())

    def wait_written(self, seconds: float = _UNWRITTEN) -> None:
        """Wait until the thread has written what it was handed, for some seconds at most."""
        end = monotonic() + seconds
        while self._written < self.taken and monotonic() < end:
            sleep(0.001)

    def is_full(self) -> bool:
        """Tell whether something still waits for the terminal to take it."""
        if self._written < self.taken:
            return True
        with contextlib.suppress(OSError):
            waiting = fcntl.ioctl(self.fileno(), termios.TIOCOUTQ, struct.pack("i", 0))
            return bool(struct.unpack("i", waiting)[0])
        return False


class HoldingDriver(LinuxDriver):
    """Textual's driver, which knows whether the terminal is ours."""

    _shows_last = False
    """The last screen is on the terminal."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self.holding = False
        """Whether it is ours at the moment: neither a shell's nor an editor's."""
        self._stopping = False
        self._settings: list[Any] | None = None
        """The terminal's settings while it is."""
        super().__init__(*arguments, **options)
        self._file: Any = Outlet(sys.__stderr__)

    def write(self, data: str) -> None:
        """Hand something over to be written."""
        if self._shows_last and data == _OTHER_SCREEN:
            return  # which it is on already, and some terminals would clear
        self._file.taken += 1
        super().write(data)

    def start_application_mode(self) -> None:
        """Take the terminal; in the background of a shell it stays the shell's."""
        last = self._app.last_screen  # type: ignore[attr-defined]
        self._shows_last = last.is_shown
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if self._shows_last:
            self.attrs_before = last.settings
            self._shows_last = False
        if self._writer_thread is not None:
            self.holding = True
            with contextlib.suppress(termios.error):
                self._settings = termios.tcgetattr(self.fileno)

    def stop_application_mode(self) -> None:
        """Give the terminal back."""
        self._app.last_screen.take_over()  # type: ignore[attr-defined]
        super().stop_application_mode()
        # Last: a signal to go on that comes meanwhile has nothing to take yet.
        self.holding = False

    def take_again(self) -> None:
        """Set the terminal as it has to be, whatever a shell did to it meanwhile."""
        with contextlib.suppress(termios.error):
            if self._settings is not None:
                termios.tcsetattr(self.fileno, termios.TCSANOW, self._settings)
        self.write("\x1b[?25l\x1b[?1004h")
        self._enable_mouse_support()
        self._enable_bracketed_paste()
        self._disable_line_wrap()

    # A signal may come in the middle of anything, also of handing something over to be written, where a handler that
    # writes too would wait for itself. So both wait for the event loop, but where that stands still for an editor.
    def _sigtstp_application(self, *_: Any) -> None:
        if not self._auto_restart:
            super()._sigtstp_application()
        elif not self._stopping:
            self._stopping = True
            self._loop.call_soon_threadsafe(self._stop)

    def _stop(self) -> None:
        """Stop, once for a key and a signal that come together."""
        super()._sigtstp_application()
        self._stopping = False

    def _sigcont_application(self, *_: Any) -> None:
        if self._auto_restart:
            self._loop.call_soon_threadsafe(self._go_on)

    def _go_on(self) -> None:
        if self.holding:
            self.take_again()
        else:
            super()._sigcont_application()
