"""What is being read, and where one came from."""

from __future__ import annotations

from dataclasses import dataclass

from store.article import ArticleId, StoredArticle


@dataclass(frozen=True, slots=True)
class Place:
    """Where the reader was: enough to come back."""

    article: ArticleId
    position: int
    in_reader: bool


@dataclass(slots=True)
class Opened:
    """The article on screen, and what has been done with it."""

    stored: StoredArticle
    deliberately: bool = False
    """Opened by key, not only previewed: it can become read, and its place is kept."""
    since: float = 0.0
    """Monotonic time at which it was opened."""
    reached_end: bool = False
