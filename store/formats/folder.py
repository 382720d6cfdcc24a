"""Finds the files of a library, and opens them so that no odd file can block or mislead the reader."""

from __future__ import annotations

import errno
import io
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from store.article import Article, Problem, Unchanged
from store.formats.limits import DEFAULT, Limits, megabytes
from store.formats.registry import Outlook, handling, is_leftover, not_yet, outlook, read
from store.record import Record

_SAVED_PAGE = ("_files", "-files", "_Dateien", "_fichiers", "_archivos")
"""Browsers keep a saved page's pictures and frames in a folder beside it."""

_ODD = {
    stat.S_IFIFO: "This is a pipe, not a file.",
    stat.S_IFSOCK: "This is a socket, not a file.",
    stat.S_IFCHR: "This is a device, not a file.",
    stat.S_IFBLK: "This is a device, not a file.",
}


_PIECE = 1 << 17
"""Bytes read from the disk at a time."""


class FoundFile(Record):
    """A regular file that may hold articles."""

    path: str
    """As `os.fsdecode` gives it: bytes that are no UTF-8 are surrogate escapes."""
    stamp: str
    """Size, modification time, inode and reader version; while it stays, the file need not be read."""
    size: int


def walk(root: Path, limits: Limits = DEFAULT) -> Iterator[FoundFile | Problem]:
    """Find the files under a folder, each folder's files before its folders, both by name.

    Hidden files and folders, editors' leftovers and what is no article by its name are passed over. Links are
    not followed out of the root; a link within it is followed only to a file that is not found otherwise.
    Results come before the walk has ended: folders are listed one at a time. A root that is a file is found.
    """
    top = os.fspath(root)
    try:
        about = os.stat(top)  # noqa: PTH116 - paths stay strings: a hundred thousand are made
    except OSError as error:
        yield Problem(top, "scan", why(error))
        return
    if not stat.S_ISDIR(about.st_mode):
        odd = _ODD.get(stat.S_IFMT(about.st_mode))
        yield Problem(top, "scan", odd) if odd else _found(top, about, limits)
        return
    real = os.path.realpath(top)
    base = top.rstrip("/").count("/")
    seen = {(about.st_dev, about.st_ino)}
    waiting = [top]
    while waiting:
        folder = waiting.pop()
        if folder.count("/") - base > limits.depth:
            yield Problem(folder, "scan", f"The folder lies more than {limits.depth} folders deep.")
            continue
        try:
            with os.scandir(folder) as listing:
                entries = sorted((entry for entry in listing if not entry.name.startswith(".")), key=_by_name)
        except OSError as error:
            yield Problem(folder, "scan", why(error))
            continue
        names = {entry.name for entry in entries}
        folders: list[str] = []
        for entry in entries:
            try:
                if entry.is_dir(follow_symlinks=False):
                    if not _belongs_to_page(entry.name, names):
                        about = entry.stat(follow_symlinks=False)
                        if (about.st_dev, about.st_ino) not in seen:
                            seen.add((about.st_dev, about.st_ino))
                            folders.append(entry.path)
                elif entry.is_symlink():
                    yield from _link(entry, real, limits)
                elif not is_leftover(entry.name):
                    yield from _file(entry, limits)
            except OSError as error:
                yield Problem(entry.path, "scan", why(error))
        waiting.extend(reversed(folders))


def folders_of(root: str) -> Iterator[str]:
    """Find the folders that `walk` looks into, the given one first."""
    waiting = [root]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder) as listing:
                # Most entries are files, whose names matter only beside a saved page's folder.
                below = [entry for entry in listing if entry.is_dir(follow_symlinks=False) and entry.name[0] != "."]
        except OSError:
            continue
        yield folder
        waiting.extend(entry.path for entry in below if not of_page(entry.path))


def of_page(folder: str) -> bool:
    """Whether a folder only holds what belongs to the saved page beside it."""
    for ending in _SAVED_PAGE:
        if folder.endswith(ending):
            page = folder.removesuffix(ending)
            return os.path.lexists(f"{page}.html") or os.path.lexists(f"{page}.htm")
    return False


def page_folders(file: str) -> list[str]:
    """Return the folders beside a page that belong to it, and are looked into as soon as it is gone."""
    page, _, suffix = file.rpartition(".")
    if suffix not in ("html", "htm"):
        return []
    return [page + ending for ending in _SAVED_PAGE if Path(page + ending).is_dir()]


def is_reached(path: str, root: str) -> bool:
    """Whether `walk` of a root comes to a file or folder below it, if it is there."""
    names = path[len(root) :].strip("/").split("/")
    if any(name.startswith(".") for name in names):
        return False
    above = root.rstrip("/")
    for name in names:
        above = f"{above}/{name}"
        if of_page(above) or (above != path and Path(above).is_symlink()):
            return False
    return True


