"""A single compressed file: gzip, bzip2, xz. What is in it is read by its own name, `a.txt` in `a.txt.gz`."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO, cast

from store.formats.limits import Limits
from store.formats.registry import Item, read_member
from store.formats.source import Damaged
from store.formats.table import BY_NAME
from store.formats.unpacking import PIECE, Unpacked, bzip2_stream, gzip_stream, pieces_of, xz_stream

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
    unpacked = Unpacked(chain([head], pieces_of(stream)), make, limits, concatenated=True)
    inner = cast(BinaryIO, io.BufferedReader(unpacked, PIECE))
    yield from read_member(inner, inner_name(path), path, "", limits)


def inner_name(path: str) -> str:
    """Return the name that a compressed file has unpacked."""
    for suffix in BY_NAME["compressed"].suffixes.split():
        if path.lower().endswith(suffix):
            # Only of archives the compressor and what it compressed are written as one.
            return path[: -len(suffix)] + (".tar" if suffix.startswith(".t") else "")
    return path
