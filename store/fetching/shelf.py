"""The folder that articles are saved into: what lies there, and putting one more."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from store.disk.atomic import make_folder, replace
from store.errors import FetchError, UsageError
from store.fetching.names import SUFFIX, file_names, folder_name
from store.formats.saved import HEAD, Saved, read_head


class Shelf:
    """A library folder, as `add` and `fetch` see it."""

    def __init__(self, folder: Path) -> None:
        """Nothing is made before the first article is put.

        Raises:
            UsageError: it is no folder, or one that could be a typing mistake.
        """
        self.folder = Path(os.path.abspath(folder))  # noqa: PTH100 - links stay as the user has them
        if self.folder.exists() and not self.folder.is_dir():
            raise UsageError(f"{folder} is no folder to save articles in; name one with --to.")
        if not self.folder.exists() and not self.folder.parent.is_dir():
            raise UsageError(f"{folder} is not there, nor is the folder that it would be in; make it first.")

    def head(self, path: Path) -> Saved | None:
        """Return what the head of a file says; None where none of ours is there."""
        try:
            # A pipe would not be waited for, and is none of ours.
            if not path.is_file():
                return None
            with path.open("rb") as file:
                return read_head(file.read(HEAD))
        except OSError:
            return None

    def saved(self) -> Iterator[tuple[Path, Saved]]:
        """Yield every saved article in the folder, wherever in it; takes a while where there are many."""
        for place, folders, names in os.walk(self.folder):
            folders[:] = sorted(one for one in folders if not one.startswith("."))
            for name in sorted(names):
                path = Path(place, name)
                if name.endswith(SUFFIX) and (head := self.head(path)) is not None:
                    yield path, head

    def place(self, head: Saved, site: str, title: str, published: str) -> Path:
        """Return where an article goes: where it is already, else a name that nothing has."""
        folder = self.folder / folder_name(site)
        path = folder / "untitled"
        for name in file_names(title, published, identity(head)):
            path = folder / name
            if not os.path.lexists(path):
                return path
            there = self.head(path)
            if there is not None and identity(there) == identity(head):
                return path
        raise FetchError(f"was not saved: {path} and every other name for it are taken by other files")

    def put(self, path: Path, data: bytes) -> None:
        """Write an article, whole or not at all.

        Raises:
            OSError: it could not be written; nothing has changed.
        """
        make_folder(path.parent)
        replace(path, data)


def identity(head: Saved) -> str:
    """Return what makes two files the same article: the feed's name for it, else its address."""
    return f"{head.feed if ':' not in head.guid else ''} {head.guid}" if head.guid else head.url
