"""Indexing for the command line: the same work in the same kind of process, waited for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from store.article import ArticleId
from store.indexer import spawning
from store.indexer.driven import DrivenIndexer, wait
from store.indexer.protocol import Hello, Message, Ready, Trouble, Visible


def run_in_foreground(
    hello: Hello,
    *,
    analyse: Iterable[ArticleId] | None = None,
    everything: bool = False,
    jobs: int = 1,
    progress: Callable[[Message], None] | None = None,
    command: Sequence[str] = spawning.COMMAND,
) -> str:
    """Bring articles and full text up to date, and find the names of `analyse`, or of `everything`.

    `progress` is given what an indexer tells a screen: `Progress`, `Trouble`, and `Mentions` of what was asked for.
    A document that hangs or crashes its process is left out, with its reason among the problems.

    Returns an empty string, or why the index could only be read along: the names of `analyse` then come as
    `Mentions` only.
    """
    run = _Run(hello, progress or (lambda _: None), command)
    try:
        return run.go(list(analyse or ()), everything, jobs)
    finally:
        run.end()


class _Run:
    def __init__(self, hello: Hello, tell: Callable[[Message], None], command: Sequence[str]) -> None:
        self._hello = hello
        self._tell = tell
        self._command = command
        self._indexers: list[DrivenIndexer] = []
        self._ready: Ready | None = None
        self._trouble = ""

    def go(self, ids: list[ArticleId], everything: bool, jobs: int) -> str:
        hello = self._hello.replace(everything=everything, write=True, jobs=max(1, jobs))
        writer = self._start(hello, self._from_writer)
        wait([writer], lambda: self._ready is not None)
        if self._ready is None or self._ready.role != "writer":
            reason = (self._ready.reason if self._ready else "") or self._trouble
            writer.kill()
            if ids and self._ready is not None:
                self._read_along(ids)
            return reason
        wait([writer], lambda: writer.idle)
        if ids and not writer.given_up:
            writer.ask(Visible(tuple(ids)))
            wait([writer], lambda: writer.idle)
        if self._ready.role != "writer":
            return self._ready.reason
        if not writer.given_up:
            writer.stop()
        return writer.given_up

    def end(self) -> None:
        for indexer in self._indexers:
            indexer.kill()

    def _start(self, hello: Hello, on_message: Callable[[Message], None]) -> DrivenIndexer:
        indexer = DrivenIndexer(hello, on_message, self._command)
        self._indexers.append(indexer)
        return indexer

    def _from_writer(self, message: Message) -> None:
        if isinstance(message, Ready):
            self._ready = message
        elif isinstance(message, Trouble) and message.stage == "indexer":
            self._trouble = message.reason
        self._tell(message)

    def _read_along(self, ids: list[ArticleId]) -> None:
        """Analyse without the right to write the index."""
        analyst = self._start(self._hello.replace(everything=False, write=False), self._tell)
        analyst.ask(Visible(tuple(ids)))
        wait([analyst], lambda: analyst.idle)
