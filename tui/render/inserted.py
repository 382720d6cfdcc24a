"""Signs that are shown in a text but are no part of it, and how offsets go across them. Pure."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from tui.render.clusters import WIDTHS


class Inserted:
    """A text with a sign before some of its characters.

    Offsets without and with the signs: `to_shown` and `to_text`.
    """

    def __init__(self, text: str, sign: str, before: Iterable[int] = ()) -> None:
        # Before a character without a width a sign would tear a cluster apart.
        at = sorted({offset for offset in before if offset == len(text) or WIDTHS[text[offset]]} if sign else ())
        self.before: list[int] = at
        """The offsets in the text before which a sign stands."""
        self.signs: list[int] = [offset + index for index, offset in enumerate(at)]
        """The offsets of the signs in what is shown."""
        parts = [text[a:b] for a, b in zip([0, *at], [*at, len(text)], strict=True)]
        self.text: str = sign.join(parts) if at else text

    def to_shown(self, offset: int) -> int:
        """Return where a character is shown; the end of a stretch takes the sign behind it along."""
        return offset + bisect_right(self.before, offset) if self.before else offset

    def to_text(self, shown: int) -> int:
        """Return which character is shown there; a sign counts as the character behind it."""
        return shown - bisect_left(self.signs, shown) if self.signs else shown
