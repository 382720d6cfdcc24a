"""Knows the people of an article by their full names, and who is meant by a surname, a first name, or capitals."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache

from store.article import Mention
from store.entities.labels import Group, group_of
from store.entities.reading import Reading

_WORD = re.compile(r"[^\W\d_][\w’'.\-]*")
PARTICLES = frozenset(
    "de da do dos das del della di du van von der den ter ten la le al el bin ibn ben abu y e bint zu zur".split()  # noqa: SIM905 - read as one
)
"""Words in people's names that are written small."""
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "jr.", "sr."})
_NO_PART = re.compile(r"[@/|\d]|\s[-–—]\s|\w\.[a-z]{2}")
"""What no name has in it: an address, the name of a file, two things beside each other."""
_SHORTEST = 3
Named = tuple[int, str]
"""Where a name stands, and how it is written there."""


class People:
    """Everyone whom an article names in full."""

    def __init__(self, named: Iterable[Named]) -> None:
        """Take all that people are called in an article, in full or not, in order."""
        full: list[tuple[int, str, str, str]] = []
        bare: list[Named] = []
        for start, name in named:
            parts = _parts(name)
            if parts is None:
                bare.append((start, name))
            else:
                full.append((start, name, *parts))
        counts = Counter(name for _, name, _, _ in full)
        alike: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._first: dict[str, int] = {}
        self._first_given: dict[str, int] = {}
        for start, name, given, surname in full:
            alike[given, surname].add(name)
            self._first.setdefault(surname, start)
            self._first_given.setdefault(given, start)
        self._usual = {name: usual for same in alike.values() for name, usual in _usual_names(same, counts)}
        for short, longer in _within(self._usual):
            self._usual[short] = self._usual[longer]
        by_given: dict[str, set[str]] = defaultdict(set)
        for (given, _), same in alike.items():
            by_given[given].update(self._usual[name] for name in same)
        self._given = by_given.keys()
        self._only = {given: next(iter(who)) for given, who in by_given.items() if len(who) == 1}
        self._in_lower_case = {name.upper(): name for name in (*by_given, *self._first) if len(name) >= _SHORTEST}
        self._bearers = self._bearers_of(full, bare)

    def _bearers_of(
        self, full: list[tuple[int, str, str, str]], bare: list[Named]
    ) -> dict[str, tuple[list[int], list[str]]]:
        """Return for each surname from where on it means whom."""
        counts = Counter(self._usual[name] for _, name, _, _ in full)
        events: list[tuple[int, str, str]] = [(start, surname, self._usual[name]) for start, name, _, surname in full]
        events += [(start, name, "") for start, name in bare if name in self._first]
        bearers: dict[str, tuple[list[int], list[str]]] = {}
        settled: set[str] = set()
        for start, surname, person in sorted(events):
            if not person:
                settled.add(surname)
                continue
            starts, persons = bearers.setdefault(surname, ([], []))
            if persons and person == persons[-1]:
                continue
            # Where a bare surname already meant someone, it goes on to mean them beside a brother who is named once.
            if persons and surname in settled and counts[person] <= counts[persons[-1]]:
                continue
            starts.append(start)
            persons.append(person)
            settled.discard(surname)
        return bearers

    @property
    def surnames(self) -> Collection[str]:
        """The surnames of all."""
        return self._first.keys()

    def are_called(self, form: str) -> bool:
        """Tell whether somebody's surname or first name is this."""
        return form in self._first or form in self._given

    @property
    def given(self) -> Mapping[str, int]:
        """The first names that only one person has, and where each first stands in a full name."""
        return {given: self._first_given[given] for given in self._only if given in self._first_given}

    def first(self, surname: str) -> int:
        """Return where a surname first stands in a full name."""
        return self._first[surname]

    def meant(self, form: str, at: int) -> str:
        """Return the full name of the person whom this form means at this offset; the form itself when unknown.

        A surname means who was named in full before; of several the last, unless the surname alone had meant another
        who is named in full as often. A first name means only someone who is alone with it. "Donald Trump" and
        "Donald J. Trump" are one, and called what the article calls him most.
        """
        if form in self._usual:
            return self._usual[form]
        form = self._in_lower_case.get(form, form)
        *before, last = form.split()
        if before and last in self._bearers and all(word in PARTICLES for word in before):
            # "bin Laden" is as bare as "Abe".
            form = last
        if form in self._bearers:
            starts, persons = self._bearers[form]
            return persons[max(bisect_right(starts, at) - 1, 0)]
        return self._only.get(form, form)


def people_in(reading: Reading, mentions: Iterable[Mention]) -> People:
    """Collect the names of people."""
    named = [(m.start, reading.form(m)) for m in mentions if group_of(m.label) is Group.PERSON]
    return _people(tuple(sorted(named, key=lambda one: one[0])))


@lru_cache(maxsize=4)
def _people(named: tuple[Named, ...]) -> People:
    """Collect them once for the steps that ask one after the other."""
    return People(named)


def _usual_names(same: set[str], counts: Counter[str]) -> Iterator[tuple[str, str]]:
    """Yield each of some names of equal first and last name with the one that stands for it."""
    middles = {tuple(word[0].casefold() for word in _words(name)[1:-1]) for name in same} - {()}
    usual = max(same, key=lambda name: (counts[name], len(name), name))
    for name in same:
        # George W. and George H. W. are two people.
        yield name, usual if len(middles) < 2 else name


def _within(names: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield each name with a particle first that only one longer one ends in, with that one: "Bin Laden"."""
    longer: dict[str, set[str]] = defaultdict(set)
    for name in names:
        head, _, rest = name.partition(" ")
        while " " in rest:
            if head not in PARTICLES and rest.partition(" ")[0] in PARTICLES:
                longer[rest.casefold()].add(name)
            head, _, rest = rest.partition(" ")
    for name in names:
        wholes = longer.get(name.casefold(), set())
        if len({whole.casefold() for whole in wholes}) == 1:
            yield name, min(wholes)


def _parts(name: str) -> tuple[str, str] | None:
    """Return first name and surname of a full name, None for anything else."""
    words = _words(name)
    if len(words) < 2 or len(words) > 6 or _NO_PART.search(name):
        return None
    if not all(word[0].isupper() or word.casefold() in PARTICLES for word in words):
        return None
    last = words[-1].rstrip(".")
    if len(last) < _SHORTEST or not last[0].isupper() or (len(last) > 4 and last.isupper() and not name.isupper()):
        return None
    return words[0], last


def _words(name: str) -> list[str]:
    words = _WORD.findall(name)
    while len(words) > 2 and words[-1].casefold() in _SUFFIXES:
        words.pop()
    return words
