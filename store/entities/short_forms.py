"""Finds which organisation a short form means: "Apple" beside "Apple Inc.", "the Council" after one council.

Both are sieves of Lee et al. 2013 ("Deterministic coreference resolution based on entity-centric, precision-ranked
rules"), kept to where no second organisation fits: a name without its legal form is the same name, and a head word
alone, with "the", is the organisation whose head it is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from store.article import Mention
from store.entities.joined import LEGAL_FORM
from store.entities.labels import Group, group_of
from store.entities.reading import Reading

_HEADS = frozenset(
    """Academy Administration Agency Alliance Assembly Association Authority Bank Board Bureau Center Centre Club
    Coalition College Commission Committee Company Conference Congregation Corporation Council Court Department
    Federation Foundation Fund Group Institute Institution League Library Ministry Museum Office Organisation
    Organization Parliament Party Society Union University""".split()  # noqa: SIM905 - read as one
)
_ARTICLE = re.compile(r"\b[Tt]he\s$")


def short_forms_in(reading: Reading, mentions: Iterable[Mention]) -> dict[tuple[int, int], str]:
    """Return the full names that short forms of organisations mean, by where the short forms stand."""
    organisations = [
        (mention, form)
        for mention, form in reading.formed(mentions)
        if group_of(mention.label) is Group.ORGANISATION
    ]
    whole = _by_name_alone({form for _, form in organisations})
    headed: dict[str, dict[str, int]] = defaultdict(dict)
    for mention, form in organisations:
        for head in _heads(form):
            headed[head].setdefault(form, mention.start)
    meant = {}
    for mention, form in organisations:
        span = mention.start, mention.end
        if form in whole:
            meant[span] = whole[form]
        elif form in _HEADS and _ARTICLE.search(reading.flat, max(0, mention.start - 5), mention.start):
            candidates = headed.get(form, {})
            if len(candidates) == 1:
                [(name, first)] = candidates.items()
                if first < mention.start:
                    meant[span] = name
    return meant


def _by_name_alone(forms: set[str]) -> dict[str, str]:
    """Return names with a legal form by the names without."""
    full: dict[str, set[str]] = defaultdict(set)
    for form in forms:
        legal = LEGAL_FORM.search(form)
        if legal and legal.end() == len(form) and legal.start() > 0:
            full[form[: legal.start()]].add(form)
    return {name: longer.pop() for name, longer in full.items() if name in forms and len(longer) == 1}


def _heads(form: str) -> set[str]:
    words = form.split()
    if len(words) < 2:
        return set()
    heads = {words[-1]}
    if "of" in words[1:]:
        heads = {words[words.index("of", 1) - 1]}
    elif "for" in words[1:]:
        heads = {words[words.index("for", 1) - 1]}
    return heads & _HEADS
