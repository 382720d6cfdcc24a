"""What a correction would touch in one article. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from store.article import Mention

Span = tuple[int, int]

LONGEST_NAME = 120
"""Characters of a text that may be made a name."""


def same_mentions(text: str, mentions: Sequence[Mention], words: str, label: str) -> list[Mention]:
    """Return the mentions with the same words and label: those that a correction of every same one touches."""
    from store.entities.occurring import compared  # a start corrects nothing

    wanted = compared(words)
    return [one for one in mentions if one.label == label and compared(text[one.start : one.end]) == wanted]


def free_places(text: str, mentions: Sequence[Mention], words: str) -> list[Span]:
    """Return where words stand that are no name, nor part of one: where they would be added."""
    from store.entities.occurring import places_of, sought

    taken = [(one.start, one.end) for one in mentions]
    return [
        (start, end) for start, end in places_of(sought(text), words)
        if not any(start < last and first < end for first, last in taken)
    ]  # fmt: skip
