"""Rounds of reading, one after the other, and the watch that tells when the next one is wanted."""

from __future__ import annotations

from collections.abc import Iterator

from store.indexer.protocol import Hello
from store.indexer.reading import Reading
from store.indexer.scan import within_roots
from store.indexer.watch import Watch, watch_for
from store.indexer.wire import Inbox, Outbox
from store.indexer.wishes import Wishes

_WATCH_FIRST = 0.5
"""Seconds that a look at folders known already waits for the watch, so that nothing falls between the two."""


class Rounds:
    """Begins a round where places are wished for, and takes it step by step."""

    def __init__(self, hello: Hello, inbox: Inbox, out: Outbox, wishes: Wishes) -> None:
        self._hello = hello
        self._inbox = inbox
        self._out = out
        self._wishes = wishes
        self._reading: Reading | None = None
        """What reads into the present index; None while another process writes it."""
        self._watch: Watch | None = None
        self._look_again = False
        self._round: Iterator[None] | None = None

    @property
    def running(self) -> bool:
        """Whether a round has begun and not ended."""
        return self._round is not None

    @property
    def wanted(self) -> bool:
        """Whether there is something to read, as far as is known."""
        return self.running or bool(self._wishes.places)

    def begin(self, reading: Reading) -> None:
        """Read into another index from now on, from a look at everything on, and watch the folders."""
        self._reading = reading
        if self._hello.watch and self._watch is None:
            self._watch = watch_for(self._hello, self._inbox, self._out)
        self._round = None
        self._wishes.places = [()]

    def forget(self) -> None:
        """Give up the round and the index that it reads into."""
        self._round = self._reading = None

    def close(self) -> None:
        """End the watch."""
        if self._watch is not None:
            self._watch.close()

    def commit(self) -> None:
        """Commit what was read and found, and tell the screen."""
        if self._reading is not None:
            self._reading.commit()

    def commit_if_due(self) -> None:
        """The same, where it has waited long enough."""
        if self._reading is not None:
            self._reading.commit_if_due()

    def start(self, *, known: bool) -> None:
        """Begin a round over the places that are wished for; `known`: the index has articles already."""
        wanted = self._wishes.places
        self._wishes.places = []
        paths = [] if () in wanted else [path for place in wanted for path in place]
        if self._watch is not None and not self._watch.settled.is_set():
            # A first list is not kept waiting; what comes while it is read is found by a second look.
            self._look_again = not (known and self._watch.settled.wait(_WATCH_FIRST))
        if self._reading is not None:
            self._round = self._reading.bring_up_to_date(within_roots(paths, self._hello.roots))

    def step(self) -> bool:
        """Take the next step of the round; False where that was its end."""
        if self._round is not None and next(self._round, StopIteration) is not StopIteration:
            return True
        self._round = None
        if self._watch is not None and self._reading is not None:
            self._watch.cost = self._reading.scan_seconds
            if self._look_again and self._watch.settled.is_set():
                self._look_again = False
                self._wishes.places.append(())
        return False
