"""What whoever has a file read wants of it, and is told meanwhile. It goes along with the limits to every reader."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable

from store.record import Record

READER_VERSION = "6"
"""Part of every file's stamp: a file is read again when the readers have changed."""
_WORD = re.compile(r"[A-Za-z0-9]+")


class Errand(Record):
    """A wish to have a file read; without any, all of it is."""

    json: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """The user's own names for the fields of JSON records: one of `store.config.JSON_FIELDS`, and dotted paths."""
    wanted: str = ""
    """The one place that is asked for: a container passes over what cannot hold it, where that is cheaply seen."""
    enter: Callable[[str], None] | None = None
    """Told of each member before it is read; raises `Damaged` for one that has brought a reader down."""
    keep: Callable[[int], bool] | None = None
    """Told of a member's fingerprint; says whether the index has what was read from these bytes."""
    markup: Callable[[str, str], None] | None = None
    """Told of the markup that an article is made of before it is yielded: `html` or `markdown`, and its source."""
    within: str = ""
    """The place of what is read in the archives around it, with a `#` at its end."""

    def inside(self, member: str) -> Errand:
        """Return the errand for what lies in an archive, at this place in it."""
        return self.replace(within=f"{self.within}{member}#") if member else self

    def entering(self, member: str) -> None:
        """Say that this member of a container is read next: if it crashes or hangs its reader, the others are read on.

        Raises:
            Damaged: it did so before.
        """
        if self.enter is not None and member:
            self.enter(self.within + member)

    def made_of(self, kind: str, source: str) -> None:
        """Say what markup the next article is made of."""
        if self.markup is not None:
            self.markup(kind, source)

    def may_lie_in(self, member: str) -> bool:
        """Whether what is asked for may lie in the member of an archive with this name."""
        return not self.wanted or self.wanted.startswith(self.within + member)

    def may_be(self, raw: bytes) -> bool:
        """Whether a record may bear the name that is asked for: its words stand in the bytes, however it is escaped."""
        return all(word.encode() in raw for word in _WORD.findall(self.wanted))

    def fingerprint(self, *raw: bytes) -> int:
        """Return what tells these bytes, one behind the other, from any others at their place; 0 where nobody asks."""
        if self.keep is None:
            return 0
        place = f"{READER_VERSION} {self.json} {self.within}".encode("utf-8", "surrogatepass")
        digest = hashlib.blake2b(digest_size=8, key=hashlib.blake2b(place, digest_size=32).digest())
        for part in raw:
            digest.update(part)
        return int.from_bytes(digest.digest(), signed=True) or 1

    def unchanged(self, fingerprint: int) -> bool:
        """Whether the index has what was read from the same bytes at the same place; it then stays there."""
        return self.keep is not None and self.keep(fingerprint)


EVERYTHING = Errand()
