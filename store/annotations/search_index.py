"""The saved searches, kept ready. Only the writer's thread changes it; what other threads get is frozen."""

from __future__ import annotations

from store.annotations.documents import Document, search_of
from store.annotations.search_records import Search
from store.annotations.tags import folded


class SearchIndex:
    """All saved searches."""

    def __init__(self) -> None:
        self.changes = 0
        """Grows with every search that is made, changed or deleted, by whichever session."""
        self._searches: dict[str, Search] = {}

    def take(self, before: Document | None, after: Document | None) -> None:
        """Follow a search that changed."""
        if before is not None:
            self._searches.pop(before["id"], None)
        if after is not None:
            self._searches[after["id"]] = search_of(after)
        self.changes += 1

    def listed(self) -> list[Search]:
        """Return the searches by name."""
        return sorted(list(self._searches.values()), key=lambda search: folded(search.name))
