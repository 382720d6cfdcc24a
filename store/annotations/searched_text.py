"""A text in which passages are looked for: its words, and where a stretch of words stands in it. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property

from store.annotations.folded_text import Folded

MOST = 40
"""Occurrences beyond which a word or sentence tells nothing."""
SENTENCE = 24
"""Characters from which on words in a row are taken for a sentence of their own."""
_ENDING = ".!?:…。！？\"'”’»)"
_SENTENCE_END = re.compile(rf"[{re.escape(_ENDING)}]\s+\Z")
WORD = re.compile(r"[\u3040-\ud7af]{2}|[^\W_\u3040-\ud7af]+")


class Searched(Folded):
    """A text in which passages are looked for; kept for several, since its words are gathered once."""

    @cached_property
    def words(self) -> dict[str, list[int]]:
        """Where each word stands in the folded text."""
        found: dict[str, list[int]] = defaultdict(list)
        for match in WORD.finditer(self.text):
            found[match[0]].append(match.start())
        return found

    def occurrences(self, part: str) -> list[int]:
        """Return where a folded part stands as whole words; of too many, only so many as to know it."""
        found: list[int] = []
        at = self.text.find(part) if part else -1
        while at >= 0 and len(found) <= MOST:
            if _is_whole(self.text, at, at + len(part)):
                found.append(at)
            at = self.text.find(part, at + 1)
        return found

    def stands_alone(self, start: int, end: int) -> bool:
        """Whether a folded span is a line or a sentence of its own."""
        low, high = self.original(start, end)
        before, after = self.source[max(0, low - 4) : low], self.source[high : high + 2]
        begins = not before.strip() or "\n" in before or bool(_SENTENCE_END.search(before))
        ends = not after.strip() or "\n" in after or self.source[high - 1] in _ENDING
        return begins and ends


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether a span begins and ends where words do; scripts without spaces have no such places."""
    left = start > 0 and text[start].isalnum() and text[start - 1].isalnum() and text[start] < "\u3040"
    right = end < len(text) and text[end - 1].isalnum() and text[end].isalnum() and text[end] < "\u3040"
    return not (left or right)
