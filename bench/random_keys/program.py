"""The reader as it is run here: `python -m bench.random_keys.program RECORD FAULTS ARGUMENT ...`.

It is the program itself, and beside it two files. RECORD has what the disk was given, a line for each change, written
once the change counts as saved. FAULTS has what went wrong without ending it.

In front of it stands what a shell is to it: it has the terminal, and takes a program that stops to the front again.
"""

from __future__ import annotations

import asyncio
import faulthandler
import json
import logging
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from typing import Any

_SHELL_IGNORES = (signal.SIGTTOU, signal.SIGTTIN, signal.SIGTSTP, signal.SIGINT, signal.SIGHUP)


def main() -> int:
    """Run the reader as a shell's job and return its exit status; one above 128 tells of a signal."""
    for number in _SHELL_IGNORES:
        signal.signal(number, signal.SIG_IGN)
    record, faults, arguments = sys.argv[1], sys.argv[2], sys.argv[3:]
    job = os.fork()
    if not job:
        os.setpgid(0, 0)
        os.tcsetpgrp(0, os.getpid())
        for number in _SHELL_IGNORES:
            signal.signal(number, signal.SIG_DFL)
        return _read(record, faults, arguments)
    while True:
        _, status = os.waitpid(job, os.WUNTRACED)
        os.tcsetpgrp(0, os.getpgrp())
        if not os.WIFSTOPPED(status):
            break
        os.tcsetpgrp(0, job)
        os.kill(-job, signal.SIGCONT)
    return os.WEXITSTATUS(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status)


def _read(record: str, faults: str, arguments: list[str]) -> int:
    tell = _into(faults)
    faulthandler.register(signal.SIGUSR2, file=open(faults, "a"), all_threads=True)  # noqa: SIM115, PTH123 - for good
    logging.basicConfig(level=logging.WARNING, handlers=[_Handler(tell)])
    threading.excepthook = lambda what: tell("".join(traceback.format_exception(what.exc_value or what.exc_type())))
    sys.unraisablehook = lambda what: tell(
        f"{what.err_msg}: {what.object!r}\n" + "".join(traceback.format_exception(what.exc_value))
    )
    _keep_changes(_into(record))
    _tell_of_workers(tell)
    from tui.__main__ import main as dateline

    return dateline(arguments)


class _Handler(logging.Handler):
    def __init__(self, tell: Callable[[str], None]) -> None:
        super().__init__()
        self._tell = tell

    def emit(self, record: logging.LogRecord) -> None:
        """Write what a library, or asyncio, complains of."""
        self._tell(f"{record.name}: {self.format(record)}")


def _into(path: str) -> Callable[[str], None]:
    """Return a function that adds a line to a file, whole or not at all where the process is killed."""
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
    return lambda line: _write(handle, (line.replace("\n", "\\n") + "\n").encode("utf-8", "surrogatepass"))


def _write(handle: int, data: bytes) -> None:
    os.write(handle, data)


def _keep_changes(keep: Callable[[str], None]) -> None:
    """Have each change written down once it is on the disk; storage is imported when the reader does so."""
    import importlib.abc
    import importlib.util

    name = "store.annotations.journal_storage"

    class Watch(importlib.abc.MetaPathFinder):
        def find_spec(self, fullname: str, *_: Any) -> Any:
            if fullname != name:
                return None
            sys.meta_path.remove(self)
            spec = importlib.util.find_spec(name)
            assert spec is not None and spec.loader is not None
            execute = spec.loader.exec_module

            def exec_module(module: Any) -> None:
                execute(module)
                _watch(module.JournalStorage, keep)

            spec.loader.exec_module = exec_module  # type: ignore[method-assign]
            return spec

    sys.meta_path.insert(0, Watch())


def _watch(storage: Any, keep: Callable[[str], None]) -> None:
    commit = storage._commit

    def kept(self: Any, edits: list[Any]) -> None:
        commit(self, edits)
        keep(json.dumps([[edit.table, edit.key, edit.after] for edit in edits]))

    storage._commit = kept


def _tell_of_workers(tell: Callable[[str], None]) -> None:
    """Have a worker's error told also where it ends nothing."""
    from textual.worker import Worker

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
