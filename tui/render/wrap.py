"""Breaks text into lines that fit a width, with the code point offset of each character shown. Pure.

All texts here come from `clusters.shown`: no character is a control, and widths are those that Rich counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from store.lazy_pattern import lazy_pattern
from store.record import Record
from tui.render.clusters import NARROW, WHITE, WIDTHS, all_narrow, clusters, shown
from tui.render.emoji import MODIFIERS

Span = tuple[int, int]

TAB = 4
"""Cells from one tab stop to the next in code."""

_LETTER = r"[^\W\d_]"
_DIVIDES = rf"(?<={_LETTER}{{2}}-)(?={_LETTER}{{2}})|(?<=—)(?=\w)"
"""Where a word may be divided: after a hyphen between syllables, after a dash."""

_DIVIDE = re.compile(_DIVIDES)
_WORD = re.compile(f"[^{WHITE}]+")
_RUN = re.compile(f"[{WHITE}]{{2,}}")
_TO_SPACE = re.compile(f"[{WHITE}]")
_ODD_SPACE = re.compile(f"[{WHITE.replace(' ', '', 1)}]")
_SPECIAL = lazy_pattern(f"[^{NARROW}\u2e80-\ud7a3\uf900-\ufaff\uff01-\uff60]")
"""Characters whose clusters need a closer look; the wide ones left out stand alone."""

_NOT_FIRST = frozenset("、。，．・：；？！」』】〕〉》）］｝’”々ー…‥.,:;?!)]}%ぁぃぅぇぉっゃゅょァィゥェォッャュョ")
_NOT_LAST = frozenset("「『【〔〈《（［｛‘“([{")


class Line(Record):
    """One line as it is shown."""

    start: int
    end: int
    """The stretch of the source it shows, without the white space at its ends."""
    text: str
    offsets: Sequence[int]
    """For each character of `text` the offset of the character it shows."""


@lru_cache(64)
def _greedy(width: int) -> Callable[[str, int, int], Iterator[re.Match[str]]]:
    """Return a scanner of narrow text: every match is a line, the longest that ends where one may."""
    inner = f"[^{WHITE}](?s:.){{0,{width - 1}}}(?:(?=[{WHITE}])|\\Z|{_DIVIDES})"
    return re.compile(f"{inner}|[^{WHITE}]{{{width}}}").finditer


def breaks(text: str, start: int, end: int, width: int, base_only: bool = False) -> list[Span]:
    """Break a stretch into lines of at most `width` cells; white space at their ends belongs to none.

    Runs of white space count as one space. A word that is wider than a line is divided between clusters; only
    a single cluster may be wider than a line.
    """
    start, end = trimmed(text, start, end)
    if all_narrow(text, start, end) and not _RUN.search(text, start, end):
        return [match.span() for match in _greedy(width)(text, start, end)]
    return _general(text, start, end, width, base_only)


def trimmed(text: str, start: int, end: int) -> Span:
    """Take white space off both ends of a stretch."""
    first = _WORD.search(text, start, end)
    if first is None:
        return start, start
    while _TO_SPACE.match(text, end - 1):
        end -= 1
    return first.start(), end


def _general(text: str, start: int, end: int, width: int, base_only: bool) -> list[Span]:
    """Break any text: words by white space, words by their pieces, too long pieces by their clusters."""
    lines: list[Span] = []
    first = last = -1
    used = 0
    narrow = all_narrow(text, start, end)
    for word in _WORD.finditer(text, start, end):
        gap = 1
        whole = narrow and "-" not in word[0] and "—" not in word[0]
        pieces = ((*word.span(), len(word[0])),) if whole else _pieces(text, *word.span(), base_only)
        for a, b, cells in pieces:
            if first >= 0 and used + gap + cells <= width:
                last, used = b, used + gap + cells
            elif cells <= width:
                if first >= 0:
                    lines.append((first, last))
                first, last, used = a, b, cells
            else:
                if first >= 0:
                    lines.append((first, last))
                *full, (first, last, used) = _chopped(text, a, b, width, base_only)
                lines += [(c, d) for c, d, _ in full]
            gap = 0
    if first >= 0:
        lines.append((first, last))
    return lines


def _pieces(text: str, start: int, end: int, base_only: bool) -> Iterator[tuple[int, int, int]]:
    """Divide a word where a line may break inside it."""
    if all_narrow(text, start, end):
        for divide in _DIVIDE.finditer(text, start, end):
            if divide.start() > start:
                yield start, divide.start(), divide.start() - start
                start = divide.start()
        yield start, end, end - start
        return
    special = base_only or _SPECIAL.search(text, start, end)
    parts = clusters(text, start, end, base_only) if special else _characters(text, start, end)
    first, last, cells = next(iter(parts))
    wide = cells == 2 and not _is_hangul(text[first])
    for a, b, more in parts:
        now_wide = more == 2 and not _is_hangul(text[a])
        apart = (wide or now_wide) and text[a] not in _NOT_FIRST and text[last - 1] not in _NOT_LAST
        if apart or (text[last - 1] in "-—" and _DIVIDE.match(text, a, end)):
            yield first, last, cells
            first, cells = a, 0
        last, cells, wide = b, cells + more, now_wide
    yield first, last, cells


def _characters(text: str, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    for at in range(start, end):
        yield at, at + 1, WIDTHS[text[at]]


def _is_hangul(character: str) -> bool:
    """Tell whether a wide character belongs to a script that puts spaces between words."""
    return "\uac00" <= character <= "\ud7a3"


def _chopped(text: str, start: int, end: int, width: int, base_only: bool) -> list[tuple[int, int, int]]:
    """Divide a piece that is wider than a line into parts `(start, end, cells)` that are not."""
    if all_narrow(text, start, end):
        return [(at, min(at + width, end), min(width, end - at)) for at in range(start, end, width)]
    parts: list[tuple[int, int, int]] = []
    first, used = start, 0
    for a, _, cells in clusters(text, start, end, base_only):
        if used and used + cells > width:
            parts.append((first, a, used))
            first, used = a, 0
        used += cells
    parts.append((first, end, used))
    return parts


def line(text: str, start: int, end: int, base_only: bool = False) -> Line:
    """Return a stretch between two breaks as it is shown."""
    part = text[start:end]
    if base_only and MODIFIERS.search(part):
        offsets = [start + i for i, c in enumerate(part) if not MODIFIERS.match(c)]
        return _spaced(text, start, end, offsets)
    if _RUN.search(part):
        return _spaced(text, start, end, range(start, end))
    if _ODD_SPACE.search(part):
        part = _ODD_SPACE.sub(" ", part)
    return Line(start, end, part, range(start, end))


def _spaced(text: str, start: int, end: int, offsets: Sequence[int]) -> Line:
    """Show runs of white space as one space, at the offset where the run begins."""
    shown: list[str] = []
    kept: list[int] = []
    for at in offsets:
        character = " " if _TO_SPACE.match(text, at) else text[at]
        if character != " " or not shown or shown[-1] != " ":
            shown.append(character)
            kept.append(at)
    return Line(start, end, "".join(shown), kept)


def wrap(text: str, start: int, end: int, width: int, base_only: bool = False) -> list[Line]:
    """Break a stretch into the lines that are shown."""
    return [line(text, a, b, base_only) for a, b in breaks(text, start, end, width, base_only)]


def code_breaks(text: str, start: int, end: int, width: int, base_only: bool = False) -> list[Span]:
    """Break code: a line feed ends a line, white space stays, what is too wide goes on in the next."""
    lines: list[Span] = []
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        bare = start + len(text[start:stop].rstrip(" \t"))
        if bare - start <= width and all_narrow(text, start, bare) and "\t" not in text[start:bare]:
            lines.append((start, bare))
        else:
            lines += _code_parts(text, start, bare, width, base_only)
        start = stop + 1
    return lines


def _code_parts(text: str, start: int, end: int, width: int, base_only: bool) -> list[Span]:
    parts: list[Span] = []
    first, used = start, 0
    for a, _, cells in clusters(text, start, end, base_only):
        taken = TAB - used % TAB if text[a] == "\t" else cells
        if used and used + taken > width:
            parts.append((first, a))
            first, used = a, 0
            taken = TAB if text[a] == "\t" else cells
        used += taken
    parts.append((first, end))
    return parts


def code_line(text: str, start: int, end: int, base_only: bool = False) -> Line:
    """Return a stretch of code as it is shown: tabs as spaces up to the next stop."""
    part = text[start:end]
    if "\t" not in part and not (base_only and MODIFIERS.search(part)):
        return Line(start, end, part, range(start, end))
    shown: list[str] = []
    offsets: list[int] = []
    used = 0
    for a, b, cells in clusters(text, start, end, base_only):
        kept = [i for i in range(a, b) if not (base_only and MODIFIERS.match(text[i]))]
        if text[a] == "\t":
            cells = TAB - used % TAB
            shown += " " * cells
            offsets += [a] * cells
            kept = [i for i in kept if i > a]
        shown += [text[i] for i in kept]
        offsets += kept
        used += cells
    return Line(start, end, "".join(shown), offsets)


def paragraphs(text: str, width: int) -> list[str]:
    """Set words of our own, which may name what is foreign: a line between paragraphs, none wider than `width`."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        words = shown(paragraph)
        lines += [line.text for line in wrap(words, 0, len(words), width)] or [""]
    return lines
