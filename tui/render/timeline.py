"""How much there is by month or year, as a plot of bars in text. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from store.record import Record

_EIGHTHS = " ▁▂▃▄▅▆▇█"
_ASCII = " .:#"
"""Bars in thirds of a line."""

_WIDEST = 8
"""Cells of a bar at most: three years do not fill a screen."""

Count = tuple[str, int]
"""A month (`2017-03`) or a year (`2017`), and how much there is of it."""


class Plot(Record):
    """A plot, line by line; the last line tells the times, unless there was no room for it."""

    lines: tuple[str, ...] = ()
    together: int = 1
    """How many months or years a bar stands for."""
    most: int = 0
    """The highest bar."""
    left: int = 0
    """How many cells at the left tell the numbers."""
    bars: tuple[tuple[str, str], ...] = ()
    """The first and the last month or year of each bar."""
    cells: int = 1
    """How wide a bar is."""

    @property
    def contents(self) -> list[Content]:
        """The lines as content: numbers and times stand back."""
        lines = [Content(line).stylize("$quiet", 0, self.left) for line in self.lines]
        return [*lines[:-1], lines[-1].stylize("$quiet")] if len(lines) > 1 else lines

    def chosen(self, bar: int) -> list[Content]:
        """Return the lines with one bar chosen."""
        start = self.left + bar * self.cells
        end = start + max(1, self.cells - 1 if self.cells > 2 else self.cells)
        lines = self.contents
        count = len(lines) - 1 if len(lines) > 1 else 1
        wide = [line if line.cell_length >= end else line.pad_right(end - line.cell_length) for line in lines[:count]]
        return [*(line.stylize("reverse", start, end) for line in wide), *lines[count:]]


def years(months: Sequence[Count]) -> list[Count]:
    """Gather months into years."""
    found: dict[str, int] = {}
    for month, count in months:
        year = month.partition("-")[0]
        found[year] = found.get(year, 0) + count
    return list(found.items())


def plot(counts: Sequence[Count], width: int, height: int, *, ascii_only: bool = False) -> Plot:
    """Draw bars in `width` cells and `height` lines, for times in order and without gaps.

    A single line is bars alone; two and more have the times below, and from three on the highest count at the left.
    """
    if not counts or width < 2 or height < 1:
        return Plot()
    scaled = height >= 3
    # The room at the left depends on the highest bar, and that one on the room.
    most = max(count for _, count in counts)
    bars, together, _ = _bars(counts, width - _gutter(most, scaled))
    most = max(count for _, count in bars)
    bars, together, spans = _bars(counts, width - _gutter(most, scaled))
    most = max(count for _, count in bars)
    left = _gutter(most, scaled)
    if scaled:
        # A single article is no tower: each counts for two lines at most.
        height = max(3, min(height, 2 * most + 1))
    cells = max(1, min(_WIDEST, (width - left) // len(bars)))
    lines = _columns(bars, most, cells, height - (height > 1), _ASCII if ascii_only else _EIGHTHS)
    if scaled:
        side = [f"{most:,}".rjust(left - 1), *[" " * (left - 1)] * (len(lines) - 2), "0".rjust(left - 1)]
        edge = "|" if ascii_only else "│"
        lines = [f"{number}{edge}{line}" for number, line in zip(side, lines, strict=True)]
    if height > 1:
        lines.append(" " * left + _times([name for name, _ in bars], cells, width - left))
    return Plot(tuple(lines), together, most, left, spans, cells)


def _gutter(most: int, scaled: bool) -> int:
    return len(f"{most:,}") + 1 if scaled else 0


def _bars(counts: Sequence[Count], room: int) -> tuple[list[Count], int, tuple[tuple[str, str], ...]]:
    """Gather as many times into one bar as it takes to fit; months by quarters, half-years and years.

    Returns the bars, how many times each is of, and the first and last of each.
    """
    room = max(1, room)
    together = -(-len(counts) // room)
    if "-" in counts[0][0] and together > 1:
        together = next((step for step in (2, 3, 4, 6, 12) if step >= together), -(-together // 12) * 12)
        # Where a bar is a quarter or a year, it begins as one does.
        off = (int(counts[0][0][5:7]) - 1) % together if together <= 12 else int(counts[0][0][5:7]) - 1
    else:
        off = 0
    starts = [0, *range(together - off, len(counts), together)] if off else list(range(0, len(counts), together))
    if len(starts) > room:
        starts = list(range(0, len(counts), together))
    ends = [*starts[1:], len(counts)]
    bars = [(counts[a][0], sum(n for _, n in counts[a:b])) for a, b in zip(starts, ends, strict=True)]
    return bars, together, tuple((counts[a][0], counts[b - 1][0]) for a, b in zip(starts, ends, strict=True))


def _columns(bars: Sequence[Count], most: int, cells: int, height: int, steps: str) -> list[str]:
    full = len(steps) - 1
    # What is there is seen, however little it is beside the most.
    tall = [max(1, round(count / most * height * full)) if count and most else 0 for _, count in bars]
    wide = max(1, cells - 1) if cells > 2 else cells
    gap = " " * (cells - wide)
    return [
        "".join(steps[min(full, max(0, size - line * full))] * wide + gap for size in tall).rstrip()
        for line in reversed(range(height))
    ]


def _times(names: Sequence[str], cells: int, width: int) -> str:
    """Write the times below their bars: all that fit, else years at their first bar, else the ends."""
    longest = max(len(name) for name in names)
    if cells > longest:
        return "".join(name.ljust(cells) for name in names).rstrip()[:width]
    marks: list[tuple[int, str]] = []
    for at, name in enumerate(names):
        year = name.partition("-")[0]
        if not at or year != names[at - 1].partition("-")[0]:
            marks.append((at * cells, year))
    if len(marks) == 1:
        # All within a year: the months tell more.
        marks = [(at * cells, name if not at else name[5:]) for at, name in enumerate(names)]
    step = max(1, _step_of(marks, width))
    line = ""
    for index, (at, text) in enumerate(marks):
        if index % step or (line and at < len(line) + 1) or at + len(text) > width:
            continue
        line = line.ljust(at) + text
    return line


def _step_of(marks: Sequence[tuple[int, str]], width: int) -> int:
    """Return every how many marks one is written, so that they stand apart: 1, 2, 5, 10, 20, ..."""
    if len(marks) < 2:
        return 1
    # The first may be cut short by where the plot begins.
    apart = max(1, (marks[-1][0] - marks[0][0]) / (len(marks) - 1))
    size = max(len(text) for _, text in marks) + 1
    wanted = size / apart
    return next((step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500) if step >= wanted), 1000)
