"""A process that reads files and finds names for an indexer, which alone writes the index. It ends with the indexer."""

from __future__ import annotations

from pathlib import Path

from store.article import Article, Problem, Unchanged
from store.catalog.analysis import AnalysisStore
from store.catalog.entry import entry_of
from store.entities.language import DETECTOR_VERSION, Detector
from store.errors import DatelineError
from store.formats.folder import why
from store.formats.limits import limits_with
from store.indexer.analysing import Analyst, Failed, blocks_of
from store.indexer.open_file import NO_CHARACTERS, OpenFile
from store.indexer.protocol import Hello, Message, Skip, Stop
from store.indexer.tasks import Analyse, Contents, Named, Prepare, Read, packed
from store.indexer.wanted import Wanted
from store.indexer.wire import Inbox, Outbox

_PART = 100_000
"""Characters of articles that go over the wire together, roughly."""
_CHANGED = "What finds names was changed while Dateline ran. Start it again."


class Worker:
    """Does what it is told in that order, and tells what it has in hand."""

    def __init__(self, hello: Hello, inbox: Inbox, out: Outbox) -> None:
        self._hello = hello
        self._inbox = inbox
        self._out = out
        self._limits = limits_with(hello.json)
        self._left_out: dict[tuple[str, str], Skip] = {}
        self._detector = Detector()
        self._store: AnalysisStore | None = None
        self._analyst: Analyst | None = None

    def run(self) -> None:
        """Work until the indexer goes or says stop."""
        while not self._inbox.closed:
            message = self._inbox.take_one()
            if message is None:
                self._out.free()
                self._inbox.wait(None)
            elif isinstance(message, Stop):
                return
            else:
                self._do(message)

    def _do(self, message: Message) -> None:
        if isinstance(message, Skip):
            self._left_out[message.source, message.member] = message
        elif isinstance(message, Read):
            if not self._detector.loaded:
                # A file is given seconds; on a busy machine this takes more.
                self._out.begin("", "load")
                self._detector.load()
            for path, size in zip(message.paths, message.sizes, strict=True):
                self._read(path, size)
        elif isinstance(message, Analyse):
            self._out.send(self._named(message))
        elif isinstance(message, Prepare):
            self._analyst_of("").prepare("")

    def _read(self, path: str, size: int) -> None:
        try:
            file = OpenFile(path, size, self._limits, self._out, self._left_out, keep=_nothing)
        except OSError as error:
            self._send(Contents(path, (packed(Problem(path, "read", why(error))),), opened=False))
            return
        items: list[list[object]] = []
        weight = 0
        with file:
            for item in file.items():
                if isinstance(item, Unchanged):
                    continue  # it is never said that the index has something
                items.append(self._packed(item, path))
                weight += len(item.text) if isinstance(item, Article) else 0
                if weight >= _PART:
                    self._send(Contents(path, tuple(items), last=False))
                    file.begin()
                    items, weight = [], 0
        self._send(Contents(path, tuple(items)))

    def _packed(self, item: Article | Problem, path: str) -> list[object]:
        try:
            if isinstance(item, Problem):
                return packed(item)
            entry = entry_of(item)
            language = self._detector.language(item.text, item.blocks, item.language)
            return packed(entry.replace(language=language, judged=DETECTOR_VERSION))
        except UnicodeEncodeError:
            return packed(Problem(path, "read", NO_CHARACTERS))

    def _named(self, text: Analyse) -> Named:
        self._detector.unload()
        analyst = self._analyst_of(text.version, text.language)
        if analyst.wanted.versions.of(text.language) != text.version:
            return Named(text.id, unusable=_CHANGED)
        try:
            blocks = blocks_of(text.blocks)
            return Named(text.id, analyst.names_in(text.id, text.text, blocks, text.language, between=_nothing_else))
        except Failed as failure:
            return Named(text.id, failed=str(failure))
        except DatelineError as error:
            return Named(text.id, unusable=str(error))

    def _analyst_of(self, version: str, language: str = "") -> Analyst:
        """Return who finds names of this version, looking at pipelines and names once more where they changed."""
        if self._store is None:
            self._store = AnalysisStore(Path(self._hello.analysis))
        known = self._analyst
        if known is None or (version and known.wanted.versions.of(language) != version):
            self._analyst = known = Analyst(Wanted(self._hello), self._store, self._out)
        return known

    def _send(self, contents: Contents) -> None:
        self._out.unwatch()
        self._out.send(contents)


def _nothing_else() -> None:
    """Nothing is more urgent than the rest of a long text."""


def _nothing(fingerprint: int) -> bool:
    """What the index has of a file is not asked for, but each article's fingerprint is."""
    return False
