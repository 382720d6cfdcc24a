"""Reads along what the user says about names, in a process that never writes it: the indexer.

Only what concerns corrections is held, since an annotation file may have 100,000 articles.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from store.annotations.base_file import META
from store.annotations.documents import ARTICLES, CORRECTIONS, Document
from store.annotations.following import FollowingStorage
from store.annotations.name_index import NameIndex
from store.annotations.name_records import Correction, Corrections
from store.annotations.storage import Edit
from store.article import ArticleId


class NameFollower(FollowingStorage):
    """The corrections in an annotation file. Two stats when nothing has happened; for one thread."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._documents: dict[ArticleId, str] = {}
        self._texts: dict[str, ArticleId] = {}
        self._since: dict[str, str] = {}
        self._sharing: dict[ArticleId, set[str]] = {}
        self._names = NameIndex(self._documents, self._texts)

    def look(self) -> bool:
        """Take in what was changed; returns whether corrections, or the texts they are about, may be others.

        Raises:
            AnnotationsError: the file cannot be read now; what was read before stays.
        """
        before = self._names.changes
        moved = False
        for edit in self.refresh():
            if edit.table == ARTICLES:
                moved |= self._article(edit.before, edit.after)
            elif edit.table == CORRECTIONS:
                self._names.take(CORRECTIONS, edit.before, edit.after)
        self._names.publish()
        return moved or self._names.changes > before

    def corrections(self) -> list[Correction]:
        """Return all corrections, in the order of their making."""
        return self._names.corrections()

    def corrections_for(self, text: ArticleId) -> Corrections:
        """Return the corrections that concern a text."""
        return self._names.corrections_for(text)

    def text_of(self, document: str) -> ArticleId | None:
        """Return the text that an annotated article has now."""
        return self._texts.get(document)

    # ---- inside ----------------------------------------------------------------------------------------------
    def _article(self, before: Document | None, after: Document | None) -> bool:
        """Follow which text an annotated article has; says whether that is another one now."""
        old = before["text_hash"] if before is not None else None
        new = after["text_hash"] if after is not None else None
        if old == new:
            return False
        for document, text in ((before, old), (after, new)):
            if document is None or text is None:
                continue
            identity = document["id"]
            sharing = self._sharing.setdefault(text, set())
            if document is after:
                sharing.add(identity)
                self._texts[identity], self._since[identity] = text, document["created"]
            else:
                sharing.discard(identity)
                self._texts.pop(identity, None)
            if sharing:
                # As everywhere: the oldest speaks for a text that several have come to bear.
                self._documents[text] = min(sharing, key=lambda one: (self._since[one], one))
            else:
                self._sharing.pop(text)
                self._documents.pop(text, None)
        return True

    def _load(self) -> list[Edit]:
        edits = super()._load()
        for name, table in self._tables.items():
            if name == ARTICLES:
                for key, document in table.items():
                    if len(document) > len(_KEPT):
                        table[key] = {field: document[field] for field in _KEPT}
            elif name not in (META, CORRECTIONS):
                table.clear()
        return edits

    def _commit(self, edits: Iterable[Edit]) -> None:
        raise NotImplementedError("whoever reads along writes nothing")


_KEPT = ("id", "text_hash", "created")
"""What is held of an article."""
