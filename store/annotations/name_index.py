"""What the user says about names, kept ready. Only the writer's thread changes it; what others get is frozen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from store.annotations.documents import (
    ALIASES,
    CORRECTIONS,
    ENTITIES,
    NAME_DRAFTS,
    Document,
    correction_of,
    decision_of,
    entity_of,
    name_draft_of,
)
from store.annotations.joined_names import joined
from store.annotations.name_records import (
    NO_CORRECTIONS,
    Correction,
    Corrections,
    Decision,
    EntityRecord,
    NameDraft,
    Verdict,
)
from store.article import ArticleId, EntityKey

_NONE: Mapping[EntityKey, EntityKey] = MappingProxyType({})


class NameIndex:
    """Corrections, decisions about entities, and what was added to them."""

    def __init__(self, documents: Mapping[ArticleId, str], texts: Mapping[str, ArticleId]) -> None:
        """`documents` leads from a text to the document that bears its annotations, `texts` back; both are kept up."""
        self._documents = documents
        self._texts = texts
        # For every thread; each is replaced whole.
        self.changes = 0
        """Grows with every correction, decision, tag and note of an entity, by whichever session."""
        self.joined: Mapping[EntityKey, EntityKey] = _NONE
        """Each joined key with the one that it stands for."""
        self.entities: dict[EntityKey, EntityRecord] = {}
        self.drafts: dict[EntityKey, tuple[tuple[str, NameDraft], ...]] = {}
        """Notes being written, each with the session that writes it, newest first."""
        self.writers: tuple[str, frozenset[str]] = ("", frozenset())
        """This session, and the others that are at work on drafts."""
        self._wide: tuple[Correction, ...] = ()
        self._here: dict[str, tuple[Correction, ...]] = {}

        # For the writer's thread.
        self.documents: dict[str, dict[str, Document]] = defaultdict(dict)
        """Corrections of one article, by its document."""
        self._corrections: dict[str, Correction] = {}
        self._decisions: dict[str, Document] = {}
        self.draft_documents: dict[str, dict[str, Document]] = defaultdict(dict)
        """By the key of the entity."""
        self._touched: set[str] = set()
        self._wide_touched = self._joined_touched = self._other = False

    def take(self, table: str, before: Document | None, after: Document | None) -> None:
        """Follow a document of one of the four tables."""
        if table == CORRECTIONS:
            self._correction(before, after)
        elif table == ALIASES:
            if before is not None:
                self._decisions.pop(before["id"], None)
            if after is not None:
                self._decisions[after["id"]] = after
            self._joined_touched = True
        elif table == NAME_DRAFTS:
            self._draft(before, after)
        elif table == ENTITIES:
            if before is not None and after is None:
                self.entities.pop(EntityKey(before["id"]), None)
            if after is not None:
                self.entities[EntityKey(after["id"])] = entity_of(after)
            self._other = True

    def publish(self) -> None:
        """Make known what was followed since the last time."""
        if not (self._touched or self._wide_touched or self._joined_touched or self._other):
            return
        for one in self._touched:
            own = [self._corrections[identity] for identity in self.documents.get(one, ())]
            if own:
                self._here[one] = tuple(sorted(own, key=_order))
            else:
                self._here.pop(one, None)
        if self._wide_touched:
            wide = (one for one in self._corrections.values() if one.article is None)
            self._wide = tuple(sorted(wide, key=_order))
        if self._joined_touched:
            same = {EntityKey(row["key"]): row for row in self._decisions.values() if row["verdict"] == Verdict.SAME}
            self.joined = MappingProxyType(joined(same))
        self._touched.clear()
        self._wide_touched = self._joined_touched = self._other = False
        self.changes += 1

    # ---- for every thread ------------------------------------------------------------------------------------
    def corrections(self) -> list[Correction]:
        """Return all corrections, in the order of their making."""
        return sorted(list(self._corrections.values()), key=_order)

    def corrections_for(self, text: ArticleId) -> Corrections:
        """Return the corrections that concern a text."""
        here = self._here.get(self._documents.get(text, ""), ())
        return Corrections(here, self._wide) if here or self._wide else NO_CORRECTIONS

    def text_of(self, document: str) -> ArticleId | None:
        """Return the text that a document's article has now; None where there is no such document."""
        return self._texts.get(document)

    def decisions(self) -> list[Decision]:
        """Return what was decided about entities, oldest first."""
        return sorted((decision_of(one) for one in list(self._decisions.values())), key=lambda one: one.decided)

    def records(self) -> list[EntityRecord]:
        """Return what was added to entities, by name."""
        return sorted(list(self.entities.values()), key=lambda one: (one.name.casefold(), one.key))

    def draft(self, key: EntityKey) -> NameDraft | None:
        """Return the newest text of a note on an entity being written by this session or an ended one."""
        drafts, (own, others) = self.drafts.get(key, ()), self.writers
        mine = next((draft for session, draft in drafts if session == own), None)
        return mine or next((draft for session, draft in drafts if session not in others), None)

    # ---- inside ----------------------------------------------------------------------------------------------
    def _draft(self, before: Document | None, after: Document | None) -> None:
        """Follow a draft; what is said of names is the same as before."""
        if before is not None:
            self.draft_documents[before["key"]].pop(before["id"], None)
        if after is not None:
            self.draft_documents[after["key"]][after["id"]] = after
        for key in {one["key"] for one in (before, after) if one is not None}:
            found = sorted(self.draft_documents[key].values(), key=lambda draft: -draft["n"])
            if found:
                self.drafts[EntityKey(key)] = tuple((draft["session"], name_draft_of(draft)) for draft in found)
            else:
                self.draft_documents.pop(key)
                self.drafts.pop(EntityKey(key), None)

    def _correction(self, before: Document | None, after: Document | None) -> None:
        for document in (before, after):
            if document is not None and document["article"] is None:
                self._wide_touched = True
            elif document is not None:
                self._touched.add(document["article"])
        if before is not None:
            self._corrections.pop(before["id"], None)
            if before["article"] is not None:
                own = self.documents[before["article"]]
                own.pop(before["id"], None)
                if not own:
                    del self.documents[before["article"]]
        if after is not None:
            self._corrections[after["id"]] = correction_of(after)
            if after["article"] is not None:
                self.documents[after["article"]][after["id"]] = after


def _order(one: Correction) -> tuple[int, datetime, str]:
    # What an import brought bears the number of that one change.
    return one.n, one.created, one.id
