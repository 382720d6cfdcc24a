"""Picks a format, by content first and then by the file's name, and keeps any failure within its file."""

from __future__ import annotations

import functools
import importlib
import importlib.util
import io
import os
import re
import zlib
from collections.abc import Callable, Iterator
from enum import Enum
from typing import BinaryIO, cast

from store.article import Article, Problem, Unchanged
from store.formats.encoding import NotText, refuse_known_binary
from store.formats.errand import READER_VERSION
from store.formats.limits import DEFAULT, Limits
from store.formats.source import UNREADABLE, Rejoined, TooLong, problem_of, up_to
from store.formats.table import BY_NAME, BY_SUFFIX, FORMATS, NOT_YET, Format

Item = Article | Problem | Unchanged
Reader = Callable[[BinaryIO, str, Limits], Iterator[Item]]

_HEAD = 16_384
"""Bytes by which content is judged."""
_SUFFIX = re.compile(r"\.[A-Za-z][A-Za-z0-9_+-]{0,9}")
"""What counts as a suffix. "Mr. Smith resigns" and "minutes.2017" have none and are judged by content."""
_MAILDIR = re.compile(r"(?:^|/)\d{9,11}\.[A-Za-z0-9_]+\.[^/]*$")
"""A message in a mail folder: its time, its number, its host, and perhaps flags; nothing of that is a suffix."""
_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|rss|feed|opml)\b", re.IGNORECASE)

_LEFTOVERS = (
    "~",
    ".swp",
    ".swo",
    ".swx",
    ".bak",
    ".orig",
    ".rej",
    ".tmp",
    ".temp",
    ".part",
    ".crdownload",
    ".download",
)


class Outlook(Enum):
    """What a file's name promises."""

    READ = "read"
    NOT_YET = "a document of a kind that Dateline does not read"
    IGNORED = "no article: a picture, a program, data"


def outlook(name: str) -> Outlook:
    """Judge a file by its name, without opening it."""
    suffix = _suffix(name)
    if not suffix:
        return Outlook.READ
    format = BY_SUFFIX.get(suffix)
    if format is not None:
        return outlook(name[: -len(suffix)]) if format.wrapped else Outlook.READ
    return Outlook.NOT_YET if suffix in NOT_YET else Outlook.IGNORED


def not_yet(name: str) -> str:
    """Return the sentence about a file of a kind that Dateline does not read."""
    suffix = _suffix(name)
    while suffix in BY_SUFFIX:
        name = name[: -len(suffix)]
        suffix = _suffix(name)
    return f"Dateline does not read {NOT_YET[suffix]} yet."


def is_leftover(name: str) -> bool:
    """Whether a file is an editor's or a download's leftover, or hidden."""
    return name.endswith(_LEFTOVERS) or name.startswith(("#", "~$", "."))


def is_passed_over(member: str) -> bool:
    """Whether a member of an archive is a folder, hidden, or a leftover: what is passed over in a folder as well."""
    *folders, last = member.split("/")
    return not last or is_leftover(last) or any(part.startswith((".", "__MACOSX")) for part in folders)


def handling(name: str, limits: Limits) -> tuple[int, str]:
    """Return how many bytes a file of this name may have, and the part of its stamp that says how it is read."""
    suffix = _suffix(name)
    format = BY_SUFFIX.get(suffix)
    version = READER_VERSION
    # What has no suffix may be a mailbox; its reader looks again.
    if suffix and (format is None or not format.many):
        most = limits.raw
    else:
        most = limits.container
        if limits.errand.json:
            version += f"-{zlib.crc32(repr(limits.errand.json).encode()):x}"
    if format is not None and format.needs and not _is_installed(format.needs):
        # It is read when its extra has come.
        version += f"-{format.extra}"
    return most, version


def read(stream: BinaryIO, path: str, limits: Limits = DEFAULT) -> Iterator[Item]:
    """Read a file's articles; whatever is in it, the outcome is articles and problems, never an exception.

    `path` is used for its name only. `stream` must be seekable and stays open.
    """
    yield from _counted(_guarded(stream, path, limits), path, limits)


def read_member(stream: BinaryIO, name: str, path: str, member: str, limits: Limits) -> Iterator[Item]:
    """Read what a container holds at one place, as if it were a file; it becomes articles and problems as well.

    `stream` needs no seeking: it is held as a whole, within the limits, where the format asks for that. `name` is the
    member's own file name, `member` how it is told from others; members within it follow after a `#`. `limits` are
    the container's own.
    """
    try:
        limits.errand.entering(member)
    except UNREADABLE as error:
        yield problem_of(error, path, member)
        return
    for item in _guarded(stream, name, limits.inside(member), whole=False):
        if isinstance(item, Unchanged):
            yield item
            continue
        inner = f"{member}#{item.member}" if member and item.member else member or item.member
        if isinstance(item, Problem):
            yield item.replace(path=path, member=inner)
        else:
            yield item.replace(member=inner)


