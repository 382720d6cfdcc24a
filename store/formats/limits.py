"""How much of a file Dateline is willing to read: beyond it a file is skipped with a reason, never cut."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps on one article, and on the folders it lies in."""

    raw: int = 10_000_000
    """Bytes of a file, or of one member of a container."""
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


DEFAULT = Limits()


def megabytes(size: int) -> str:
    """Write a number of bytes for a sentence: `10 MB`, `23.4 MB`."""
    return f"{size / 1_000_000:.1f}".removesuffix(".0") + " MB"
