"""What of the annotations is exported: of which articles, with or without what is private. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from store.annotations.contents import Contents
from store.annotations.documents import Document
from store.annotations.tags import is_within
from store.article import ArticleId
from store.record import Record

PRIVATE = "private"
"""The tag of notes that leave the machine only when that is asked for."""


class Chosen(Record):
    """An annotated article with those of its notes that are exported, as the annotation file has them."""

    article: Document
    notes: tuple[Document, ...]


class Selection(Record):
    """What is exported."""

    chosen: tuple[Chosen, ...]
    """In the order asked for; also articles without notes."""
    private: int
    """Notes and highlights tagged `private`, or below it, among these articles; whether exported or not."""
    with_private: bool
    bare: int
    """Articles asked for that bear no notes."""
    drafts: int
    """Texts being written on these articles, which no export holds."""

    @property
    def notes(self) -> int:
        """How many notes and highlights are exported."""
        return sum(len(one.notes) for one in self.chosen)


def select(contents: Contents, texts: Sequence[ArticleId] | None, *, private: bool) -> Selection:
    """Choose what is exported: of the articles with these texts, or of all there are, oldest first."""
    notes = contents.notes_by_article()
    oldest_first = sorted(contents.articles.values(), key=lambda one: (one["created"], one["id"]))
    if texts is None:
        articles, absent = oldest_first, 0
    else:
        speaking: dict[str, Document] = {}
        for one in oldest_first:
            speaking.setdefault(one["text_hash"], one)
        articles = [speaking[text] for text in dict.fromkeys(texts) if text in speaking]
        absent = len(set(texts)) - len(articles)
    chosen, hidden = [], 0
    for article in articles:
        own = notes.get(article["id"], [])
        open_ones = [note for note in own if not is_private(note)]
        hidden += len(own) - len(open_ones)
        chosen.append(Chosen(article, tuple(own if private else open_ones)))
    ids = {one.article["id"] for one in chosen}
    bare = absent + sum(1 for one in chosen if one.article["id"] not in notes)
    drafts = sum(1 for draft in contents.drafts.values() if draft["article"] in ids)
    return Selection(tuple(chosen), hidden, private, bare, drafts)


def is_private(note: Document) -> bool:
    """Tell whether a note is tagged `private`, or with a tag below that."""
    return any(is_within(tag, PRIVATE) for tag in note["tags"])


def counted(count: int, word: str) -> str:
    """Return a number with its noun."""
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def summary(selection: Selection) -> str:
    """Count what a dossier holds: "12 passages and 3 notes of 5 articles"."""
    exported = [note for one in selection.chosen for note in one.notes]
    passages = sum(1 for note in exported if note["anchor"] is not None)
    notes = sum(1 for note in exported if note["body"])
    parts = [counted(passages, "passage")] * bool(passages or not notes) + [counted(notes, "note")] * bool(notes)
    articles = sum(1 for one in selection.chosen if one.notes)
    return f"{' and '.join(parts)} of {counted(articles, 'article')}"
