"""Where a note belongs in a text: what is kept of a passage, and how it is found again. Pure.

An anchor is the W3C Web Annotation Data Model's TextQuoteSelector (quote, prefix, suffix) and TextPositionSelector
(start, end) in one: https://www.w3.org/TR/annotation-model/#selectors
"""

from __future__ import annotations

from store.annotations.records import Anchor

CONTEXT = 64
"""Characters kept before and after a passage, to tell it from others that read the same."""


def make_anchor(text: str, start: int, end: int) -> Anchor:
    """Return what is kept of the passage `text[start:end]`."""
    return Anchor(text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT], start, end)
