"""One change on its way: the documents it reads and writes, and what it takes to undo it.

A piece of work lives as long as a transaction. It sees what it has itself written.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cached_property
from typing import Any

from store.annotations.base_file import META, META_KEY
from store.annotations.documents import (
    ARTICLES,
    ENTITIES,
    NAME_DRAFTS,
    NOTES,
    TAGS,
    UNDO,
    Document,
    key_for,
    later,
    read_sources,
    stored_sources,
    stored_time,
)
from store.annotations.index import Index
from store.annotations.records import Target
from store.annotations.storage import Transaction
from store.annotations.tags import folded, is_within, normal
from store.article import ArticleId, EntityKey

Delta = dict[str, Any]
"""One kind of thing done to some documents, as the undo table keeps it; `undo.py` plays it both ways."""


class Work:
    """What a change does, under the lock."""

    def __init__(
        self,
        changes: Transaction,
        index: Index,
        *,
        session: str,
        now: datetime,
        is_live: Callable[[ArticleId], bool],
    ) -> None:
        self.session = session
        self.now = stored_time(now)
        self.number: int = (changes.get(META, META_KEY) or {}).get("sequence", 0) + 1
        """Orders all changes, whatever the clocks say."""
        self.deltas: list[Delta] = []
        self._changes = changes
        self._index = index
        self.is_live = is_live
        self._begun: dict[str, str] = {}
        self._keys: dict[tuple[str, str], str] = {}

    # ---- documents by their own ids ------------------------------------------------------------------------
    def get(self, table: str, identity: str) -> Document | None:
        """Return a document, not to be changed in place."""
        return self._changes.get(table, self._key(table, identity))

    def put(self, table: str, identity: str, document: Document | None) -> None:
        """Put a document in its place; None removes it."""
        self._changes.put(table, self._key(table, identity), document)

    def documents(self, table: str) -> list[Document]:
        """Return all documents of a table."""
        found = (self._changes.get(table, key) for key in self._changes.keys(table))
        return [one for one in found if one is not None]

    def _key(self, table: str, identity: str) -> str:
        known = self._index.keys[table].get(identity) or self._keys.get((table, identity))
        if known is not None:
            return known
        key = key_for(identity)
        # Two ids may share 52 bits, once in a very long while: the later one moves up.
        while (other := self._changes.get(table, key)) is not None and other.get("id") != identity:
            key = str(int(key) + 1)
        self._keys[table, identity] = key
        return key

    # ---- articles ------------------------------------------------------------------------------------------
    def find(self, target: Target) -> Document | None:
        """Return the document that bears an article's annotations: by its text, else by a source of its own.

        A source claims a document only when the text that it bore is no longer anywhere.
        """
        known = self._index.documents.get(target.id) or self._begun.get(target.id)
        if known is not None:
            return self.get(ARTICLES, known)
        for place in stored_sources(target.sources):
            for one in reversed(self._index.by_place.get((place["path"], place["member"]), ())):
                document = self.get(ARTICLES, one)
                if document is not None and not self.is_live(document["text_hash"]):
                    return document
        return None

    def begin(self, target: Target) -> Document:
        """Return a new document for an article; it is stored when it is put."""
        identity: str = target.id
        while self.get(ARTICLES, identity) is not None:
            identity = hashlib.sha256(f"{identity} again".encode()).hexdigest()[:32]
        self._begun[target.id] = identity
        return {
            "id": identity,
            "text_hash": target.id,
            "title": clean(target.title),
            "sources": stored_sources(target.sources),
            "tags": [],
            "star": False,
            "read": False,
            "position": 0,
            "created": self.now,
            "updated": self.now,
            "from": [],
            "published": None,
            "changed": None,
        }

    def write(self, document: Document, target: Target | None = None, **fields: Any) -> None:
        """Store an article document with some fields changed, and with what is now known of the article."""
        changed = {**document, **fields, "updated": later(document["created"], self.now)}
        if target is not None:
            changed["text_hash"] = target.id
            changed["title"] = clean(target.title) or document["title"]
            changed["sources"] = self._places(document, target)
            self._begun[target.id] = document["id"]
        self.put(ARTICLES, document["id"], changed)

    def _places(self, document: Document, target: Target) -> list[dict[str, str]]:
        """Return where the article is now; of its former places only those where a file still stands.

        An old place without a file must not claim these annotations for whatever is put there next.
        """
        now = stored_sources(target.sources)
        if not now:
            return list(document["sources"])
        former = [one for one in document["sources"] if one not in now]
        kept = [one for one, source in zip(former, read_sources(former), strict=True) if os.path.lexists(source.path)]
        return now + kept

    # ---- tags ----------------------------------------------------------------------------------------------
    def spelling(self, tag: str) -> str:
        """Return a tag as it is written here already, else as it is given.

        Raises:
            UsageError: it cannot be a tag.
        """
        name = normal(tag)
        known = self._index.tags.uses.get(folded(name))
        return known.name if known is not None and known.in_use else name

    def spellings(self, tags: Iterable[str]) -> list[str]:
        """Return tags as they are written here already, each once.

        Raises:
            UsageError: one of them cannot be a tag.
        """
        found: dict[str, str] = {}
        for tag in tags:
            found.setdefault(folded(normal(tag)), self.spelling(tag))
        return list(found.values())

    def tags_within(self, top: str) -> list[str]:
        """Return the tags in use that are this one or below it, as they are written here."""
        return [use.name for use in self._index.tags.uses.values() if use.in_use and is_within(use.name, top)]

    def use_tag(self, name: str, at: str = "") -> None:
        """Note that a tag was used just now, or at another time, in this spelling."""
        row = self.tag_row(name)
        self.put(TAGS, row["id"], {**row, "name": name, "used": at or self.now})

    def tag_row(self, name: str) -> Document:
        """Return what is kept of a tag by itself; a fresh row when that is nothing yet."""
        identity = folded(name)
        fresh = {"id": identity, "name": name, "digit": None, "used": self.now}
        return self.get(TAGS, identity) or fresh

    def on_digit(self, digit: int) -> Document | None:
        """Return the row of the tag on a number key."""
        rows = (self._changes.get(TAGS, key) for key in self._changes.keys(TAGS))
        return next((row for row in rows if row is not None and row["digit"] == digit), None)

    def documents_within(self, table: str, top: str) -> list[Document]:
        """Return the articles, notes or entities that bear a tag or one below it, as they were before this change.

        Looks at one after the other, those changed last first, until it has as many as there are.
        """
        left = self._index.tags.within(top)[(ARTICLES, NOTES, ENTITIES).index(table)]
        outer = folded(top)
        below = f"{outer}/"
        found: list[Document] = []
        for identity in reversed(self._index.keys[table]):
            if len(found) == left:
                break
            document = self.get(table, identity)
            tags = map(folded, document["tags"]) if document is not None else ()
            if document is not None and any(tag == outer or tag.startswith(below) for tag in tags):
                found.append(document)
        return found

    # ---- entities ------------------------------------------------------------------------------------------
    @cached_property
    def last_revisions(self) -> dict[EntityKey, int]:
        """The last revision that the note of an entity is known to have had, also where nothing is kept of it now.

        A new note goes on counting from there: what was being written on a text that is gone must not pass as current.
        """
        found: dict[EntityKey, int] = {}
        for step in self.documents(UNDO):
            for delta in step["changes"]:
                if delta["do"] == "entity":
                    sides = (side for side in (delta["old"], delta["new"]) if side is not None)
                    for revision in (side["revision"] for side in sides):
                        found[delta["entity"]] = max(found.get(delta["entity"], 0), revision)
        for draft in self.documents(NAME_DRAFTS):
            found[draft["key"]] = max(found.get(draft["key"], 0), draft["revision"])
        return found

    # ---- notes ---------------------------------------------------------------------------------------------
    def notes_of(self, document: str) -> list[Document]:
        """Return the notes of an article as they were before this change."""
        return list(self._index.note_documents.get(document, {}).values())

    def corrections_of(self, document: str) -> list[Document]:
        """Return the corrections of names in an article as they were before this change, oldest first."""
        return sorted(self._index.names.documents.get(document, {}).values(), key=lambda one: one["n"])

    def new_id(self) -> str:
        """Return an id that nothing bears."""
        return os.urandom(8).hex()

    def write_note(self, document: Document | None, old: Document | None) -> None:
        """Store a note, or remove one, as something that can be undone."""
        bearer = document if document is not None else old
        if bearer is not None:
            self.put(NOTES, bearer["id"], document)
            self.deltas.append({"do": "note", "note": bearer["id"], "old": old, "new": document})


def clean(title: str) -> str:
    """Return a title that every reader of JSON accepts."""
    return title.encode("utf-8", "replace").decode("utf-8")
