"""The child's end of the pipe: what the screen wishes, what we tell it, and what is in hand."""

from __future__ import annotations

import faulthandler
import os
import signal
import sys
import threading
import time
from collections import deque
from typing import BinaryIO

from store.indexer.protocol import PAUSED, Begin, Message, Progress, decode, encode
from store.indexer.supervision import patience, processor_limit

_LAST_MOMENTS = 0.3
"""Seconds that work gets to end by itself when the screen has gone; the databases survive being cut off."""
_GRACE = 15.0
"""Seconds after the client's deadline at which we end ourselves: only when nobody is there to do it."""


class Inbox:
    """Messages from the screen, read by a thread of their own so that its going away is noticed at any time."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._messages: deque[Message] = deque()
        self._changed = threading.Condition()
        self.closed = False
        """Whether the screen has gone."""
        threading.Thread(target=self._read, name="inbox", daemon=True).start()

    def take(self) -> list[Message]:
        """Return what has come since the last call, without waiting."""
        with self._changed:
            taken = list(self._messages)
            self._messages.clear()
        return taken

    def take_one(self) -> Message | None:
        """Return the first message that has come, without waiting."""
        with self._changed:
            return self._messages.popleft() if self._messages else None

    def wait(self, timeout: float | None) -> bool:
        """Wait until there is a message, or the screen goes, or the time is up; says whether there is one."""
        with self._changed:
            if not self._messages and not self.closed:
                self._changed.wait(timeout)
            return bool(self._messages)

    def put(self, message: Message) -> None:
        """Add a message of our own."""
        with self._changed:
            self._messages.append(message)
            self._changed.notify()

    def _read(self) -> None:
        for line in self._stream:
            try:
                message = decode(line)
            except ValueError as error:
                print(f"unreadable message: {error}", file=sys.stderr)  # noqa: T201 - stderr is the log
                continue
            if message is not None:
                self.put(message)
        with self._changed:
            self.closed = True
            self._changed.notify()
        time.sleep(_LAST_MOMENTS)
        os._exit(0)


class Outbox:
    """Messages to the screen, each written at once."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._in_hand = False
        self._armed = 0.0
        self._progress, self._stage = 0.0, ""

    def send(self, message: Message) -> None:
        """Write a message. Ends the process when nobody reads any more."""
        try:
            self._stream.write(encode(message))
            self._stream.flush()
        except BrokenPipeError:
            os._exit(0)

    def begin(self, source: str, stage: str, size: int = 0, member: str = "") -> None:
        """Say that this document, or this part of it, is worked on now, and watch over ourselves as well."""
        begin = Begin(source, stage, size, member)
        self.send(begin)
        self._in_hand = True
        now = time.monotonic()
        seconds = (patience(begin) or 0.0) + _GRACE
        if abs(now + seconds - self._armed) > 1.0:
            # A loop in C that never lets go of the interpreter can be ended from C only.
            self._armed = now + seconds
            faulthandler.dump_traceback_later(seconds, exit=True)
        # Its signal ends the process, be it in a loop in C; who watches knows by it what happened.
        signal.setitimer(signal.ITIMER_PROF, processor_limit(begin))

    def free(self) -> None:
        """Say that no document is in hand."""
        self._let_go(Begin())

    def unwatch(self) -> None:
        """Stop watching over ourselves until the next document begins: who reads what we send may take its time."""
        if self._armed:
            self._armed = 0.0
            faulthandler.cancel_dump_traceback_later()
            signal.setitimer(signal.ITIMER_PROF, 0.0)

    def pause(self, source: str) -> None:
        """Say that a file is put aside half read: it is not in hand, but has not proved harmless either."""
        self._let_go(Begin(source, PAUSED))

    def _let_go(self, message: Begin) -> None:
        if self._in_hand:
            self._in_hand = False
            self.unwatch()
            self.send(message)

    def progress(
        self, stage: str, done: int, total: int, rate: float = 0.0, seconds: float = 0.0, *, last: bool = False
    ) -> None:
        """Say how far a stage has come, at most five times a second."""
        now = time.monotonic()
        if last or stage != self._stage or now - self._progress >= 0.2:
            self._progress, self._stage = now, stage
            self.send(Progress(stage, done, total, rate, seconds))
