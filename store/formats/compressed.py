"""A single compressed file: gzip, bzip2, xz. What is in it is read by its own name, `a.txt` in `a.txt.gz`."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from itertools import chain
from typing import BinaryIO, cast

from store.formats.limits import Limits
from store.formats.registry import Item, read_member
from store.formats.resuming import Resuming
from store.formats.source import Damaged
from store.formats.table import BY_NAME, WRAPPERS
from store.formats.unpacking import PIECE, Decompressor, Unpacked, bzip2_stream, gzip_stream, pieces_of, xz_stream

_RECORDS = tuple(BY_NAME["warc"].suffixes.split())
_METHODS = ((b"\x1f\x8b", gzip_stream), (b"BZh", bzip2_stream), (b"\xfd7zXZ\x00", xz_stream))


def read(stream: BinaryIO, path: str, limits: Limits) -> Iterator[Item]:
    """Read what is compressed in a file, as if it lay there unpacked: it is no level that a place has to name.

    Raises:
        Damaged, TooLong: with a sentence for the user.
    """
    head = stream.read(6)
    make = next((make for magic, make in _METHODS if head.startswith(magic)), None)
    if make is None:
        raise Damaged("By its name this file is compressed, but it is not.")
    yield from unpacked_by(make, stream, path, limits, head)


def unpacked_by(
    make: Callable[[], Decompressor], stream: BinaryIO, path: str, limits: Limits, head: bytes = b""
) -> Iterator[Item]:
    """Read what comes out of a file; `head` are its first bytes, where they have been read already.

    Raises:
        Damaged, TooLong: with a sentence for the user.
    """
    name = inner_name(path)
    # Every record of a web archive is packed for itself: behind one that is damaged the others are read.
    kind = Resuming if make is gzip_stream and name.lower().endswith(_RECORDS) else Unpacked
    unpacked = kind(chain([head] if head else [], pieces_of(stream)), make, limits, concatenated=True)
    yield from read_member(cast(BinaryIO, io.BufferedReader(unpacked, PIECE)), name, path, "", limits)


def inner_name(path: str) -> str:
    """Return the name that a compressed file has unpacked."""
    for suffix in WRAPPERS:
        if path.lower().endswith(suffix):
            # Only of archives the compressor and what it compressed are written as one.
            return path[: -len(suffix)] + (".tar" if suffix.startswith(".t") else "")
    return path
