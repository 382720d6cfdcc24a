"""What is written while an editor or a shell has the terminal is not waited for afterwards."""

from __future__ import annotations

import io
import threading

import pytest
from textual.drivers._writer_thread import WriterThread

from tui.wire.holding import HoldingDriver, Outlet
from tui.wire.inside import PacedDriver
from tui.wire.pace import Pace


def test_a_frame_that_comes_while_the_terminal_is_lent_does_not_make_the_line_full_for_ever() -> None:
    file = io.StringIO()
    driver = PacedDriver.__new__(PacedDriver)
    driver._file = Outlet(file)
    for text in ("before ", "after"):
        driver._writer_thread = WriterThread(driver._file)
        driver._writer_thread.start()
        driver.write(text)
        driver._writer_thread.stop()
        driver.write("meanwhile")
    assert file.getvalue() == "before after"
    assert not driver.is_full()


def test_what_is_still_to_be_written_is_waited_for_but_not_for_ever() -> None:
    file = io.StringIO()
    outlet = Outlet(file)
    outlet.taken = 2
    outlet.write("one")
    outlet.flush()
    outlet.write("two")
    # A line that is full holds the flush up, not the write.
    assert outlet.is_full()
    later = threading.Timer(0.02, outlet.flush)
    later.start()
    outlet.wait_written(60)
    assert file.getvalue() == "onetwo"
    outlet.taken = 3
    outlet.wait_written(0.01)


def test_a_copy_that_is_made_while_the_terminal_is_lent_is_written_once_it_is_ours_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = io.StringIO()
    driver = PacedDriver.__new__(PacedDriver)
    driver._file, driver._kept, driver.pace, driver._asks, driver._runs = Outlet(file), [], Pace(), False, False

    def take(self: PacedDriver) -> None:
        self._writer_thread = WriterThread(self._file)
        self._writer_thread.start()
        self.holding = True

    monkeypatch.setattr(HoldingDriver, "start_application_mode", take)
    driver.start_application_mode()
    driver.deliver("ours ")
    driver._writer_thread.stop()
    driver.holding = driver._runs = False
    driver.deliver("copied")
    driver.write("a frame")
    driver.start_application_mode()
    driver._writer_thread.stop()
    assert file.getvalue() == "ours copied"
