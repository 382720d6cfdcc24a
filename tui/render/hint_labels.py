"""Labels of a letter or two for whatever can be chosen, and how they lie over a drawn line. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from store.record import Record


def labels(count: int, alphabet: Sequence[str]) -> list[str]:
    """Return so many labels, the shortest first: none begins another, and no others would be shorter in all.

    Letters that stand early in the alphabet are used first, alone; those at its end begin the longer labels.
    The alphabet has at least two letters.
    """
    short: list[str] = list(alphabet)
    long: list[str] = []
    while len(short) + len(long) < count:
        if not short:
            short, long = long, []
        stem = short.pop()
        # As many as are still needed: the last stem may have fewer than the alphabet has letters, and at least two.
        wanted = max(2, count - len(short) - len(long))
        long[:0] = [stem + letter for letter in alphabet[:wanted]]
    return [*short, *long][:count]


class Label(Record):
    """Where a label lies on a line."""

    cell: int
    """Where what it is for begins."""
    text: str


def placed(wanted: Iterable[Label], width: int) -> list[Label]:
    """Return where labels are drawn on a line of so many cells: before what they are for, and none over another.

    What has no room behind the label before it is moved right; what does not fit on the line is left out.
    """
    found: list[Label] = []
    free = 0
    for label in sorted(wanted, key=lambda each: each.cell):
        size = len(label.text)
        cell = max(free, label.cell - size)
        if cell + size <= width:
            found.append(Label(cell, label.text))
            free = cell + size
    return found


class Hints:
    """The labels of one pane, by the places that they are for: offsets of a text, keys or numbers of rows."""

    def __init__(self, given: Iterable[tuple[int, str]] = (), typed: str = "") -> None:
        """Labels that do not begin with what is `typed` are left out."""
        self._given = sorted(each for each in given if each[1].startswith(typed))
        self.typed = typed

    def __bool__(self) -> bool:
        return bool(self._given)

    def between(self, start: int, end: int) -> Sequence[tuple[int, str]]:
        """Return the labels of the places in a stretch."""
        return self._given[bisect_left(self._given, (start, "")) : bisect_left(self._given, (end, ""))]

    def of(self, place: int) -> str:
        """Return the label of a place, if it has one."""
        return next((label for _, label in self.between(place, place + 1)), "")

    def laid_over(self, strip: Strip, wanted: Iterable[Label], style: Style, quiet: Style) -> Strip:
        """Lay labels over a drawn line: their letters in one look, those that are typed already in another.

        The line keeps its width. A look that is no more than reversed is not so where what is beside it is.
        """
        width = strip.cell_length
        parts: list[Strip] = []
        at = 0
        for label in placed(wanted, width):
            end = label.cell + len(label.text)
            beside = [*strip.crop(label.cell, min(width, end + 1))]
            turned = style.reverse and any(segment.style and segment.style.reverse for segment in beside)
            look = style + Style(reverse=False, underline=True) if turned else style
            typed = len(self.typed)
            letters = [Segment(label.text[:typed], quiet), Segment(label.text[typed:], look)]
            parts += [strip.crop(at, label.cell), Strip([segment for segment in letters if segment.text])]
            at = end
        return Strip.join([*parts, strip.crop(at, width)]) if parts else strip

    def at_row(self, strip: Strip, place: int, style: Style, quiet: Style) -> Strip:
        """Lay the label of a row over its first cells."""
        label = self.of(place)
        return self.laid_over(strip, [Label(0, label)], style, quiet) if label else strip


NONE = Hints()
