"""What is being read, and where one came from."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from store.article import ArticleId, Mention, StoredArticle
from store.errors import NotFoundError
from store.library import Library, Target
from store.record import Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.links import Link
    from tui.screens.names.page_parts import View


class Place(Record):
    """Where the reader was: enough to come back."""

    article: ArticleId
    position: int
    in_reader: bool
    page: View | None = None
    """The page of a name that the article was opened from: it is what one comes back to."""


class Opened(Struct):
    """The article on screen, and what has been done with it."""

    stored: StoredArticle
    deliberately: bool = False
    """Opened by key, not only previewed: it can become read, and its place is kept."""
    since: float = 0.0
    """Monotonic time at which it was opened."""
    reached_end: bool = False
    sent: tuple[Mention, ...] = ()
    """Its names as the indexer sent them, as long as the index may not have them."""
    links: Sequence[Link] | None = None
    """Its links by their places in the text, once they were looked for."""
    dated: date | None = None
    """The publication date set by hand that it is shown with."""

    def target(self, library: Library) -> Target:
        """Return the article as changes name it, also when it has left the library since it was opened."""
        try:
            return library.target(self.stored.key)
        except NotFoundError:
            return Target(self.stored.article.id, self.stored.article.title, self.stored.sources)
