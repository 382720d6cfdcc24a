"""The language that a text is in: as its file says, where that is believable, else as its letters tell.

The letters are weighed by py3langid, a naive Bayes classifier over byte n-grams (Lui and Baldwin, "langid.py", ACL
2012), whose probabilities hold for texts of any length. On single English sentences full of foreign names it errs once
in 700 where it is believed here; what it is not sure of stays without a language.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from threading import Thread
from typing import Any

from store.article import Block, BlockKind

DETECTOR_VERSION = 1
"""A change means that the language of every text is looked at anew."""

_SAMPLE = 600
"""Characters looked at, of the beginning and again of the middle: more of them only cost time."""
_FEWEST, _MANY = 20, 150
"""Letters: with fewer nothing is said; with many a text may contradict its file."""
_DENSE = 3
"""How many letters a Chinese, Japanese or Korean character counts for."""
_SURE, _SURER = 0.8, 0.95
"""Probabilities from which on a language is believed; the higher one against what the file says."""
_PROSE = frozenset({BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.LIST_ITEM})
_SAME = {"wuu": "zh", "yue": "zh", "arz": "ar", "ary": "ar", "zxx": ""}
"""Written languages that are one for a reader; `zxx` is no language: numbers, markup."""
_ALIKE = (frozenset({"no", "nb", "nn"}), frozenset({"hr", "sr", "bs", "sh"}), frozenset({"id", "ms"}))
"""Languages so near each other that a file knows better."""


class Detector:
    """Tells languages. It takes up 75 MB from the first text on that is long enough."""

    def __init__(self) -> None:
        self._identifier: Any = None
        self._loading: Thread | None = None

    @property
    def loaded(self) -> bool:
        """Whether it takes up memory."""
        return self._identifier is not None

    def load(self) -> None:
        """Load what it takes, unless that is done."""
        if self._loading is not None:
            self._loading.join()
            self._loading = None
        if self._identifier is None:
            self._load()

    def must_load(self, text: str, blocks: Sequence[Block], declared: str = "") -> bool:
        """Whether a second of loading is needed for this text; it begins then, in a thread."""
        if self.loaded or not _is_enough(_letters(_sample(text, blocks)), declared):
            return False
        if self._loading is None:
            self._loading = Thread(target=self._load, daemon=True, name="languages")
            self._loading.start()
        return self._loading.is_alive()

    def language(self, text: str, blocks: Sequence[Block], declared: str = "") -> str:
        """Return the language of a text as an ISO 639 code, or an empty string when it is not clear.

        `declared` is what its file says. It stands, unless the text is long and plainly in another language: the
        templates of many sites say `en` whatever they hold.
        """
        said = declared.lower()
        sample = _sample(text, blocks)
        if not _is_enough(_letters(sample), said):
            return said
        found, probability = self._classify(sample)
        if not said:
            return found if probability >= _SURE else ""
        contradicts = found and found != said and not any({found, said} <= group for group in _ALIKE)
        return found if contradicts and probability >= _SURER else said

    def unload(self) -> None:
        """Give the memory back."""
        if self._identifier is not None:
            self._identifier = None
            gc.collect()

    def _load(self) -> None:
        from py3langid.langid import MODEL_FILE, LanguageIdentifier

        self._identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)

    def _classify(self, sample: str) -> tuple[str, float]:
        self.load()
        found: dict[str, float] = {}
        for language, probability in self._identifier.rank(sample):
            one = _SAME.get(language, language)
            found[one] = found.get(one, 0.0) + probability
        best = max(found, key=lambda one: found[one])
        return best, found[best]


def _is_enough(letters: int, declared: str) -> bool:
    return letters >= (_MANY if declared else _FEWEST)


def _sample(text: str, blocks: Sequence[Block]) -> str:
    """Return some of what is written in sentences: a title or a byline is mostly names, and code is in no language."""
    prose = [block for block in blocks if block.kind in _PROSE]
    if not prose:
        prose = [Block(BlockKind.PARAGRAPH, 0, len(text))]
    first = "\n".join(_taken(text, prose))
    middle = [block for block in prose if block.start >= max(len(text) // 2, prose[0].start + _SAMPLE)]
    return "\n".join((first, *_taken(text, middle)))


def _taken(text: str, blocks: Sequence[Block]) -> Iterator[str]:
    room = _SAMPLE
    for block in blocks:
        if room <= 0:
            return
        piece = text[block.start : min(block.end, block.start + room)]
        room -= len(piece)
        yield piece


def _letters(sample: str) -> int:
    return sum(_DENSE if c >= "\u3040" else 1 for c in sample if c.isalpha())
