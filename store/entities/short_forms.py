"""Finds which organisation or event a short form means: "Apple" beside "Apple Inc.", "the Council" after one council.

These are sieves of Lee et al. 2013 ("Deterministic coreference resolution based on entity-centric, precision-ranked
rules"): equal heads and no word that the full name lacks. They are kept to where the full name came before and no
second one fits, and a single word counts only with "the".
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from store.article import Mention
from store.entities.joined import LEGAL_FORM
from store.entities.known_places import known_places
from store.entities.labels import Group, group_of
from store.entities.reading import Reading

HEADS = frozenset(
    """Academy Administration Agency Alliance Assembly Association Authority Bank Board Bureau Center Centre Church Club
    Coalition College Commission Committee Company Conference Congregation Corporation Council Court Department
    Federation Foundation Fund Group Institute Institution League Library Ministry Museum Office Organisation
    Organization Parliament Party Society Union University""".split()  # noqa: SIM905 - read as one
)
"""What says of a name what kind of organisation it is; alone it names none of them."""
_MOST_WORDS = 16
_THE = re.compile(r"\b[Tt]he\s$")
_JOINS = frozenset("of for and & the in on at de du des la le und or".split())  # noqa: SIM905 - read as one
_DEPARTMENT = re.compile(r"(?:Department|Ministry|Office) of (?:the )?(?P<name>\S.*)")
_COUNTRY = re.compile(r"U\.?S\.?(?:A\.?)?|U\.?K\.?|E\.?U\.?|UN|U\.N\.")


def short_forms_in(reading: Reading, mentions: Iterable[Mention]) -> dict[tuple[int, int], str]:
    """Return the full names that short forms mean, by where the short forms stand."""
    named = [
        (mention, form)
        for mention, form in reading.formed(mentions)
        if group_of(mention.label) in (Group.ORGANISATION, Group.OTHER)
    ]
    first: dict[tuple[str, str], int] = {}
    for mention, form in named:
        first.setdefault((mention.label, form), mention.start)
    places = {
        form
        for mention, form in reading.formed(mentions)
        if group_of(mention.label) in (Group.PLACE, Group.GROUP)
    }
    shortened: dict[tuple[str, str], set[str]] = defaultdict(set)
    for label, full in first:
        for short, with_article in _shortenings(full, places):
            shortened[label, short].add(full)
            if with_article:
                shortened[label, f"the {short}"].add(full)
    whole = _by_name_alone({form for mention, form in named if mention.label == "ORG"})
    meant = {}
    for mention, form in named:
        key = (mention.label, form)
        if mention.label == "ORG" and form in whole:
            meant[mention.start, mention.end] = whole[form]
            continue
        candidates = {full for full in shortened.get(key, ()) if full != form}
        if len(candidates) != 1:
            continue
        [full] = candidates
        if first[mention.label, full] >= mention.start:
            continue
        has_article = _THE.search(reading.flat, max(0, mention.start - 5), mention.start) is not None
        if has_article or (mention.label, f"the {form}") not in shortened:
            meant[mention.start, mention.end] = full
    return meant


def _shortenings(full: str, places: set[str]) -> Iterator[tuple[str, bool]]:
    """Yield what a name is shortened to, and whether that needs an article to be a name."""
    words = full.split()
    if not 2 <= len(words) <= _MOST_WORDS:
        return
    if department := _DEPARTMENT.fullmatch(full):
        yield department["name"], False
    for head in _heads(words):
        yield head, True
    for cut in range(2, len(words)):
        # "Andy Warhol Foundation for the Visual Arts"; but a "U.S. Department" is any.
        if words[cut] in ("of", "for") and not _is_place(" ".join(words[: cut - 1]), places):
            yield " ".join(words[:cut]), False
    for cut in range(1, len(words)):
        rest = " ".join(words[cut:])
        if words[cut - 1].casefold() in _JOINS or words[cut - 1].endswith(",") or not words[cut][0].isupper():
            continue
        if len(words) - cut > 1:
            yield rest, False
        elif _is_place(" ".join(words[:cut]), places):
            yield rest, True


def _heads(words: list[str]) -> set[str]:
    at = len(words) - 1
    for join in ("of", "for"):
        if join in words[1:]:
            at = min(at, words.index(join, 1) - 1)
    return {words[at]} & HEADS


def _is_place(name: str, places: set[str]) -> bool:
    return name in places or name in known_places() or _COUNTRY.fullmatch(name) is not None


def _by_name_alone(forms: set[str]) -> dict[str, str]:
    """Return names with a legal form by the names without."""
    full: dict[str, set[str]] = defaultdict(set)
    for form in forms:
        legal = LEGAL_FORM.search(form)
        if legal and legal.end() == len(form) and legal.start() > 0:
            full[form[: legal.start()].casefold()].add(form)
    alone = {form: full.get(form.casefold(), set()) for form in forms}
    return {form: min(longer) for form, longer in alone.items() if len(longer) == 1}
