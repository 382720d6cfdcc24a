"""Signals at safe moments only: while something is waited for, never in the middle of a change."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType, TracebackType
from typing import Any


class Ended(BaseException):
    """The session was told to end by a signal."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.status = 128 + number


class Signals:
    """Takes SIGINT, SIGTERM and SIGHUP over, for a `with` statement on the main thread."""

    def __init__(self) -> None:
        self._waiting = False
        self._interrupted = False
        self._ended = 0
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

    def _heard(self, number: int, frame: FrameType | None) -> None:
        if number == signal.SIGINT:
            self._interrupted = True
        else:
            self._ended = number
        if self._waiting:
            self._let_through()

    def _let_through(self) -> None:
        if self._ended:
            raise Ended(self._ended)
        if self._interrupted:
            self._interrupted = False
            raise KeyboardInterrupt
