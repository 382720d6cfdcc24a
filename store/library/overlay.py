"""Changes that are shown already and still being saved."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

from store.annotations.records import Change, DeleteTag, Marks, Read, RenameTag, SetPublished, Star, Tag, Target
from store.article import ArticleId

Preview = Callable[[Marks, Change, ArticleId], Marks]
"""What an article's marks will be once a change is saved."""


_MANY = 1_000
"""Articles of a change that are kept together."""


class Overlay:
    """Pending changes, in the order they were made; looking marks up costs as much as changes touch them.

    The writer's thread takes changes out while the event loop puts them in and looks.
    """

    def __init__(self, preview: Preview) -> None:
        self._preview = preview
        self._lock = Lock()
        self._at: dict[ArticleId, list[tuple[int, Change]]] = {}
        self._everywhere: list[tuple[int, Change]] = []
        self._wide: list[tuple[int, Change, frozenset[ArticleId]]] = []
        self._last = 0

    def add(self, change: Change) -> int:
        """Show a change from now on; returns what `drop` takes it away by."""
        articles = touched(change)
        with self._lock:
            self._last += 1
            entry = (self._last, change)
            if isinstance(change, RenameTag | DeleteTag):
                self._everywhere.append(entry)
            if len(articles) > _MANY:
                # An entry for each would keep the lock, and with it the screen, for a tenth of a second.
                self._wide.append((self._last, change, articles))
            else:
                for article in articles:
                    self._at.setdefault(article, []).append(entry)
            return self._last

    def drop(self, number: int, change: Change) -> None:
        """Stop showing a change: it was saved and is in the marks, or it was not saved and never happened."""
        with self._lock:
            self._everywhere = [entry for entry in self._everywhere if entry[0] != number]
            wide = [entry for entry in self._wide if entry[0] != number]
            if len(wide) < len(self._wide):
                self._wide = wide
                return
            for article in touched(change):
                left = [entry for entry in self._at.get(article, ()) if entry[0] != number]
                if left:
                    self._at[article] = left
                else:
                    self._at.pop(article, None)

    def over(self, article: ArticleId, marks: Marks) -> Marks:
        """Return saved marks with the pending changes applied."""
        if not self._at and not self._everywhere and not self._wide:
            return marks
        with self._lock:
            wide = [(number, change) for number, change, articles in self._wide if article in articles]
            entries = sorted([*self._at.get(article, ()), *self._everywhere, *wide], key=lambda entry: entry[0])
        for _, change in entries:
            marks = self._preview(marks, _for_one(change, article), article)
        return marks


def _for_one(change: Change, article: ArticleId) -> Change:
    """Return what a change means for one article: looking for it among 100,000 would cost each row of the list."""
    if isinstance(change, Tag | Star | Read | SetPublished):
        return change.replace(targets=(Target(article),))
    return change


def touched(change: Change) -> frozenset[ArticleId]:
    """Return the articles that a change names."""
    targets = getattr(change, "targets", None)
    if targets is None:
        target = getattr(change, "target", None)
        targets = () if target is None else (target,)
    return frozenset(target.id for target in targets)
