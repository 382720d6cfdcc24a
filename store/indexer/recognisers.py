"""The recognisers that are loaded: made beside other work, and only so many at a time."""

from __future__ import annotations

import gc
from collections import OrderedDict
from concurrent.futures import Future
from threading import Thread
from typing import TYPE_CHECKING

from store.entities.pipelines import Pipeline

if TYPE_CHECKING:
    from store.entities.recognizer import Recognizer

MOST_LOADED = 2
"""Pipelines in memory at a time, of some hundred megabytes each: a library's main language, and the one in hand."""


class Recognisers:
    """Gives out recognisers by pipeline. When one more is wanted than may be loaded, the least used goes."""

    def __init__(self) -> None:
        self._loaded: OrderedDict[Pipeline, Recognizer] = OrderedDict()
        self._loading: dict[Pipeline, Future[Recognizer]] = {}

    def __bool__(self) -> bool:
        """Whether any takes up memory."""
        return bool(self._loaded)

    @property
    def loaded(self) -> tuple[Pipeline, ...]:
        """Those in memory, the one used last at the end."""
        return tuple(self._loaded)

    def must_load(self, pipeline: Pipeline) -> bool:
        """Whether a pipeline has to be loaded and is not yet; it begins to load then, beside other work.

        Loading takes seconds, in which a thousand files are read: whoever waits for a list should not wait for names.
        """
        if pipeline in self._loaded:
            return False
        if pipeline not in self._loading:
            self._make_room()
            self._loading[pipeline] = _in_thread(pipeline)
        return not self._loading[pipeline].done()

    def is_loaded(self, pipeline: Pipeline) -> bool:
        """Tell whether `get` answers at once."""
        return pipeline in self._loaded

    def get(self, pipeline: Pipeline) -> Recognizer:
        """Return a recogniser, loading it if need be.

        Raises:
            ModelError: it cannot be loaded.
        """
        if pipeline not in self._loaded:
            loading = self._loading.pop(pipeline, None)
            self._make_room()
            self._loaded[pipeline] = loading.result() if loading is not None else _made(pipeline)
        self._loaded.move_to_end(pipeline)
        return self._loaded[pipeline]

    def unload(self) -> None:
        """Give all memory back; what is needed is loaded again."""
        self._loaded.clear()
        gc.collect()

    def _make_room(self) -> None:
        gone = False
        while len(self._loaded) >= MOST_LOADED:
            self._loaded.popitem(last=False)
            gone = True
        if gone:
            # A pipeline's parts point at each other: without this its memory stays for long.
            gc.collect()


def _made(pipeline: Pipeline) -> Recognizer:
    from store.entities.recognizer import Recognizer

    return Recognizer(pipeline)


def _in_thread(pipeline: Pipeline) -> Future[Recognizer]:
    """Begin to make a recogniser in a thread that no exit waits for."""
    made: Future[Recognizer] = Future()

    def run() -> None:
        try:
            made.set_result(_made(pipeline))
        except BaseException as error:  # noqa: BLE001 - whoever asks for the result is told
            made.set_exception(error)

    Thread(target=run, daemon=True, name="pipeline").start()
    return made
