"""Text in columns: widths as a terminal counts them, wide characters as two."""

from __future__ import annotations

from wcwidth import wcswidth, wcwidth

from tui.render.safe import safe


def columns_of(text: str) -> int:
    """Return how many columns a line takes."""
    return len(text) if text.isascii() else max(0, wcswidth(text))


def cut(text: str, columns: int, ellipsis: str = "…") -> str:
    """Shorten a line to a width, with a sign that something is missing."""
    text = safe(text)
    if columns_of(text) <= columns:
        return text
    kept, used, room = [], 0, max(0, columns - columns_of(ellipsis))
    for character in text:
        used += max(0, wcwidth(character))
        if used > room:
            break
        kept.append(character)
    # Some marks are as wide as what stands before them makes them.
    while kept and columns_of("".join(kept) + ellipsis) > columns:
        kept.pop()
    return "".join(kept).rstrip() + ellipsis


def cut_or_pad(text: str, columns: int) -> str:
    """Make a line exactly this wide."""
    text = cut(text, columns)
    return text + " " * (columns - columns_of(text))
