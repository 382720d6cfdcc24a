"""Leaving at once: the terminal restored first, the process gone without waiting for threads.

Textual joins its input thread at exit, which sleeps in two selects of 0.1 s; an interpreter with many modules takes
another 45 ms to tear down. Neither has anything left to do for us. This leans on the driver's private names, which
Textual's exact pin holds still.
"""

from __future__ import annotations

import contextlib
import os
import sys
import termios

from textual.driver import Driver

from tui.last_screen import ALL_OFF


def restore_terminal(driver: Driver) -> None:
    """Switch every terminal mode off again and show the cursor.

    A terminal that is gone (a dropped line) cannot be written to: then there is nothing to restore. Textual's thread
    for writing may have died of it, and what is put in its queue would wait for ever. A browser's page is told instead.
    """
    if driver.is_web:
        with contextlib.suppress(OSError):
            driver.stop_application_mode()
        return
    with contextlib.suppress(OSError, termios.error):
        termios.tcgetattr(driver.fileno)  # type: ignore[attr-defined]
        # Without a thread to join, `stop_application_mode` returns at once; the thread is a daemon.
        driver._key_thread = None  # type: ignore[attr-defined]
        driver.stop_application_mode()
        driver.close()


def restore_in_haste(driver: Driver) -> None:
    """Do the same with no time left, in a signal handler: nothing is waited for, and no thread is asked."""
    if driver.is_web:
        return  # a page that is closed, or will show that nobody is there
    with contextlib.suppress(OSError, termios.error, ValueError):
        if driver.attrs_before is not None:  # type: ignore[attr-defined]
            termios.tcsetattr(driver.fileno, termios.TCSANOW, driver.attrs_before)  # type: ignore[attr-defined]
        os.set_blocking(sys.__stderr__.fileno(), False)  # type: ignore[union-attr]
        os.write(sys.__stderr__.fileno(), ALL_OFF.encode())  # type: ignore[union-attr]


def tell_unsaved() -> None:
    """Say on the terminal, which is a shell's again, that changes did not reach the disk."""
    os.write(2, b"dateline: the last changes could not be saved: the annotation file is held or its disk hangs\n")


def end_process(status: int) -> None:
    """End without interpreter teardown; what had to be saved is saved."""
    for stream in (sys.__stdout__, sys.__stderr__):
        with contextlib.suppress(OSError, ValueError, AttributeError):
            stream.flush()  # type: ignore[union-attr]
    os._exit(status)
