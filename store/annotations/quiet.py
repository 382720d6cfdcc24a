"""When the plain file is brought up to date: two seconds after the last change, in breaths between other things."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.annotations.store import AnnotationStore

AFTER_CHANGE = 2.0
"""Seconds without a change after which it is done, also after a start that finds something to do."""

MOST_BEHIND = 10.0
"""Seconds after the first change that waits: then no pause is waited for."""

_AFTER_OTHERS = 6.0
"""Seconds after another session's change: it will mostly do this itself."""

_AFTER_FAILURE = 30.0
"""Seconds until another try where it was not possible, as on a full disk."""

_BREATH = 0.0005
"""Seconds between two pieces, in which other threads run and a change may come first."""


class QuietFolding:
    """Folds a store's journal while there is nothing else to do. For the thread that serves the store."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._due: float | None = None
        self._behind = 0.0
        self._steps: Iterator[None] | None = None
        self._version = self._own = -1

    def patience(self) -> float | None:
        """Return how long to wait for something else to do, in seconds; None stands for ever."""
        if self._steps is not None:
            return _BREATH
        return None if self._due is None else max(0.0, self._due - self._clock())

    def look(self, store: AnnotationStore) -> None:
        """Look what there is to do, after anything that may have changed it."""
        state = store.journal
        # At a start nobody else may be there to do it.
        own = self._version < 0 or state.own != self._own
        changed = state.version != self._version
        self._version, self._own = state.version, state.own
        if self._due is None:
            self._behind = self._clock()
        if not state.wants_folding:
            self._due = self._steps = None
        elif changed or self._due is None:
            # The text that was on its way is behind already.
            self._steps = None
            wait = 0.0 if state.full else AFTER_CHANGE if own else _AFTER_OTHERS
            self._due = min(self._clock() + wait, max(self._clock(), self._behind + MOST_BEHIND))

    def step(self, store: AnnotationStore) -> None:
        """Do the next piece of it."""
        if self._steps is None:
            self._steps = store.folding()
        try:
            done = next(self._steps, self) is self
        except Exception as error:  # noqa: BLE001 - a mistake here must not end the thread that saves
            store.warn(f"{store.path} could not be brought up to date ({error!r}). Its journal holds everything.")
            done = True
        if done:
            self._steps = self._due = None
            if store.journal.wants_folding:
                self._due = self._clock() + _AFTER_FAILURE
