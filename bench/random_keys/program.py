"""The reader as it is run here: `python -m bench.random_keys.program RECORD FOLDER BREAK ARGUMENT ...`.

It is the program itself, and beside it files. RECORD has what the disk is given, a line for each change, and one when
it counts as saved. In FOLDER, `faults` has what went wrong without ending it, and `told` what cannot be seen from
outside: copies, commands, that it was told to quit. BREAK is empty, or what `sabotage.py` is to break.

In front of it stands what a shell is to it: it has the terminal, and takes a program that stops to the front again.
"""

from __future__ import annotations

import asyncio
import contextlib
import faulthandler
import json
import logging
import os
import signal
import sys
import termios
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

_SHELL_IGNORES = (signal.SIGTTOU, signal.SIGTTIN, signal.SIGTSTP, signal.SIGINT, signal.SIGHUP)

STOPPED = b"\x1b]7777;%s\x07"
"""Written by the shell when the program has stopped: that it was held, else whether the line discipline is as it was
(`whole`) or not (`raw`)."""
HOLD = signal.SIGUSR1
"""Has the shell stop the program with the signal that asks nobody, so that it knows which of the stops that is."""


def main() -> int:
    """Run the reader as a shell's job and return its exit status; one above 128 tells of a signal."""
    for number in _SHELL_IGNORES:
        signal.signal(number, signal.SIG_IGN)
    record, folder, broken, arguments = sys.argv[1], Path(sys.argv[2]), sys.argv[3], sys.argv[4:]
    before = termios.tcgetattr(0)
    job = os.fork()
    if not job:
        os.setpgid(0, 0)
        os.tcsetpgrp(0, os.getpid())
        for number in _SHELL_IGNORES:
            signal.signal(number, signal.SIG_DFL)
        return _read(record, folder, broken, arguments)
    held = False

    def hold(*_: Any) -> None:
        nonlocal held
        held = True
        with contextlib.suppress(ProcessLookupError):
            os.kill(job, signal.SIGSTOP)

    signal.signal(HOLD, hold)
    while True:
        _, status = os.waitpid(job, os.WUNTRACED)
        os.tcsetpgrp(0, os.getpgrp())
        if not os.WIFSTOPPED(status):
            break
        given_back = termios.tcgetattr(0)[:4] == before[:4]
        os.write(1, STOPPED % (b"held" if held else b"whole" if given_back else b"raw"))
        time.sleep(0.05)  # keys and sizes pile up meanwhile
        os.tcsetpgrp(0, job)
        # What was to hold it while it was stopped anyway has no stop of its own.
        signal.pthread_sigmask(signal.SIG_BLOCK, (HOLD,))
        held = False
        os.kill(-job, signal.SIGCONT)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, (HOLD,))
    return os.WEXITSTATUS(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status)


def _read(record: str, folder: Path, broken: str, arguments: list[str]) -> int:
    faults = folder / "faults"
    tell, keep, say = _into(faults), _into(Path(record)), _into(folder / "told")
    faulthandler.register(signal.SIGUSR2, file=faults.open("a"), all_threads=True)
    logging.basicConfig(level=logging.WARNING, handlers=[_Handler(tell)])
    threading.excepthook = lambda what: tell("".join(traceback.format_exception(what.exc_value or what.exc_type())))
    sys.unraisablehook = lambda what: tell(
        f"{what.err_msg}: {what.object!r}\n" + "".join(traceback.format_exception(what.exc_value))
    )
    from bench.random_keys import sabotage, watching

    # What is broken lies beneath what watches.
    sabotage.do(broken)
    watching.changes(keep)
    watching.doings(lambda **what: say(json.dumps(what)))
    _tell_of_mistakes(tell)
    from tui.__main__ import main as dateline

    return dateline(arguments)


class _Handler(logging.Handler):
    def __init__(self, tell: Callable[[str], None]) -> None:
        super().__init__()
        self._tell = tell

    def emit(self, record: logging.LogRecord) -> None:
        """Write what a library, or asyncio, complains of."""
        self._tell(f"{record.name}: {self.format(record)}")


def _into(path: Path) -> Callable[[str], None]:
    """Return a function that adds a line to a file, whole or not at all where the process is killed."""
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
    return lambda line: _write(handle, (line.replace("\n", "\\n") + "\n").encode("utf-8", "surrogatepass"))


def _write(handle: int, data: bytes) -> None:
    os.write(handle, data)


def _tell_of_mistakes(tell: Callable[[str], None]) -> None:
    """Have errors told in their order, and a worker's also where it ends nothing."""
    from textual.app import App
    from textual.worker import Worker

    handle = App._handle_exception

    def handled(self: Any, error: Exception) -> None:
        tell("".join(traceback.format_exception(error)))
        handle(self, error)

    App._handle_exception = handled  # type: ignore[method-assign]

    run = Worker._run

    async def watched(self: Any, app: Any) -> None:
        await run(self, app)
        if self.error is not None and not isinstance(self.error, asyncio.CancelledError):
            tell(f"worker {self.name}: " + "".join(traceback.format_exception(self.error)))

    Worker._run = watched  # type: ignore[method-assign]


if __name__ == "__main__":
    end = main()
    sys.stdout.flush()
    os._exit(end)
