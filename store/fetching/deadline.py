"""An end to reading what was made to be read slowly: parsers that others wrote take hours over some megabytes."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from store.errors import FetchError

READING = 20.0
"""Seconds for a feed or a page; honest ones take less than one."""
_AGAIN = 1.0
"""Seconds to the next attempt: what is raised while Python collects garbage is told, and dropped."""


class _Expired(BaseException):
    """No `Exception`, which a parser might take for one of its own."""


@contextmanager
def deadline(seconds: float = READING) -> Iterator[None]:
    """Stop what is done within after some seconds. Only the main thread can be stopped: there the commands work.

    Raises:
        FetchError: it was stopped.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_: object) -> None:
        raise _Expired

    handler = signal.signal(signal.SIGALRM, stop)
    others = signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
    try:
        yield
    except _Expired as error:
        raise FetchError(f"takes more than {seconds:.0f} seconds to read and was given up") from error
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, handler)
        if others[0]:
            signal.setitimer(signal.ITIMER_REAL, *others)
