"""Finds the acronyms that an article explains: "World Health Organization (WHO)"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from store.article import Mention
from store.entities.forms import plain
from store.entities.labels import Group, group_of

_IN_BRACKETS = re.compile(r"[\"”’]?\s\(([A-Z][A-Z&/.-]{1,9})[),;]")
_SMALL = frozenset("of the and for in on to a an de la le du des del et y e".split())  # noqa: SIM905 - read as one
_GROUPS = frozenset({Group.ORGANISATION, Group.PLACE})


def acronyms_in(flat: str, mentions: Iterable[Mention]) -> dict[tuple[Group, str], str]:
    """Return the full name of each explained acronym, by group and acronym."""
    found: dict[tuple[Group, str], str] = {}
    for mention in mentions:
        group = group_of(mention.label)
        if group not in _GROUPS:
            continue
        name = plain(flat[mention.start : mention.end])
        explained = _IN_BRACKETS.match(flat, mention.end, mention.end + 16)
        if explained and _abbreviates(explained[1], name):
            found.setdefault((group, explained[1]), name)
    return found


def _abbreviates(acronym: str, name: str) -> bool:
    letters = re.sub(r"[^A-Z]", "", acronym)
    words = [word for word in re.split(r"[\s/-]+", name) if word]
    every = "".join(word[0] for word in words).upper()
    great = "".join(word[0] for word in words if word.casefold() not in _SMALL).upper()
    return len(letters) > 1 and letters in (every, great)
