"""How alike two stretches of text are, and where in one the other lies. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from rapidfuzz.distance import OSA, Levenshtein
from rapidfuzz.fuzz import partial_ratio_alignment

LONGEST = 8_000
"""Characters of a pattern beyond which only exact matches are looked for."""
_SOLID = 4
"""Characters in a row that two texts share not by chance."""
_MEANT = 24
"""Characters in a row that are where they are on purpose."""
_SLIDING = 1_000
"""Characters of a pattern up to which it is slid along its window; beyond, the window is its place already."""
_SLIP = 6
"""Characters that may be exchanged without being like what they were, at an end of a passage."""
_LIKE = 0.4
_WORD = re.compile(r"\w+")


class Aligned(NamedTuple):
    """Where a part of a pattern lies in a text, and how alike they are there, from 0 to 1."""

    start: int
    end: int
    part: float
    """Of the part asked for."""
    whole: float
    """Of the whole pattern."""
    begin: int
    """Where the whole pattern lies."""
    stop: int


class Block(NamedTuple):
    """What a pattern and a text have in common in one place."""

    source: int
    """Where it is in the pattern."""
    place: int
    """Where it is in the window."""
    length: int


def likeness(one: str, other: str) -> float:
    """Return how alike two texts are: 1 for the same, about 0.25 for two sentences of one language."""
    return Levenshtein.normalized_similarity(one, other)


def align(
    pattern: str,
    part: tuple[int, int],
    text: str,
    window: tuple[int, int],
    apart: Callable[[str], bool] | None = None,
) -> Aligned | None:
    """Find the pattern in a window of the text, and in it one part of the pattern; None when nothing is alike.

    `apart` is for a pattern of several sentences: it says whether what now stands between two of them tears them
    apart. Of one that is torn the greatest piece is found.
    """
    in_one = apart is None
    low, high = max(0, window[0]), min(len(text), window[1])
    slack = len(pattern) // 8 + 24
    if in_one and len(pattern) <= _SLIDING and high - low > len(pattern) + 2 * slack:
        near = partial_ratio_alignment(pattern, text[low:high])
        if near is None or near.src_end <= near.src_start:
            return None
        # A pattern that lost words ends early, one that gained some ends late.
        low, high = max(low, low + near.dest_start - slack), min(high, low + near.dest_end + slack)
    blocks = _solid_blocks(pattern, text[low:high])
    if apart is not None:
        blocks = _greatest(blocks, text[low:high], apart)
    if not blocks:
        return None
    begin, stop = _mapped(blocks, 0, len(pattern), pattern, text, low)
    start, end = (begin, stop) if part == (0, len(pattern)) else _mapped(blocks, *part, pattern, text, low)
    if start >= end:
        return None
    return Aligned(
        start,
        end,
        likeness(pattern[slice(*part)], text[start:end]) if in_one else _kept(blocks, *part),
        likeness(pattern, text[begin:stop]) if in_one else _kept(blocks, 0, len(pattern)),
        begin,
        stop,
    )


def _solid_blocks(pattern: str, text: str) -> list[Block]:
    """Return what both have in common; without what may be chance, or lies far from the rest."""
    blocks = [
        Block(op.src_start, op.dest_start, op.src_end - op.src_start)
        for op in Levenshtein.opcodes(pattern, text)
        if op.tag == "equal"
    ]
    blocks = [block for block in blocks if block.length >= min(_SOLID, max(1, len(pattern) // 2))]
    while len(blocks) > 1 and _is_stray(blocks[0], blocks[1]):
        del blocks[0]
    while len(blocks) > 1 and _is_stray(blocks[-1], blocks[-2]):
        del blocks[-1]
    return blocks


def _greatest(blocks: list[Block], text: str, apart: Callable[[str], bool]) -> list[Block]:
    """Return the longest run of blocks that nothing tears apart."""
    runs: list[list[Block]] = [[]]
    for block in blocks:
        last = runs[-1][-1] if runs[-1] else None
        if last is not None and apart(text[last.place + last.length : block.place]):
            runs.append([])
        runs[-1].append(block)
    return max(runs, key=lambda run: sum(block.length for block in run))


def _is_stray(block: Block, other: Block) -> bool:
    """Whether a block at an end is further from the next one than it was, and too short for that to be meant."""
    more = abs((block.place - other.place) - (block.source - other.source))
    return block.length < _MEANT and more > block.length


def _kept(blocks: list[Block], start: int, end: int) -> float:
    """Return how much of a part of the pattern is still there."""
    inside = sum(max(0, min(end, one.source + one.length) - max(start, one.source)) for one in blocks)
    return min(1.0, inside / max(1, end - start))


def _mapped(blocks: list[Block], start: int, end: int, pattern: str, text: str, base: int) -> tuple[int, int]:
    """Return where a part of the pattern lies in the text, its ends drawn from what both have in common nearby."""
    inside = [block for block in blocks if block.source < end and block.source + block.length > start]
    if not inside:
        return 0, 0
    first, last = inside[0], inside[-1]
    lead, over = first.source - start, end - (last.source + last.length)
    begin, stop = base + first.place - lead, base + last.place + last.length + over
    # Beyond the last thing in common, as much was probably exchanged as was there; unless nothing is like it.
    if lead > 0:
        begin = _guessed(pattern[start : first.source], text, (begin, base + first.place), -1)
    if over > 0:
        stop = _guessed(pattern[end - over : end], text, (base + last.place + last.length, stop), 1)
    return max(begin, 0), min(stop, len(text))


def _guessed(lost: str, text: str, span: tuple[int, int], step: int) -> int:
    """Return the outer end of what may stand for a lost end of the pattern; its inner end if it does not."""
    inner, outer = (span[1], span[0]) if step < 0 else span
    whole_words = lost[-1 if step < 0 else 0].isspace()
    if (whole_words or len(lost) > _SLIP) and likeness(lost, text[max(0, span[0]) : span[1]]) < _LIKE:
        return inner
    return _to_word(text, outer, step)


def _to_word(text: str, place: int, step: int) -> int:
    """Move a boundary that was guessed to the nearest edge of a word."""
    place = min(max(place, 0), len(text))
    for away in range(12):
        for one in (place - away * step, place + away * step):
            if 0 < one < len(text) and text[one - 1].isalnum() != text[one].isalnum():
                return one
    return place


def is_slip(one: str, other: str) -> bool:
    """Whether two short texts differ by one letter, or two that changed places."""
    return min(len(one), len(other)) > 1 and OSA.distance(one, other, score_cutoff=1) <= 1


def is_respelled(one: str, other: str) -> bool:
    """Whether two texts differ only as a text does from its misspelled copy: word by word, in a letter or two.

    Numbers must be the same, since there one letter is another meaning.
    """
    words, others = _WORD.findall(one.casefold()), _WORD.findall(other.casefold())
    if len(words) != len(others):
        return False
    changed = [pair for pair in zip(words, others, strict=True) if pair[0] != pair[1]]
    return len(changed) <= max(1, len(words) // 5) and all(_is_slip(*pair) for pair in changed)


def _is_slip(one: str, other: str) -> bool:
    shorter, longer = sorted((len(one), len(other)))
    if not (one.isalpha() and other.isalpha()):
        return False
    if shorter < 4:
        # A letter too many or too few; another letter is another word.
        return shorter >= 1 and longer == shorter + 1 and OSA.distance(one, other) == 1
    allowed = 1 if shorter < 8 else 2
    return OSA.distance(one, other, score_cutoff=allowed) <= allowed
