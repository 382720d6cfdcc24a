"""A marked passage in its sentence, and who is named there. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from store.annotations.anchors import CONTEXT
from store.annotations.records import Anchor, Note
from store.article import Article, Mention
from store.entities.labels import Group, group_of
from store.record import Record
from store.sentences import Span, sentence_at, sentences

MOST_CONTEXT = 400
"""Characters of a sentence shown before and after a quote: a text without full stops has endless ones."""

_SPACE = re.compile(r"\s+")


class Passage(Record):
    """A note with what it is on. The texts are of one line."""

    note: Note
    before: str = ""
    """What comes before the quote in its sentence."""
    quote: str = ""
    """Empty for a note on the whole article."""
    after: str = ""
    people: tuple[str, ...] = ()
    """Who is named in the sentence, each once."""

    @property
    def sentence(self) -> str:
        """The quote in its sentence, or sentences."""
        return f"{self.before}{self.quote}{self.after}".strip()


def passage(note: Note, texts: Iterable[Article], mentions: Iterable[Mention] = ()) -> Passage:
    """Put a note's quote into its sentence, from the first of some texts that has it where the anchor says.

    Where none has, what the anchor keeps around it must do. `mentions` are of the first text.
    """
    anchor = note.anchor
    if anchor is None:
        return Passage(note)
    for number, article in enumerate(texts):
        if anchor.quote and article.text[anchor.start : anchor.end] == anchor.quote:
            start, end = _around(article, anchor)
            return Passage(
                note,
                _shortened(article.text[start : anchor.start], at_end=False),
                _line(anchor.quote),
                _shortened(article.text[anchor.end : end], at_end=True),
                tuple(_people(article.text, mentions, (start, end))) if number == 0 else (),
            )
    return _alone(note, anchor)


def _around(article: Article, anchor: Anchor) -> Span:
    start = sentence_at(article, anchor.start)[0]
    end = sentence_at(article, max(anchor.start, anchor.end - 1))[1]
    return min(start, anchor.start), max(end, anchor.end)


def _people(text: str, mentions: Iterable[Mention], span: Span) -> Iterable[str]:
    found = {}
    for mention in mentions:
        if mention.start < span[1] and mention.end > span[0] and group_of(mention.label) is Group.PERSON:
            name = _line(mention.entity or text[mention.start : mention.end]).strip()
            found[name.casefold()] = name
    return found.values()


def _alone(note: Note, anchor: Anchor) -> Passage:
    """Make a sentence of the anchor alone: the text around the quote that it keeps, of the same paragraph."""
    prefix, suffix = anchor.prefix.rpartition(_PARAGRAPH)[2], anchor.suffix.partition(_PARAGRAPH)[0]
    whole = f"{prefix}{anchor.quote}{suffix}"
    start, end = len(prefix), len(prefix) + len(anchor.quote)
    spans = [span for span in sentences(whole, 0, len(whole)) if span[0] < end and span[1] > start]
    first, last = min((start, *(one[0] for one in spans))), max((end, *(one[1] for one in spans)))
    before, after = _line(whole[first:start]), _line(whole[end:last])
    if first == 0 and len(prefix) >= CONTEXT:
        before = f"… {before.partition(' ')[2]}"
    if last == len(whole) and len(suffix) >= CONTEXT:
        after = f"{after.rpartition(' ')[0]} …"
    return Passage(note, before, _line(anchor.quote), after)


_PARAGRAPH = "\n\n"
"""What every format writes between paragraphs."""


def _shortened(text: str, *, at_end: bool) -> str:
    text = _line(text)
    if len(text) <= MOST_CONTEXT:
        return text
    if at_end:
        return f"{text[:MOST_CONTEXT].rpartition(' ')[0]} …"
    return f"… {text[-MOST_CONTEXT:].partition(' ')[2]}"


def _line(text: str) -> str:
    """Make one line of a text."""
    return _SPACE.sub(" ", text)
