"""What is remembered of a folder between two runs: which articles it has had, and what servers gave to ask with again.

A hidden file in the folder, so that it goes where the folder goes. Without it, the heads of the saved files tell.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from msgspec import to_builtins

from store.disk.atomic import make_folder, read_all, replace
from store.errors import FetchError
from store.fetching.client import Validators
from store.fetching.entries import entry_keys
from store.fetching.shelf import Shelf

FILE = ".dateline-fetch.json"
SCHEMA = 1


@dataclass
class PageMemory:
    """A page that was saved."""

    path: str
    """Within the folder."""
    validators: Validators = field(default_factory=Validators)


@dataclass
class FeedMemory:
    """A feed that was read."""

    validators: Validators = field(default_factory=Validators)
    cut: int = 0
    """How many of its entries were saved with less than their text."""


@dataclass
class EntryMemory:
    """An entry that was saved."""

    path: str
    whole: bool = True


class Memory:
    """The folder's memory; for one run, which holds the folder's lock."""

    def __init__(self, shelf: Shelf) -> None:
        self._file = shelf.folder / FILE
        self.pages: dict[str, PageMemory] = {}
        self.feeds: dict[str, FeedMemory] = {}
        self.entries: dict[str, EntryMemory] = {}
        """By the keys of `Entry.keys`."""
        self.waits: dict[str, float] = {}
        """Sites that want to be left alone, until this time (seconds since 1970)."""
        self._written = ""
        try:
            data, _ = read_all(self._file)
        except FileNotFoundError:
            self._recall(shelf)
        else:
            self._load(data)
            self._written = self._text()

    def save(self) -> None:
        """Write what has changed."""
        text = self._text()
        if text != self._written:
            make_folder(self._file.parent)
            replace(self._file, text.encode())
            self._written = text

    def _text(self) -> str:
        tables = {
            "pages": {url: to_builtins(page) for url, page in sorted(self.pages.items())},
            "feeds": {url: to_builtins(feed) for url, feed in sorted(self.feeds.items())},
            "entries": {key: to_builtins(entry) for key, entry in sorted(self.entries.items())},
        }
        return json.dumps({"schema": SCHEMA, "waits": self.waits, **tables}, indent=0) + "\n"

    def _load(self, data: bytes) -> None:
        try:
            tables = json.loads(data)
            schema = int(tables["schema"])
            if schema == SCHEMA:
                for url, one in tables["pages"].items():
                    self.pages[url] = PageMemory(str(one["path"]), _validators(one))
                for url, one in tables["feeds"].items():
                    self.feeds[url] = FeedMemory(_validators(one), int(one["cut"]))
                for key, one in tables["entries"].items():
                    self.entries[key] = EntryMemory(str(one["path"]), bool(one["whole"]))
                self.waits = {str(key): float(until) for key, until in tables["waits"].items()}
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise FetchError(
                f"{self._file} is damaged. Move it away: what was saved is then found out from the files themselves."
            ) from error
        if schema != SCHEMA:
            raise FetchError(f"{self._file} was written by a newer Dateline; use that one for this folder.")

    def _recall(self, shelf: Shelf) -> None:
        """Find out from the saved files themselves."""
        for path, head in shelf.saved():
            within = os.fspath(path.relative_to(shelf.folder))
            for url in filter(None, (head.url, head.asked)):
                self.pages[url] = PageMemory(within)
            if head.guid:
                for key in entry_keys(head.feed, head.guid, head.asked or head.url, head.title):
                    self.entries[key] = EntryMemory(within)


def _validators(one: Any) -> Validators:
    given = one["validators"]
    return Validators(str(given["etag"]), str(given["modified"]))


def lock_file(folder: Path) -> Path:
    """Return the file whose lock a run holds."""
    return folder / ".dateline-fetch.lock"