def marked(items: Iterator[Item], raw: int) -> Iterator[Item]:
    """Give the only article of a member its fingerprint; what holds anything else beside is read every time."""
    if not raw:
        # None is fetched before it is asked for: what is told of an article meanwhile is of the one before it.
        yield from items
        return
    first, second = next(items, None), next(items, None)
    if isinstance(first, Article) and second is None:
        first = first.replace(raw=raw)
    yield from (item for item in (first, second) if item is not None)
    yield from items


def format_name(stream: BinaryIO, path: str) -> str:
    """Name the format that `read` would use, as in the table; empty when it would refuse."""
    head = stream.read(_HEAD)
    stream.seek(0)
    try:
        return _format(head, path).name
    except NotText:
        return ""


def _guarded(stream: BinaryIO, path: str, limits: Limits, *, whole: bool = True) -> Iterator[Item]:
    """Read by the format that content and name ask for; `whole`: the stream can be begun anew."""
    try:
        head = _head(stream)
        format = _format(head, path)
        if format.many and limits.nested < 0:
            raise TooLong("It lies too deep: an archive in an archive in an archive.")
        if whole:
            stream.seek(0)
        elif format.forward:
            stream = cast(BinaryIO, io.BufferedReader(Rejoined(head, stream), _HEAD))
        else:
            stream = io.BytesIO(up_to(cast(BinaryIO, Rejoined(head, stream)), limits.unpacked))
        yield from _reader(format)(stream, path, limits)
    except Exception as error:  # noqa: BLE001 - `problem_of` has a sentence for all of them
        yield problem_of(error, path)


def _head(stream: BinaryIO) -> bytes:
    """Return the first bytes: where they end with damage, those before it, which will show again behind them.

    Raises:
        Damaged, TooLong: there are none.
    """
    held = b""
    try:
        while len(held) < _HEAD and (part := cast(io.BufferedReader, stream).read1(_HEAD - len(held))):
            held += part
    except UNREADABLE:
        if not held:
            raise
    return held


def _counted(items: Iterator[Item], path: str, limits: Limits) -> Iterator[Item]:
    """Name so many broken members of a file, and count the others: a user reads no thousand lines."""
    problems = 0
    for item in items:
        if isinstance(item, Problem):
            problems += 1
            if problems > limits.problems:
                continue
        yield item
    if problems > limits.problems:
        more = problems - limits.problems
        yield Problem(path, "read", f"{more:,} more parts of this file cannot be read.", "…")


def _suffix(name: str) -> str:
    suffix = os.path.splitext(name)[1]  # noqa: PTH122 - a hundred thousand names are judged at every start
    if not _SUFFIX.fullmatch(suffix):
        return ""
    lower = suffix.lower()
    return "" if lower not in BY_SUFFIX and _MAILDIR.search(name) else lower


def _format(head: bytes, path: str) -> Format:
    """Pick the format of a file by its first bytes and its name.

    Raises:
        NotText: the content is none of ours.
    """
    suffix = _suffix(path)
    named = BY_SUFFIX.get(suffix)
    sure = [format for format in FORMATS if format.sure is not None and format.sure.match(head)]
    if sure and not (suffix in NOT_YET and sure[0].many):
        return named if named in sure else sure[0]
    if suffix in NOT_YET:
        raise NotText(not_yet(path))
    refuse_known_binary(head)
    if named is not None:
        return named
    for format in FORMATS:
        if format.likely is not None and format.likely.match(head):
            return format
    if _XML.match(head):
        raise NotText("Dateline does not read XML yet.")
    return BY_NAME["text"]


@functools.cache
def _is_installed(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:
        # The package that it would lie in.
        return False


def _reader(format: Format) -> Reader:
    """Import a format's module: some take more than a second, which a folder of plain text need not pay.

    Raises:
        NotText: it needs an extra that is not installed; the message names it.
    """
    if format.needs and not _is_installed(format.needs):
        raise NotText(
            f"Reading {format.title} needs an extra: install it with `pip install 'dateline[{format.extra}]'`."
        )
    return cast(Reader, importlib.import_module(f"store.formats.{format.name}").read)
