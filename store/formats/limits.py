"""How much of a file Dateline is willing to read: beyond it a file is skipped with a reason, never cut."""

from __future__ import annotations

from collections.abc import Iterable

from store.formats.errand import EVERYTHING, Errand
from store.record import Record


class Limits(Record):
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

    errand: Errand = EVERYTHING
    """What is wanted of the file; no limit, but it goes the same way down to every reader."""

    def inside(self, member: str) -> Limits:
        """Return the limits for what lies in an archive, at this place in it."""
        return self.replace(nested=self.nested - 1, errand=self.errand.inside(member))


DEFAULT = Limits()


def limits_with(names: Iterable[str]) -> Limits:
    """Return the limits with the user's names of JSON fields, each as `text=story.body`."""
    fields: dict[str, tuple[str, ...]] = {}
    for name in names:
        field, _, place = name.partition("=")
        fields[field] = (*fields.get(field, ()), place)
    return DEFAULT.replace(errand=Errand(tuple(fields.items())))


def megabytes(size: int) -> str:
    """Write a number of bytes for a sentence: `10 MB`, `23.4 MB`."""
    return f"{size / 1_000_000:.1f}".removesuffix(".0") + " MB"
