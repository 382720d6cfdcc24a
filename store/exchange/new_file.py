"""A file that an export or a merge writes: whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from store.disk.atomic import Replacement, sync_folder
from store.errors import ExchangeError, UsageError


class Sink:
    """Takes bytes on their way to a file."""

    def __init__(self, new: Replacement) -> None:
        self._new = new
        self._waiting: list[bytes] = []
        self._size = 0

    def write(self, data: bytes) -> None:
        """Write the next bytes."""
        self._waiting.append(data)
        self._size += len(data)
        if self._size > 1 << 18:
            self.flush()

    def flush(self) -> None:
        """Hand over what was gathered."""
        self._new.write(b"".join(self._waiting))
        self._waiting.clear()
        self._size = 0


@contextmanager
def new_file(path: Path, *, never: Path | None = None) -> Iterator[Sink]:
    """Write a file beside `path` and give it that name at the end; where anything fails, all is as it was.

    Raises:
        UsageError: a folder or the file `never` is there, such as the annotation file.
        ExchangeError: it cannot be written; the message says why.
    """
    _refuse(path, never)
    try:
        # For the user's eyes only, as everything that Dateline writes; who shares it says so.
        new = Replacement(path, mode=0o600)
    except OSError as error:
        raise _failure(path, error) from error
    try:
        sink = Sink(new)
        yield sink
        sink.flush()
        new.force()
        new.put()
        sync_folder(Path(os.path.realpath(path)).parent)
    except OSError as error:
        raise _failure(path, error) from error
    finally:
        new.drop()


def _refuse(path: Path, never: Path | None) -> None:
    try:
        found = path.stat()
    except OSError:
        return
    if never is not None and never.exists() and os.path.samestat(found, never.stat()):
        raise UsageError(f"{path} is the annotation file itself; name another file.")
    if stat.S_ISDIR(found.st_mode):
        raise UsageError(f"{path} is a folder; name a file in it.")
    if not stat.S_ISREG(found.st_mode):
        raise UsageError(f"{path} is no regular file; name one that is, or one that is not there yet.")


def _failure(path: Path, error: OSError) -> ExchangeError:
    why = "its folder is not there" if error.errno == errno.ENOENT else (error.strerror or str(error)).lower()
    return ExchangeError(f"{path} was not written: {why}.")

