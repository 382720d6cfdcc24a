"""Finds the names of one text after the other: those that are known already, else with spaCy, then linked.

What a pipeline found is kept as it is; links and the user's own names are laid over it each time anew.
"""

from __future__ import annotations

import contextlib
import json
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from store.article import ArticleId, Block, BlockKind, Mention
from store.catalog.analysis import AnalysisStore
from store.entities.link import UNREAD, link
from store.entities.pieces import cut
from store.entities.pipelines import Pipeline
from store.indexer.recognisers import Recognisers
from store.indexer.wanted import Wanted
from store.indexer.wire import Outbox

if TYPE_CHECKING:
    from store.entities.recognizer import Recognizer


class Failed(Exception):  # noqa: N818 - a state, named as the user is told of it
    """A text cannot be analysed; the message is a sentence for the user."""


class Analyst:
    """Finds names, with the pipeline of each text's language. Loads spaCy when the first text comes that is unknown."""

    def __init__(self, wanted: Wanted, store: AnalysisStore, out: Outbox) -> None:
        self.wanted = wanted
        self._store = store
        self._out = out
        self._recognisers = Recognisers()

    @property
    def loaded(self) -> bool:
        """Whether a pipeline takes up memory."""
        return bool(self._recognisers)

    def unload(self) -> None:
        """Give the pipelines' memory back, some hundred megabytes; they are loaded again when they are needed."""
        self._recognisers.unload()

    def must_load(self, article: ArticleId, language: str) -> bool:
        """Whether a pipeline has to be loaded for this text and is not; it begins to load then, beside other work."""
        pipeline, recogniser = self.wanted.pipeline(language), self.wanted.recogniser(language)
        if pipeline is None or not self.wanted.versions.of(language) or self._recognisers.is_loaded(pipeline):
            return False
        return self._store.find(article, recogniser) is None and self._recognisers.must_load(pipeline)

    def prepare(self, language: str) -> None:
        """Begin to load what reads this language, beside other work."""
        pipeline = self.wanted.pipeline(language)
        if pipeline is not None and self.wanted.versions.of(language):
            self._recognisers.must_load(pipeline)

    def names_in(
        self,
        article: ArticleId,
        text: str,
        blocks: Sequence[Block],
        language: str,
        *,
        early: Callable[[tuple[Mention, ...]], None] | None = None,
        between: Callable[[], None],
    ) -> tuple[Mention, ...]:
        """Return an article's names, linked, with the user's own ones.

        `early` is given those of the first piece of a long text. `between` is called between pieces and may do
        something more urgent, such as to analyse another text.

        Raises:
            Failed: they cannot be found in this text.
            ModelError: the language's pipeline cannot be used.
        """
        pipeline, recogniser = self.wanted.pipeline(language), self.wanted.recogniser(language)
        raw = self._store.find(article, recogniser) if pipeline is not None else ()
        if raw is None and pipeline is not None:
            raw = self._find(pipeline, recogniser, article, text, blocks, early, between)
            self._store.keep(recogniser, {article: raw})
        self._out.begin(article, "analyse", len(text))
        with _told_apart():
            return self._linked(text, blocks, raw or (), UNREAD if pipeline is None else frozenset())

    def _find(
        self,
        pipeline: Pipeline,
        version: str,
        article: ArticleId,
        text: str,
        blocks: Sequence[Block],
        early: Callable[[tuple[Mention, ...]], None] | None,
        between: Callable[[], None],
    ) -> tuple[Mention, ...]:
        found: list[Mention] = []
        pieces = cut(text, blocks)
        for number, (start, end) in enumerate(pieces):
            if number:
                between()
            # Each time: another language's text between two pieces may have taken its place.
            recogniser = self._load(pipeline, version)
            self._out.begin(article, "analyse", end - start)
            with _told_apart():
                [names] = recogniser.recognise_many([text[start:end]])
                found += shifted(names, start)
                if number == 0 and len(pieces) > 1 and early is not None:
                    early(self._linked(text[:end], [block for block in blocks if block.end <= end], found))
        return tuple(found)

    def _linked(
        self, text: str, blocks: Sequence[Block], raw: Iterable[Mention], without: frozenset[str] = frozenset()
    ) -> tuple[Mention, ...]:
        own = self.wanted.own
        return tuple(link(text, blocks, own.over(text, raw), own.names, without))

    def _load(self, pipeline: Pipeline, version: str) -> Recognizer:
        if not self._recognisers.is_loaded(pipeline):
            self._out.begin("", "load")
        recogniser = self._recognisers.get(pipeline)
        if recogniser.version != version:
            raise Failed("The pipeline was changed while Dateline ran. Start it again.")
        return recogniser


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
    return (mention.replace(start=mention.start + by, end=mention.end + by) for mention in mentions)
