"""What one knows of a marked passage when looking for it again: its sentence, and what stood around that. Pure."""

from __future__ import annotations

import re

from store.annotations.folded_text import Folded
from store.annotations.records import Anchor
from store.record import Record
from store.sentences import sentences

REACH = 800
"""Characters of the old text that are looked at on either side of a passage."""
_FURTHEST = 240
"""Characters that a sentence may go beyond the passage and still be looked for as a whole."""
_SHORTEST_NEIGHBOUR = 12
_GAP = re.compile(r"\n\s*\n|\n(?=\s*(?:[•‣◦·▪*–—-]|\w{1,3}[.)])\s)")
"""Between paragraphs, and between the items of a list."""
_REST_OF_WORD = re.compile(r"\w{0,40}")
_BEGUN_WORD = re.compile(r"\w{1,40}\Z")


class Passage(Record):
    """A passage within its sentence or sentences; everything folded."""

    core: str
    """The sentences that the passage touches."""
    quote: tuple[int, int]
    """Where in the core the passage lies."""
    before: tuple[str, ...]
    """The sentences before the core, the nearest first."""
    after: tuple[str, ...]
    parts: tuple[str, ...]
    """The sentences of the core."""
    from_start: bool
    """Nothing stands before the core: it begins the text."""
    to_end: bool
    offset: int
    """Where in the folded old text the core begins; -1 where that text is not known."""


def passage_of(anchor: Anchor, old: Folded | None) -> Passage:
    """Describe a passage: by the old text where it is known and holds the passage, else by its anchor alone."""
    if old is not None and old.source[anchor.start : anchor.end] == anchor.quote:
        low, high = max(0, anchor.start - REACH), min(len(old.source), anchor.end + REACH)
        around, start, at_end = old.source[low:high], anchor.start - low, high == len(old.source)
    else:
        around, start, at_end = anchor.prefix + anchor.quote + anchor.suffix, len(anchor.prefix), False
        low, old = anchor.start - len(anchor.prefix), None
    if low > 0:
        # A word that is cut in two is none.
        rest = _REST_OF_WORD.match(around)
        cut = min(rest.end() if rest else 0, start)
        around, start, low = around[cut:], start - cut, low + cut
    end = start + len(anchor.quote)
    if not at_end:
        begun = _BEGUN_WORD.search(around, end)
        around = around[: begun.start()] if begun else around
    units = [unit for piece in _pieces(around) for unit in sentences(around, *piece)]
    touched = [unit for unit in units if unit[0] < end and unit[1] > start] or [(start, end)]
    begin = max(min(touched[0][0], start), start - _FURTHEST)
    stop = min(max(touched[-1][1], end), end + _FURTHEST)
    before = [(first, min(last, begin)) for first, last in units if first < begin]
    after = [(max(first, stop), last) for first, last in units if last > stop]
    folded = Folded(around[begin:stop])
    quote = (folded.at(start - begin), folded.at(end - begin))
    lead = len(folded.text) - len(folded.text.lstrip())
    return Passage(
        core=folded.text.strip(),
        quote=(max(0, quote[0] - lead), min(quote[1] - lead, len(folded.text.strip()))),
        before=tuple(_folded(around, unit) for unit in reversed(before)),
        after=tuple(_folded(around, unit) for unit in after),
        parts=tuple(_folded(around, (max(u[0], begin), min(u[1], stop))) for u in touched),
        from_start=low <= 0 and not before,
        to_end=at_end and not after,
        offset=-1 if old is None else old.at(low + begin),
    )


def _pieces(text: str) -> list[tuple[int, int]]:
    """Divide a text where lines are left empty."""
    found, done = [], 0
    for match in _GAP.finditer(text):
        found.append((done, match.start()))
        done = match.end()
    return [*found, (done, len(text))]


def _folded(text: str, unit: tuple[int, int]) -> str:
    return Folded(text[slice(*unit)]).text.strip()


def is_telling(text: str) -> bool:
    """Whether a text is long enough that nobody writes it twice by chance."""
    if not text.isascii() and sum("\u3040" <= letter <= "\ud7af" for letter in text) > 12:
        return True
    return len(text) >= 30 and len(set(text.casefold().split())) >= 5


def is_neighbour(text: str) -> bool:
    """Whether a sentence can tell where one is."""
    return len(text) >= _SHORTEST_NEIGHBOUR
