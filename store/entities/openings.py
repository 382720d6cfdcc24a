"""Tells names from words that are capitals only because a sentence begins with them.

Mikheev 2002 ("Periods, capitalized words, etc.") looks such words up in the rest of the text: one that is also
written in lower case, and nowhere else as a name, is a word.
"""

from __future__ import annotations

import re
from collections import Counter

from store.article import Mention
from store.entities.known_places import countries
from store.entities.labels import Group, group_of
from store.entities.neighbours import STARTERS
from store.entities.reading import Reading

_KINDS = frozenset({Group.PERSON, Group.ORGANISATION, Group.PLACE})
_BEGINS = re.compile(r"(?:^|[.!?]['\"”’)]*\s+|\n\s*)['\"“‘]?$")
_REACH = 8
_STRESSED = 4
"""Letters; "who" and "WHO", "aid" and "AID" are two words."""


def without_openers(reading: Reading, mentions: list[Mention]) -> list[Mention]:
    """Take the first word of a sentence off a name, or drop the mention, where it is only a word.

    "Around Bin Laden" is Bin Laden; "Page" at the beginning of a sentence, in an article that also writes "page", is
    nobody.
    """
    formed = reading.formed(mentions)
    counts = Counter(form for _, form in formed)
    inside = {form for mention, form in formed if not _begins_sentence(reading.flat, mention.start)}
    kept = []
    for mention, form in formed:
        if group_of(mention.label) not in _KINDS or form in reading.fixed or form in inside:
            kept.append(mention)
            continue
        first, _, rest = form.partition(" ")
        if not rest:
            if form.isupper() or form.islower() or form.casefold() not in reading.lower:
                kept.append(mention)
        elif counts[form] == 1 and first in STARTERS:
            words = reading.flat[mention.start : mention.end]
            kept.append(mention.replace(start=mention.end - len(words.split(None, 1)[1])))
        else:
            kept.append(mention)
    return kept


def without_emphasis(reading: Reading, mentions: list[Mention]) -> list[Mention]:
    """Drop a word in capitals that the article also writes small: it is stressed ("GREAT"), and no acronym."""
    return [
        mention
        for mention, form in reading.formed(mentions)
        if group_of(mention.label) not in _KINDS
        or not (len(form) >= _STRESSED and form.isalpha() and form.isupper() and form.casefold() in reading.lower)
        or form in reading.fixed
    ]


def without_lower_case(reading: Reading, mentions: list[Mention]) -> list[Mention]:
    """Drop the names without a capital, in an article that writes its names with capitals.

    Those that it writes with a capital elsewhere stay, and countries: "the town in canada i grew up in".
    """
    formed = reading.formed(mentions)
    great = {form.casefold() for _, form in formed if form != form.lower()}
    lower = [
        mention
        for mention, form in formed
        if group_of(mention.label) in _KINDS
        and form not in reading.fixed
        and form not in great
        and not (group_of(mention.label) is Group.PLACE and form.title() in countries())
        and form == form.lower()
        and not any(character.isdigit() for character in form)
    ]
    if not lower:
        return mentions
    named = sum(group_of(mention.label) in _KINDS for mention in mentions)
    dropped = frozenset(lower)
    return [m for m in mentions if m not in dropped] if named > 3 * len(lower) else mentions


def _begins_sentence(flat: str, at: int) -> bool:
    return at == 0 or _BEGINS.search(flat, max(0, at - _REACH), at) is not None
