"""Compressed bytes as a stream that is read forward, and that stops where a bomb begins."""

from __future__ import annotations

import bz2
import io
import lzma
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO, Protocol

from store.formats.limits import Limits, megabytes
from store.formats.source import Damaged, TooLong

PIECE = 1 << 16
"""Bytes fed to a decompressor at a time."""
_FREE = 1_000_000
"""Bytes of output up to which nothing is suspected: a short text of blanks is no bomb."""
_LZMA_MEMORY = 100_000_000
_BEGINNINGS = (b"\x1f\x8b", b"BZ", b"\xfd7", b"\x28\xb5")
_KNOWN_BY = 4
"""Bytes by which the beginning of a stream is known."""


class Decompressor(Protocol):
    """What the standard library's decompressors have in common."""

    @property
    def eof(self) -> bool:
        """Whether the end of the compressed stream was reached."""

    @property
    def unused_data(self) -> bytes:
        """What came behind that end."""

    def decompress(self, data: bytes, max_length: int = -1, /) -> bytes:
        """Take compressed bytes in, and give at most so many out."""


class Deflate:
    """zlib's decompressor, which otherwise gives back what it did not take in."""

    def __init__(self, window: int) -> None:
        """`window`: 31 for gzip, -15 for a member of a zip archive."""
        self._inner = zlib.decompressobj(window)
        self.held = b""
        """What it was given last and had not taken in before."""

    @property
    def eof(self) -> bool:
        """Whether the end was reached."""
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        """What came behind the end."""
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int = -1, /) -> bytes:
        """Take bytes in, and give at most so many out."""
        self.held = self._inner.unconsumed_tail + data
        return self._inner.decompress(self.held, max_length)


def gzip_stream() -> Decompressor:
    """Return a decompressor for a gzip stream, which checks the sum at its end."""
    return Deflate(31)


def bzip2_stream() -> Decompressor:
    """Return a decompressor for a bzip2 stream."""
    return bz2.BZ2Decompressor()


def xz_stream() -> Decompressor:
    """Return a decompressor for an xz stream, which may ask for gigabytes of memory and does not get them."""
    return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_LZMA_MEMORY)


class Unpacked(io.RawIOBase):
    """What comes out of compressed pieces.

    Raises:
        Damaged, TooLong: while it is read; what was read before is good.
    """

    def __init__(
        self,
        pieces: Iterator[bytes],
        make: Callable[[], Decompressor] | None,
        limits: Limits,
        *,
        concatenated: bool = False,
        check: int | None = None,
        spend: Callable[[int], None] | None = None,
    ) -> None:
        """`make` is None where nothing is compressed. `concatenated`: streams may follow each other.

        `check` is the CRC-32 that all of it has to have. `spend` is told how much has come out.
        """
        self._pieces = pieces
        self._make = make
        self._inner = make() if make is not None else None
        self._limits = limits
        self._concatenated = concatenated
        self._check = check
        self._spend = spend
        self._fed = self._behind = b""
        self._taken = self._given = self._sum = 0

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Give the next bytes; none at the end."""
        try:
            data = self._next(len(buffer))
        except (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError) as error:
            if isinstance(error, Damaged | TooLong) or (isinstance(error, OSError) and error.errno):
                raise
            if isinstance(error, lzma.LZMAError) and "emory" in str(error):
                raise TooLong("It asks for too much memory to be unpacked.") from error
            raise Damaged("The compressed data are damaged; what comes before that is read.") from error
        self._given += len(data)
        if self._check is not None:
            self._sum = zlib.crc32(data, self._sum)
            if not data and self._sum != self._check:
                raise Damaged("It is damaged: its checksum is another.")
        self._limit()
        if self._spend is not None:
            self._spend(len(data))
        buffer[: len(data)] = data
        return len(data)

    def _limit(self) -> None:
        limits = self._limits
        if self._inner is not None and self._given > max(_FREE, limits.ratio * self._taken):
            raise TooLong(f"It unpacks to more than {limits.ratio} times its size; the rest is left out.")
        if self._given > limits.container:
            raise TooLong(f"It unpacks to more than {megabytes(limits.container)}; the rest is left out.")

    def _next(self, most: int) -> bytes:
        if self._inner is None:
            data = self._fed or next(self._pieces, b"")
            self._fed = data[most:]
            return data[:most]
        while True:
            if self._inner.eof:
                if self._behind:
                    return b""
                rest = self._behind_end(self._inner.unused_data)
                # Bytes behind the end that begin no other stream are passed over, as gzip does.
                if not self._concatenated or self._make is None or not _begins_stream(rest):
                    self._behind = rest
                    return b""
                self._inner, self._fed = self._make(), rest
            data = self._inner.decompress(self._fed, most)
            self._fed = b""
            if data:
                return data
            if not self._inner.eof:
                self._fed = self._piece()
                if not self._fed:
                    raise Damaged("The compressed data end too early; what comes before that is read.")

    def _behind_end(self, rest: bytes) -> bytes:
        """Return what stands behind the end of a stream, and what may fill the space there: enough to be known by."""
        rest = rest.lstrip(b"\0")
        while len(rest) < _KNOWN_BY and (piece := self._piece()):
            rest = (rest + piece).lstrip(b"\0")
        return rest

    def _piece(self) -> bytes:
        piece = next(self._pieces, b"")
        self._taken += len(piece)
        return piece


def _begins_stream(data: bytes) -> bool:
    # Zstandard has frames to be passed over, which may stand anywhere.
    return data.startswith(_BEGINNINGS) or (data[1:4] == b"*M\x18" and 0x50 <= data[0] < 0x60)


def pieces_of(stream: BinaryIO) -> Iterator[bytes]:
    """Read a stream to its end in pieces."""
    while piece := stream.read(PIECE):
        yield piece
