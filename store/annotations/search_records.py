"""Saved searches and the rules that they may carry, as records. No I/O."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from typing import TYPE_CHECKING

from store.errors import UsageError
from store.record import Record

if TYPE_CHECKING:
    from store.annotations.records import Target

_LONGEST = 60


class Search(Record):
    """A query that the user saved under a name."""

    name: str
    query: str
    """In the query language, its order included: `kurils -tag:done sort:title`."""
    pinned: bool
    """It stands above the list."""
    tags: tuple[str, ...]
    """Of a rule: what new articles that match are to be tagged with; empty where the search is no rule."""
    ran: datetime | None
    """Of a rule: articles that were first seen later are new to it; None where the search is no rule."""
    created: datetime
    updated: datetime


# ---- changes -----------------------------------------------------------------------------------------------
class SaveSearch(Record):
    """Save a query under a name, or change what is saved under it; the newest change wins."""

    name: str
    query: str
    pinned: bool = False
    tags: tuple[str, ...] = ()
    old: str | None = None
    """The name that it had, where it gets another one."""


class DeleteSearch(Record):
    """Delete a saved search. What its rule has tagged stays tagged."""

    name: str


class ApplyRule(Record):
    """Put a rule's tags on articles that match it; from then on only articles seen after `until` are new to it."""

    name: str
    targets: tuple[Target, ...]
    until: datetime


def normal_name(name: str) -> str:
    """Return the name of a search as it is kept: NFC, with single blanks.

    Raises:
        UsageError: it cannot be one; the message says why.
    """
    found = " ".join(unicodedata.normalize("NFC", name).split())
    if not found:
        raise UsageError("A search needs a name.")
    if len(found) > _LONGEST:
        raise UsageError(f"The name is too long: {_LONGEST} characters at most.")
    if not all(letter.isprintable() for letter in found):
        raise UsageError("The name holds a control character. Type it anew.")
    return found
