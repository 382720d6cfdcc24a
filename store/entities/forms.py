"""The written forms of names, and where they stand in a text."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from store.article import EntityKey, Mention, fold_name, key_of_entity

_WORD = re.compile(r"(?<!\w)[^\W_]\w*")
_LOWER = re.compile(r"(?<![\w'’-])[^\W\d_A-Z][^\W\d_]*(?![\w'’-])")


def plain(surface: str) -> str:
    """Return how a name is compared within an article: composed, single spaces, straight apostrophes."""
    return " ".join(unicodedata.normalize("NFC", surface).replace("’", "'").split())


def folded(canonical: str) -> str:
    """Return how canonical names are compared across articles."""
    return fold_name(canonical)


def entity_key(kind: str, canonical: str) -> EntityKey:
    """Return the key of an entity; names with equal keys are one. `kind` is a group's value, as `person`."""
    return key_of_entity(kind, canonical)


def lower_words(text: str) -> frozenset[str]:
    """Return the words that the text writes in lower case throughout."""
    return frozenset(word for word in _LOWER.findall(text) if word.islower())


class Taken:
    """The stretches of a text that mentions cover."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self._spans = sorted((mention.start, mention.end) for mention in mentions)

    def is_free(self, start: int, end: int) -> bool:
        """Tell whether no mention touches this stretch."""
        at = bisect_left(self._spans, (end, 0)) - 1
        return at < 0 or self._spans[at][1] <= start


def word_starts(text: str) -> dict[str, list[int]]:
    """Return where each word of a text begins."""
    starts: dict[str, list[int]] = defaultdict(list)
    for word in _WORD.finditer(text):
        starts[word[0]].append(word.start())
    return starts


def occurrences(
    flat: str, forms: Iterable[str], taken: Taken, starts: Mapping[str, list[int]] | None = None
) -> Iterator[tuple[int, int]]:
    """Yield where these forms stand as whole words and untouched, in order, the longest at each place.

    `flat` is the text with wrapped lines joined, of the same length; `starts` is its `word_starts`, where they are
    known already.
    """
    starts = word_starts(flat) if starts is None else starts
    wanted = set(forms)
    # Lengths and not forms are tried at a word: ten thousand names may begin with the same one.
    lengths: dict[str, set[int]] = defaultdict(set)
    for form in wanted:
        if first := _WORD.match(form):
            lengths[first[0]].add(len(form))
    places = sorted(
        (start, sorted(some, reverse=True)) for word, some in lengths.items() for start in starts.get(word, ())
    )
    done = 0
    for start, longest_first in places:
        if start < done:
            continue
        for length in longest_first:
            end = start + length
            if flat[start:end] in wanted and not _continues(flat, end) and taken.is_free(start, end):
                yield start, end
                done = end
                break


def _continues(flat: str, at: int) -> bool:
    return flat[at : at + 1].isalnum() or flat[at : at + 1] == "_"
