"""Drives real indexer processes for the tests beside it."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from store.catalog.articles import CatalogReader
from store.indexer.client import IndexerClient
from store.indexer.protocol import Hello, Message
from store.indexer.spawning import COMMAND

M = TypeVar("M", bound=Message)

FAKE_RECOGNISER = """
import os, re, sys, time
import store.entities.choice as choice
import store.entities.recognizer as recognizer
from store.article import Mention

class Recognizer:
    "Finds every Tokyo, and does what the text says."
    def __init__(self, pipeline):
        print("recogniser loaded", file=sys.stderr, flush=True)
        self.version = choice.version_of(pipeline)
    def recognise_many(self, texts):
        for text in texts:
            if "HANG" in text:
                while True: pass
            if "STUCK" in text: re.match(r"(a|a)+$", "a" * 60 + "b")
            if "CRASH" in text: os.kill(os.getpid(), 9)
            if "RAISE" in text: raise ValueError(text)
            if "SLOW" in text: time.sleep(0.05)
            starts = [i for i in range(len(text)) if text.startswith("Tokyo", i)]
            yield [Mention(i, i + 5, "GPE") for i in starts]

recognizer.Recognizer = Recognizer
choice.version_of = lambda pipeline: "fake 1"
"""
"""A recogniser without spaCy, for what is not about names."""

FAULTY_READER = """
import os, time
import store.formats.registry as registry
import store.indexer.supervision as supervision
supervision.READ_PROCESSOR_SECONDS = 1.0
read_well = registry.read

def read(stream, path, *rest):
    name = os.path.basename(path)
    while name.startswith("hang"): pass
    if name.startswith("crash"): os.kill(os.getpid(), 9)
    if name.startswith("slow") and os.path.exists(os.environ["HOME"] + "/pipe"):
        open(os.environ["HOME"] + "/pipe", "w").close()
        time.sleep(3600)
    yield from read_well(stream, path, *rest)

registry.read = read
"""
"""Documents that bring their reader down, by their names; `slow` ones hang as long as there is a pipe to tell it to."""

SERVE = "\nfrom store.indexer.__main__ import main\nmain()\n"


def command(folder: Path, *changes: str) -> tuple[str, ...]:
    """Return how to start an indexer whose parts were changed before it begins."""
    script = folder / f"indexer_{abs(hash(changes))}.py"
    script.write_text("".join(changes) + SERVE)
    return (sys.executable, "-P", str(script))


def library(tmp_path: Path, files: dict[str, str]) -> Path:
    """Make a folder of text files."""
    root = tmp_path / "articles"
    root.mkdir(exist_ok=True)
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


def hello(tmp_path: Path, *roots: Path, everything: bool = False, cache: str = "cache", **more: str) -> Hello:
    """Return the first message for a library whose cache lies in the test's folder."""
    index, analysis = tmp_path / cache / "library.sqlite3", tmp_path / cache / "analysis.sqlite3"
    where = tuple(map(str, roots or (tmp_path / "articles",)))
    return Hello(where, str(index), str(analysis), everything=everything, **more)


class Session:
    """A client with all that it was told; leaving the context ends the process."""

    def __init__(self, greeting: Hello, how: Sequence[str] = COMMAND) -> None:
        self.heard: list[Message] = []
        self._news = asyncio.Event()
        self.client = IndexerClient(greeting, self._hear, command=how)
        self._index = Path(greeting.index)
        self._read_up_to = 0

    def _hear(self, message: Message) -> None:
        self.heard.append(message)
        self._news.set()

    async def __aenter__(self) -> Session:
        await self.client.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.client.stop(5.0)

    async def next(self, kind: type[M], matches: Callable[[M], bool] = lambda _: True) -> M:
        """Wait for the next message of a kind, after those that earlier calls returned."""
        async with asyncio.timeout(60):
            while True:
                while self._read_up_to < len(self.heard):
                    message = self.heard[self._read_up_to]
                    self._read_up_to += 1
                    if isinstance(message, kind) and matches(message):
                        return message
                self._news.clear()
                await self._news.wait()

    def all(self, kind: type[M]) -> list[M]:
        """Return all messages of a kind so far."""
        return [message for message in self.heard if isinstance(message, kind)]

    def reader(self) -> CatalogReader:
        """Open the index as a screen does."""
        return CatalogReader(self._index)

    def titles(self) -> list[str]:
        """Return the titles in the index, sorted."""
        reader = self.reader()
        try:
            return sorted(row.title for row in reader.first_page(100_000))
        finally:
            reader.close()
