"""Turns the mentions of a model into those of an article: whose names they are, and the ones the model missed.

Pure, and without spaCy, so that a better linking is recomputed for a whole library without reading a text again.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from store.article import Block, Mention
from store.entities.acronyms import acronyms_in
from store.entities.credits import credited
from store.entities.forms import Taken, entity_key, folded, lower_words, occurrences, plain
from store.entities.guard import unwrapped
from store.entities.labels import Group, group_of
from store.entities.names import OwnName, spellings
from store.entities.neighbours import is_joined, stands_alone
from store.entities.surnames import People, people_in, surname_labels
from store.entities.trim import trimmed, without_overlaps

__all__ = ["LINK_VERSION", "entity_key", "link"]

LINK_VERSION = "1"
"""Of everything this module calls; a change means that mentions are linked anew, from those that are stored."""

_SPREAD = frozenset({Group.PERSON, Group.ORGANISATION, Group.PLACE, Group.GROUP})
"""Groups whose names are sought in the rest of the text."""
_SHORTEST = 3
_ROUNDS = 6
"""A mention that was found may be the evidence for another; this many times at most."""


def link(
    text: str, blocks: Sequence[Block], mentions: Iterable[Mention], own: Iterable[OwnName] = ()
) -> list[Mention]:
    """Return an article's mentions, in order of start and without overlaps, each with its entity's canonical name.

    `text[start:end]` of each is exactly a name. Linking what is linked changes nothing. `own` are the user's names,
    whose labels stand.
    """
    flat = unwrapped(text)
    fixed = {plain(form): name.label for name in own for form in spellings(name.term)}
    lower = lower_words(flat)
    found = credited(text, blocks, trimmed(text, blocks, mentions, fixed))
    for _ in range(_ROUNDS):
        before = found
        found = _one_round(flat, found, fixed, lower)
        if found == before:
            break
    return _with_entities(flat, found)


def _one_round(
    flat: str, mentions: list[Mention], fixed: Mapping[str, str], lower: frozenset[str]
) -> list[Mention]:
    people = people_in(flat, mentions)
    found, alone = surname_labels(people, _formed(flat, mentions), fixed, lower)
    found = one_label(flat, found, fixed)
    found = with_surnames(flat, found, people, alone)
    return with_occurrences(flat, found, fixed, lower)


def _formed(flat: str, mentions: Iterable[Mention]) -> list[tuple[Mention, str]]:
    return [(mention, plain(flat[mention.start : mention.end])) for mention in mentions]


def one_label(flat: str, mentions: list[Mention], fixed: Mapping[str, str]) -> list[Mention]:
    """Give every mention of a form the label that most of them carry."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    formed = _formed(flat, mentions)
    for mention, form in formed:
        if group_of(mention.label) is not Group.NUMBER:
            votes[form][mention.label] += 1
    changed = []
    for mention, form in formed:
        label = fixed.get(form, mention.label)
        if form not in fixed and group_of(label) is not Group.NUMBER:
            top, n = votes[form].most_common(1)[0]
            label = top if 2 * n > votes[form].total() else label
        changed.append(replace(mention, label=label))
    return changed


def with_surnames(flat: str, mentions: list[Mention], people: People, alone: set[str]) -> list[Mention]:
    """Add the bare surnames of people who were named in full before."""
    added = [
        Mention(start, end, "PERSON")
        for start, end in occurrences(flat, alone, Taken(mentions))
        if start > people.first(flat[start:end]) and stands_alone(flat, start, end, Group.PERSON, ())
    ]
    return without_overlaps([*mentions, *added])


def with_occurrences(
    flat: str, mentions: list[Mention], fixed: Mapping[str, str], lower: frozenset[str]
) -> list[Mention]:
    """Tag the rest of a form's occurrences where the model tagged at least half of them.

    Compounds do not count: that the model passed over "Japan-Russia ties" says nothing about Japan.
    """
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    surfaces: dict[str, set[str]] = defaultdict(set)
    for mention, form in _formed(flat, mentions):
        if (
            group_of(mention.label) in _SPREAD
            and len(form) >= _SHORTEST - (form.isupper())
            and form[0].isupper()
        ):
            votes[form][mention.label] += 1
            surfaces[form].add(flat[mention.start : mention.end])
    forms = {form for form in votes if form.casefold() not in lower}
    open_places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    sought = [surface for form in forms for surface in surfaces[form]]
    for start, end in occurrences(flat, sought, Taken(mentions)):
        form = plain(flat[start:end])
        if stands_alone(flat, start, end, group_of(votes[form].most_common(1)[0][0]), forms):
            open_places[form].append((start, end))
    added = [
        Mention(start, end, votes[form].most_common(1)[0][0])
        for form, places in open_places.items()
        if votes[form].total() >= sum(not is_joined(flat, start, end) for start, end in places)
        for start, end in places
    ]
    return without_overlaps([*mentions, *added])


def _with_entities(flat: str, mentions: list[Mention]) -> list[Mention]:
    people = people_in(flat, mentions)
    formed = _formed(flat, mentions)
    long_names = acronyms_in(flat, mentions)
    written = _usual_spelling(formed)
    linked = []
    for mention, form in formed:
        group = group_of(mention.label)
        full = people.meant(form, mention.start) if group is Group.PERSON else ""
        name = full or long_names.get((group, form), form)
        linked.append(replace(mention, entity=written.get((group, folded(name)), name)))
    return linked


def _usual_spelling(formed: Sequence[tuple[Mention, str]]) -> dict[tuple[Group, str], str]:
    """Return how names that differ in case only are mostly written; capitals throughout count least."""
    counts: dict[tuple[Group, str], Counter[str]] = defaultdict(Counter)
    for mention, form in formed:
        counts[group_of(mention.label), folded(form)][form] += 1
    return {
        key: max(forms, key=lambda form: (not form.isupper(), forms[form], form))
        for key, forms in counts.items()
    }
