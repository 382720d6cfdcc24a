"""Textual's app and its driver's threads, by their private names, as `frames` and `holding` lean on others.

Textual is pinned exactly, and `tests/tui/wire/` compares each frame with what Textual itself would have written.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import selectors
import threading
from codecs import getincrementaldecoder
from collections.abc import Iterator
from time import monotonic
from typing import Any

from textual import events
from textual._compositor import CompositorUpdate, LayoutUpdate
from textual._time import get_time
from textual._xterm_parser import XTermParser
from textual.app import App, ReturnType
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message
from textual.screen import Screen

from tui.last_screen import LastScreen
from tui.wire.frames import codes_for, is_frame, pieces
from tui.wire.holding import HoldingDriver
from tui.wire.pace import Pace
from tui.wire.painter import Painter
from tui.wire.terminal import abilities, answers_questions

_SYNC_START, _SYNC_END = "\x1b[?2026h", "\x1b[?2026l"

_QUESTION = "\x1b[?69$p"
"""Asks for the mode of side margins. Textual's parser swallows the answer, which also tells that all is drawn."""

_ANSWER = re.compile(r"\x1b\[\?69;(\d)\$y")
_ANSWER_LENGTH = 9


# ---- the driver ------------------------------------------------------------------------------------------------------
class PacedDriver(HoldingDriver):
    """Textual's driver, which can be woken, hears the terminal's answers and knows when the line is full."""

    def __init__(self, app: ChangesApp[Any], **options: Any) -> None:
        super().__init__(app, **options)
        self.pace = Pace()
        self._wake = os.pipe()
        self._settled = threading.Event()
        self._asks = answers_questions(os.environ)
        self._runs = False
        self._kept: list[str] = []
        """What waits until the terminal is ours again."""

    def is_full(self) -> bool:
        """Tell whether something still waits for the terminal to take it."""
        return bool(self._file.is_full())

    def write(self, data: str) -> None:
        """Hand something over to be written; while the terminal is lent to someone it is nobody's to write on."""
        writer = self._writer_thread
        if writer is not None and not writer.is_alive():
            # It would stay in the queue for ever, and the line would seem full. All is drawn when we have it back.
            return
        super().write(data)

    def deliver(self, data: str) -> None:
        """Write what no frame repeats, such as a copy: while the terminal is lent, once it is ours again."""
        if self.holding:
            self.write(data)
        else:
            self._kept.append(data)

    def paint(self, frame: str, synchronised: bool) -> None:
        """Write a frame in one piece, with a question behind it where the pace asks for one."""
        whole = f"{_SYNC_START}{frame}{_SYNC_END}" if synchronised else frame
        self.write(whole + _QUESTION if self.pace.painted(monotonic()) else whole)

    def start_application_mode(self) -> None:
        """Take the terminal, for the first time or again."""
        super().start_application_mode()
        if not self.holding:
            return  # in the background of a shell, which stops us again
        self.pace.begin_anew()
        while self._kept:
            self.write(self._kept.pop(0))
        if self._asks:
            self.pace.asked(monotonic())
            self.write(_QUESTION)
        if self._runs:
            self._loop.call_soon_threadsafe(self._app.redraw_terminal)  # type: ignore[attr-defined]
        self._runs = True

    def stop_application_mode(self) -> None:
        """Give the terminal back, once what it was asked has been answered: a shell would take that for keys."""
        if not self.holding:
            return
        self._settled.clear()
        if left := self.pace.open_for(monotonic()):
            self._settled.wait(left)
        self._file.wait_written()
        super().stop_application_mode()

    def take_again(self) -> None:
        """Set the terminal as it has to be, which we never gave back, and draw all of it."""
        super().take_again()
        self.pace.begin_anew()
        self._loop.call_soon_threadsafe(self._app.redraw_terminal)  # type: ignore[attr-defined]

    def disable_input(self) -> None:
        """End the input thread at once, not at its next look around."""
        os.write(self._wake[1], b"x")
        super().disable_input()
        os.set_blocking(self._wake[0], False)
        with contextlib.suppress(BlockingIOError):
            os.read(self._wake[0], 64)

    def process_message(self, message: Message) -> None:
        """Send what came from the terminal to the app."""
        if isinstance(message, events.Key):
            self.pace.key(monotonic())
        super().process_message(message)

    def run_input_thread(self) -> None:
        """Read keys, and answers, until told to stop. As Textual's, which wakes ten times a second to look around."""
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")("replace").decode
        tail = ""
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            selector.register(self._wake[0], selectors.EVENT_READ)
            while not self.exit_event.is_set():
                due = parser._timeout_time
                ready = selector.select(None if due is None else max(0.0, due - get_time()))
                if any(key.fd == self.fileno for key, _ in ready):
                    try:
                        data = os.read(self.fileno, 4096)
                    except BlockingIOError:
                        continue  # a command that had the terminal left it so
                    except OSError:
                        data = b""
                    if not data:
                        # The terminal is gone; a shell that is gone, too, tells nobody.
                        self._loop.call_soon_threadsafe(self._app.terminal_gone)  # type: ignore[attr-defined]
                        return
                    text = decode(data)
                    tail = self._hear(tail + text)
                    for event in parser.feed(text) if text else ():
                        self.process_message(event)
                for event in parser.tick():
                    self.process_message(event)

    def _hear(self, text: str) -> str:
        """Look for answers in what came; returns what may be the beginning of one."""
        end = 0
        for answer in _ANSWER.finditer(text):
            end = answer.end()
            self.pace.answered(monotonic())
            self._loop.call_soon_threadsafe(self._app.terminal_answered, answer[1] in "12")  # type: ignore[attr-defined]
            if not self.pace.open_for(monotonic()):
                self._settled.set()
        return text[max(end, len(text) - _ANSWER_LENGTH) :]


