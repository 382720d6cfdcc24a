"""Whether two names are probably of the same. Pure.

Close spelling alone says little of names: North Korea is not South Korea, and brothers share all but a given name. So
the words that two names do not share decide: they have to be another spelling of each other, or say nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz.fuzz import ratio

from store.catalog.entity_words import words

SPELLING = 84.0
"""How alike two words are, of 100, that are one word spelled in two ways: Sergei and Sergey, defence and defense."""
SURNAME_ALONE = "the surname alone"
_SHORTEST = 4
"""Letters below which a word has no other spelling."""


def _these(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SAY_NOTHING = {
    "organisation": _these(
        "the of and for a an in on at to de la le du des der die das und et inc corp corporation co company ltd limited"
        " plc llc gmbh ag sa nv group holdings organisation organization"
    ),
    "place": _these(
        "the of a city town province state region county republic oblast prefecture district area governorate"
    ),
    "person": _these("jr sr mr mrs ms dr sir dame lord lady the"),
}
_ALWAYS = _these("the of and for a an")


def likeness(kind: str, one: str, other: str) -> tuple[float, str]:
    """Return how likely two names of a kind are of the same, 0 to 100, and why in a few words; 0 where not at all."""
    first, second = _words(one), _words(other)
    if not first or not second:
        return 0.0, ""
    if first == second:
        return 100.0, "written alike but for accents or punctuation"
    if kind == "person":
        return _persons(first, second)
    silent = _SAY_NOTHING.get(kind, _ALWAYS)
    one_left = [word for word in first if word not in second and word not in silent]
    other_left = [word for word in second if word not in first and word not in silent]
    telling = [word for word in first if word in second and word not in silent]
    if not telling:
        return 0.0, ""
    if not one_left and not other_left:
        return 90.0, "the same but for words that say nothing"
    return _spellings(one_left, other_left) * 0.95, "spelled alike"


@lru_cache(maxsize=10_000)
def _words(name: str) -> list[str]:
    return words(name)


def _persons(first: list[str], second: list[str]) -> tuple[float, str]:
    silent = _SAY_NOTHING["person"]
    first = [word for word in first if word not in silent] or first
    second = [word for word in second if word not in silent] or second
    if first == second:
        return 95.0, "the same but for a title"
    if len(first) > 1 and first == second[::-1]:
        return 92.0, "the same words the other way round"
    family = ratio(first[-1], second[-1]) if first[-1] != second[-1] else 100.0
    if family < 100 and (family < SPELLING or min(len(first[-1]), len(second[-1])) < _SHORTEST):
        return 0.0, ""
    if len(first) == 1 or len(second) == 1:
        # Only the surname: whose, the counts have to say.
        return (60.0, SURNAME_ALONE) if family == 100 and len(first) != len(second) else (0.0, "")
    given = _given(first[0], second[0])
    if not given:
        return 0.0, ""
    middle_one, middle_other = first[1:-1], second[1:-1]
    if middle_one and middle_other and not _given(middle_one[0], middle_other[0]):
        return 0.0, ""
    if given == 100 and family == 100:
        return 93.0, "the same but for a middle name"
    initial = len(first[0]) == 1 or len(second[0]) == 1
    return min(given, family) * 0.95, "an initial" if initial else "spelled alike"


def _given(one: str, other: str) -> float:
    """Return how alike two given names are; 0 when they are two names."""
    if one == other:
        return 100.0
    if len(one) == 1 or len(other) == 1:
        return 85.0 if one[0] == other[0] else 0.0
    alike = ratio(one, other)
    return alike if alike >= SPELLING - 4 and one[0] == other[0] and min(len(one), len(other)) >= _SHORTEST else 0.0


def _spellings(one: Sequence[str], other: Sequence[str]) -> float:
    """Return how alike the words that only one of two names has are to those of the other; 0 where some are not."""
    if len(one) != len(other) or not one:
        return 0.0
    least = 100.0
    for word, twin in zip(sorted(one), sorted(other), strict=True):
        if min(len(word), len(twin)) < _SHORTEST or word[0] != twin[0] or any(map(str.isdigit, word + twin)):
            return 0.0
        least = min(least, ratio(word, twin))
    return least if least >= SPELLING else 0.0
