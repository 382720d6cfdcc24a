"""Who or what a screen is about, and the query for its articles."""

from __future__ import annotations

from typing import NamedTuple

from store.article import EntityKey, Mention, key_of_entity
from store.library import Group, Library, Verdict, group_of
from tui.screens.main.views import quoted

_FIELDS = {Group.PERSON: "person", Group.ORGANISATION: "org", Group.PLACE: "place"}


class Who(NamedTuple):
    """A person, an organisation, a place, ... across the library."""

    key: EntityKey
    name: str
    kind: str
    """A group's value, as `person`."""

    @property
    def query(self) -> str:
        """The query that finds its articles, and no others: those of a longer name are not meant."""
        return f"{_FIELDS.get(Group(self.kind), 'entity')}:={quoted(self.name)}"


def short_kind(kind: str) -> str:
    """Return a kind in six letters at most."""
    return "org" if kind == Group.ORGANISATION else kind


def who_of(mention: Mention) -> Who:
    """Return whom or what a mention means."""
    kind = group_of(mention.label)
    return Who(key_of_entity(kind, mention.entity), mention.entity, kind)


def decided_pairs(library: Library) -> frozenset[frozenset[EntityKey]]:
    """Return the pairs of which the user has said that they are two, or that one cannot tell."""
    return frozenset(
        frozenset((one.key, one.into)) for one in library.entity_decisions() if one.verdict is not Verdict.SAME
    )
