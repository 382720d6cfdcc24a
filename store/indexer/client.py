"""The screen's end of the indexer: starts it, passes wishes on, watches it, starts it again.

Imported before the first paint, so it imports nothing heavy.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Callable, Iterable, Sequence

from store.article import ArticleId
from store.indexer import spawning
from store.indexer.protocol import (
    Begin,
    Hello,
    Message,
    Rebuild,
    Rescan,
    Show,
    Skip,
    Stop,
    Trouble,
    Visible,
    decode,
    encode,
)
from store.indexer.supervision import End, Supervision, end_of, patience

_BEGIN = b'{"type":"begin"'
_LONGEST_LINE = 64 << 20
_SLEPT = 2.0
"""A deadline noticed so many seconds late means that we were suspended ourselves, and the indexer with us."""


class IndexerClient:
    """One library's indexer. All methods belong to the event loop that calls `start`."""

    def __init__(
        self,
        hello: Hello,
        on_message: Callable[[Message], None],
        *,
        command: Sequence[str] = spawning.COMMAND,
    ) -> None:
        """`on_message` is called from the event loop, never from within a method of this object."""
        self._hello = hello
        self._on_message = on_message
        self._command = tuple(command)
        self._supervision = Supervision()
        self._skips: list[Skip] = []
        self._shown: ArticleId | None = None
        self._visible: tuple[ArticleId, ...] = ()
        self._process: _Process | None = None
        self._restart: asyncio.TimerHandle | None = None
        self._starting: asyncio.Task[None] | None = None
        self._deadline: asyncio.TimerHandle | None = None
        self._due = 0.0
        self._hung = False
        self._ended = False

    @property
    def pid(self) -> int | None:
        """The running indexer's process id."""
        return self._process.pid if self._process is not None else None

    async def start(self) -> None:
        """Start the indexer. One that cannot be started is told as trouble, not raised."""
        self._restart = None
        if self._ended or self._process is not None:
            return
        process = _Process(self._received, self._died)
        self._process = process
        log = spawning.open_log()
        try:
            loop = asyncio.get_running_loop()
            await loop.subprocess_exec(
                lambda: process,
                *self._command,
                stderr=log,
                start_new_session=True,
                env=spawning.environment(),
            )
        except OSError as error:
            self._process = None
            reason = f"The indexer cannot be started: {error.strerror or error}."
            asyncio.get_running_loop().call_soon(self._on_message, Trouble("", "indexer", reason))
            return
        finally:
            os.close(log)
        if self._ended:
            process.kill()
            return
        self._send(self._hello)
        for skip in self._skips:
            self._send(skip)
        if self._shown is not None:
            self._send(Show(self._shown))
        if self._visible:
            self._send(Visible(self._visible))

    def show(self, article: ArticleId) -> None:
        """Have this article analysed next; its names come as `Mentions`, also when they are known already."""
        self._shown = article
        self._send(Show(article))

    def visible(self, articles: Iterable[ArticleId]) -> None:
        """Have the articles that the list shows analysed before the others."""
        wanted = tuple(articles)
        if wanted != self._visible:
            self._visible = wanted
            self._send(Visible(wanted))

    def rescan(self, paths: Iterable[str] = ()) -> None:
        """Look at these paths again, or at all roots. Starts an indexer that had been left stopped."""
        if self._process is None and self._restart is None and not self._ended:
            self._supervision.forgive()
            self._restart_in(0.0)
            return
        self._send(Rescan(tuple(paths)))

    def rebuild(self) -> None:
        """Have a damaged index built anew."""
        self._send(Rebuild())

    async def stop(self, timeout: float = 1.0) -> None:
        """Let it finish the document at hand, `timeout` seconds at most, then end it."""
        process = self._end()
        if process is None:
            return
        process.write(encode(Stop()))
        process.close_stdin()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(timeout):
                await process.ended.wait()
                return
        process.kill()
        await process.ended.wait()

    def kill(self) -> None:
        """End it at once. The index survives that; what was being analysed is analysed again another time."""
        process = self._end()
        if process is not None:
            # Its end closes what is open to it. `close` would ask whether it has ended, and take that from the waiter.
            process.kill()

    # ---- below -------------------------------------------------------------------------------------------
    def _end(self) -> _Process | None:
        self._ended = True
        for timer in (self._restart, self._deadline):
            if timer is not None:
                timer.cancel()
        self._restart = self._deadline = None
        process, self._process = self._process, None
        return process

    def _send(self, message: Message) -> None:
        if self._process is not None:
            self._process.write(encode(message))

    def _received(self, process: _Process, lines: list[bytes]) -> None:
        if process is not self._process:
            return
        last = len(lines) - 1
        for number, line in enumerate(lines):
            # Of documents begun in a row only the last can be in hand; there may be thousands a second.
            if number < last and line.startswith(_BEGIN) and lines[number + 1].startswith(_BEGIN):
                continue
            try:
                message = decode(line)
            except ValueError:
                continue
            if message is None:
                continue
            self._supervision.saw(message)
            if isinstance(message, Begin):
                self._watch(message)
            else:
                asyncio.get_running_loop().call_soon(self._tell, process, message)

    def _tell(self, process: _Process, message: Message) -> None:
        if not self._ended:
            self._on_message(message)

    def _watch(self, begin: Begin) -> None:
        seconds = patience(begin)
        loop = asyncio.get_running_loop()
        self._due = loop.time() + seconds if seconds is not None else 0.0
        # One timer at a time, moved on when it rings: most documents take milliseconds.
        if seconds is not None and (self._deadline is None or self._deadline.when() > self._due + 1.0):
            self._ring_at(self._due)

    def _ring_at(self, when: float) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
        self._deadline = asyncio.get_running_loop().call_at(when, self._ring, when)

    def _ring(self, when: float) -> None:
        self._deadline = None
        if not self._due or self._process is None:
            return
        now = asyncio.get_running_loop().time()
        if now - when > _SLEPT:
            # What the indexer sent meanwhile has not been read yet.
            document = self._supervision.in_hand
            self._due = now + ((document and patience(document)) or 0.0)
        if now < self._due:
            self._ring_at(self._due)
            return
        self._hung = True
        self._process.kill()

    def _died(self, process: _Process) -> None:
        if process is not self._process:
            return
        self._process = None
        self._due = 0.0
        hung, self._hung = self._hung, False
        end = End.STUCK if hung else end_of(process.returncode)
        verdict = self._supervision.died(end, log=str(spawning.log_file()))
        if verdict.skip is not None:
            self._skips.append(verdict.skip)
        if verdict.restart_after is not None:
            self._restart_in(verdict.restart_after)
        asyncio.get_running_loop().call_soon(self._tell, process, verdict.trouble)

    def _restart_in(self, seconds: float) -> None:
        loop = asyncio.get_running_loop()
        self._restart = loop.call_later(seconds, self._start_again)

    def _start_again(self) -> None:
        # The loop keeps only weak references to tasks.
        self._starting = asyncio.get_running_loop().create_task(self.start())


