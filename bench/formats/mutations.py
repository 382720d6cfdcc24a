"""Damage to a file, by a seed: the same number always makes the same file of the same samples."""

from __future__ import annotations

import bz2
import contextlib
import gzip
import importlib.util
import io
import lzma
import random
import re
import zipfile
import zlib
from collections.abc import Callable, Sequence

from bench.formats.samples import Sample
from store.formats.table import FORMATS

_SUFFIXES = [*(suffix for format in FORMATS for suffix in format.suffixes.split()), "", ".txt.gz", ".jsonl.gz", ".bin"]
_TOKENS = (
    b"\0", b"\x1b]52;c;aGk=\x07", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\r", b"\n\n", b'"', b"{", b"[",
    b"]}", b"<", b"<p>", b"</", b"<![CDATA[",
    b"]]>", b"<!--", b"&", b"&#x110000;", b"---\n", b"From x@y\n", b"WARC/1.0\r\n", b"PK\x01\x02",
    b"PK\x05\x06", b"obj<<", b"endstream", b"-1", b"99999999999999999999", b"1e999", b"\\ud800", b"=?utf-8?q?", b"{{",
    b"\xe2\x80\xae", b"Content-Type: multipart/mixed; boundary=x\n", b"--x--\n",
)  # fmt: skip
_REPEATED = (b"[", b'{"a":', b"<div>", b"> ", b"((", b"A", b"\0", b"&amp;", b"<b>", b"* ", b"--x\n", b"<<", b"\n")
_DIGITS = re.compile(rb"\d+")
_MAGIC = ((b"\x1f\x8b", gzip.decompress, lambda data: gzip.compress(data, mtime=0)),  # without the clock
          (b"BZh", bz2.decompress, bz2.compress),
          (b"\xfd7zXZ", lzma.decompress, lzma.compress))  # fmt: skip
_OTHERS: tuple[type[Exception], ...] = ()
if importlib.util.find_spec("backports") and importlib.util.find_spec("backports.zstd"):
    _zstd = importlib.import_module("backports.zstd")
    _MAGIC += ((b"\x28\xb5\x2f\xfd", _zstd.decompress, _zstd.compress),)
    _OTHERS = (_zstd.ZstdError,)


def mutant(seed: int, of: Sequence[Sample]) -> tuple[str, bytes]:
    """Return the name and the bytes of the damaged file with this number."""
    rng = random.Random(seed)
    # Of some kinds there are a thousand samples, of others one.
    kind = rng.choice(sorted({sample.kind for sample in of}))
    sample = rng.choice([sample for sample in of if sample.kind == kind])
    name, data = sample.name, sample.data
    if rng.random() < 0.4:
        data = _inside(rng, data, of)
    if data is sample.data or rng.random() < 0.3:
        data = _damaged(rng, data, of)
    if rng.random() < 0.15:
        stem = name.partition(".")[0] or "x"
        name = stem + rng.choice(_SUFFIXES)
    return name, data


def _damaged(rng: random.Random, data: bytes, of: Sequence[Sample]) -> bytes:
    for _ in range(rng.choice((1, 1, 1, 2, 3, 8))):
        data = rng.choice(_KINDS)(rng, data, of)
    return data


def _inside(rng: random.Random, data: bytes, of: Sequence[Sample]) -> bytes:
    """Damage what lies in an archive, and pack it well again: else its checksum is all that is ever tested."""
    for magic, unpack, pack in _MAGIC:
        if data.startswith(magic):
            with contextlib.suppress(OSError, EOFError, ValueError, zlib.error, lzma.LZMAError, *_OTHERS):
                return pack(_damaged(rng, unpack(data), of))
    if data.startswith(b"PK"):
        with contextlib.suppress(zipfile.BadZipFile, ValueError, OSError, zlib.error, NotImplementedError, KeyError):
            made = io.BytesIO()
            with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
                chosen = rng.randrange(len(old.infolist()))
                for number, member in enumerate(old.infolist()):
                    content = old.read(member)
                    new.writestr(member, _damaged(rng, content, of) if number == chosen else content)
            return made.getvalue()
    return data


# ---- kinds of damage ---------------------------------------------------------------------------------------
def _cut(rng: random.Random, data: bytes, of: Sequence[Sample]) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def _beheaded(rng: random.Random, data: bytes, of: Sequence[Sample]) -> bytes:
    return data[rng.randrange(min(len(data), 2000) + 1) :]


def _flipped(rng: random.Random, data: bytes, of: Sequence[Sample]) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.choice((1, 3, 20, 200)) if changed else 0):
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def _zeroed(rng: random.Random, data: bytes, of: Sequence[Sample]) -> bytes:
    at, length = rng.randrange(len(data) + 1), rng.choice((1, 16, 512, 4096))
    return data[:at] + bytes(min(length, len(data) - at)) + data[at + length :]


def _without(rng: random.Random, data: bytes, of: Sequence[Sample]) -> bytes:
    at, length = rng.randrange(len(data) + 1), rng.choice((1, 10, 500, 5000))
    return data[:at] + data[at + length :]


def _spliced(rng: random.Random, data: bytes, of: Sequence[Sample]) -> bytes:
    other = rng.choice(of).data
    at, start = rng.randrange(len(data) + 1), rng.randrange(len(other) + 1)
    return data[:at] + other[start : start + rng.choice((10, 200, 5000))] + data[at:]


def _grafted(rng: random.Random, data: bytes, of: Sequence[Sample]) -> bytes:
    other = rng.choice(of).data
    return data[: rng.randrange(len(data) + 1)] + other[rng.randrange(len(other) + 1) :]


def _doubled(rng: random.Random, data: bytes, of: Sequence[Sample]) -> bytes:
    at, length = rng.randrange(len(data) + 1), rng.choice((5, 100, 3000))
    return data[:at] + data[at : at + length] * rng.choice((2, 3, 50)) + data[at + length :]


def _tokens(rng: random.Random, data: bytes, of: Sequence[Sample]) -> bytes:
    for _ in range(rng.choice((1, 2, 10))):
        at = rng.randrange(len(data) + 1)
        data = data[:at] + rng.choice(_TOKENS) + data[at + rng.choice((0, 0, 1, 4)) :]
    return data


def _repeated(rng: random.Random, data: bytes, of: Sequence[Sample]) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + rng.choice(_REPEATED) * rng.choice((100, 5_000, 100_000)) + data[at:]


def _numbers(rng: random.Random, data: bytes, of: Sequence[Sample]) -> bytes:
    found = list(_DIGITS.finditer(data))
    if not found:
        return data
    match = rng.choice(found)
    number = rng.choice((b"0", b"-1", b"4294967295", b"99999999999", b"9" * 5000, b"1.5e308"))
    return data[: match.start()] + number + data[match.end() :]


_KINDS: tuple[Callable[[random.Random, bytes, Sequence[Sample]], bytes], ...] = (
    _cut, _cut, _beheaded, _flipped, _flipped, _zeroed, _without, _spliced, _spliced, _grafted, _doubled, _tokens,
    _tokens, _repeated, _numbers,
)  # fmt: skip
