"""What is written while an editor or a shell has the terminal is not waited for afterwards."""

from __future__ import annotations

import io
import threading

from textual.drivers._writer_thread import WriterThread

from tui.wire.holding import Outlet
from tui.wire.inside import PacedDriver


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
