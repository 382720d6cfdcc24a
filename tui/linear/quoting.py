"""Passages named by their words: `a few words`, or `the first ... the last`. Pure."""

from __future__ import annotations

import re

from store.errors import NotFoundError, UsageError

Span = tuple[int, int]


def whole_words(text: str, words: str) -> list[Span]:
    """Return where words stand in a text, in whatever case; where lines end does not matter."""
    wanted = words.split()
    if not wanted:
        return []
    begin = r"(?<!\w)" if wanted[0][0].isalnum() else ""
    end = r"(?!\w)" if wanted[-1][-1].isalnum() else ""
    pattern = begin + r"\s+".join(map(re.escape, wanted)) + end
    return [match.span() for match in re.finditer(pattern, text, re.IGNORECASE)]


def passage(text: str, quote: str, near: Span) -> Span:
    """Return the passage with these words: that within `near`, else the first one.

    `first ... last` is all from some words to others; an ellipsis will do as well.

    Raises:
        UsageError: there are no words.
        NotFoundError: the text does not have them.
    """
    first, *more = (part.strip() for part in re.split(r"\.\.\.|…", quote, maxsplit=1))
    if not first:
        raise UsageError("Which words? Write them as they stand in the article.")
    found = whole_words(text, first)
    if not found:
        raise NotFoundError(f"{first}: not in this article.")
    start, end = next((span for span in found if near[0] <= span[0] < near[1]), found[0])
    if not any(more):
        return start, end
    ends = [span for span in whole_words(text, more[0]) if span[0] >= end]
    if not ends:
        raise NotFoundError(f"{more[0]}: not behind {first} in this article.")
    return start, ends[0][1]
