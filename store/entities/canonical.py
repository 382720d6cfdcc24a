"""Says whom and what each mention means: the fullest name that the article gives them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping

from store.article import Mention
from store.entities.acronyms import acronyms_in
from store.entities.forms import folded
from store.entities.labels import Group, group_of
from store.entities.people import people_in
from store.entities.reading import Reading
from store.entities.short_forms import short_forms_in

_EPITHET = re.compile(r"\s(?:the\s[A-Z]|[IVX]+\b(?!\.))")
_FAMILY = re.compile(r"\s(?:family|brothers|sisters|siblings|twins|clan|dynasty|couple|estate)\b")
_REACH = 16
Names = list[str]
"""Of each mention in turn."""
Naming = Callable[[Reading, list[Mention], Names], Names]


def people(reading: Reading, mentions: list[Mention], names: Names) -> Names:
    """Name people in full."""
    known = people_in(reading, mentions)
    return [
        known.meant(name, mention.start)
        if group_of(mention.label) is Group.PERSON and not _is_someone_else(reading.flat, mention)
        else name
        for mention, name in zip(mentions, names, strict=True)
    ]


def _is_someone_else(flat: str, mention: Mention) -> bool:
    """Tell whether what follows says that no one person of this name is meant: "the Bush family", "Peter the Great"."""
    after = flat[mention.end : mention.end + _REACH]
    if _EPITHET.match(after):
        return True
    if _FAMILY.match(after) is None:
        return False
    return flat.endswith(("the ", "The "), max(0, mention.start - 4), mention.start)


def short_forms(reading: Reading, mentions: list[Mention], names: Names) -> Names:
    """Name organisations in full whose legal form or all but their head word was left off."""
    meant = short_forms_in(reading, mentions)
    return [meant.get((mention.start, mention.end), name) for mention, name in zip(mentions, names, strict=True)]


def acronyms(reading: Reading, mentions: list[Mention], names: Names) -> Names:
    """Name in full what stands in capitals."""
    meant = acronyms_in(reading, mentions)
    return [meant.get((group_of(mention.label), name), name) for mention, name in zip(mentions, names, strict=True)]


def usual_spelling(reading: Reading, mentions: list[Mention], names: Names) -> Names:
    """Write names that differ in case only as they are mostly written; capitals throughout count least."""
    counts: dict[tuple[Group, str], Counter[str]] = defaultdict(Counter)
    for mention, form in reading.formed(mentions):
        counts[group_of(mention.label), folded(form)][form] += 1
    usual = {
        key: max(forms, key=lambda form: (not form.isupper(), not form.islower(), forms[form], form))
        for key, forms in counts.items()
    }
    return [
        usual.get((group_of(mention.label), folded(name)), name) for mention, name in zip(mentions, names, strict=True)
    ]


NAMINGS: Mapping[str, Naming] = {
    "people in full": people,
    "short forms": short_forms,
    "what acronyms mean": acronyms,
    "usual spelling": usual_spelling,
}


def with_entities(reading: Reading, mentions: list[Mention], without: frozenset[str] = frozenset()) -> list[Mention]:
    """Return the mentions, each with its entity's canonical name. `without` names what is left out."""
    names = [form for _, form in reading.formed(mentions)]
    for name, naming in NAMINGS.items():
        if name not in without:
            names = naming(reading, mentions, names)
    return [
        mention if mention.entity == name else mention.replace(entity=name)
        for mention, name in zip(mentions, names, strict=True)
    ]
