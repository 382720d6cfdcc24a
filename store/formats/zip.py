"""A zip archive: every member is read like a file, and named by its path in the archive."""

from __future__ import annotations

import bz2
import io
from collections.abc import Callable, Iterator
from typing import BinaryIO, cast

from store.article import Problem, Unchanged
from store.formats.encoding import NotText
from store.formats.limits import Limits
from store.formats.registry import Item, Outlook, is_passed_over, marked, not_yet, outlook, read_member
from store.formats.source import UNREADABLE, Damaged, NoText, TooLong
from store.formats.unpacking import PIECE, Decompressor, Deflate, Unpacked
from store.formats.zip_directory import Entry, entries, pieces

_METHODS: dict[int, Callable[[], Decompressor] | None] = {
    0: None,
    8: lambda: Deflate(-15),
    12: lambda: bz2.BZ2Decompressor(),
}
_MARKS = frozenset({"[Content_Types].xml", "META-INF/MANIFEST.MF", "mimetype", "AndroidManifest.xml"})
"""Members by which documents and programs are known that are zip archives themselves."""


def read(stream: BinaryIO, path: str, limits: Limits) -> Iterator[Item]:
    """Read an archive's members in their order; one that cannot be read is a problem with its name.

    Raises:
        Damaged, TooLong, NotText, NoText: with a sentence for the user.
    """
    length = stream.seek(0, 2)
    left = limits.unpacked + limits.ratio * length
    found = False
    # A web archive with its index (WACZ): its pages lie there, and lists of them elsewhere.
    packed_web = path.lower().endswith(".wacz")

    def spend(size: int) -> None:
        # Members that overlap are a bomb of which each part looks harmless.
        nonlocal left
        left -= size
        if left < 0:
            raise TooLong(f"The archive unpacks to more than {limits.ratio} times its size; the rest is left out.")

    for entry in entries(stream):
        if entry.name in _MARKS:
            raise NotText("This is an office document, a book or a program, and not an archive of articles.")
        if is_passed_over(entry.name):
            continue
        if outlook(entry.name) is Outlook.IGNORED or (packed_web and not entry.name.startswith("archive/")):
            continue
        found = True
        if not limits.errand.may_lie_in(entry.name):
            continue
        raw = limits.errand.fingerprint(f"{entry.name} {entry.size} {entry.crc} {entry.method}".encode())
        if limits.errand.unchanged(raw):
            yield Unchanged()
            continue
        try:
            if outlook(entry.name) is Outlook.NOT_YET:
                raise NotText(not_yet(entry.name))
            inner = cast(BinaryIO, io.BufferedReader(_unpacked(stream, entry, limits, spend), PIECE))
            yield from marked(read_member(inner, entry.name, path, entry.name, limits), raw)
        except UNREADABLE as error:
            yield Problem(path, "read", str(error), entry.name)
        if left < 0:
            return
    if not found:
        raise NoText("There is nothing to read in this archive.")


def _unpacked(stream: BinaryIO, entry: Entry, limits: Limits, spend: Callable[[int], None]) -> Unpacked:
    if entry.encrypted:
        raise Damaged("It is encrypted; unpack it with its password to read it.")
    if entry.method not in _METHODS:
        raise NotText("It is compressed in a way that Dateline does not know.")
    return Unpacked(pieces(stream, entry), _METHODS[entry.method], limits, check=entry.crc, spend=spend)
