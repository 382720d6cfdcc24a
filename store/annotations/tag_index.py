"""What is known of the tags, kept ready: how often each is used, by itself and with what stands below it.

Only the writer's thread changes it; what other threads get is frozen, or a number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime

from store.annotations.documents import Document, read_time
from store.annotations.tag_records import TagOrder, TagReach, TagUse
from store.annotations.tag_tree import TagBranch, tree
from store.annotations.tags import folded, is_within, tops

_NEVER = datetime.min.replace(tzinfo=UTC)


class TagIndex:
    """Counts of the tags, kept up with every article, note, entity and tag row that changes."""

    def __init__(self) -> None:
        self.uses: dict[str, TagUse] = {}
        """By folded name; also of tags that are no longer in use."""
        self.digits: dict[int, str] = {}
        """The tags on number keys. Replaced, never changed in place."""
        self.changes = 0
        """Grows with every change to what is known here."""
        self._articles: Counter[str] = Counter()
        self._notes: Counter[str] = Counter()
        self._entities: Counter[str] = Counter()
        self._articles_within: Counter[str] = Counter()
        self._notes_within: Counter[str] = Counter()
        self._entities_within: Counter[str] = Counter()
        self._spelling: dict[str, str] = {}
        self._rows: dict[str, Document] = {}
        self._touched: set[str] = set()
        self._digits_touched = False

    def article(self, before: Document | None, after: Document | None) -> None:
        """Follow an article's tags."""
        self._count(self._articles, self._articles_within, before, after)

    def note(self, before: Document | None, after: Document | None) -> None:
        """Follow a note's tags."""
        self._count(self._notes, self._notes_within, before, after)

    def entity(self, before: Document | None, after: Document | None) -> None:
        """Follow an entity's tags."""
        self._count(self._entities, self._entities_within, before, after)

    def row(self, before: Document | None, after: Document | None) -> None:
        """Follow what is kept of a tag by itself."""
        for document, there in ((before, False), (after, True)):
            if document is not None:
                self._touched.add(document["id"])
                if there:
                    self._rows[document["id"]] = document
                else:
                    self._rows.pop(document["id"], None)
        if any(document is not None and document["digit"] is not None for document in (before, after)):
            self._digits_touched = True

    def publish(self) -> None:
        """Make known what was followed since the last time."""
        if not self._touched:
            return
        self.changes += 1
        for tag in self._touched:
            self._publish(tag)
        self._touched.clear()
        if self._digits_touched:
            self._digits_touched = False
            self.digits = {row["digit"]: row["name"] for row in self._rows.values() if row["digit"] is not None}

    def within(self, top: str) -> tuple[int, int, int]:
        """Return how many articles, notes and entities bear a tag or one below it, each once. For any thread."""
        tag = folded(top)
        return self._articles_within.get(tag, 0), self._notes_within.get(tag, 0), self._entities_within.get(tag, 0)

    def in_use(self) -> list[TagUse]:
        """Return the tags in use or on a number key, most recently used first. For any thread."""
        uses = [use for use in list(self.uses.values()) if use.in_use]
        uses.sort(key=lambda use: use.name)
        uses.sort(key=lambda use: use.last_used or _NEVER, reverse=True)
        return uses

    def tree(self, order: TagOrder = TagOrder.NAME) -> list[TagBranch]:
        """Return the tags in use as a tree, each followed by those below it. For any thread."""
        return tree(self.in_use(), self.within, order)

    def reach(self, top: str) -> TagReach:
        """Return what renaming or deleting a tag would touch. For any thread."""
        articles, notes, entities = self.within(top)
        names = [use.name for use in list(self.uses.values()) if use.in_use and is_within(use.name, top)]
        below = tuple(sorted(name for name in names if folded(name) != folded(top)))
        return TagReach(articles, notes, below, entities)

    def _count(
        self, own: Counter[str], within: Counter[str], before: Document | None, after: Document | None
    ) -> None:
        old: Sequence[str] = before["tags"] if before is not None else ()
        new: Sequence[str] = after["tags"] if after is not None else ()
        if old == new:
            return
        for tags, step in ((old, -1), (new, 1)):
            for name in tags:
                own[folded(name)] += step
                self._spelling.setdefault(folded(name), name)
                self._touched.add(folded(name))
            for top in tops(tuple(tags)):
                within[top] += step
                if not within[top]:
                    del within[top]

    def _publish(self, tag: str) -> None:
        row = self._rows.get(tag)
        articles, notes, entities = self._articles[tag], self._notes[tag], self._entities[tag]
        if not articles and not notes and not entities:
            for counts in (self._articles, self._notes, self._entities):
                counts.pop(tag, None)
            if row is None:
                self.uses.pop(tag, None)
                self._spelling.pop(tag, None)
                return
        name = row["name"] if row is not None else self._spelling[tag]
        used = read_time(row["used"]) if row is not None else None
        self.uses[tag] = TagUse(name, articles, used, row["digit"] if row is not None else None, notes, entities)
