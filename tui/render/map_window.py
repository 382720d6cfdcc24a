"""Which part of the world a map shows: fitted around places, moved and zoomed. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, radians

from store.record import Record

SOUTH, NORTH = -58.0, 84.0
"""Latitudes between which there is something to show."""
CLOSEST = 0.01
"""Degrees a dot when the map is zoomed in as far as it goes: beyond, the coarse outline says nothing."""
_LEAST_SPAN = 8.0
"""Degrees of latitude that a fitted map shows at least, so that one place has some coast around it."""
_MARGIN = 0.12
"""The part of a span that is left free at each of its ends."""
_STEEPEST = 0.5
"""The least factor by which a degree of longitude is drawn shorter than one of latitude."""


class Window(Record):
    """A part of the world on a grid of dots, as square as a terminal's braille dots are."""

    lon: float
    lat: float
    """Its middle, in degrees east and north."""
    scale: float
    """Degrees of latitude that a dot is high."""
    width: int
    height: int
    """Its size, in dots."""

    @property
    def squeeze(self) -> float:
        """How much shorter a degree of longitude is drawn than one of latitude."""
        return max(_STEEPEST, cos(radians(self.lat)))

    def place(self, lon: float, lat: float) -> tuple[float, float]:
        """Return where a point lies, in dots from the left and from the top; beyond the edges too."""
        east = (lon - self.lon + 180) % 360 - 180
        return self.of(self.lon + east, lat)

    def of(self, lon: float, lat: float) -> tuple[float, float]:
        """Return where a point lies without looking for it on the other side of the world."""
        x = self.width / 2 + (lon - self.lon) * self.squeeze / self.scale
        return x, self.height / 2 - (lat - self.lat) / self.scale

    @property
    def spans(self) -> tuple[float, float]:
        """How many degrees of longitude and latitude it shows."""
        return self.width * self.scale / self.squeeze, self.height * self.scale

    def zoomed(self, factor: float, at: tuple[float, float] | None = None) -> Window:
        """Return the window with everything `factor` times as large, around a point (longitude, latitude)."""
        lon, lat = at or (self.lon, self.lat)
        return self.replace(lon=lon, lat=lat, scale=self.scale / factor)._within()

    def moved(self, right: float, down: float) -> Window:
        """Return the window moved by parts of its own size."""
        lon, lat = self.spans
        return self.replace(lon=(self.lon + right * lon + 180) % 360 - 180, lat=self.lat - down * lat)._within()

    def resized(self, width: int, height: int) -> Window:
        """Return a window of another size that shows all of what this one shows."""
        grown = max(self.width / max(1, width), self.height / max(1, height))
        return self.replace(width=width, height=height, scale=self.scale * grown)._within()

    def _within(self) -> Window:
        scale = min(max(self.scale, CLOSEST), _whole_world(self.width, self.height))
        half = min(self.height * scale / 2, (NORTH - SOUTH) / 2)
        return self.replace(scale=scale, lat=min(max(self.lat, SOUTH + half), NORTH - half))


def world(width: int, height: int) -> Window:
    """Return the window that shows the whole world."""
    return Window(10.0, (SOUTH + NORTH) / 2, _whole_world(width, height), width, height)


def fitted(points: Sequence[tuple[float, float]], width: int, height: int) -> Window:
    """Return the smallest window that shows all points (longitude, latitude) with a margin; of none the world."""
    if not points:
        return world(width, height)
    west, east = _narrowest([lon for lon, _ in points])
    lats = [min(max(lat, SOUTH), NORTH) for _, lat in points]
    south, north = min(lats), max(lats)
    room = 1 - 2 * _MARGIN
    tall = max(_LEAST_SPAN, (north - south) / room) / max(1, height)
    lon = ((west + east) / 2 + 180) % 360 - 180
    found = Window(lon, (south + north) / 2, tall, width, height)._within()
    for _ in range(4):
        # How long a degree of longitude is drawn hangs on where the window lies, and that on how much it shows.
        broad = (east - west) / room * found.squeeze / max(1, width)
        found = found.replace(scale=max(found.scale, broad))._within()
    return found


def _whole_world(width: int, height: int) -> float:
    squeeze = cos(radians((SOUTH + NORTH) / 2))
    return max((NORTH - SOUTH) / max(1, height), 360 * squeeze / max(1, width))


def _narrowest(lons: Sequence[float]) -> tuple[float, float]:
    """Return the western and eastern end of what holds all longitudes; the eastern may lie beyond 180."""
    around = sorted({(lon + 180) % 360 - 180 for lon in lons})
    gaps = [(after - before, after) for before, after in zip(around, [*around[1:], around[0] + 360], strict=True)]
    width, west = max(gaps)
    west = (west + 180) % 360 - 180
    return west, west + 360 - width
