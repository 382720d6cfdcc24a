"""A single file compressed with Zstandard (`a.txt.zst`). Python has it from 3.14 on; an extra brings it before."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from store.formats.compressed import unpacked_by
from store.formats.limits import Limits
from store.formats.registry import Item
from store.formats.source import TooLong
from store.formats.table import BY_NAME
from store.formats.unpacking import Decompressor

_WINDOW = 27
"""The logarithm of the bytes that it may look back, which have to be held: 128 MB, as `zstd --long` packs."""


def read(stream: BinaryIO, path: str, limits: Limits) -> Iterator[Item]:
    """Read what is compressed in a file, as if it lay there unpacked.

    Raises:
        Damaged, TooLong: with a sentence for the user.
    """
    yield from unpacked_by(zstd_stream, stream, path, limits)


def zstd_stream() -> Decompressor:
    """Return a decompressor for a Zstandard frame.

    Raises:
        ModuleNotFoundError: the extra is not installed; the registry asks for that before it reads.
    """
    return _Zstandard(importlib.import_module(BY_NAME["zstd_file"].needs))


class _Zstandard:
    def __init__(self, library: Any) -> None:
        self._error = library.ZstdError
        self._inner = library.ZstdDecompressor(options={library.DecompressionParameter.window_log_max: _WINDOW})

    @property
    def eof(self) -> bool:
        """Whether the end of the frame was reached."""
        return bool(self._inner.eof)

    @property
    def unused_data(self) -> bytes:
        """What came behind it."""
        return bytes(self._inner.unused_data)

    def decompress(self, data: bytes, max_length: int = -1, /) -> bytes:
        """Take bytes in, and give at most so many out.

        Raises:
            TooLong, ValueError: it looks back too far; it is damaged.
        """
        try:
            return bytes(self._inner.decompress(data, max_length))
        except self._error as error:
            if "memory" in str(error):
                raise TooLong("It asks for too much memory to be unpacked.") from error
            raise ValueError("damaged") from error
