"""Signals at safe moments only: while something is waited for, never in the middle of a change.

A session that is told to end has a deadline all the same: a disk that hangs must not keep it for ever.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType, TracebackType
from typing import Any

GRACE = 2.0
"""Seconds from the signal that ends a session to its end, whatever hangs. Half of them a save in hand may take."""


class Ended(BaseException):
    """The session was told to end by a signal."""

    def __init__(self, number: int, *, unsaved: bool = False) -> None:
        super().__init__(number)
        self.status = 128 + number
        self.unsaved = unsaved
        """Whether the disk did not take what was being saved."""


class Signals:
    """Takes SIGINT, SIGTERM and SIGHUP over, for a `with` statement on the main thread."""

    def __init__(self) -> None:
        self._waiting = False
        self._interrupted = False
        self._ended = 0
        self._until = 0.0
        """Monotonic time at which the process ends, once it was told to."""
        self._saving = False
        self._lent = False
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Signals:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            self._before[number] = signal.signal(number, self._heard)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Let signals through for as long as something is waited for.

        Raises:
            KeyboardInterrupt: the user wants no more of it.
            Ended: the session has to end.
        """
        self._waiting = True
        try:
            self._let_through()
            yield
        finally:
            self._waiting = False

    @contextmanager
    def saving(self) -> Iterator[None]:
        """Wait for the disk, which is not to be given up, but for the sake of the deadline.

        Raises:
            Ended: the session has to end, and the disk does not answer.
        """
        self._saving = True
        try:
            yield
        finally:
            self._saving = False

    @contextmanager
    def lent(self) -> Iterator[None]:
        """Give the terminal to another program: the deadline begins once that is done, be it by the same signal."""
        self._lent = True
        try:
            yield
        finally:
            self._lent = False
            # It was for the other program.
            self.forget_interrupt()
            if self._ended:
                self._begin_to_end()

    def forget_interrupt(self) -> None:
        """Let a ctrl+c that nothing has heard yet be none."""
        self._interrupted = False

    @property
    def left(self) -> float:
        """Seconds that a session that has to end still has."""
        return max(0.0, self._until - time.monotonic())

    def _heard(self, number: int, frame: FrameType | None) -> None:
        if number == signal.SIGINT:
            self._interrupted = True
        elif not self._ended:
            self._ended = number
            if not self._lent:
                self._begin_to_end()
        if self._waiting:
            self._let_through()

    def _begin_to_end(self) -> None:
        self._until = time.monotonic() + GRACE
        signal.signal(signal.SIGALRM, self._late)
        signal.setitimer(signal.ITIMER_REAL, GRACE / 2, GRACE / 2)

    def _late(self, number: int, frame: FrameType | None) -> None:
        """Do at half of the time, and then at its end, what the rest of it is too short for."""
        if self.left < GRACE / 4:
            os._exit(128 + self._ended)
        if self._saving:
            raise Ended(self._ended, unsaved=True)

    def _let_through(self) -> None:
        if self._ended:
            raise Ended(self._ended)
        if self._interrupted:
            self._interrupted = False
            raise KeyboardInterrupt
