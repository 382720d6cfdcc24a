"""A map drawn in text: coasts and borders, places as dots by how much is about them, names where they fit. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from store.record import Record
from tui.render.clusters import clusters, shown
from tui.render.map_window import Window
from tui.render.outline import Line, outline
from tui.render.safe import safe

Part = tuple[str, str]
"""A run of text and what it is: `coast`, `dot`, `chosen`, `label`, or empty for nothing."""


class Dot(Record):
    """A place on the map."""

    name: str
    lon: float
    lat: float
    count: int
    """How much is about it; what is counted does not matter here."""
    chosen: bool = False


class MapSigns(Record):
    """What places are drawn with, the smallest first."""

    dots: tuple[str, str, str] = ("◦", "•", "●")
    ascii_only: bool = False


UNICODE = MapSigns()
ASCII = MapSigns(("o", "O", "@"), True)

_BRAILLE = 0x2800
_BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bit of a braille cell's dot, by its line and column."""
_GAP = 3
"""Of a border every third dot is drawn."""
_WITH_BORDERS = 1.0
"""Degrees a dot up to which borders are drawn: on a map of half the world they would only be in the way."""


def cells(width: int, height: int) -> tuple[int, int]:
    """Return how many dots a map of so many columns and lines has across and down."""
    return 2 * width, 4 * height


def draw(window: Window, dots: Sequence[Dot], signs: MapSigns = UNICODE) -> list[list[Part]]:
    """Draw a window as lines of parts, each `window.width / 2` cells wide."""
    width, height = window.width // 2, window.height // 4
    if width <= 0 or height <= 0:
        return []
    canvas = _Canvas(width, height)
    _draw_outline(canvas, window, signs)
    at = _draw_dots(canvas, window, dots, signs)
    _draw_names(canvas, at)
    return [list(_parts(row)) for row in canvas.rows]


def sizes(most: int) -> tuple[int, int]:
    """Return from which counts on a place gets the second and the third sign, where the highest is `most`."""
    # Counts of names fall off steeply: each sign stands for some four times as many as the one before.
    third = max(3, round(most / 3))
    return min(max(2, round(most / 12)), third - 1), third


def legend(dots: Sequence[Dot], signs: MapSigns = UNICODE) -> str:
    """Say what the signs mean; empty without places."""
    most = max((dot.count for dot in dots), default=0)
    if not most:
        return ""
    second, third = sizes(most)
    small, middle, large = signs.dots
    dash = "-" if signs.ascii_only else "–"
    spans = [(small, 1, second - 1), (middle, second, third - 1), (large, third, most)]
    return "  ".join(f"{sign} {first:,}" if first == last else f"{sign} {first:,}{dash}{last:,}"
                     for sign, first, last in spans if first <= last and first <= most)  # fmt: skip


