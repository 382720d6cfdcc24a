"""What two annotation files say about names becomes one: corrections, decisions, what was added to entities. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from store.annotations.change_entities import both
from store.annotations.contents import Contents
from store.annotations.documents import ALIASES, CORRECTIONS, ENTITIES, Document, read_time
from store.annotations.joined_names import final
from store.annotations.name_records import Verdict
from store.article import EntityKey

TextHere = Callable[[str], tuple[str, str | None, str | None]]
"""From the id of one of their articles: our id of it, the text that it has there, the text that it has here."""


class NameJoining:
    """Finds what our file lacks of what theirs says about names."""

    def __init__(
        self,
        ours: Contents,
        theirs: Contents,
        text_here: TextHere,
        united: Callable[[Iterable[str], Iterable[str]], list[str]],
    ) -> None:
        """`united` joins two lists of tags."""
        self._ours = ours
        self._theirs = theirs
        self._text_here = text_here
        self._united = united
        self.corrections = self.decisions = self.entities = 0

    def joined(self) -> dict[tuple[str, str], Document]:
        """Return the documents that are new or other, by table and id."""
        found: dict[tuple[str, str], Document] = {}
        for their in sorted(self._theirs.corrections.values(), key=lambda one: (one["n"], one["id"])):
            if their["id"] not in self._ours.corrections:
                found[CORRECTIONS, their["id"]] = self._correction(their)
        self.corrections = len(found)
        found |= self._decisions()
        for their in self._theirs.entities.values():
            after = self._entity(their, self._ours.entities.get(their["id"]))
            if after is not None:
                found[ENTITIES, their["id"]] = after
                self.entities += 1
        return found

    def _correction(self, their: Document) -> Document:
        if their["article"] is None:
            return their
        identity, theirs, ours = self._text_here(their["article"])
        here = {**their, "article": identity}
        if theirs is None or ours is None or theirs == ours:
            return here
        # Its places are in their text, and are looked for in ours.
        return {**here, "lost": True, "text": theirs}

    def _decisions(self) -> dict[tuple[str, str], Document]:
        found: dict[tuple[str, str], Document] = {}
        ours = self._ours.decisions
        rows: dict[EntityKey, Document] = {
            EntityKey(row["key"]): row for row in ours.values() if row["verdict"] == Verdict.SAME
        }
        for their in sorted(self._theirs.decisions.values(), key=lambda one: (one["decided"], one["id"])):
            our = ours.get(their["id"])
            if our is not None and (our == their or read_time(their["decided"]) <= read_time(our["decided"])):
                continue
            if their["verdict"] == Verdict.SAME:
                left = {key: row for key, row in rows.items() if key != their["key"]}
                if final(left, EntityKey(their["into"])) == their["key"]:
                    continue  # Here it is the other way round, which comes to the same.
                rows = {**left, EntityKey(their["key"]): their}
            found[ALIASES, their["id"]] = their
            self.decisions += 1
        return found

    def _entity(self, their: Document, our: Document | None) -> Document | None:
        """Return what is kept of an entity once theirs is added; None where that is what is here."""
        if our is None:
            return {**their, "tags": self._united([], their["tags"])}
        tags = self._united(our["tags"], their["tags"])
        body = _joint(our, their)
        if tags == our["tags"] and body == our["body"]:
            return None
        revision = max(our["revision"], their["revision"])
        # A revision is one text: what is being written on either note was not begun on another.
        revision += any(one["revision"] == revision and one["body"] != body for one in (our, their))
        updated = max(our["updated"], their["updated"], key=read_time)
        return {**our, "tags": tags, "body": body, "revision": revision, "updated": updated}


def _joint(our: Mapping[str, str], their: Mapping[str, str]) -> str:
    """Return a note that says what both say; what one holds already is not said twice."""
    mine, other = our["body"], their["body"]
    if not other or other in mine:
        return mine
    if not mine or mine in other:
        return other
    return both(mine, other, their["updated"])
