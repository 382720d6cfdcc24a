"""Prints the figures of all programs beside each other, and where Dateline is behind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

from bench.measure import Figures

START = ("start to list", "start to text", "quit")
"""Where Python's start, and Textual's, decide: within `NEAR` times of another program is the goal."""
KEYS = (
    "j",
    "j scrolling",
    "page in the list",
    "open from the list",
    "next article",
    "next, of 1 MB",
    "page in the text",
    "search titles",
    "search all, a frequent word",
    "search all, a rare word",
    "tag",
)
MEMORY = ("memory", "memory of all")
NEAR = 3.0


def report(figures: dict[str, Figures]) -> Iterator[str]:
    """Yield the lines: times, times until quiet, bytes, memory; behind each of another program's how ours stands to it.

    A ratio is ours divided by theirs, by medians: below 1 we are ahead.
    """
    names = list(figures)
    yield from _table("milliseconds until shown: median, 95th", names, [*START, *KEYS], figures, "{}", "{} p95")
    yield ""
    yield from _table("milliseconds until quiet: median", names, KEYS, figures, "{} until quiet")
    yield ""
    yield from _table("bytes: median", names, ("start", *KEYS), figures, "{} bytes")
    yield ""
    yield from _table("megabytes", names, MEMORY, figures, "{}")
    yield ""
    for other in names[1:]:
        yield from wrap(f"beside {other}: {_standing(figures[names[0]], figures[other])}", 116, subsequent_indent="  ")


def missing(figures: dict[str, Figures]) -> list[str]:
    """Return what has no figure, in words."""
    wanted = [
        *START,
        *KEYS,
        *MEMORY,
        *(f"{key} bytes" for key in ("start", *KEYS)),
        *(f"{key} until quiet" for key in KEYS),
    ]
    return [
        f"{name}: {one}" for name, its in figures.items() for one in wanted if not 0 < its.get(one, 0) < float("inf")
    ]


def _table(
    heading: str, names: list[str], lines: Sequence[str], figures: dict[str, Figures], *figures_of: str
) -> Iterator[str]:
    width = 9 * len(figures_of)
    yield f"{heading:42}" + "".join(
        f"{name:>{width}}" + ("" if name == names[0] else f"{'ratio':>8}") for name in names
    )
    for line in lines:
        cells = f"{line:42}"
        ours = figures[names[0]].get(figures_of[0].format(line))
        for name in names:
            values = [figures[name].get(one.format(line)) for one in figures_of]
            cells += "".join(f"{_written(value):>9}" for value in values)
            if name != names[0]:
                theirs = values[0]
                cells += f"{ours / theirs:>8.2f}" if ours is not None and theirs else f"{'–':>8}"
        yield cells.rstrip()


def _written(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:,.1f}" if value < 1000 else f"{value:,.0f}"


def _standing(ours: Figures, theirs: Figures) -> str:
    def ratio(line: str) -> float:
        return ours[line] / theirs[line]

    behind = [f"{line} ({ratio(line):.1f})" for line in KEYS if ratio(line) > 1]
    slow = [f"{line} ({ratio(line):.1f})" for line in START if ratio(line) > NEAR]
    said = f"ahead in {len(KEYS) - len(behind)} of {len(KEYS)} keys"
    said += f", behind in {', '.join(behind)}" if behind else ""
    start = f"over {NEAR:.0f} times in {', '.join(slow)}" if slow else f"start and end within {NEAR:.0f} times"
    return f"{said}; {start}"
