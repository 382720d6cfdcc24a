"""A file that is being read: what of it is in hand is told, so that whoever watches can tell what hangs or crashes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from types import TracebackType
from typing import Self

from store.article import Article, Problem, Unchanged
from store.formats import registry
from store.formats.folder import open_regular
from store.formats.limits import Limits
from store.formats.source import Damaged
from store.indexer.protocol import Skip
from store.indexer.wire import Outbox

_STILL_READING = 0.5
"""Seconds after which a file with many articles says that it gets on."""

NO_CHARACTERS = "It holds characters that are none."
"""Of an article that no database and no wire can take."""


class OpenFile:
    """Reads one file. A context, which closes it."""

    def __init__(
        self,
        path: str,
        size: int,
        limits: Limits,
        out: Outbox,
        left_out: Mapping[tuple[str, str], Skip],
        keep: Callable[[int], bool] | None = None,
    ) -> None:
        """Open it. `left_out`: members by path and name that are not read; `keep` as an errand has it.

        Raises:
            OSError: it cannot be opened.
        """
        self._path, self._size = path, size
        self._out = out
        self._left_out = left_out
        self._limits = limits.replace(errand=limits.errand.replace(enter=self._entering, keep=keep))
        self._inside, self._said = "", time.monotonic()
        self.begin()
        self._stream = open_regular(path, beat=self._gets_on)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stream.close()

    def begin(self) -> None:
        """Say that it is in hand: at first, and after something else was."""
        self._out.begin(self._path, "read", self._size)

    def items(self) -> Iterator[Article | Problem | Unchanged]:
        """Read what is in it."""
        for item in registry.read(self._stream, self._path, self._limits):
            yield item
            self._inside = ""
            self._gets_on()

    @property
    def share(self) -> float:
        """How much of it has been read, from 0 to 1."""
        return min(1.0, (self._stream.tell() or 1) / (self._size or 1))

    def _gets_on(self) -> None:
        if time.monotonic() - self._said > _STILL_READING:
            self._say()

    def _entering(self, member: str) -> None:
        skip = self._left_out.get((self._path, member))
        if skip is not None:
            raise Damaged(skip.reason)
        self._inside = member
        self._say()

    def _say(self) -> None:
        self._out.begin(self._path, "read", self._size, self._inside)
        self._said = time.monotonic()
