"""The processes that read files and find names for the indexer, which alone writes the index."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence

from store.article import ArticleId, Problem
from store.catalog.entry import Entry
from store.formats.folder import FoundFile
from store.indexer import spawning
from store.indexer.driven import DrivenProcess
from store.indexer.protocol import Hello, Message, Skip
from store.indexer.supervision import Verdict
from store.indexer.tasks import Analyse, Contents, Named, Prepare, Read, unpacked
from store.indexer.wire import Outbox
from store.record import Record

TOGETHER = 8
"""Files that a process is told of in one message."""
_PIPE = 1 << 20
"""Bytes that may wait for us in a pipe: some hundred articles."""


class Lost(Exception):  # noqa: N818 - a state
    """A process died again and again; the indexer has to do without."""


class Part(Record):
    """What has come of a file."""

    items: Sequence[Entry | Problem] = ()
    last: bool = False
    opened: bool = True
    anew: bool = False
    """It is read from its beginning once more: its reader died."""
    skip: Skip | None = None
    """Set in the last part of a file that is left out as a whole, since it has brought its reader down.

    Of a file with a member that did so the rest is read anew, and the member is a problem among its items.
    """


class Crew:
    """So many processes, started when there is something to do for them."""

    def __init__(self, hello: Hello, out: Outbox, left_out: dict[tuple[str, str], Skip]) -> None:
        self.size = hello.jobs if hello.jobs > 1 else 0
        """How many they are; 0: the indexer does all by itself."""
        self.left_out = left_out
        """Members of files, by path and name, that have brought a reader down. It may grow here."""
        self._hello = hello
        self._out = out
        self._hands: list[Hand] = []

    def hands(self, most: int | None = None) -> Sequence[Hand]:
        """Return the processes, started if need be until there are `most`."""
        wanted = self.size if most is None else min(self.size, most)
        while len(self._hands) < wanted:
            self._hands.append(Hand(self._hello, self._out, self.left_out))
        return self._hands

    def prepare(self) -> None:
        """Have those that live get ready to find names."""
        for hand in self._hands:
            hand.prepare()

    def give_up(self) -> None:
        """Do without for good."""
        self.size = 0
        self.close()

    def close(self) -> None:
        """End the processes."""
        for hand in self._hands:
            hand.kill()
        self._hands.clear()


class Hand(DrivenProcess):
    """One of the processes, with what it was told to do and has not been taken from it."""

    def __init__(self, hello: Hello, out: Outbox, left_out: dict[tuple[str, str], Skip]) -> None:
        self._hello = hello.replace(jobs=0)
        self._out = out
        self._left_out = left_out
        self._skipped: dict[str, Skip] = {}
        self._contents: deque[Contents] = deque()
        self._anew = False
        self.files: deque[FoundFile] = deque()
        """To be read; the first is the one that there may be news of."""
        self.texts: dict[ArticleId, Analyse] = {}
        """Whose names are to be found."""
        self.named: deque[Named] = deque()
        """What has come of texts."""
        super().__init__(self._hear, spawning.same_again(), _PIPE)

    def read_files(self, files: Sequence[FoundFile]) -> None:
        """Have it read these files as well."""
        self.files.extend(files)
        self._send(_read(files))

    def analyse(self, text: Analyse) -> None:
        """Have it find the names of this text as well."""
        self.texts[text.id] = text
        self._send(text)

    def prepare(self) -> None:
        """Have it get ready to find names."""
        self._send(Prepare())

    @property
    def busy(self) -> bool:
        """Whether something is still to be expected of it."""
        return bool(self.files or self.texts) and not self.given_up

    @property
    def has_part(self) -> bool:
        """Whether there is something to tell of its first file."""
        return bool(self._contents or self._anew or (self.files and self.files[0].path in self._skipped))

    def part(self) -> Part:
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
        yield from self._left_out.values()
        yield from self.texts.values()
        todo = [file for file in self.files if file.path not in self._skipped]
        for at in range(0, len(todo), TOGETHER):
            yield _read(todo[at : at + TOGETHER])

    def _hear(self, message: Message) -> None:
        if isinstance(message, Contents):
            self._contents.append(message)
        elif isinstance(message, Named) and self.texts.pop(message.id, None) is not None:
            self.named.append(message)

    def _judged(self, verdict: Verdict) -> None:
        # What had come of later files comes once more; of a part of the first file nobody knows where it ended.
        self._contents.clear()
        self._anew = bool(self.files)
        skip = verdict.skip
        if skip is None:
            self._out.send(verdict.trouble)
        elif skip.stage == "load":
            self.named.extend(Named(text, unusable=skip.reason) for text in self.texts)
            self.texts.clear()
        elif skip.stage == "analyse":
            self.texts.pop(ArticleId(skip.source), None)
            self.named.append(Named(ArticleId(skip.source), failed=skip.reason))
        else:
            self._out.send(verdict.trouble)
            if skip.member:
                self._left_out[skip.source, skip.member] = skip
            else:
                self._skipped[skip.source] = skip


def _read(files: Sequence[FoundFile]) -> Read:
    return Read(tuple(file.path for file in files), tuple(file.size for file in files))
