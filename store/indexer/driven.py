"""Processes of ours for callers without an event loop, watched and started again like the screen's indexer."""

from __future__ import annotations

import contextlib
import fcntl
import os
import selectors
import subprocess
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence

from store.indexer import spawning
from store.indexer.protocol import Begin, Hello, Idle, Message, Skip, decode, encode
from store.indexer.supervision import End, Supervision, Verdict, end_of, patience

_BEGIN = b'{"type":"begin"'


class DrivenProcess(ABC):
    """One process that is started at once. `wait` passes on what several of them send."""

    def __init__(self, on_message: Callable[[Message], None], command: Sequence[str], pipe: int = 0) -> None:
        """`on_message` is called from within `wait`, with everything but `Begin`; `pipe`: bytes that may wait in it."""
        self._on_message = on_message
        self._command = tuple(command)
        self._pipe = pipe
        self._supervision = Supervision()
        self._rest = b""
        self._due = 0.0
        self.idle = False
        """Whether it has done all it was asked to, and lives."""
        self.given_up = ""
        """Why it is not started any more; empty while it works."""
        self._start()

    @abstractmethod
    def _first(self) -> Iterable[Message]:
        """Return what a process is told when it starts, be it the first one or its successor."""

    def _judged(self, verdict: Verdict) -> None:
        """Heed what follows from a death, before a successor is started."""
        self._on_message(verdict.trouble)

    def kill(self) -> None:
        """End the process; nothing is lost but what is in hand."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                if pipe is not None:
                    pipe.close()

    def stop(self, timeout: float = 5.0) -> None:
        """Let the process end by itself, so that the index is left in one file."""
        with contextlib.suppress(OSError):
            if self._process.stdin is not None:
                self._process.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout)
        self.kill()

    # ---- for `wait` --------------------------------------------------------------------------------------
    def fileno(self) -> int:
        """Return what the process writes to, for a selector."""
        assert self._process.stdout is not None
        return self._process.stdout.fileno()

    @property
    def busy(self) -> bool:
        """Whether something is still to be expected of it."""
        return not self.idle and not self.given_up

    @property
    def seconds_left(self) -> float | None:
        """Until the document in hand has taken too long."""
        return max(0.0, self._due - time.monotonic()) if self._due else None

    def read(self) -> None:
        """Take in what has arrived, or that the process has died."""
        data = os.read(self.fileno(), 1 << 20)
        if not data:
            self._died(stuck=False)
            return
        *lines, self._rest = (self._rest + data).split(b"\n")
        for number, line in enumerate(lines):
            if number + 1 < len(lines) and line.startswith(_BEGIN) and lines[number + 1].startswith(_BEGIN):
                continue
            self._take(line)

    def check(self) -> None:
        """End a process that has taken too long over a document."""
        if self._due and time.monotonic() >= self._due:
            self._died(stuck=True)

    def _take(self, line: bytes) -> None:
        try:
            message = decode(line)
        except ValueError:
            return
        if message is None:
            return
        self._supervision.saw(message)
        if isinstance(message, Begin):
            seconds = patience(message)
            self._due = time.monotonic() + seconds if seconds is not None else 0.0
            return
        if isinstance(message, Idle):
            self._rests()
        self._on_message(message)

    def _rests(self) -> None:
        self.idle = True
        self._due = 0.0

    def _died(self, *, stuck: bool) -> None:
        self.kill()
        end = End.STUCK if stuck else end_of(self._process.returncode)
        verdict = self._supervision.died(end, log=str(spawning.log_file()))
        if verdict.restart_after is None:
            self.given_up, self.idle = verdict.trouble.reason, False
        self._judged(verdict)
        if verdict.restart_after is not None:
            time.sleep(verdict.restart_after)
            self._start()

    def _start(self) -> None:
        self._rest, self._due, self.idle = b"", 0.0, False
        # Before there is a process: the first imports orjson, which crashes when it is interrupted in its import.
        lines = [encode(message) for message in self._first()]
        log = spawning.open_log()
        try:
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                bufsize=0,
                start_new_session=True,
                env=spawning.environment(),
            )
        finally:
            os.close(log)
        if self._pipe and hasattr(fcntl, "F_SETPIPE_SZ"):
            with contextlib.suppress(OSError):
                fcntl.fcntl(self.fileno(), fcntl.F_SETPIPE_SZ, self._pipe)
        for line in lines:
            self._write(line)

    def _send(self, message: Message) -> None:
        self._write(encode(message))

    def _write(self, line: bytes) -> None:
        # A process that has died is noticed when it is read from.
        with contextlib.suppress(OSError):
            if self._process.stdin is not None:
                view = memoryview(line)
                while view:
                    view = view[self._process.stdin.write(view) or 0 :]


class DrivenIndexer(DrivenProcess):
    """An indexer that is told wishes, one after the other."""

    def __init__(self, hello: Hello, on_message: Callable[[Message], None], command: Sequence[str]) -> None:
        self._hello = hello
        self._skips: list[Skip] = []
        self._wish: Message | None = None
        super().__init__(on_message, command)

    def ask(self, wish: Message) -> None:
        """Send a wish, which a successor is told again if this process dies before it is idle."""
        self.idle = False
        self._wish = wish
        self._send(wish)

    def tell(self, message: Message) -> None:
        """Send what need not be repeated."""
        if isinstance(message, Skip):
            self._skips.append(message)
        self._send(message)

    def _first(self) -> Iterable[Message]:
        return (self._hello, *self._skips, *([self._wish] if self._wish is not None else []))

    def _rests(self) -> None:
        super()._rests()
        self._wish = None

    def _judged(self, verdict: Verdict) -> None:
        if verdict.skip is not None:
            self._skips.append(verdict.skip)
        super()._judged(verdict)


def wait(processes: Iterable[DrivenProcess], done: Callable[[], bool], timeout: float | None = None) -> None:
    """Pass on what processes send until `done`, until none of them is busy, or until so many seconds are over."""
    everyone = list(processes)
    until = None if timeout is None else time.monotonic() + timeout
    while not done() and any(process.busy for process in everyone):
        busy = [process for process in everyone if not process.given_up]
        left = [seconds for process in busy if (seconds := process.seconds_left) is not None]
        if until is not None:
            left.append(max(0.0, until - time.monotonic()))
        # Processes that are started again have new pipes: a selector is cheap to make.
        with selectors.DefaultSelector() as selector:
            for process in busy:
                selector.register(process, selectors.EVENT_READ)
            ready = [key.fileobj for key, _ in selector.select(min(left, default=None))]
        for process in busy:
            if process in ready:
                process.read()
            else:
                process.check()
        if until is not None and time.monotonic() >= until:
            return
