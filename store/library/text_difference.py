"""What became of a text since it was noted on, sentence by sentence; and in a sentence, word by word. Pure.

A reflow is no difference: sentences are compared by their words. It may take its time on a thread of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum

from store.article import Article, Block, BlockKind
from store.record import Record
from store.sentences import sentences

Span = tuple[int, int]

_LIKE = 0.5
"""How alike two sentences are that are taken for one, reworded."""
_PAIRED = 40
"""Sentences exchanged in one place up to which pairs are looked for."""
_REPEATED = 4_000
"""Sentences beyond which those that are repeated everywhere are not used to compare by."""
_FEW = 3
"""Sentences as before that are not worth leaving out."""
_PIECE = re.compile(r"\s+|\w+|[^\w\s]")
_MOST_WORDS = 400
"""Pieces of a sentence beyond which it is shown as exchanged whole."""


class Kind(StrEnum):
    """What became of a sentence, or of several."""

    SAME = "same"
    CHANGED = "changed"
    REMOVED = "removed"
    ADDED = "added"


class Run(Record):
    """Words in a row of a changed sentence."""

    text: str
    differs: bool
    """Whether the other text has other words here, or none."""


class Part(Record):
    """A sentence that changed, or a stretch of sentences that did not."""

    kind: Kind
    old: tuple[Run, ...] = ()
    new: tuple[Run, ...] = ()
    old_span: Span = (0, 0)
    new_span: Span = (0, 0)
    count: int = 1
    """How many sentences; more than one only where they are as before."""
    shown: tuple[Span, ...] = ()
    """Of sentences that are as before, where in the new text they are: of a few each, else the first and the last."""
    moved: bool = False
    """A removed or added sentence that stands, word for word, elsewhere in the other text."""
    place: int = -1
    """Which difference of the text it belongs to, from 0; -1 where it is as before."""


class TextDifference(Record):
    """Two texts compared."""

    parts: tuple[Part, ...]
    """In the order of the new text; what was removed stands where it was."""
    places: int
    """How many passages differ: sentences in a row are one."""


def compare(old: Article, new: Article) -> TextDifference:
    """Compare two texts of an article."""
    before, after = _units(old), _units(new)
    words_before = [" ".join(old.text[slice(*unit)].split()) for unit in before]
    words_after = [" ".join(new.text[slice(*unit)].split()) for unit in after]
    repeated = max(len(before), len(after)) > _REPEATED
    matcher = SequenceMatcher(None, words_before, words_after, autojunk=repeated)
    parts: list[Part] = []
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            span_before, span_after = (before[i][0], before[j - 1][1]), (after[k][0], after[m - 1][1])
            shown = tuple(after[k:m]) if m - k <= _FEW else (after[k], after[m - 1])
            parts.append(Part(Kind.SAME, (), (), span_before, span_after, j - i, shown))
        else:
            parts += _exchanged(old.text, new.text, before[i:j], after[k:m])
    moved = _moved(parts)
    return _placed([part.replace(moved=True) if index in moved else part for index, part in enumerate(parts)])


def _units(article: Article) -> list[Span]:
    blocks = article.blocks or (Block(BlockKind.PARAGRAPH, 0, len(article.text)),)
    return [unit for block in blocks for unit in sentences(article.text, block.start, block.end)]


def _placed(parts: Iterable[Part]) -> TextDifference:
    """Number the differences: what lies between two unchanged stretches is one."""
    found: list[Part] = []
    place, inside = -1, False
    for part in parts:
        differs = part.kind is not Kind.SAME
        place += differs and not inside
        inside = differs
        found.append(part.replace(place=place) if differs else part)
    return TextDifference(tuple(found), place + 1)


def _exchanged(old: str, new: str, before: Sequence[Span], after: Sequence[Span]) -> Iterator[Part]:
    """Yield what became of some sentences: those that were reworded in pairs, the others as removed and added."""
    done = 0
    for index, unit in enumerate(before):
        other = _reworded(old[slice(*unit)], new, after[done : done + _PAIRED]) if index < _PAIRED else None
        if other is None:
            yield Part(Kind.REMOVED, old=(Run(old[slice(*unit)], True),), old_span=unit)
            continue
        yield from (_added(new, one) for one in after[done : done + other])
        done += other
        yield _changed(old, new, unit, after[done])
        done += 1
    yield from (_added(new, one) for one in after[done:])


def _added(new: str, unit: Span) -> Part:
    return Part(Kind.ADDED, new=(Run(new[slice(*unit)], True),), new_span=unit)


def _reworded(sentence: str, new: str, after: Sequence[Span]) -> int | None:
    """Return which of some sentences is most like one, if any is like it."""
    from rapidfuzz.distance import Levenshtein  # needed once something has changed

    likenesses = [Levenshtein.normalized_similarity(sentence, new[slice(*unit)]) for unit in after]
    best = max(range(len(likenesses)), key=likenesses.__getitem__, default=None)
    return best if best is not None and likenesses[best] >= _LIKE else None


def _changed(old: str, new: str, before: Span, after: Span) -> Part:
    one, other = (_PIECE.findall(" ".join(text.split())) for text in (old[slice(*before)], new[slice(*after)]))
    if max(len(one), len(other)) > _MOST_WORDS:
        return Part(Kind.CHANGED, (Run("".join(one), True),), (Run("".join(other), True),), before, after)
    opcodes = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    was = tuple(_joined(Run("".join(one[i:j]), tag != "equal") for tag, i, j, _, _ in opcodes))
    now = tuple(_joined(Run("".join(other[k:m]), tag != "equal") for tag, _, _, k, m in opcodes))
    return Part(Kind.CHANGED, was, now, before, after)


def _joined(runs: Iterable[Run]) -> Iterator[Run]:
    """Leave out what is empty, and take a blank between two differences into them."""
    waiting: Run | None = None
    for run in runs:
        if not run.text:
            continue
        if waiting is not None and (run.differs == waiting.differs or (waiting.differs and not run.text.strip())):
            waiting = Run(waiting.text + run.text, waiting.differs)
            continue
        if waiting is not None:
            yield waiting
        waiting = run
    if waiting is not None:
        yield waiting


def _moved(parts: Sequence[Part]) -> set[int]:
    """Return which parts are sentences that only stand elsewhere: as many as were removed and added alike."""
    words = [" ".join("".join(run.text for run in (part.old or part.new)).split()) for part in parts]
    removed = Counter(words[i] for i, part in enumerate(parts) if part.kind is Kind.REMOVED)
    added = Counter(words[i] for i, part in enumerate(parts) if part.kind is Kind.ADDED)
    found: set[int] = set()
    for kind in (Kind.REMOVED, Kind.ADDED):
        both = removed & added
        for index, part in enumerate(parts):
            if part.kind is kind and both[words[index]] > 0:
                both[words[index]] -= 1
                found.add(index)
    return found