# ---- the app ---------------------------------------------------------------------------------------------------------
class ChangesApp(App[ReturnType]):
    """A Textual app that writes what has changed on the terminal, where it is one and `changes_only` is set."""

    def __init__(self, *, changes_only: bool, last: LastScreen | None = None) -> None:
        self._painter = Painter(abilities(os.environ)) if changes_only else None
        self.last_screen = last or LastScreen()
        """What the terminal shows already, or nothing."""
        self._waits = changes_only and self.last_screen.is_whole
        """What it shows stays until the app's own is complete."""
        if self._painter is None:
            self.last_screen.give_back()
        elif cells := self.last_screen.take_cells():
            self._painter.begin_with(cells)
        self._next_paint: asyncio.TimerHandle | None = None
        self._drawn = self._painted = False
        super().__init__()

    @property
    def has_painted(self) -> bool:
        """Whether there is something on the terminal; where Textual writes by itself it is not known, and not asked."""
        return self._painted or (self._waits and self._drawn) or not isinstance(self._driver, PacedDriver)

    def get_driver_class(self) -> type[Driver]:
        """Return our own driver in place of Textual's for a terminal or a browser's page; others stay."""
        stock = super().get_driver_class()
        if stock.__name__ == "WebDriver":
            from tui.wire.page import PageDriver  # no terminal needs it

            return PageDriver
        return PacedDriver if self._painter is not None and stock is LinuxDriver else stock

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        driver, painter = self._driver, self._painter
        if not isinstance(driver, PacedDriver) or painter is None or not is_frame(renderable):
            super()._display(screen, renderable)
            return
        if self._batch_count or not self._running or self._closed:
            self.post_display_hook()
            return
        if self._take(screen, renderable, painter):
            self._paint()
        self.post_display_hook()

    def _take(self, screen: Screen[Any], frame: CompositorUpdate, painter: Painter) -> bool:
        """Put a frame into the wanted screen; False where it was drawn for a window of another size."""
        if screen._compositor.size != self.size:
            return False
        if (painter.size != self.size or not self._drawn) and not isinstance(frame, LayoutUpdate):
            # After a change of size Textual draws what it thinks the terminal has lost. We count on nothing.
            frame = screen._compositor.render_full_update()
        self._drawn = True
        painter.fit(*self.size)
        painter.take(pieces(frame), codes_for(self.console))
        return True

    def _paint(self) -> None:
        """Write what has changed, now or as soon as the pace lets."""
        driver, painter = self._driver, self._painter
        if self._next_paint is not None:
            self._next_paint.cancel()
            self._next_paint = None
        if self._waits or not self._drawn or painter is None or not self._screen_stack:
            return
        if not isinstance(driver, PacedDriver) or driver._writer_thread is None:
            return
        wait = driver.pace.wait(monotonic())
        if not wait and driver.is_full():
            wait = 0.01
        if wait:
            self._next_paint = asyncio.get_running_loop().call_later(wait, self._paint)
            return
        if frame := painter.paint(self.screen.outer_size.clamp_offset(self.cursor_position)):
            driver.paint(frame, self._sync_available)
        self._painted = True

    def show_own(self) -> None:
        """Have the app's own screen on the terminal from now on, where the last one was until now."""
        if self._waits:
            self._waits = False
            self._paint()

    def left_screen(self) -> dict[str, Any]:
        """Return the front screen as its widgets would draw it now, for the next start to begin with; empty: none."""
        painter, frame = self._painter, self.screen._compositor.render_full_update()
        return painter.left() if painter is not None and self._take(self.screen, frame, painter) else {}

    @property
    def scrolls_dearly(self) -> bool:
        """Whether every line of a pane has to go over a network to move it by one: there are no side margins."""
        return "SSH_CONNECTION" in os.environ and not (self._painter is not None and self._painter.able.margins)

    def terminal_answered(self, margins: bool) -> None:
        """Take note of an answer: the line has room again, and whether there are side margins is known."""
        if self._painter is not None:
            self._painter.able = self._painter.able.replace(margins=margins)
        if self._next_paint is not None:
            self._paint()

    def terminal_gone(self) -> None:
        """Take note that nothing can come from the terminal any more."""
        raise NotImplementedError

    def _set_pointer_shape(self, shape: str) -> None:
        """Leave the mouse pointer as it is: each new screen would cost a sequence that few terminals know."""

    @contextlib.contextmanager
    def suspend(self) -> Iterator[None]:
        """Lend the terminal to someone; Textual itself does not take it back where that ends with an error."""
        failed: Exception | None = None
        with super().suspend():
            try:
                yield
            except Exception as error:  # noqa: BLE001 - whatever it was, it is raised once the screen is back
                failed = error
        if failed is not None:
            raise failed

    def redraw_terminal(self) -> None:
        """Write every cell anew, whatever the terminal shows."""
        if self._painter is not None:
            self._painter.forget()
            self._paint()

    async def _on_resize(self, event: events.Resize) -> None:
        """Take nothing for granted; Textual's own handler runs beside this one, and lays the screen out."""
        # What a terminal does to its cells is its own affair, also where it ends up with the size that it had.
        if self._painter is not None and (self._drawn or self._painter.size != event.size):
            self._waits = False
            self._painter.forget()
            if self._painter.size == event.size:
                self._paint()
