"""How records are written in the annotation file, and back. Pure.

The file is for its owner's eyes too: whole words, one document a thing, times as ISO 8601 in UTC.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from store.annotations.records import Anchor, DocumentId, Draft, Note, NoteId, UndoEntry
from store.article import ArticleId, Source
from store.paths import openable, storable

Document = Mapping[str, Any]

ARTICLES, NOTES, DRAFTS, TAGS, UNDO = "articles", "notes", "drafts", "tags", "undo"
CORRECTIONS, ALIASES, SEARCHES = "corrections", "aliases", "searches"


def key_for(identity: str) -> str:
    """Return the TinyDB document id of something, the same in every session: 52 bits of its hash."""
    return str(int(hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:13], 16))


# ---- what a document must be -------------------------------------------------------------------------------
def _text(value: object) -> bool:
    return type(value) is str


def _flag(value: object) -> bool:
    return type(value) is bool


def _count(value: object) -> bool:
    return type(value) is int and value >= 0


def _texts(value: object) -> bool:
    return type(value) is list and all(type(one) is str for one in value)


def _time(value: object) -> bool:
    if type(value) is not str:
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def _text_or_none(value: object) -> bool:
    return value is None or type(value) is str


def _sources(value: object) -> bool:
    return type(value) is list and all(
        type(one) is dict and _text(one.get("path")) and _text(one.get("member", "")) for one in value
    )


def _anchor(value: object) -> bool:
    return value is None or (
        type(value) is dict
        and all(_text(value.get(name)) for name in ("quote", "prefix", "suffix"))
        and all(_count(value.get(name)) for name in ("start", "end"))
    )


def _digit(value: object) -> bool:
    return value is None or (type(value) is int and 1 <= value <= 9)


def _places(value: object) -> bool:
    return type(value) is dict and all(type(at) is int for at in value.values())


def _note_or_none(value: object) -> bool:
    return value is None or (type(value) is dict and not wrong(NOTES, value))


_DELTAS: dict[str, dict[str, Callable[[object], bool]]] = {
    "tag": {"tag": _text, "on": _flag, "articles": _places},
    "note tag": {"tag": _text, "on": _flag, "notes": _places},
    "star": {"on": _flag, "articles": _texts},
    "read": {"on": _flag, "articles": _texts},
    "note": {"note": _text, "old": _note_or_none, "new": _note_or_none},
    "digit": {"digit": _digit, "old": _text_or_none, "new": _text_or_none},
}


def _deltas(value: object) -> bool:
    return type(value) is list and all(
        type(one) is dict
        and type(one.get("do")) is str
        and one["do"] in _DELTAS
        and all(name in one and right(one[name]) for name, right in _DELTAS[one["do"]].items())
        for one in value
    )


_FIELDS: dict[str, tuple[tuple[str, Callable[[object], bool]], ...]] = {
    ARTICLES: (
        ("id", _text),
        ("text_hash", _text),
        ("title", _text),
        ("sources", _sources),
        ("tags", _texts),
        ("star", _flag),
        ("read", _flag),
        ("position", _count),
        ("created", _time),
        ("updated", _time),
        ("from", _texts),
    ),
    NOTES: (
        ("id", _text),
        ("article", _text),
        ("body", _text),
        ("anchor", _anchor),
        ("tags", _texts),
        ("conflict_of", _text_or_none),
        ("revision", _count),
        ("n", _count),
        ("created", _time),
        ("updated", _time),
    ),
    DRAFTS: (
        ("id", _text),
        ("article", _text),
        ("note", _text_or_none),
        ("body", _text),
        ("session", _text),
        ("n", _count),
        ("at", _time),
    ),
    TAGS: (("id", _text), ("name", _text), ("digit", _digit), ("used", _time)),
    UNDO: (
        ("id", _text),
        ("n", _count),
        ("at", _time),
        ("session", _text),
        ("sentence", _text),
        ("undone", _count),
        ("undone_by", _text),
        ("changes", _deltas),
    ),
}


def wrong(table: str, document: Document) -> str:
    """Say what is wrong with a document of one of our tables; empty when nothing is."""
    for name, right in _FIELDS.get(table, ()):
        if name not in document or not right(document[name]):
            return f"has no valid {name!r}"
    return ""


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


def note_of(document: Document) -> Note:
    """Read a note."""
    anchor = document["anchor"]
    conflict = document["conflict_of"]
    return Note(
        id=NoteId(document["id"]),
        article=DocumentId(document["article"]),
        body=document["body"],
        created=read_time(document["created"]),
        updated=read_time(document["updated"]),
        revision=document["revision"],
        tags=tuple(document["tags"]),
        anchor=None
        if anchor is None
        else Anchor(anchor["quote"], anchor["prefix"], anchor["suffix"], anchor["start"], anchor["end"]),
        conflict_of=None if conflict is None else NoteId(conflict),
    )


def draft_of(document: Document, article: ArticleId) -> Draft:
    """Read a draft."""
    note = document["note"]
    return Draft(
        article=article,
        note=None if note is None else NoteId(note),
        body=document["body"],
        at=read_time(document["at"]),
    )


def entry_of(document: Document) -> UndoEntry:
    """Read a step of the undo list."""
    return UndoEntry(
        id=document["id"],
        sentence=document["sentence"],
        at=read_time(document["at"]),
        session=document["session"],
        undone=document["undone"] > 0,
    )
