"""The annotation file's text in pieces, so that a great one never holds up the keys. Pure.

Written is plain JSON with a document on each line:

    {
    "articles":{
    "2814202015248523":{"id":"..."},
    "685771456691014":{"id":"..."}
    },
    "notes":{
    ...
    }
    }
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from store.annotations.journal import decoded, encoded

_DOCUMENTS = 500
"""Written in one go: half a millisecond in which no other thread runs."""

_BYTES = 1 << 18
"""Read in one go."""

_TABLE = b":{\n"
_NEXT = b",\n"
_END = b"\n}"


def pieces(tables: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> Iterator[bytes]:
    """Write tables as stock TinyDB reads them, some documents at a time."""
    yield b"{"
    # Between two pieces a change may come and go again.
    for number, (name, table) in enumerate(list(tables.items())):
        yield (_NEXT if number else b"\n") + encoded(name) + b":{"
        keys = list(table)
        before = b"\n"
        for at in range(0, len(keys), _DOCUMENTS):
            some = keys[at : at + _DOCUMENTS]
            yield before + _NEXT.join([b"%b:%b" % (encoded(key), encoded(table[key])) for key in some])
            before = _NEXT
        yield _END
    yield b"\n}\n"


def dump(tables: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> bytes:
    """Write tables as stock TinyDB reads them."""
    return b"".join(pieces(tables))


def read_in_pieces(data: bytes) -> dict[str, Any] | None:
    """Read what `pieces` has written; None for any other text, which must be read as a whole.

    What is between two ends of lines is read for itself and put together, as JSON would be: so where this succeeds, it
    is what reading the whole gives.
    """
    if not data.startswith(b"{\n") or not data.endswith(b"\n}\n}\n"):
        return None
    found: dict[str, Any] = {}
    at = 2
    stop = len(data) - 3
    try:
        while at < stop:
            begin = data.index(_TABLE, at, stop) + len(_TABLE)
            name = decoded(data[at : begin - len(_TABLE)])
            end = data.find(b"\n},\n", begin - 1, stop)
            end = stop - 2 if end < 0 else end
            if not isinstance(name, str):
                return None
            found[name] = _documents(data, begin, end) if end >= begin else {}
            at = end + 4
    except (ValueError, RecursionError):
        return None
    return found


def _documents(data: bytes, at: int, end: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    while True:
        cut = data.find(_NEXT, at + _BYTES, end)
        cut = end if cut < 0 else cut
        some = decoded(b"{%b}" % data[at:cut])
        if not some:
            raise ValueError("nothing between two commas")
        found.update(some)
        if cut == end:
            return found
        at = cut + len(_NEXT)
