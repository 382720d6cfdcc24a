"""Finds the mentions that the model missed of names that it found elsewhere in the article."""

from __future__ import annotations

from collections import Counter, defaultdict

from store.article import Mention
from store.entities.forms import Taken, occurrences, plain
from store.entities.labels import Group, group_of
from store.entities.neighbours import is_joined, stands_alone
from store.entities.people import people_in
from store.entities.reading import Reading
from store.entities.trim import without_overlaps

_SPREAD = frozenset({Group.PERSON, Group.ORGANISATION, Group.PLACE, Group.GROUP})
"""Groups whose names are sought in the rest of the text."""
_SHORTEST = 3


def with_shouted(reading: Reading, mentions: list[Mention]) -> list[Mention]:
    """Find the names of the article in lines written in capitals, where the model is at a loss."""
    lines = reading.shouted
    if not lines:
        return mentions
    labels: dict[str, str] = {}
    for mention, form in reading.formed(mentions):
        if group_of(mention.label) in _SPREAD and len(form) >= _SHORTEST and not form.isupper():
            labels.setdefault(form.upper(), mention.label)
    for surname in people_in(reading, mentions).surnames:
        if surname.casefold() not in reading.lower:
            labels.setdefault(surname.upper(), "PERSON")
    added = [
        Mention(start, end, labels[reading.flat[start:end]])
        for start, end in occurrences(reading.flat, labels, Taken(mentions), reading.word_starts)
        if any(first <= start and end <= last for first, last in lines)
    ]
    return without_overlaps([*mentions, *added]) if added else mentions


def with_occurrences(reading: Reading, mentions: list[Mention]) -> list[Mention]:
    """Tag the rest of a form's occurrences where the model tagged at least half of them.

    Compounds do not count: that the model passed over "Japan-Russia ties" says nothing about Japan.
    """
    flat = reading.flat
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    surfaces: dict[str, set[str]] = defaultdict(set)
    for mention, form in reading.formed(mentions):
        if (
            group_of(mention.label) in _SPREAD
            and len(form) >= _SHORTEST - (form.isupper())
            and form[0].isupper()
        ):
            votes[form][mention.label] += 1
            surfaces[form].add(flat[mention.start : mention.end])
    forms = {form for form in votes if form.casefold() not in reading.lower}
    open_places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    sought = [surface for form in forms for surface in surfaces[form]]
    for start, end in occurrences(flat, sought, Taken(mentions), reading.word_starts):
        form = plain(flat[start:end])
        if stands_alone(flat, start, end, group_of(votes[form].most_common(1)[0][0]), forms):
            open_places[form].append((start, end))
    added = [
        Mention(start, end, votes[form].most_common(1)[0][0])
        for form, places in open_places.items()
        if votes[form].total() >= sum(not is_joined(flat, start, end) for start, end in places)
        for start, end in places
    ]
    return without_overlaps([*mentions, *added]) if added else mentions
