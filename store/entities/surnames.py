"""Labels bare surnames as people, and finds those that the model missed."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from store.article import Mention
from store.entities.forms import Taken, occurrences
from store.entities.known_places import known_places
from store.entities.labels import Group, group_of
from store.entities.neighbours import stands_alone
from store.entities.people import People, people_in
from store.entities.reading import Reading
from store.entities.trim import without_overlaps

_ARTICLE = re.compile(r"\b(?:the|a|an)\s$", re.IGNORECASE)
_BEFORE_PLACE = re.compile(
    r"\b(?:in|near|from|at|to|of|into|around|across|throughout|outside|towards?|for)\s(?:the\s)?$", re.IGNORECASE
)
_REACH = 16
_OFTEN = 3
_SHORTEST = 3


def labelled_surnames(reading: Reading, mentions: list[Mention]) -> list[Mention]:
    """Relabel the mentions that are bare surnames of people who were named in full before."""
    people = people_in(reading, mentions)
    if not people.surnames:
        return mentions
    votes = _votes(reading, people, mentions)
    things = _things(reading, people, mentions, votes)
    rivals = _rivals(reading, people, mentions)
    changed = []
    for mention, form in reading.formed(mentions):
        changed.append(mention)
        if form not in people.surnames or form in reading.fixed or mention.start < people.first(form):
            continue
        group = group_of(mention.label)
        if group in (Group.PERSON, Group.NUMBER) or form in things:
            continue
        # A town or people with the surname's name keeps its label unless most mentions mean the person.
        is_rival = group in (Group.PLACE, Group.GROUP) and votes[form][Group.PERSON] < votes[form][group]
        if not is_rival or form not in rivals:
            changed[-1] = mention.replace(label="PERSON")
    return changed


def with_surnames(reading: Reading, mentions: list[Mention]) -> list[Mention]:
    """Add the bare surnames of people who were named in full before."""
    flat = reading.flat
    people = people_in(reading, mentions)
    if not people.surnames:
        return mentions
    alone = _bare_surnames(reading, people, mentions)
    added = [
        Mention(start, end, "PERSON")
        for start, end in occurrences(flat, alone, Taken(mentions), reading.word_starts)
        if start > people.first(flat[start:end]) and stands_alone(flat, start, end, Group.PERSON, ())
    ]
    return without_overlaps([*mentions, *added]) if added else mentions


def with_first_names(reading: Reading, mentions: list[Mention]) -> list[Mention]:
    """Add the bare first names of people who were named in full before, where only one person here has it."""
    flat = reading.flat
    given = {
        name: start
        for name, start in people_in(reading, mentions).given.items()
        if len(name) >= _SHORTEST and name not in known_places() and name.casefold() not in reading.lower
    }
    if not given:
        return mentions
    elsewhere = {form for mention, form in reading.formed(mentions) if group_of(mention.label) is not Group.PERSON}
    added = [
        Mention(start, end, "PERSON")
        for start, end in occurrences(flat, given.keys() - elsewhere, Taken(mentions), reading.word_starts)
        if start > given[flat[start:end]] and stands_alone(flat, start, end, Group.PERSON, ())
    ]
    return without_overlaps([*mentions, *added]) if added else mentions


def _bare_surnames(reading: Reading, people: People, mentions: list[Mention]) -> set[str]:
    """Return the surnames that stand for people wherever they stand alone."""
    votes = _votes(reading, people, mentions)
    return {
        surname
        for surname in people.surnames
        if surname not in reading.fixed
        and surname.casefold() not in reading.lower
        and votes[surname].total() <= 2 * votes[surname][Group.PERSON] + votes[surname][Group.OTHER]
    }


def _votes(reading: Reading, people: People, mentions: list[Mention]) -> dict[str, Counter[Group]]:
    votes: dict[str, Counter[Group]] = defaultdict(Counter)
    for mention, form in reading.formed(mentions):
        if form in people.surnames:
            votes[form][group_of(mention.label)] += 1
    return votes


def _rivals(reading: Reading, people: People, mentions: list[Mention]) -> set[str]:
    """Return the surnames that are also a place or a people here: known places, or ones that "in" or "the" precedes.

    A known place that is named three times without ever a preposition is none.
    """
    counts: Counter[str] = Counter()
    rivals = set()
    for mention, form in reading.formed(mentions):
        if form not in people.surnames or group_of(mention.label) not in (Group.PLACE, Group.GROUP):
            continue
        counts[form] += 1
        before = _BEFORE_PLACE if group_of(mention.label) is Group.PLACE else _ARTICLE
        if before.search(reading.flat, max(0, mention.start - _REACH), mention.start):
            rivals.add(form)
    return rivals | {form for form, n in counts.items() if n < _OFTEN and form in known_places()}


def _things(reading: Reading, people: People, mentions: list[Mention], votes: dict[str, Counter[Group]]) -> set[str]:
    """Return the surnames that never are a person's alone and take an article, as companies and cameras do."""
    return {
        form
        for mention, form in reading.formed(mentions)
        if form in people.surnames
        and not votes[form][Group.PERSON]
        and _ARTICLE.search(reading.flat, max(0, mention.start - _REACH), mention.start)
    }
