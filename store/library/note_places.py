"""Where a note that lost its passage may belong: the stretches of texts that read most like it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from store.annotations.anchors import make_anchor
from store.annotations.records import Anchor, Note, Target
from store.article import Article, ArticleKey, Block, BlockKind
from store.catalog.articles import CatalogReader
from store.library.following import target
from store.query.fold import fold, plain_words
from store.record import Record
from store.sentences import sentences

LEAST = 60.0
"""Per cent of likeness below which a passage is no proposal."""

_FAR = 25.0
"""Per cent below the likest passage at which others are left out."""


class NotePlace(Record):
    """A passage that a note may be put on."""

    target: Target
    anchor: Anchor
    likeness: float
    """Per cent of the old quote."""


def words_to_find(note: Note, most: int = 8) -> tuple[str, ...]:
    """Return the words of a quote that tell most, the longest, by which articles are found that may hold it."""
    quote = note.was or (note.anchor.quote if note.anchor is not None else "")
    return tuple(sorted(set(plain_words(quote[:2_000])), key=lambda word: (-len(word), word))[:most])


def likely_places(index: Path, note: Note, keys: Sequence[ArticleKey], *, most: int = 6) -> list[NotePlace]:
    """Return the passages of these articles that read most like a note's quote, the likest first.

    Reads texts: for a thread of its own.
    """
    quotes = {one for one in (note.was, note.anchor.quote if note.anchor is not None else "") if one.strip()}
    reader = CatalogReader(index)
    found: list[NotePlace] = []
    try:
        for key in dict.fromkeys(keys):
            stored, about = reader.article(key), target(reader, key)
            if stored is None or about is None:
                continue
            found += [
                NotePlace(about, make_anchor(stored.article.text, start, end), likeness)
                for start, end, likeness in likely_spans(stored.article, quotes)
            ]
    finally:
        reader.close()
    found.sort(key=lambda place: -place.likeness)
    # Beside one that reads nearly the same, what is merely like it tells nothing.
    enough = found[0].likeness - _FAR if found else 0.0
    return [place for place in found if place.likeness >= enough][:most]


def likely_spans(article: Article, quotes: Iterable[str], *, most: int = 3) -> list[tuple[int, int, float]]:
    """Return the stretches of one text that read most like one of some quotes, with how much, in per cent."""
    from rapidfuzz import fuzz  # nothing else of a start needs it

    found: dict[tuple[int, int], float] = {}
    for quote in quotes:
        wanted = fold(quote)
        for start, end in _stretches(article, quote):
            likeness = fuzz.ratio(wanted, fold(article.text[start:end]), score_cutoff=LEAST)
            if likeness:
                found[start, end] = max(likeness, found.get((start, end), 0.0))
    chosen: list[tuple[int, int, float]] = []
    for (start, end), likeness in sorted(found.items(), key=lambda pair: -pair[1]):
        if all(end <= other or start >= other_end for other, other_end, _ in chosen):
            chosen.append((start, end, likeness))
    return chosen[:most]


def _stretches(article: Article, quote: str) -> Iterable[tuple[int, int]]:
    """Yield the best place of a quote within each sentence, and in as many sentences in a row as it has."""
    from rapidfuzz import fuzz

    many = len(sentences(quote, 0, len(quote)))
    for block in article.blocks or (Block(BlockKind.PARAGRAPH, 0, len(article.text)),):
        spans = sentences(article.text, block.start, block.end)
        for at in range(max(1, len(spans) - many + 1)):
            group = spans[at : at + many]
            if not group:
                continue
            start, end = group[0][0], group[-1][1]
            yield start, end
            if end - start > len(quote) * 1.3:
                best = fuzz.partial_ratio_alignment(quote, article.text[start:end], score_cutoff=LEAST)
                if best is not None and best.dest_end > best.dest_start:
                    yield _whole_words(article.text, start + best.dest_start, start + best.dest_end)


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
