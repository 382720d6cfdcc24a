"""The processes that read files ahead of the indexer, which enters what they have read in the order of the files.

Each is given some files at a time and reads on until the pipe to us is full. Of all of them only the one is listened
to whose turn it is: so nothing piles up here, and what is entered comes in the order that one process alone would
enter it in.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from store.article import Problem
from store.catalog.entry import Entry
from store.formats.folder import FoundFile
from store.indexer import spawning
from store.indexer.driven import DrivenProcess, wait
from store.indexer.protocol import Hello, Message, Skip
from store.indexer.supervision import Verdict
from store.indexer.tasks import Contents, Read, unpacked
from store.indexer.wire import Outbox

_FILES, _BYTES = 32, 400_000
"""What a process is given to read ahead, at most; always one file."""
_TOGETHER = 8
"""Files that it is told of in one message."""
_PIPE = 1 << 20
"""Bytes that may wait for us in a pipe: some hundred articles."""


class Lost(Exception):  # noqa: N818 - a state
    """A process died again and again; the indexer has to do without."""


@dataclass(frozen=True, slots=True)
class Part:
    """What has come of a file."""

    items: Sequence[Entry | Problem] = ()
    last: bool = False
    opened: bool = True
    anew: bool = False
    """It is read from its beginning once more: its reader died."""
    skip: str = ""
    """Why it is left out: it has brought its reader down. Nothing more comes of it."""


class Crew:
    """So many processes, started when there is something to do for them."""

    def __init__(self, hello: Hello, out: Outbox, left_out: dict[tuple[str, str], str]) -> None:
        self.size = hello.jobs if hello.jobs > 1 else 0
        """How many they are; 0: the indexer does all by itself."""
        self._hello = hello
        self._out = out
        self.left_out = left_out
        """Members of files, by path and name, that have brought a reader down, and how. It may grow here."""
        self._hands: list[_Hand] = []

    def read(self, files: Iterable[FoundFile]) -> ReadAhead:
        """Begin to read files ahead, in this order; whatever was being read is forgotten."""
        if any(hand.files or hand.given_up for hand in self._hands):
            self.close()
        while len(self._hands) < self.size:
            self._hands.append(_Hand(self._hello, self._out, self.left_out))
        return ReadAhead(self._hands, iter(files))

    def give_up(self) -> None:
        """Do without for good."""
        self.size = 0
        self.close()

    def close(self) -> None:
        """End the processes."""
        for hand in self._hands:
            hand.kill()
        self._hands.clear()


class ReadAhead:
    """One pass over some files by several processes."""

    def __init__(self, hands: Sequence[_Hand], files: Iterator[FoundFile]) -> None:
        self._hands = hands
        self._files = files
        self._turns: deque[_Hand] = deque()
        """Who reads each of the files that have been given out, in order."""
        self._deal()

    def part(self, timeout: float) -> Part | None:
        """Return the next part of the file whose turn it is; None when nothing comes in so many seconds.

        Raises:
            Lost: its reader could not be kept alive.
        """
        hand = self._turns[0]
        if not hand.has_news:
            wait([hand], lambda: hand.has_news, timeout)
        if hand.given_up:
            raise Lost(hand.given_up)
        part = hand.news() if hand.has_news else None
        if part is not None and (part.last or part.skip):
            self._turns.popleft()
            hand.files.popleft()
            self._deal()
        return part

    def _deal(self) -> None:
        """Give files to whoever has the fewest, in messages of several."""
        while True:
            hand = min(self._hands, key=lambda one: len(one.files))
            if len(hand.files) > _FILES - _TOGETHER:
                return
            some: list[FoundFile] = []
            size = sum(file.size for file in hand.files)
            while len(some) < _TOGETHER and (size < _BYTES or not (hand.files or some)):
                file = next(self._files, None)
                if file is None:
                    break
                some.append(file)
                size += file.size
            if not some:
                return
            hand.give(some)
            self._turns.extend([hand] * len(some))


class _Hand(DrivenProcess):
    """One of the processes, with the files that it has been given and that have not been taken from it whole."""

    def __init__(self, hello: Hello, out: Outbox, left_out: dict[tuple[str, str], str]) -> None:
        self._hello = hello.changed(jobs=0)
        self._out = out
        self._left_out = left_out
        self._skipped: dict[str, str] = {}
        self._contents: deque[Contents] = deque()
        self._anew = False
        self.files: deque[FoundFile] = deque()
        super().__init__(self._hear, spawning.same_again(), _PIPE)

    def give(self, files: Sequence[FoundFile]) -> None:
        """Have it read these files as well."""
        self.files.extend(files)
        self._send(_read(files))

    @property
    def busy(self) -> bool:
        """Whether something is still to be expected of it."""
        return bool(self.files) and not self.given_up

    @property
    def has_news(self) -> bool:
        """Whether there is something to tell of its first file."""
        return bool(self._contents or self._anew or (self.files and self.files[0].path in self._skipped))

    def news(self) -> Part:
        """Return it."""
        file = self.files[0]
        if file.path in self._skipped:
            self._anew = False
            return Part(skip=self._skipped.pop(file.path))
        if self._anew:
            self._anew = False
            return Part(anew=True)
        found = self._contents.popleft()
        return Part([unpacked(item, file.path) for item in found.items], found.last, found.opened)

    def _first(self) -> Iterable[Message]:
        yield self._hello
        for (path, member), reason in self._left_out.items():
            yield Skip(path, "read", reason, member)
        todo = [file for file in self.files if file.path not in self._skipped]
        for at in range(0, len(todo), _TOGETHER):
            yield _read(todo[at : at + _TOGETHER])

    def _hear(self, message: Message) -> None:
        if isinstance(message, Contents):
            self._contents.append(message)

    def _judged(self, verdict: Verdict) -> None:
        # What had come of later files comes once more; of a part of the first file nobody knows where it ended.
        self._contents.clear()
        self._anew = True
        skip = verdict.skip
        if skip is not None and skip.member:
            self._left_out[skip.source, skip.member] = skip.reason
        elif skip is not None:
            self._skipped[skip.source] = skip.reason
        self._out.send(verdict.trouble)


def _read(files: Sequence[FoundFile]) -> Read:
    return Read(tuple(file.path for file in files), tuple(file.size for file in files))