class _Process(asyncio.SubprocessProtocol):
    """A running indexer: cuts what it sends into lines, and knows when it has ended."""

    def __init__(self, received: Callable[[_Process, list[bytes]], None], died: Callable[[_Process], None]) -> None:
        self._received = received
        self._on_death = died
        self._rest = b""
        self._transport: asyncio.SubprocessTransport | None = None
        self.ended = asyncio.Event()

    @property
    def pid(self) -> int | None:
        return self._transport.get_pid() if self._transport is not None else None

    @property
    def returncode(self) -> int | None:
        return self._transport.get_returncode() if self._transport is not None else None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.SubprocessTransport)
        self._transport = transport

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        *lines, self._rest = (self._rest + data).split(b"\n")
        if len(self._rest) > _LONGEST_LINE:
            self.kill()
            self._rest = b""
        if lines:
            self._received(self, lines)

    def connection_lost(self, exc: Exception | None) -> None:
        self.ended.set()
        self._on_death(self)

    def write(self, line: bytes) -> None:
        pipe = self._stdin()
        if pipe is not None and not pipe.is_closing():
            pipe.write(line)

    def close_stdin(self) -> None:
        pipe = self._stdin()
        if pipe is not None:
            pipe.close()

    def kill(self) -> None:
        if self._transport is not None:
            with contextlib.suppress(ProcessLookupError):
                self._transport.kill()

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()

    def _stdin(self) -> asyncio.WriteTransport | None:
        pipe = self._transport.get_pipe_transport(0) if self._transport is not None else None
        assert pipe is None or isinstance(pipe, asyncio.WriteTransport)
        return pipe
