"""What a text is like, in 256 bytes: MinHash of its shingles, so that copies with small edits are found. Pure.

Shingles are three words in a row, or six letters where a script has no spaces; a changed word costs three of them. Two
texts share as many of their shingles as their signatures share numbers, give or take 0.04 where that is four of five.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from struct import Struct

from store.article import Block, BlockKind
from store.catalog.grams import SPACELESS

SIZE = 128
"""Numbers in a signature, 16 bits of each: two that differ are alike in them once in 65,536 times."""
BANDS, ROWS = 14, 6
"""Texts are held against each other when six numbers in a row are the same, in one of the first 14 such rows.

Of pairs that share 0.8 of their shingles 986 of 1,000 are; of those that share 0.5 every fifth, and hardly one by
chance.
"""
LIKE = 0.8
"""The part of their shingles that two copies share."""
FEWEST = 40
"""Shingles below which a text is too short to tell a copy from a form that was filled in anew."""

_SEED = 20_170_301
_LETTERS = 6
_WORD = re.compile(r"\w+")
_RUN = re.compile(f"{SPACELESS.pattern}+")
_LEFT_OUT = (BlockKind.TITLE, BlockKind.BYLINE, BlockKind.CAPTION)
_NUMBERS = Struct(f"<{SIZE}H")
_LOW, _HIGH = (int.from_bytes(_NUMBERS.pack(*[number] * SIZE), "little") for number in (0x7FFF, 0x8000))
_BAND = Struct("<" + f"{ROWS * 2}s" * BANDS)


def signature(text: str, blocks: Sequence[Block]) -> bytes:
    """Return the signature of an article; empty for one that is too short.

    Each paper writes a headline, a byline and captions of its own: they are left out.
    """
    parts = [text[block.start : block.end] for block in blocks if block.kind not in _LEFT_OUT]
    found = shingles("\n".join(parts))
    if len(found) < FEWEST:
        return b""
    from rensa import RMinHash  # only who reads files needs it

    made = RMinHash(num_perm=SIZE, seed=_SEED)
    made.update(found)
    return _NUMBERS.pack(*(number & 0xFFFF for number in made.digest()))


def shingles(text: str) -> list[str]:
    """Return what a text is made of, without its cases, its punctuation and its line ends; some perhaps twice."""
    text = text.casefold()
    found: list[str] = []
    if SPACELESS.search(text) is not None:
        for run in _RUN.findall(text):
            found += [run[at : at + _LETTERS] for at in range(max(1, len(run) - _LETTERS + 1))]
        text = _RUN.sub(" ", text)
    words = _WORD.findall(text)
    found += [f"{one} {two} {three}" for one, two, three in zip(words, words[1:], words[2:], strict=False)]
    return found


def bands(signature: bytes) -> list[int]:
    """Return the rows by which a signature is looked up, each as a number that SQLite keeps."""
    rows = _BAND.unpack_from(signature)
    # The first eight of twelve bytes, and which row it is. Those that meet by chance are told apart by the signatures.
    return [int.from_bytes(row[:8], "little", signed=True) ^ (band << 56) for band, row in enumerate(rows)]


def likeness(one: bytes, other: bytes) -> float:
    """Return which part of their shingles two texts share, by their signatures.

    All numbers are compared at once, as one number each, since a text may have thousands of candidates: where two
    differ, the highest of sixteen bits is set.
    """
    differing = int.from_bytes(one, "little") ^ int.from_bytes(other, "little")
    marks = (((differing & _LOW) + _LOW) | differing) & _HIGH
    return (SIZE - marks.bit_count()) / SIZE