def open_regular(path: str, *, follow: bool = True, beat: Callable[[], None] | None = None) -> BinaryIO:
    """Open a file for reading, if it is a regular one; pipes do not block and devices are not read.

    With `follow` false a link is refused too. `beat` is called with every piece that is read from the disk: whoever
    watches over a large file so knows that its reader gets on.

    Raises:
        OSError: it cannot be opened or is no regular file; `why` makes a sentence of it.
    """
    flags = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY | (0 if follow else os.O_NOFOLLOW)
    handle = os.open(path, flags)
    try:
        mode = os.fstat(handle).st_mode
        if not stat.S_ISREG(mode):
            raise OSError(errno.EINVAL, _ODD.get(stat.S_IFMT(mode), "This is a folder, not a file.").rstrip("."), path)
        return os.fdopen(handle, "rb") if beat is None else io.BufferedReader(_Watched(handle, beat), _PIECE)
    except BaseException:
        os.close(handle)
        raise


class _Watched(io.FileIO):
    def __init__(self, handle: int, beat: Callable[[], None]) -> None:
        super().__init__(handle, "rb")
        self._beat = beat

    def readinto(self, buffer: memoryview) -> int | None:  # type: ignore[override]
        self._beat()
        return super().readinto(buffer)


def read_path(path: str, limits: Limits = DEFAULT) -> Iterator[Article | Problem]:
    """Open a file and read its articles; whatever is wrong becomes a problem."""
    try:
        stream = open_regular(path)
    except OSError as error:
        yield Problem(path, "read", why(error))
        return
    with stream:
        for item in read(stream, path, limits):
            if not isinstance(item, Unchanged):
                yield item


def why(error: OSError) -> str:
    """Say in a sentence why a file or folder cannot be used."""
    sentences = {
        errno.EACCES: "You have no permission to read it.",
        errno.EPERM: "You have no permission to read it.",
        errno.ENOENT: "It is not there any more.",
        errno.ELOOP: "The link leads back to itself.",
        errno.ENAMETOOLONG: "Its path is too long.",
        errno.ENXIO: "This is a socket or a pipe, not a file.",
        errno.EOPNOTSUPP: "This is a socket, not a file.",
        errno.EIO: "The disk could not read it.",
        errno.EMFILE: "Too many files are open.",
    }
    return sentences.get(error.errno or 0) or f"{error.strerror or error}."


def _by_name(entry: os.DirEntry[str]) -> str:
    return entry.name


def _belongs_to_page(name: str, names: set[str]) -> bool:
    for ending in _SAVED_PAGE:
        if name.endswith(ending):
            page = name.removesuffix(ending)
            return f"{page}.html" in names or f"{page}.htm" in names
    return False


def _file(entry: os.DirEntry[str], limits: Limits) -> Iterator[FoundFile | Problem]:
    promise = outlook(entry.name)
    if promise is Outlook.IGNORED:
        return
    about = entry.stat(follow_symlinks=False)
    odd = _ODD.get(stat.S_IFMT(about.st_mode))
    if odd:
        yield Problem(entry.path, "scan", odd)
    elif promise is Outlook.NOT_YET:
        yield Problem(entry.path, "scan", not_yet(entry.name))
    else:
        yield _found(entry.path, about, limits)


def _found(path: str, about: os.stat_result, limits: Limits) -> FoundFile | Problem:
    name = os.path.basename(path)  # noqa: PTH119
    most, version = handling(name, limits)
    if about.st_size > most:
        size = f"The file is {megabytes(about.st_size)} large; Dateline reads up to {megabytes(most)}."
        return Problem(path, "scan", size)
    stamp = f"{about.st_size}:{about.st_mtime_ns}:{about.st_ino}:{version}"
    return FoundFile(path, stamp, about.st_size)


def _link(entry: os.DirEntry[str], root: str, limits: Limits) -> Iterator[FoundFile | Problem]:
    """Judge a symbolic link; most lead to what the walk finds anyway, and are passed over."""
    if is_leftover(entry.name):
        return
    try:
        about = entry.stat()
    except FileNotFoundError:
        if outlook(entry.name) is not Outlook.IGNORED:
            yield Problem(entry.path, "scan", "The link leads nowhere.")
        return
    target = os.path.realpath(entry.path)
    inside = target == root or target.startswith(root.rstrip("/") + "/")
    if stat.S_ISDIR(about.st_mode):
        if not inside:
            yield Problem(entry.path, "scan", "The link leads to a folder outside of the opened one.")
    elif outlook(entry.name) is Outlook.IGNORED:
        return
    elif not inside:
        yield Problem(entry.path, "scan", "The link leads out of the opened folder.")
    elif stat.S_ISREG(about.st_mode) and outlook(entry.name) is Outlook.READ:
        parts = target[len(root) :].split("/")
        # Large-file stores such as git-annex keep the content in a hidden folder, behind a link.
        if any(part.startswith(".") for part in parts) or outlook(parts[-1]) is not Outlook.READ:
            yield _found(entry.path, about, limits)
