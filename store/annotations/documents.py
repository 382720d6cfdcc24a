"""How records are written in the annotation file, and back. Pure.

The file is for its owner's eyes too: whole words, one document a thing, times as ISO 8601 in UTC.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from store.annotations.name_records import (
    Correction,
    CorrectionId,
    CorrectionKind,
    Decision,
    EntityRecord,
    NameDraft,
    Scope,
    Verdict,
)
from store.annotations.records import Anchor, DocumentId, Draft, Note, NoteId
from store.annotations.search_records import Search
from store.annotations.undo_records import UndoEntry
from store.article import ArticleId, EntityKey, Source
from store.paths import openable, storable

Document = Mapping[str, Any]

ARTICLES, NOTES, DRAFTS, TAGS, UNDO = "articles", "notes", "drafts", "tags", "undo"
SEARCHES, CORRECTIONS, ALIASES, ENTITIES = "searches", "corrections", "aliases", "entities"
NAME_DRAFTS = "name drafts"


def key_for(identity: str) -> str:
    """Return the TinyDB document id of something, the same in every session: 52 bits of its hash."""
    return str(int(hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:13], 16))


# ---- to and from records -----------------------------------------------------------------------------------
def stored_time(at: datetime) -> str:
    """Write a time in UTC."""
    return at.astimezone(UTC).isoformat()


def read_time(text: str) -> datetime:
    """Read a stored time; one without a zone is taken as UTC."""
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def later(created: str, now: str) -> str:
    """Return the time of an update: never before the creation, wherever the clock went since."""
    if len(created) == len(now) and created[-6:] == now[-6:] == "+00:00":
        return max(created, now)
    return max(created, now, key=read_time)


def stored_sources(sources: Iterable[Source]) -> list[dict[str, str]]:
    """Write places so that JSON takes them."""
    return [{"path": storable(one.path), "member": storable(one.member)} for one in sources]


def read_sources(stored: Iterable[Mapping[str, str]]) -> tuple[Source, ...]:
    """Read places back."""
    return tuple(Source(openable(one["path"]), openable(one.get("member", ""))) for one in stored)


def stored_anchor(anchor: Anchor | None) -> dict[str, Any] | None:
    """Write an anchor."""
    if anchor is None:
        return None
    return {
        "quote": anchor.quote,
        "prefix": anchor.prefix,
        "suffix": anchor.suffix,
        "start": anchor.start,
        "end": anchor.end,
    }


def read_anchor(stored: Mapping[str, Any] | None) -> Anchor | None:
    """Read an anchor back."""
    if stored is None:
        return None
    return Anchor(stored["quote"], stored["prefix"], stored["suffix"], stored["start"], stored["end"])


def note_of(document: Document) -> Note:
    """Read a note."""
    conflict = document["conflict_of"]
    return Note(
        id=NoteId(document["id"]),
        article=DocumentId(document["article"]),
        body=document["body"],
        created=read_time(document["created"]),
        updated=read_time(document["updated"]),
        revision=document["revision"],
        tags=tuple(document["tags"]),
        anchor=read_anchor(document["anchor"]),
        conflict_of=None if conflict is None else NoteId(conflict),
        text=None if document["text"] is None else ArticleId(document["text"]),
        was=document["was"],
        lost=document["lost"],
    )


def found_by(note: Note) -> tuple[str, ...]:
    """Return the texts that a note is found by: its body, and the passage as it reads and as it was marked."""
    return note.body, note.anchor.quote if note.anchor is not None else "", note.was


def draft_of(document: Document, article: ArticleId) -> Draft:
    """Read a draft."""
    note = document["note"]
    return Draft(
        article=article,
        note=None if note is None else NoteId(note),
        body=document["body"],
        at=read_time(document["at"]),
        id=document["id"],
        anchor=read_anchor(document.get("anchor")),
        base_revision=document.get("revision"),
    )


def search_of(document: Document) -> Search:
    """Read a saved search."""
    return Search(
        name=document["name"],
        query=document["query"],
        pinned=document["pinned"],
        tags=tuple(document["tags"]),
        ran=None if document["ran"] is None else read_time(document["ran"]),
        created=read_time(document["created"]),
        updated=read_time(document["updated"]),
        ran_in=tuple((folder, read_time(at)) for folder, at in document.get("ran_in", {}).items()),
    )


def correction_of(document: Document) -> Correction:
    """Read a correction of a name."""
    article = document["article"]
    return Correction(
        id=CorrectionId(document["id"]),
        kind=CorrectionKind(document["kind"]),
        scope=Scope(document["scope"]),
        surface=document["surface"],
        old_label=document["old_label"],
        label=document["label"],
        article=None if article is None else DocumentId(article),
        anchor=read_anchor(document["anchor"]),
        extent=read_anchor(document["extent"]),
        created=read_time(document["created"]),
        n=document["n"],
        lost=document["lost"],
    )


def decision_of(document: Document) -> Decision:
    """Read what was decided about two entities."""
    return Decision(
        verdict=Verdict(document["verdict"]),
        key=EntityKey(document["key"]),
        into=EntityKey(document["into"]),
        key_name=document["key_name"],
        into_name=document["into_name"],
        decided=read_time(document["decided"]),
    )


def entity_of(document: Document) -> EntityRecord:
    """Read what was added to an entity."""
    return EntityRecord(
        key=EntityKey(document["id"]),
        name=document["name"],
        kind=document["kind"],
        tags=tuple(document["tags"]),
        body=document["body"],
        revision=document["revision"],
        updated=read_time(document["updated"]),
    )


def name_draft_of(document: Document) -> NameDraft:
    """Read a draft of the note on an entity."""
    return NameDraft(
        key=EntityKey(document["key"]),
        body=document["body"],
        base_revision=document["revision"],
        at=read_time(document["at"]),
        id=document["id"],
    )


def entry_of(document: Document) -> UndoEntry:
    """Read a step of the undo list."""
    return UndoEntry(
        id=document["id"],
        sentence=document["sentence"],
        at=read_time(document["at"]),
        session=document["session"],
        undone=document["undone"] > 0,
        articles=touched_by(document["changes"]),
        document=_only_article(document["changes"]),
    )


def touched_by(deltas: Iterable[Mapping[str, Any]]) -> int:
    """Count the articles, notes, corrections and names that a step of the undo list touches."""
    touched: set[str] = set()
    for delta in deltas:
        for bearers in ("articles", "notes"):
            touched.update(delta.get(bearers, ()))
        touched.update(delta[one] for one in ("note", "correction", "decision", "entity") if one in delta)
    return len(touched)


def _only_article(deltas: Iterable[Mapping[str, Any]]) -> DocumentId | None:
    """Return the one article that a step is about; None for several, and where only the note is known."""
    found: set[str] = set()
    for delta in deltas:
        if "note" in delta or "correction" in delta:
            sides = (side for side in (delta["old"], delta["new"]) if side is not None)
            found.update(side["article"] for side in sides if side["article"] is not None)
        found.update(delta.get("articles", ()))
        if len(found) > 1 or "notes" in delta:
            return None
    return DocumentId(found.pop()) if found else None
