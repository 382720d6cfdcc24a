"""Finds the names of one text after the other: those that are known already, else with spaCy, then linked."""

from __future__ import annotations

import contextlib
import gc
import json
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from store.article import ArticleId, Block, BlockKind, Mention
from store.catalog.analysis import AnalysisStore
from store.entities.link import LINK_VERSION, link
from store.entities.names import OwnName, read_names
from store.entities.pieces import cut
from store.entities.recognizer import recogniser_version
from store.errors import DatelineError
from store.indexer.wire import Outbox

if TYPE_CHECKING:
    from store.entities.recognizer import Recognizer


class Failed(Exception):  # noqa: N818 - a state, named as the user is told of it
    """A text cannot be analysed; the message is a sentence for the user."""


class Analyst:
    """Finds names. Loads spaCy when the first text comes that nobody has analysed yet."""

    def __init__(self, model: str, names: str, store: AnalysisStore, out: Outbox) -> None:
        self._model = model
        self._names = Path(names) if names else None
        self._store = store
        self._out = out
        self._recogniser: Recognizer | None = None
        self._loading: Future[Recognizer] | None = None
        self._own: Sequence[OwnName] = ()
        self.recogniser = ""
        """The version of what finds names; empty when nothing can, and `trouble` says why."""
        self.trouble = ""
        try:
            self.recogniser = recogniser_version(model, self._names)
            self._own = read_names(self._names) if self._names is not None else ()
        except DatelineError as error:
            self.give_up(str(error))

    @property
    def version(self) -> str:
        """What an article's names are of: recogniser and links. Empty when no names can be found."""
        return f"{self.recogniser}/{LINK_VERSION}" if self.recogniser else ""

    def give_up(self, reason: str) -> None:
        """Find no more names, for this reason."""
        self.recogniser, self.trouble = "", reason

    @property
    def loaded(self) -> bool:
        """Whether the pipeline takes up memory."""
        return self._recogniser is not None

    def unload(self) -> None:
        """Give the pipeline's memory back, some hundred megabytes; it is loaded again when it is needed."""
        self._recogniser = None
        gc.collect()

    def must_load(self, article: ArticleId) -> bool:
        """Whether the pipeline has to be loaded for this text and is not; it begins to load then, beside other work.

        Loading takes seconds, in which a thousand files are read: whoever waits for a list should not wait for names.
        """
        if self._recogniser is not None or not self.recogniser:
            return False
        if self._loading is None:
            if self._store.find(article, self.recogniser) is not None:
                return False
            self._loading = _in_thread(self._made)
        return not self._loading.done()

    def names_in(
        self,
        article: ArticleId,
        text: str,
        blocks: Sequence[Block],
        *,
        early: Callable[[tuple[Mention, ...]], None] | None = None,
        between: Callable[[], None],
    ) -> tuple[Mention, ...]:
        """Return an article's names, linked.

        `early` is given those of the first piece of a long text. `between` is called between pieces and may do
        something more urgent, such as to analyse another text.

        Raises:
            Failed: they cannot be found in this text.
        """
        raw = self._store.find(article, self.recogniser)
        if raw is None:
            raw = self._find(article, text, blocks, early, between)
            self._store.keep(self.recogniser, {article: raw})
        self._out.begin(article, "analyse", len(text))
        with _told_apart():
            return tuple(link(text, blocks, raw, self._own))

    def _find(
        self,
        article: ArticleId,
        text: str,
        blocks: Sequence[Block],
        early: Callable[[tuple[Mention, ...]], None] | None,
        between: Callable[[], None],
    ) -> tuple[Mention, ...]:
        recogniser = self._load()
        found: list[Mention] = []
        pieces = cut(text, blocks)
        for number, (start, end) in enumerate(pieces):
            if number:
                between()
            self._out.begin(article, "analyse", end - start)
            with _told_apart():
                [names] = recogniser.recognise_many([text[start:end]])
                found += shifted(names, start)
                if number == 0 and len(pieces) > 1 and early is not None:
                    seen = [block for block in blocks if block.end <= end]
                    early(tuple(link(text[:end], seen, found, self._own)))
        return tuple(found)

    def _load(self) -> Recognizer:
        if self._recogniser is None:
            self._out.begin("", "load")
            loading, self._loading = self._loading, None
            self._recogniser = loading.result() if loading is not None else self._made()
            if self._recogniser.version != self.recogniser:
                raise Failed("The pipeline was changed while Dateline ran. Start it again.")
        return self._recogniser

    def _made(self) -> Recognizer:
        from store.entities.recognizer import Recognizer

        return Recognizer(self._model, self._names)


def _in_thread(make: Callable[[], Recognizer]) -> Future[Recognizer]:
    """Begin to make something in a thread that no exit waits for."""
    made: Future[Recognizer] = Future()

    def run() -> None:
        try:
            made.set_result(make())
        except BaseException as error:  # noqa: BLE001 - whoever asks for the result is told
            made.set_exception(error)

    Thread(target=run, daemon=True, name="pipeline").start()
    return made


@contextlib.contextmanager
def _told_apart() -> Iterator[None]:
    """Turn whatever goes wrong with one text into `Failed`, since the others must go on."""
    try:
        yield
    except Exception as error:
        log_error(error)
        raise Failed(f"It defeats the recogniser ({type(error).__name__}).") from error


def blocks_of(stored: str) -> tuple[Block, ...]:
    """Read blocks as the index keeps them."""
    return tuple(Block(BlockKind(kind), start, end, level) for kind, start, end, level in json.loads(stored))


def log_error(error: BaseException) -> None:
    """Write what went wrong to the log: where, not with which text."""
    print(f"{type(error).__name__}\n{''.join(traceback.format_tb(error.__traceback__))}", file=sys.stderr)  # noqa: T201


def shifted(mentions: Sequence[Mention], by: int) -> Iterator[Mention]:
    """Move the mentions of a piece to where it lies in the text."""
    return (replace(mention, start=mention.start + by, end=mention.end + by) for mention in mentions)
