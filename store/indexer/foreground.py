"""Indexing for the command line: the same work in the same kind of process, waited for."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from store.article import ArticleId
from store.catalog.articles import CatalogReader
from store.indexer import spawning
from store.indexer.driven import DrivenIndexer, wait
from store.indexer.pace import Pace
from store.indexer.protocol import Hello, Mentions, Message, Progress, Ready, Skip, Trouble, Visible
from store.indexer.wanted import Wanted

_AT_ONCE = 16
"""Texts that a process is given at a time."""


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
        self._together = False

    def go(self, ids: list[ArticleId], everything: bool, jobs: int) -> str:
        hello = self._hello.changed(everything=everything and jobs < 2, write=True, jobs=jobs)
        writer = self._start(hello, self._from_writer)
        wait([writer], lambda: self._ready is not None)
        if self._ready is None or self._ready.role != "writer":
            reason = (self._ready.reason if self._ready else "") or self._trouble
            writer.kill()
            if ids and self._ready is not None:
                self._read_along(ids)
            return reason
        wait([writer], lambda: writer.idle)
        if everything and jobs > 1 and not writer.given_up:
            self._analyse_together(writer, jobs)
        elif ids and not writer.given_up:
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
        # Of several processes' progress only their sum is of interest.
        if not (self._together and isinstance(message, Progress | Mentions)):
            self._tell(message)

    def _read_along(self, ids: list[ArticleId]) -> None:
        """Analyse without the right to write the index."""
        analyst = self._start(self._hello.changed(everything=False, write=False), self._tell)
        analyst.ask(Visible(tuple(ids)))
        wait([analyst], lambda: analyst.idle)

    def _analyse_together(self, writer: DrivenIndexer, jobs: int) -> None:
        """Let several processes fill the shared store of names, and the writer take them from there."""
        versions = Wanted(self._hello).versions
        if not versions:
            # The writer has told why already.
            return
        reader = CatalogReader(Path(self._hello.index))
        total = reader.counts().articles
        texts = sorted(reader.waiting(versions), key=lambda text: text.language)
        waiting = deque(text.id for text in texts)
        words = {text.id: text.words for text in texts}
        reader.close()
        self._together = True
        pace = Pace()
        pace.goal(total, len(waiting), sum(words.values()))
        found: list[ArticleId] = []
        unusable = False

        def heard(message: Message) -> None:
            nonlocal unusable
            if isinstance(message, Mentions) and message.complete:
                found.append(message.id)
                self._tell(Progress("analyse", *pace.step(words.get(message.id, 0)), pace.seconds))
            elif isinstance(message, Trouble):
                if message.stage == "analyse":
                    writer.tell(Skip(message.source, "analyse", message.reason))
                unusable = unusable or message.stage == "load"
                self._tell(message)

        def somebody_is_free() -> bool:
            return any(analyst.idle for analyst in analysts) if waiting else writer.idle and bool(found)

        hello = self._hello.changed(everything=False, write=False)
        analysts = [self._start(hello, heard) for _ in range(min(jobs, len(waiting) // _AT_ONCE + 1))]
        while not unusable:
            for analyst in analysts:
                if analyst.idle and waiting:
                    analyst.ask(Visible(tuple(waiting.popleft() for _ in range(min(_AT_ONCE, len(waiting))))))
            if writer.idle and found:
                writer.ask(Visible(tuple(found)))
                found.clear()
            if not any(indexer.busy for indexer in (*analysts, writer)):
                break
            wait([*analysts, writer], somebody_is_free)
        for analyst in analysts:
            analyst.kill()
