"""Labels names by the word that says what they are: a river, a university, a cup.

McDonald 1996 ("Internal and external evidence in the identification and semantic categorization of proper names")
calls this internal evidence: it lies in the name, and is surer than what stands around it.
"""

from __future__ import annotations

import re

from store.article import Mention
from store.entities.labels import Group, group_of
from store.entities.reading import Reading


def _words(label: str, words: str) -> dict[str, str]:
    return dict.fromkeys(words.split(), label)


_LAST = {
    **_words("ORG", """
        university college institute institution academy ministry department agency commission committee council
        association federation confederation foundation corporation corp corp. inc inc. ltd ltd. llc plc gmbh company
        group bank party union society club f.c. fc newspaper times organization organisation parliament senate
        assembly authority bureau airlines airways league consortium alliance secretariat directorate orchestra
        coalition congregation seminary syndicate trust partnership ventures holdings industries enterprises"""),
    **_words("FAC", """
        airport avenue boulevard highway stadium station bridge street road motorway expressway mall plaza lighthouse
        reservoir racecourse"""),
    **_words("LOC", """
        river mountains mountain island islands ocean sea peninsula desert valley strait archipelago lagoon glacier
        bay creek"""),
    **_words("GPE", "county province district prefecture oblast township municipality governorate"),
    **_words("EVENT", """
        cup championship championships olympics tournament marathon festival war awards award prize grammys
        paralympics"""),
}  # fmt: skip
"""What a name is whose last word this is. Words that are surnames as often ("Hill", "Lake", "Court") are not here."""
_OFTEN_SURNAMES = {
    **_words("FAC", "park square tower palace castle hotel building"),
    **_words("LOC", "lake hill hills pond brook forest"),
}
"""The same, of names that are not tagged as people's."""
_FIRST_WITH_OF = {
    **_words("ORG", "university bank ministry department institute council bureau society association academy"),
    **_words("GPE", "republic kingdom province county district municipality emirate"),
    **_words("LOC", "gulf isle strait sea bay"),
    **_words("EVENT", "battle siege"),
}
"""What a name is that begins with this word and "of"."""
_BARE = frozenset(
    """state states nation nations kingdom republic government country region territory province county city town
    district""".split()  # noqa: SIM905 - read as one
)
_NOT_SAID = re.compile(r"(?:Soviet|African|European) Union|.* School District")
_KINDS = frozenset({Group.PERSON, Group.ORGANISATION, Group.PLACE})


def by_headword(reading: Reading, mentions: list[Mention]) -> list[Mention]:
    """Relabel the names of several words that contain the word for what they name."""
    changed = []
    for mention, form in reading.formed(mentions):
        label = mention.label
        if group_of(label) in _KINDS and form not in reading.fixed:
            said = _said(form, label)
            if said and group_of(said) is not group_of(label):
                label = said
        changed.append(mention if label == mention.label else mention.replace(label=label))
    return changed


def _said(form: str, label: str) -> str:
    words = form.split()
    if _NOT_SAID.fullmatch(form):
        return ""
    if len(words) < 2 or not words[0][0].isupper():
        return ""
    last = words[-1].casefold()
    if len(words) > 2 and words[1] == "of" and (said := _FIRST_WITH_OF.get(words[0].casefold(), "")):
        return said
    if not words[-1][0].isupper():
        return ""
    return _LAST.get(last) or ("" if group_of(label) is Group.PERSON else _OFTEN_SURNAMES.get(last, ""))


def without_bare_headwords(reading: Reading, mentions: list[Mention]) -> list[Mention]:
    """Drop the word that says what a country is where nothing says which: "the State", "the Kingdom"."""
    return [
        mention
        for mention, form in reading.formed(mentions)
        if group_of(mention.label) not in (Group.ORGANISATION, Group.PLACE)
        or form.casefold() not in _BARE
        or form in reading.fixed
    ]
