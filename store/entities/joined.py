"""Puts names together that the model cut, and takes apart those that it ran together."""

from __future__ import annotations

import re

from store.article import Mention
from store.entities.labels import Group, group_of
from store.entities.reading import Reading
from store.entities.trim import without_overlaps

_KINDS = frozenset({Group.PERSON, Group.ORGANISATION, Group.PLACE, Group.OTHER})
LEGAL_FORM = re.compile(
    r",?\s(?:Inc|Ltd|L\.?L\.?C|L\.?L\.?P|Corp|[Pp]lc|PLC|L\.?P|P\.?C|S\.A|S\.p\.A|N\.V|GmbH|AG|Limited|Incorporated)\b(?!\w)\.?"
)
_STOP = re.compile(r"\.(?=\s+[A-Z“\"]|\s*\n|\s*$)")
_NICKNAME = re.compile(r"\s[\"“](?P<nickname>[A-Z][^\"”\n]{0,24})[\"”]\s(?P<rest>[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)?)")


def with_legal_forms(reading: Reading, mentions: list[Mention]) -> list[Mention]:
    """Add the legal form to the companies before it: it makes a name a company's, and is part of it (Rau 1991).

    "Extracting company names from text" finds companies by nothing else. Legal forms alone are no names.
    """
    changed, differs = [], False
    for mention in mentions:
        form = LEGAL_FORM.match(reading.flat, mention.end)
        if form is None or group_of(mention.label) not in _KINDS or reading.form(mention) in reading.fixed:
            changed.append(mention)
            continue
        end = form.end()
        # The stop of "Corp." stays with it unless it also ends the sentence.
        if form[0].endswith(".") and _STOP.match(reading.flat, end - 1):
            end -= 1
        changed.append(mention.replace(end=end, label="ORG"))
        differs = True
    return without_overlaps(changed) if differs else mentions


def with_nicknames(reading: Reading, mentions: list[Mention]) -> list[Mention]:
    """Go on with a person's name behind a nickname in quotes: Dwayne “The Rock” Johnson."""
    changed, differs = [], False
    for mention in mentions:
        match = _NICKNAME.match(reading.flat, mention.end) if mention.label == "PERSON" else None
        if match is None or reading.form(mention) in reading.fixed:
            changed.append(mention)
            continue
        changed.append(mention.replace(end=match.end()))
        differs = True
    return without_overlaps(changed) if differs else mentions


def without_run_ons(reading: Reading, mentions: list[Mention]) -> list[Mention]:
    """Take off a name that stands before another's: two people whom the article also names apart.

    In mail the one who signs and the one who is written to next stand side by side: "Vince Darrell Duffie".
    """
    people = [(mention, form) for mention, form in reading.formed(mentions) if group_of(mention.label) is Group.PERSON]
    forms = {form for _, form in people}
    shorter = {}
    for mention, form in people:
        first, _, rest = form.partition(" ")
        if " " in rest and first in forms and rest in forms and form not in reading.fixed:
            words = reading.flat[mention.start : mention.end]
            shorter[mention] = mention.replace(start=mention.end - len(words.split(None, 1)[1]))
    return [shorter.get(mention, mention) for mention in mentions] if shorter else mentions
