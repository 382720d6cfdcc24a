"""What an annotation file holds, by the ids of things: as exports, imports and merging look at it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from store.annotations.documents import (
    ALIASES,
    ARTICLES,
    CORRECTIONS,
    DRAFTS,
    ENTITIES,
    NOTES,
    SEARCHES,
    TAGS,
    UNDO,
    Document,
)
from store.annotations.tags import folded
from store.record import Record, field

Bodies = Mapping[str, Mapping[int, str]]
"""By note and revision: what the note said then, as far as it is remembered."""


class Contents(Record):
    """The user's words in one annotation file. The documents are never changed in place."""

    articles: Mapping[str, Document] = field(default_factory=dict)
    notes: Mapping[str, Document] = field(default_factory=dict)
    tags: Mapping[str, Document] = field(default_factory=dict)
    """By folded name: number key and last use; also rows of tags that nothing bears any more."""
    drafts: Mapping[str, Document] = field(default_factory=dict)
    earlier: Bodies = field(default_factory=dict)
    searches: Mapping[str, Document] = field(default_factory=dict)
    """By folded name."""
    corrections: Mapping[str, Document] = field(default_factory=dict)
    decisions: Mapping[str, Document] = field(default_factory=dict)
    """What was decided about pairs of entities."""
    entities: Mapping[str, Document] = field(default_factory=dict)
    """By their keys: tags and notes."""

    def notes_by_article(self) -> dict[str, list[Document]]:
        """Return the notes of each article, oldest first."""
        found: dict[str, list[Document]] = {}
        for note in sorted(self.notes.values(), key=written):
            found.setdefault(note["article"], []).append(note)
        return found

    def tags_in_use(self) -> dict[str, str]:
        """Return how each tag in use, or on a number key, is written; by its folded name."""
        found = {folded(name): name for name in _names(self.entities.values())}
        found |= {folded(name): name for name in _names(self.notes.values())}
        found |= {folded(name): name for name in _names(self.articles.values())}
        for row in self.tags.values():
            if row["id"] in found or row["digit"] is not None:
                found[row["id"]] = row["name"]
        return found


def written(note: Document) -> tuple[str, str]:
    """Order notes as they were written, whatever file they come from."""
    return note["created"], note["id"]


def _names(documents: Iterable[Document]) -> list[str]:
    """Return the tags of documents, the first spelling last: it is the one that stays."""
    return [name for document in documents for name in document["tags"]][::-1]


def contents_of(tables: Mapping[str, Mapping[str, Document]]) -> Contents:
    """Return what the tables of an annotation file hold."""
    return Contents(
        articles=_by_id(tables.get(ARTICLES, {})),
        notes=_by_id(tables.get(NOTES, {})),
        tags=_by_id(tables.get(TAGS, {})),
        drafts=_by_id(tables.get(DRAFTS, {})),
        earlier=_earlier(tables.get(UNDO, {}).values()),
        searches=_by_id(tables.get(SEARCHES, {})),
        corrections=_by_id(tables.get(CORRECTIONS, {})),
        decisions=_by_id(tables.get(ALIASES, {})),
        entities=_by_id(tables.get(ENTITIES, {})),
    )


def _by_id(table: Mapping[str, Document]) -> dict[str, Document]:
    return {document["id"]: document for document in table.values()}


def _earlier(steps: Iterable[Mapping[str, Any]]) -> Bodies:
    """Gather from the undo list what notes said at earlier revisions."""
    found: dict[str, dict[int, str]] = {}
    for step in steps:
        for delta in step["changes"]:
            for note in (delta["old"], delta["new"]) if delta["do"] == "note" else ():
                if note is not None:
                    found.setdefault(note["id"], {})[note["revision"]] = note["body"]
    return found
