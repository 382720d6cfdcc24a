"""Saved searches and the rules that they may carry, as records. No I/O."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
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
    ran_in: tuple[tuple[str, datetime], ...] = ()
    """Of a rule: folders, as they were opened, in which it has looked since, and up to when."""

    def looked_in(self, folders: Iterable[str]) -> tuple[datetime, datetime] | None:
        """Return up to when a rule has looked in each of some folders, and in one of them; None where it is no rule.

        A folder above one of them counts for it.
        """
        ran = self.ran
        if ran is None:
            return None
        times = [
            max((at for above, at in self.ran_in if lies_in(folder, above)), default=ran) for folder in folders
        ] or [ran]  # fmt: skip
        return max(ran, min(times)), max(ran, *times)

    @property
    def last_ran(self) -> datetime | None:
        """Up to when a rule has looked, wherever that was."""
        return None if self.ran is None else max(self.ran, *(at for _, at in self.ran_in), self.ran)


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
    """Put a rule's tags on articles that match it; from then on only what is seen after `until` is new to it there."""

    name: str
    targets: tuple[Target, ...]
    until: datetime
    folders: tuple[str, ...]
    """The folders of the library that it has looked at: each library has articles that another knows nothing of."""


def lies_in(folder: str, above: str) -> bool:
    """Tell whether a folder is another one, or below it. Pure: by their names."""
    return folder == above or folder.startswith(above.rstrip("/") + "/")


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
