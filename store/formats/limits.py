"""How much of a file Dateline is willing to read: beyond it a file is skipped with a reason, never cut."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

_WORD = re.compile(r"[A-Za-z0-9]+")
READER_VERSION = "3"
"""Part of every file's stamp: a file is read again when the readers have changed."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps on one article, on a file with many, and on the folders it lies in."""

    raw: int = 10_000_000
    """Bytes of a file with one article, or of one member of a container."""
    text: int = 2_000_000
    """Code points of an article's clean text."""
    depth: int = 256
    """Levels of nested markup, and of nested folders."""
    title: int = 200
    """Code points of a title; a longer one is cut at a word."""
    front_matter: int = 32_000
    """Code points of the metadata in front of a Markdown text; more is read as text."""
    elements: int = 15_000
    """Elements of a page among which the main text is looked for; a larger page is read as it stands.

    The search takes up to a quarter of a millisecond for each; pages of articles have one to five thousand.
    """
    container: int = 4_000_000_000
    """Bytes of a file with many articles, also as they come out of a compressed one."""
    unpacked: int = 20_000_000
    """Bytes that a compressed file or member may come to where it has to be held as a whole."""
    ratio: int = 100
    """How many times larger than itself a compressed file may come out, once it is more than a megabyte."""
    nested: int = 3
    """Archives within archives."""
    problems: int = 200
    """Members of a file that are named because they cannot be read; further ones are counted."""

    fields: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """The user's own names for the fields of JSON records: dotted paths, by `store.config.JSON_FIELDS`.

    No limit, but it goes the same way down to every reader.
    """

    enter: Callable[[str], None] | None = None
    """Told of each member before it is read; raises `Damaged` for one that brought a reader down. It goes along too."""

    keep: Callable[[int], bool] | None = None
    """Told of a member's fingerprint; says whether the index has what was read from these bytes. It goes along too."""
    within: str = ""
    """The place of what is read in the archives around it."""

    wanted: str = ""
    """The one place that is asked for: a container passes over what cannot hold it, where that is cheaply seen."""

    def inside(self, member: str) -> Limits:
        """Return the limits for what lies in an archive, at this place in it."""
        within = f"{self.within}{member}#" if member else self.within
        return replace(self, nested=self.nested - 1, within=within)

    def entering(self, member: str) -> None:
        """Say that this member of a container is read next: if it crashes or hangs its reader, the others are read on.

        Raises:
            Damaged: it did so before.
        """
        if self.enter is not None and member:
            self.enter(self.within + member)

    def may_be_wanted(self, member: str) -> bool:
        """Whether what is asked for may lie in the member of an archive with this name."""
        return not self.wanted or self.wanted.startswith(self.within + member)

    def may_name_wanted(self, raw: bytes) -> bool:
        """Whether a record may bear the name that is asked for: its words stand in the bytes, however it is escaped."""
        return all(word.encode() in raw for word in _WORD.findall(self.wanted))

    def fingerprint(self, raw: bytes) -> int:
        """Return what tells these bytes from any others at their place, or 0 where nobody asks."""
        if self.keep is None:
            return 0
        place = f"{READER_VERSION} {self.fields} {self.within}".encode("utf-8", "surrogatepass")
        digest = hashlib.blake2b(raw, digest_size=8, key=hashlib.blake2b(place, digest_size=32).digest())
        return int.from_bytes(digest.digest(), signed=True) or 1

    def unchanged(self, fingerprint: int) -> bool:
        """Whether the index has what was read from the same bytes at the same place; it then stays there."""
        return self.keep is not None and self.keep(fingerprint)


DEFAULT = Limits()


def limits_with(names: Iterable[str]) -> Limits:
    """Return the limits with the user's names of JSON fields, each as `text=story.body`."""
    fields: dict[str, tuple[str, ...]] = {}
    for name in names:
        field, _, place = name.partition("=")
        fields[field] = (*fields.get(field, ()), place)
    return replace(DEFAULT, fields=tuple(fields.items()))


def megabytes(size: int) -> str:
    """Write a number of bytes for a sentence: `10 MB`, `23.4 MB`."""
    return f"{size / 1_000_000:.1f}".removesuffix(".0") + " MB"
