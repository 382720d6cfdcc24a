"""Knows the people of an article by their full names, and who is meant by a bare surname."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from store.article import Mention
from store.entities.forms import plain
from store.entities.labels import Group, group_of
from store.entities.reading import Reading

_WORD = re.compile(r"[^\W\d_][\w’'.\-]*")
_PARTICLES = frozenset(
    "de da do dos das del della di du van von der den ter ten la le al el bin ibn ben abu y e bint zu zur".split()  # noqa: SIM905 - read as one
)
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "jr.", "sr."})
_SHORTEST = 3


class People:
    """Everyone whom an article names in full."""

    def __init__(self, names: Iterable[tuple[int, str]]) -> None:
        """Take full names with where they stand, in order."""
        self._places: dict[str, list[int]] = defaultdict(list)
        self._names: dict[str, list[str]] = defaultdict(list)
        counts: Counter[str] = Counter()
        alike: dict[tuple[str, str], set[str]] = defaultdict(set)
        for start, name in names:
            given, surname = _parts(name) or ("", "")
            self._places[surname].append(start)
            self._names[surname].append(name)
            counts[name] += 1
            alike[given, surname].add(name)
        self._usual = {name: usual for same in alike.values() for name, usual in _usual_names(same, counts)}
        for short, longer in _within(self._usual):
            self._usual[short] = self._usual[longer]
        by_given: dict[str, set[str]] = defaultdict(set)
        for (given, _), same in alike.items():
            by_given[given].update(self._usual[name] for name in same)
        self._in_lower_case = {name.upper(): name for name in (*by_given, *self._places) if len(name) >= _SHORTEST}
        self._given = by_given.keys()
        self._only = {given: next(iter(who)) for given, who in by_given.items() if len(who) == 1}

    @property
    def surnames(self) -> Collection[str]:
        """The surnames of all."""
        return self._places.keys()

    def are_called(self, form: str) -> bool:
        """Tell whether somebody's surname or first name is this."""
        return form in self._places or form in self._given

    def first(self, surname: str) -> int:
        """Return where a surname first stands in a full name."""
        return self._places[surname][0]

    def meant(self, form: str, at: int) -> str:
        """Return the full name of the person whom this form means at this offset; the form itself when unknown.

        A surname means the last one who was named in full before, a first name only someone who is alone with it.
        "Donald Trump" and "Donald J. Trump" are one, and called what the article calls him most.
        """
        if form in self._usual:
            return self._usual[form]
        form = self._in_lower_case.get(form, form)
        *before, last = form.split()
        if before and last in self._places and all(word in _PARTICLES for word in before):
            # "bin Laden" is as bare as "Abe".
            form = last
        if form in self._places:
            last_named = bisect_right(self._places[form], at) - 1
            return self._usual[self._names[form][max(last_named, 0)]]
        return self._only.get(form, form)


def people_in(flat: str, mentions: Iterable[Mention]) -> People:
    """Collect the full names among the mentions of people."""
    names = (
        (mention.start, plain(flat[mention.start : mention.end]))
        for mention in sorted(mentions, key=lambda m: m.start)
        if group_of(mention.label) is Group.PERSON
    )
    return People((start, name) for start, name in names if _parts(name))


def labelled_surnames(reading: Reading, mentions: list[Mention]) -> list[Mention]:
    """Relabel the mentions that are bare surnames of people who were named in full before."""
    people = people_in(reading.flat, mentions)
    if not people.surnames:
        return mentions
    votes = _votes(reading, people, mentions)
    changed = []
    for mention, form in reading.formed(mentions):
        changed.append(mention)
        if form not in people.surnames or form in reading.fixed or mention.start < people.first(form):
            continue
        group = group_of(mention.label)
        if group in (Group.PERSON, Group.NUMBER):
            continue
        # A town or people with the surname's name keeps its label unless most mentions mean the person.
        if group not in (Group.PLACE, Group.GROUP) or votes[form][Group.PERSON] >= votes[form][group]:
            changed[-1] = replace(mention, label="PERSON")
    return changed


def bare_surnames(reading: Reading, people: People, mentions: list[Mention]) -> set[str]:
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


def _usual_names(same: set[str], counts: Counter[str]) -> Iterator[tuple[str, str]]:
    """Yield each of some names of equal first and last name with the one that stands for it."""
    middles = {tuple(word[0].casefold() for word in _words(name)[1:-1]) for name in same} - {()}
    usual = max(same, key=lambda name: (counts[name], len(name), name))
    for name in same:
        # George W. and George H. W. are two people.
        yield name, usual if len(middles) < 2 else name


def _within(names: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield each name that only one longer one ends in, with that one: "Bin Laden" in "Osama bin Laden"."""
    alike: dict[str, list[str]] = defaultdict(list)
    for name in names:
        alike[name.casefold()].append(name)
    longer: dict[str, set[str]] = defaultdict(set)
    for whole in alike:
        rest = whole.partition(" ")[2]
        while " " in rest:
            if rest in alike:
                longer[rest].add(whole)
            rest = rest.partition(" ")[2]
    for rest, wholes in longer.items():
        if len(wholes) == 1:
            [whole] = wholes
            yield from ((name, alike[whole][0]) for name in alike[rest])


def _parts(name: str) -> tuple[str, str] | None:
    """Return first name and surname of a full name, None for anything else."""
    words = _words(name)
    if len(words) < 2 or len(words) > 6:
        return None
    if not all(word[0].isupper() or word.casefold() in _PARTICLES for word in words):
        return None
    last = words[-1].rstrip(".")
    if (
        len(last) < _SHORTEST
        or not last[0].isupper()
        or (len(last) > 4 and last.isupper() and not name.isupper())
    ):
        return None
    return words[0], last


def _words(name: str) -> list[str]:
    words = _WORD.findall(name)
    while len(words) > 2 and words[-1].casefold() in _SUFFIXES:
        words.pop()
    return words
