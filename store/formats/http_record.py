"""What a server sent, as web archives keep it: a status, a head, and a body that may be chunked and packed. Pure."""

from __future__ import annotations

import codecs
import io
import re
import zlib
from collections.abc import Callable
from typing import BinaryIO, cast

from store.formats.encoding import decode
from store.formats.limits import Limits
from store.formats.record_source import fields_of
from store.formats.source import Damaged, up_to
from store.formats.unpacking import Decompressor, Deflate, Unpacked, gzip_stream
from store.record import Record

HEAD = 65_536
"""Bytes within which the head of an answer ends."""
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+2\d\d\b[^\r\n]*\r?\n", re.IGNORECASE)
_END = re.compile(rb"\r?\n\r?\n")
_CHUNK = re.compile(rb"[ \t]*([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]{0,1000})?\r?\n")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_LOOKS_PACKED = re.compile(rb"\s*[<{\[A-Za-z]")


class Body(Record):
    """What came, and what the server says of it."""

    content_type: str
    data: bytes
    packed: str = ""
    """How it is packed, as servers call that."""

    @property
    def kind(self) -> str:
        """What it is: `text/html`."""
        return self.content_type.partition(";")[0].strip().lower()

    def unpacked(self, limits: Limits) -> bytes:
        """Return what was packed.

        Raises:
            Damaged, TooLong: it cannot be unpacked, or comes to too much.
        """
        make = _method(self.packed, self.data)
        if make is None:
            return self.data
        return up_to(cast(BinaryIO, io.BufferedReader(Unpacked(iter((self.data,)), make, limits))), limits.raw)

    def text(self, data: bytes) -> str:
        """Return the words of its bytes, in the encoding that the server names where they are that.

        Raises:
            NotText: they are none.
        """
        said = _CHARSET.search(self.content_type)
        if said is None or data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE)):
            return decode(data).text
        # As a page would declare it: the same few codecs are trusted.
        claim = f'<meta charset="{said[1]}">'
        decoded = decode(claim.encode() + data)
        exact = not decoded.encoding.endswith("?") and decoded.text.startswith(claim)
        return decoded.text[len(claim) :] if exact else decode(data).text


def body(block: bytes) -> Body | None:
    """Return the body of an answer; None where it is no page that was found, as a redirect or an error."""
    status = _STATUS.match(block, 0, HEAD)
    if status is None:
        return None
    end = _END.search(block, status.end() - 2, HEAD)
    if end is None:
        return None
    fields = fields_of(block[status.end() : end.start()])
    data = block[end.end() :]
    if "chunked" in fields.get("transfer-encoding", "").lower():
        data = _joined(data)
    return Body(fields.get("content-type", ""), data, fields.get("content-encoding", "").lower())


def _joined(data: bytes) -> bytes:
    """Join the chunks of a body; what was joined already when it was kept stays as it is."""
    parts: list[bytes] = []
    at = 0
    while (found := _CHUNK.match(data, at)) is not None:
        size = int(found[1], 16)
        if not size:
            return b"".join(parts)
        parts.append(data[found.end() : found.end() + size])
        at = found.end() + size
        at += 2 if data.startswith(b"\r\n", at) else data.startswith(b"\n", at)
    return b"".join(parts) if parts and at >= len(data) else data


def _method(packed: str, data: bytes) -> Callable[[], Decompressor] | None:
    """Return what unpacks a body; None where it lies there unpacked, whatever its head says.

    Raises:
        Damaged: it is packed in another way.
    """
    if not packed or packed == "identity":
        return None
    if data.startswith(b"\x1f\x8b"):
        return gzip_stream
    if packed == "deflate" and data:
        # What the standard calls so has a head of two bytes; some servers leave it out.
        with_head = data[0] & 0x0F == 8 and int.from_bytes(data[:2]) % 31 == 0
        return lambda: Deflate(zlib.MAX_WBITS if with_head else -zlib.MAX_WBITS)
    if _LOOKS_PACKED.match(data):
        return None
    raise Damaged(f"It is packed in a way that Dateline does not know ({packed[:20]}).")
