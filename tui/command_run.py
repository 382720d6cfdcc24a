"""Running a command of the user's: what goes in by its standard input, what comes out. Never through a shell."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence

from store.record import Record

MOST_OUTPUT = 1 << 20
"""Bytes of output that are kept; a command that writes more is stopped."""

LONGEST = 600.0
"""Seconds that a command may take."""

_PIECE = 1 << 16
_GRACE = 1.0
"""Seconds between asking a command to end and ending it."""


class CommandError(Exception):
    """The command could not be started; the message says why."""


class Ended(Record):
    """How a command ended."""

    output: bytes
    """What it wrote, its errors among it."""
    status: int
    """Its exit status; below zero the signal that ended it."""
    seconds: float
    why: str = ""
    """Why it was stopped, in words; empty when it ended by itself."""


def not_started(name: str, error: OSError) -> CommandError:
    """Say why a command could not be started."""
    if isinstance(error, FileNotFoundError):
        return CommandError(f"there is no command {name}")
    return CommandError(f"{name} could not be started: {error.strerror or error}")


async def run(
    argv: Sequence[str],
    pieces: Iterator[bytes],
    *,
    longest: float = LONGEST,
    started: Callable[[int], None] = lambda _: None,
) -> Ended:
    """Run a command, hand it the pieces, and gather what it writes. Whoever cancels this ends the command.

    It need not read what it is handed, nor all of it. `started` is told its process group.

    Raises:
        CommandError: it could not be started.
    """
    began = time.monotonic()
    try:
        process = await asyncio.create_subprocess_exec(
            *argv,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            start_new_session=True,
        )
    except OSError as error:
        raise not_started(argv[0], error) from error
    started(process.pid)
    feeding = asyncio.create_task(_feed(process, pieces))
    output = bytearray()
    why = ""
    try:
        try:
            async with asyncio.timeout(longest):
                await _gather(process, output)
                if len(output) > MOST_OUTPUT:
                    why = f"it wrote more than {MOST_OUTPUT >> 20} MB and was stopped"
                    end_group(process.pid, signal.SIGKILL)
                await process.wait()
        except TimeoutError:
            why = f"it took more than {longest / 60:.0f} minutes and was stopped"
            end_group(process.pid, signal.SIGTERM)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(process.wait(), _GRACE)
    finally:
        feeding.cancel()
        # Also what it has left behind in its group.
        end_group(process.pid, signal.SIGKILL)
        with contextlib.suppress(asyncio.CancelledError):
            await feeding
        # Also where this is cancelled: a process that nobody waits for is a warning of asyncio's later.
        status = await process.wait()
    return Ended(bytes(output[:MOST_OUTPUT]), status, time.monotonic() - began, why)


async def _feed(process: asyncio.subprocess.Process, pieces: Iterator[bytes]) -> None:
    sink = process.stdin
    assert sink is not None
    # A command may end, or close its input, before it has read everything.
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        while (piece := await asyncio.to_thread(next, pieces, None)) is not None:
            sink.write(piece)
            await sink.drain()
    sink.close()


async def _gather(process: asyncio.subprocess.Process, output: bytearray) -> None:
    source = process.stdout
    assert source is not None
    while len(output) <= MOST_OUTPUT and (piece := await source.read(_PIECE)):
        output += piece


def end_group(group: int, number: signal.Signals = signal.SIGKILL) -> None:
    """Send a signal to a command and to what it has started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)


def run_on_terminal(argv: Sequence[str], pieces: Iterator[bytes]) -> int:
    """Run a command that has the terminal to itself, hand it the pieces, and return its exit status.

    Raises:
        CommandError: it could not be started.
    """
    try:
        process = subprocess.Popen(argv, stdin=subprocess.PIPE)
    except OSError as error:
        raise not_started(argv[0], error) from error
    sink = process.stdin
    assert sink is not None
    over = threading.Event()

    def feed() -> None:
        with contextlib.suppress(OSError, ValueError):
            for piece in pieces:
                if over.is_set():
                    break
                sink.write(piece)
        with contextlib.suppress(OSError, ValueError):
            sink.close()

    # The command may read nothing until it is told to by key.
    threading.Thread(target=feed, name="pipe", daemon=True).start()
    before = signal.getsignal(signal.SIGINT)
    # ctrl+c is the command's, not ours.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        return process.wait()
    finally:
        over.set()
        signal.signal(signal.SIGINT, before)
