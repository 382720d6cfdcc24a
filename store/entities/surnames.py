"""Knows the people of an article by their full names, and who is meant by a bare surname."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from store.article import Mention
from store.entities.forms import plain
from store.entities.labels import Group, group_of

_WORD = re.compile(r"[^\W\d_][\w’'.\-]*")
_PARTICLES = frozenset(
    "de da do dos das del della di du van von der den ter ten la le al el bin ibn ben abu y e bint zu zur".split()  # noqa: SIM905 - read as one
)
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "jr.", "sr."})
_SHORTEST = 3


@dataclass(slots=True)
class People:
    """Everyone whom an article names in full."""

    surnames: dict[str, list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))
    """Surname -> where each full name with it stands, and the full name; in order."""
    given: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """First name -> the full names that begin with it."""
    counts: Counter[str] = field(default_factory=Counter)
    """Full name -> how often it stands in full."""

    def first(self, surname: str) -> int:
        """Return where a surname first stands in a full name."""
        return self.surnames[surname][0][0]

    def named(self, surname: str, at: int) -> str:
        """Return who is meant by a surname at this offset: the last one named in full before, else the first."""
        names = self.surnames[surname]
        return names[max(bisect_right(names, at, key=lambda one: one[0]) - 1, 0)][1]


def people_in(flat: str, mentions: Iterable[Mention]) -> People:
    """Collect the full names among the mentions of people."""
    people = People()
    for mention in sorted(mentions, key=lambda m: m.start):
        if group_of(mention.label) is not Group.PERSON:
            continue
        name = plain(flat[mention.start : mention.end])
        if parts := _parts(name):
            people.surnames[parts[1]].append((mention.start, name))
            people.given[parts[0]].add(name)
            people.counts[name] += 1
    return people


def surname_labels(
    people: People, forms: Sequence[tuple[Mention, str]], fixed: Mapping[str, str], lower: frozenset[str]
) -> tuple[list[Mention], set[str]]:
    """Relabel the mentions that are bare surnames.

    Returns the mentions, and the surnames that stand for people wherever they stand alone. `forms` are mentions
    with their plain form, `fixed` the user's own names, `lower` the words that the text also writes in lower case.
    """
    votes: dict[str, Counter[Group]] = defaultdict(Counter)
    for mention, form in forms:
        if form in people.surnames:
            votes[form][group_of(mention.label)] += 1
    changed = []
    for mention, form in forms:
        changed.append(mention)
        if form not in people.surnames or form in fixed or mention.start < people.first(form):
            continue
        group = group_of(mention.label)
        if group in (Group.PERSON, Group.NUMBER):
            continue
        # A town or people with the surname's name keeps its label unless most mentions mean the person.
        if group not in (Group.PLACE, Group.GROUP) or votes[form][Group.PERSON] >= votes[form][group]:
            changed[-1] = Mention(mention.start, mention.end, "PERSON", mention.entity)
    alone = {
        surname
        for surname in people.surnames
        if surname not in fixed
        and surname.casefold() not in lower
        and sum(votes[surname].values()) <= 2 * votes[surname][Group.PERSON] + votes[surname][Group.OTHER]
    }
    return changed, alone


def canonical_person(people: People, form: str, at: int) -> str:
    """Return the full name of the person whom this form means at this offset; the form itself when unknown."""
    if parts := _parts(form):
        return _fullest(people, form, parts)
    if form in people.surnames:
        return _fullest_of(people, people.named(form, at))
    named = people.given.get(form, set())
    # A first name alone is a person only where it can be but one, who was named before.
    who = {_fullest_of(people, name) for name in named}
    if len(who) == 1:
        return next(iter(who))
    return form


def _fullest_of(people: People, name: str) -> str:
    parts = _parts(name)
    return _fullest(people, name, parts) if parts else name


def _fullest(people: People, name: str, parts: tuple[str, str]) -> str:
    """Return one name for "Donald Trump" and "Donald J. Trump": the one that the article uses most."""
    same = {other for _, other in people.surnames.get(parts[1], ()) if _given(other) == parts[0]}
    if len(same) < 2:
        return name
    middles = {_middle(other) for other in same} - {()}
    if len({_initials(middle) for middle in middles}) > 1:
        # George W. and George H. W. are two people.
        return name
    return max(same, key=lambda other: (people.counts[other], len(other), other))


def _parts(name: str) -> tuple[str, str] | None:
    """Return first name and surname of a full name, None for anything else."""
    words = _words(name)
    if len(words) < 2 or len(words) > 6:
        return None
    if not all(word[0].isupper() or word.casefold() in _PARTICLES for word in words):
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


def _given(name: str) -> str:
    return _words(name)[0]


def _middle(name: str) -> tuple[str, ...]:
    return tuple(_words(name)[1:-1])


def _initials(words: tuple[str, ...]) -> str:
    return "".join(word[0].casefold() for word in words)