# ---- the canvas ------------------------------------------------------------------------------------------------------
class _Canvas:
    """Cells of text with what they are; a cell that a wide character reaches into holds an empty text."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self.rows: list[list[Part]] = [[(" ", "")] * width for _ in range(height)]

    def is_free(self, x: int, y: int, cells: int) -> bool:
        """Tell whether no place and no name stands on these cells."""
        if not (0 <= y < self.height and x >= 0 and x + cells <= self.width):
            return False
        return all(role in ("", "coast") for _, role in self.rows[y][x : x + cells])

    def write(self, x: int, y: int, text: str, role: str) -> None:
        for start, end, size in clusters(text, 0, len(text)):
            self.rows[y][x] = (text[start:end], role)
            for beyond in range(1, size):
                self.rows[y][x + beyond] = ("", role)
            x += size


def _parts(row: Sequence[Part]) -> Iterator[Part]:
    """Gather cells of one kind."""
    text, role = "", row[0][1]
    for each, kind in row:
        if kind != role:
            yield text, role
            text, role = "", kind
        text += each
    yield text, role


# ---- coasts and borders ----------------------------------------------------------------------------------------------
@lru_cache(maxsize=4)
def _outline_in(window: Window) -> Mapping[tuple[int, int], int]:
    """Return the braille bits of the cells that coasts and borders run through."""
    lit: dict[tuple[int, int], int] = {}
    for line, turn in _in_sight(window):
        for number, (x, y) in enumerate(_dots_of(line, window, turn)):
            if not (line.border and number % _GAP):
                key = x >> 1, y >> 2
                lit[key] = lit.get(key, 0) | _BITS[y & 3][x & 1]
    return lit


def _draw_outline(canvas: _Canvas, window: Window, signs: MapSigns) -> None:
    for (x, y), bits in _outline_in(window).items():
        if x < canvas.width and y < canvas.height:
            canvas.rows[y][x] = ("." if signs.ascii_only else chr(_BRAILLE | bits), "coast")


def _in_sight(window: Window) -> Iterator[tuple[Line, float]]:
    """Yield the lines that may be seen, each with the degrees it is turned by where the window crosses 180."""
    lon, lat = window.spans
    west, east = window.lon - lon / 2, window.lon + lon / 2
    south, north = window.lat - lat / 2, window.lat + lat / 2
    for line in outline():
        if line.south > north or line.north < south or (line.border and window.scale > _WITH_BORDERS):
            continue
        for turn in (-360.0, 0.0, 360.0):
            if line.west + turn <= east and line.east + turn >= west:
                yield line, turn


def _dots_of(line: Line, window: Window, turn: float) -> Iterator[tuple[int, int]]:
    """Yield the dots of a line that are within the window; most stretches are no longer than one."""
    right, bottom = window.width - 1, window.height - 1
    squeeze, middle, scale = window.squeeze, window.lon - turn, window.scale
    before: tuple[float, float] | None = None
    for lon, lat in line.points:
        x = window.width / 2 + (lon - middle) * squeeze / scale
        y = window.height / 2 - (lat - window.lat) / scale
        if abs(lon - middle) > 180:
            # The world is drawn once, also where there is room for more than that.
            before = None
            continue
        if before is not None and abs(x - before[0]) < 1 and abs(y - before[1]) < 1:
            if 0 <= x <= right and 0 <= y <= bottom:
                yield int(x), int(y)
        elif before is not None and (inside := _clipped(*before, x, y, right, bottom)) is not None:
            x0, y0, x1, y1 = inside
            steps = max(1, round(max(abs(x1 - x0), abs(y1 - y0))))
            for step in range(steps):
                part = step / steps
                yield int(x0 + (x1 - x0) * part), int(y0 + (y1 - y0) * part)
        before = x, y


def _clipped(
    x0: float, y0: float, x1: float, y1: float, right: float, bottom: float
) -> tuple[float, float, float, float] | None:
    """Return what of a line lies within the window (Liang and Barsky), or None."""
    first, last = 0.0, 1.0
    dx, dy = x1 - x0, y1 - y0
    for step, room in ((-dx, x0), (dx, right - x0), (-dy, y0), (dy, bottom - y0)):
        if step == 0:
            if room < 0:
                return None
            continue
        cut = room / step
        if step < 0:
            first = max(first, cut)
        else:
            last = min(last, cut)
        if first > last:
            return None
    return x0 + dx * first, y0 + dy * first, x0 + dx * last, y0 + dy * last


# ---- places ----------------------------------------------------------------------------------------------------------
def _draw_dots(canvas: _Canvas, window: Window, dots: Sequence[Dot], signs: MapSigns) -> list[tuple[int, int, Dot]]:
    """Draw the places in sight, the greatest over the lesser; return where they stand, the greatest first."""
    second, third = sizes(max((dot.count for dot in dots), default=0))
    seen: dict[tuple[int, int], Dot] = {}
    for dot in sorted(dots, key=lambda each: (not each.chosen, -each.count, each.name)):
        x, y = window.place(dot.lon, dot.lat)
        cell = int(x // 2), int(y // 4)
        if 0 <= cell[0] < canvas.width and 0 <= cell[1] < canvas.height and cell not in seen:
            seen[cell] = dot
            sign = signs.dots[(dot.count >= second) + (dot.count >= third)]
            canvas.rows[cell[1]][cell[0]] = (sign, "chosen" if dot.chosen else "dot")
    return [(x, y, dot) for (x, y), dot in seen.items()]


_LONGEST = 24
"""Cells of a name on the map."""


def _draw_names(canvas: _Canvas, at: Sequence[tuple[int, int, Dot]]) -> None:
    """Write names beside their places, the greatest first, where nothing else stands."""
    for x, y, dot in at:
        name, size = _cut(shown(safe(" ".join(dot.name.split()))))
        if not size:
            continue
        beside = ((x + 2, y), (x - 1 - size, y), (x - size // 2, y - 1), (x - size // 2, y + 1))
        for left, line in beside:
            # A free cell at each side keeps two names apart.
            before, after = (left > 0), (left + size < canvas.width)
            if canvas.is_free(left - before, line, size + before + after) or (
                left == x + 2 and canvas.is_free(x + 1, line, size + 1 + after)
            ):
                canvas.write(left, line, name, "chosen" if dot.chosen else "label")
                break
        else:
            # What is chosen is named in any case, over lesser places if need be.
            left = x + 2 if x + 2 + size <= canvas.width else x - 1 - size
            if dot.chosen and left >= 0:
                canvas.write(left, y, name, "chosen")


def _cut(name: str) -> tuple[str, int]:
    used = 0
    for start, _end, size in clusters(name, 0, len(name)):
        if used + size > _LONGEST:
            return name[:start], used
        used += size
    return name, used
