"""spaCy's labels and the groups they are shown in. Imports nothing heavy."""

from __future__ import annotations

from enum import StrEnum


class Group(StrEnum):
    """What kind of thing a name names; an entity's key begins with it."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    GROUP = "group"
    """Nationalities, religious and political groups."""
    NUMBER = "number"
    """Dates, times and amounts."""
    OTHER = "other"


TITLES: dict[Group, str] = {
    Group.PERSON: "people",
    Group.ORGANISATION: "organisations",
    Group.PLACE: "places",
    Group.GROUP: "groups",
    Group.NUMBER: "numbers",
    Group.OTHER: "other",
}
"""How people call each group on the screen, in the order in which they are listed."""

ALSO: dict[Group, tuple[str, ...]] = {Group.NUMBER: ("dates",)}
"""What else a group holds that people look for by name."""

SHOWN: frozenset[Group] = frozenset({Group.PERSON, Group.ORGANISATION, Group.PLACE})
"""The groups that are highlighted until the user asks for others."""

LABELS: dict[Group, tuple[str, ...]] = {
    Group.PERSON: ("PERSON",),
    Group.ORGANISATION: ("ORG",),
    Group.PLACE: ("GPE", "LOC", "FAC"),
    Group.GROUP: ("NORP",),
    Group.NUMBER: ("DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "ORDINAL", "CARDINAL"),
    Group.OTHER: ("EVENT", "LAW", "WORK_OF_ART", "PRODUCT", "LANGUAGE"),
}
"""The labels of the English pipelines, which are also those a user may give to names of their own."""

WORDS: dict[str, str] = {
    "PERSON": "person",
    "ORG": "organisation",
    "GPE": "country, state or city",
    "LOC": "mountain, river, region",
    "FAC": "building, road, airport",
    "NORP": "nationality, religion, party",
    "EVENT": "event",
    "WORK_OF_ART": "book, film, song",
    "PRODUCT": "product",
    "LAW": "law or treaty",
    "LANGUAGE": "language",
    "DATE": "date or period",
    "TIME": "time of day",
    "MONEY": "amount of money",
    "PERCENT": "percentage",
    "QUANTITY": "measurement",
    "ORDINAL": "ordinal number",
    "CARDINAL": "number",
}
"""What each label means, in the order in which people are likely to want one."""

_ABROAD: dict[Group, tuple[str, ...]] = {
    Group.PERSON: ("PER", "PRS", "persName", "PS"),
    Group.ORGANISATION: ("orgName", "OG", "ORGANIZATION"),
    Group.PLACE: ("placeName", "geogName", "LC", "GPE_LOC", "GPE_ORG", "FACILITY"),
    Group.GROUP: ("NAT_REL_POL", "DRV"),
    Group.NUMBER: ("TME", "MSR", "date", "time", "DT", "TI", "QT", "DATETIME", "NUMERIC_VALUE", "PERIOD"),
}
"""What official pipelines of other languages call the same."""

_GROUP_OF = {
    label: group for table in (_ABROAD, LABELS) for group, labels in table.items() for label in labels
}


def group_of(label: str) -> Group:
    """Return the group a label belongs to; a label nobody knows is `other`."""
    return _GROUP_OF.get(label, Group.OTHER)


def words_for(label: str) -> str:
    """Return what a label means in plain words; one that nobody knows as it is."""
    return WORDS.get(label) or label
