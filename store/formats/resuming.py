"""What comes out of gzip streams in a row, of which one that is damaged is passed over: web archives pack so."""

from __future__ import annotations

import zlib

from store.formats.source import Damaged
from store.formats.unpacking import Deflate, Unpacked, gzip_stream

DAMAGE = b"\0 damaged \0\n"
"""A line that stands for the rest of a stream of which something has come out; for a whole one stands `LOST`."""
LOST = b"\0 lost \0\n"
END = b"\0 end \0\n"
"""Stands where the data end too early, before that is raised: what comes before it is whole."""
_BEGINNING = b"\x1f\x8b\x08"


class Resuming(Unpacked):
    """Unpacked gzip streams, with a line that says so in the place of what is missing."""

    _mark = b""
    _ended = False
    _last: object = None
    """Of which stream something has come out last."""

    def _next(self, most: int) -> bytes:
        if self._mark:
            mark, self._mark = self._mark[:most], self._mark[most:]
            return mark
        try:
            data = super()._next(most)
        except Damaged:
            if self._ended:
                raise
            self._ended, self._mark = True, END
            return b"\n"
        except zlib.error:
            held = self._inner.held if isinstance(self._inner, Deflate) else b""
        else:
            if data or not self._behind:
                self._last = self._inner
                return data
            held, self._behind = self._behind, b""
        self._mark = DAMAGE if self._last is self._inner else LOST
        self._resume(held)
        # Not at the end of a line that was begun.
        return b"\n"

    def _resume(self, data: bytes) -> None:
        """Go on where another stream seems to begin: if none does, its beginning alone will fail, too."""
        # What has failed may begin there itself.
        at = data.find(_BEGINNING, 1)
        while at < 0 and (piece := self._piece()):
            data = data[1 - len(_BEGINNING) :] + piece
            at = data.find(_BEGINNING)
        self._inner, self._fed = gzip_stream(), data[at:] if at >= 0 else b""
