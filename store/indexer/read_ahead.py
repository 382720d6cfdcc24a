"""Files read by several processes ahead of the indexer, which enters what is in them in their order.

Each process is given some files at a time and reads on until the pipe to us is full. Of all of them only the one is
listened to whose turn it is: so nothing piles up here, and what is entered comes in the order that one process alone
would enter it in.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from store.formats.folder import FoundFile
from store.indexer.crew import TOGETHER, Crew, Hand, Lost, Part
from store.indexer.driven import wait

_FILES, _BYTES = 32, 400_000
"""What a process is given to read ahead, at most; always one file."""


class ReadAhead:
    """One pass over some files."""

    def __init__(self, crew: Crew, files: Iterable[FoundFile]) -> None:
        """Begin to read; whatever the processes were reading is forgotten."""
        if any(hand.files or hand.given_up for hand in crew.hands()):
            crew.close()
        self._hands = crew.hands()
        self._files = iter(files)
        self._turns: deque[Hand] = deque()
        """Who reads each of the files that have been given out, in order."""
        self._deal()

    def part(self, timeout: float) -> Part | None:
        """Return the next part of the file whose turn it is; None when nothing comes in so many seconds.

        Raises:
            Lost: its reader could not be kept alive.
        """
        hand = self._turns[0]
        if not hand.has_part:
            wait([hand], lambda: hand.has_part, timeout)
        if hand.given_up:
            raise Lost(hand.given_up)
        part = hand.part() if hand.has_part else None
        if part is not None and (part.last or part.skip):
            self._turns.popleft()
            hand.files.popleft()
            self._deal()
        return part

    def _deal(self) -> None:
        """Give files to whoever has the fewest, in messages of several."""
        while True:
            hand = min(self._hands, key=lambda one: len(one.files))
            if len(hand.files) > _FILES - TOGETHER:
                return
            some: list[FoundFile] = []
            size = sum(file.size for file in hand.files)
            while len(some) < TOGETHER and (size < _BYTES or not (hand.files or some)):
                file = next(self._files, None)
                if file is None:
                    break
                some.append(file)
                size += file.size
            if not some:
                return
            hand.read_files(some)
            self._turns.extend([hand] * len(some))
