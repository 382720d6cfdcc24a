"""The coasts and borders of the world, coarsely: packaged lines of points in degrees."""

from __future__ import annotations

from functools import cache
from itertools import accumulate
from pathlib import Path

from store.record import Record

_FILE = Path(__file__).with_name("outline.txt")


class Line(Record):
    """A stretch of coast, or of a border between countries."""

    border: bool
    points: tuple[tuple[float, float], ...]
    """Longitude and latitude, in degrees east and north."""
    west: float
    east: float
    south: float
    north: float


@cache
def outline() -> tuple[Line, ...]:
    """Return all lines; read once, when the first map is drawn."""
    lines = _FILE.read_text(encoding="ascii").splitlines()
    return tuple(_line(line) for line in lines if line[:2] in ("c ", "b "))


def _line(text: str) -> Line:
    kind, *numbers = text.split()
    steps = [int(number) for number in numbers]
    lons = [x / 10 for x in accumulate(steps[0::2])]
    lats = [y / 10 for y in accumulate(steps[1::2])]
    return Line(kind == "b", tuple(zip(lons, lats, strict=True)), min(lons), max(lons), min(lats), max(lats))
