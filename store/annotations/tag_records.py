"""What is known of the tags, as records. No I/O."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from store.record import Record


class TagUse(Record):
    """A tag with how it is used."""

    name: str
    articles: int
    last_used: datetime | None
    digit: int | None = None
    """The number key it sits on, 1 to 9."""
    notes: int = 0
    """Notes and highlights that bear it."""
    entities: int = 0
    """People, organisations, places and the like that bear it."""

    @property
    def in_use(self) -> bool:
        """Whether anything bears it, or a number key."""
        return bool(self.articles or self.notes or self.entities or self.digit)


class TagOrder(StrEnum):
    """How the tags below one tag are ordered."""

    NAME = "name"
    COUNT = "count"
    """The most used first."""
    LAST_USE = "last use"
    """The one used last first."""


class TagReach(Record):
    """What renaming or deleting a tag, with the tags below it, would touch."""

    articles: int
    notes: int
    below: tuple[str, ...] = ()
    """The tags below it that are in use: `asia/japan` of `asia`."""
    entities: int = 0
