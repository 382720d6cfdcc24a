"""Names as training data: texts with the places of names, as `spacy train` and its like take them. Pure.

A text is cut into paragraphs, since the recogniser reads a paragraph at a time, and is written as the recogniser sees
it: with lines joined that were broken for width. No character is added or taken away, so every offset stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from store.article import Mention, StoredArticle
from store.entities.guard import guarded, unwrapped
from store.entities.pieces import paragraphs
from store.record import Record

Span = tuple[int, int, str]
"""Start, end, label."""


class Example(Record):
    """A stretch of a text with its names."""

    article: str
    """The id of the article."""
    title: str
    language: str
    text: str
    start: int
    """Where the stretch begins in the article."""
    spans: tuple[Span, ...]
    """In `text`, in order and without overlaps."""


def examples_of(stored: StoredArticle) -> Iterator[Example]:
    """Yield the paragraphs of an article with their names; a name that goes over a border holds two together."""
    article = stored.article
    flat = guarded(unwrapped(article.text))
    spans = _spans(stored.mentions)
    for start, end in _pieces(article.text, spans):
        inside = [(s - start, e - start, label) for s, e, label in spans if start <= s and e <= end]
        yield Example(article.id, article.title, article.language, flat[start:end], start, tuple(inside))


def json_line(stored: StoredArticle) -> Mapping[str, Any]:
    """Return an article as one object: its text, and `entities` as lists of start, end and label in code points."""
    article = stored.article
    return {
        "id": article.id,
        "title": article.title,
        "language": article.language or None,
        "path": stored.sources[0].path if stored.sources else None,
        "text": article.text,
        "entities": [list(span) for span in _spans(stored.mentions)],
    }


def _spans(mentions: Iterable[Mention]) -> list[Span]:
    """Return places and labels, of two that overlap the first and longer."""
    found: list[Span] = []
    for mention in sorted(mentions, key=lambda one: (one.start, -one.end)):
        if not found or mention.start >= found[-1][1]:
            found.append((mention.start, mention.end, mention.label))
    return found


def _pieces(text: str, spans: Sequence[Span]) -> list[tuple[int, int]]:
    pieces: list[tuple[int, int]] = []
    for start, end in paragraphs(text):
        if pieces and any(s < pieces[-1][1] < e or s < start < e for s, e, _ in spans):
            pieces[-1] = (pieces[-1][0], end)
        else:
            pieces.append((start, end))
    return pieces
