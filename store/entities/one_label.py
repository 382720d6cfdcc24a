"""Gives every mention of a form one label: a name has one sense in one article.

Gale, Church and Yarowsky 1992 ("One sense per discourse") found that of two uses of a word in one text 98 in 100 have
the same sense.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from store.article import Mention
from store.entities.labels import Group, group_of
from store.entities.neighbours import TITLES
from store.entities.reading import Reading

_BEFORE_PLACE = re.compile(
    r"\b(?:in|near|across|throughout|around|(?:village|town|city|hamlet|suburb|port|municipality|province|district|county|"
    r"region|state|island|republic|capital)\sof)\s(?:the\s)?$"
)
_BEFORE_PERSON = re.compile(rf"\b(?:{'|'.join(sorted(TITLES))})\.?\s$")
_REACH = 24
_GROUPS = frozenset(group.value for group in Group)


def one_label(reading: Reading, mentions: list[Mention]) -> list[Mention]:
    """Give every mention of a form the label that most of them carry.

    Groups are voted on before labels, since "GPE" and "LOC" agree that it is a place. Where a form is in two groups,
    "in" or "the town of" before it counts as another vote for a place, a title as one for a person; of equals the first
    stays.
    """
    formed = [(mention, form, form.casefold()) for mention, form in reading.formed(mentions)]
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for mention, form, key in formed:
        if group_of(mention.label) is not Group.NUMBER and form not in reading.fixed:
            votes[key][mention.label] += 1
    contested = {key for key, labels in votes.items() if len(labels) > 1}
    if not contested and not reading.fixed:
        return mentions
    cues: dict[str, Counter[str]] = defaultdict(Counter)
    for mention, _, key in formed:
        if key in contested:
            cues[key].update(_cue(reading.flat, mention.start))
    elected = {key: _elected(votes[key], cues[key]) for key in contested}
    changed = []
    for mention, form, key in formed:
        label = reading.fixed.get(form) or elected.get(key, "")
        keep = not label or (form not in reading.fixed and group_of(mention.label) is Group.NUMBER)
        changed.append(mention if keep or label == mention.label else mention.replace(label=label))
    return changed


def _elected(labels: Counter[str], cues: Counter[str]) -> str:
    parties: Counter[str] = Counter()
    for label, n in labels.items():
        parties[_party(label)] += n
    for party in parties:
        parties[party] += cues[party]
    # Counters keep the order in which things were first counted, and `max` takes the first of equals.
    chosen = max(parties, key=lambda party: (parties[party], party in _GROUPS))
    return max((label for label in labels if _party(label) == chosen), key=lambda label: labels[label])


def _party(label: str) -> str:
    """Return what a label votes for: its group, but for those that have only that in common."""
    group = group_of(label)
    return label if group is Group.OTHER else group.value


def _cue(flat: str, at: int) -> tuple[str, ...]:
    if _BEFORE_PLACE.search(flat, max(0, at - _REACH), at):
        return (Group.PLACE.value,)
    if _BEFORE_PERSON.search(flat, max(0, at - _REACH), at):
        return (Group.PERSON.value,)
    return ()
