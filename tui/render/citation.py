"""An article as one cites it. Pure."""

from __future__ import annotations

from store.article import StoredArticle
from tui.render.list_row import long_date
from tui.render.safe import safe


def citation(stored: StoredArticle) -> str:
    """Write byline, title, date and place on one line."""
    article = stored.article
    where = article.url or (stored.sources[0].path if stored.sources else "")
    parts = [
        article.byline,
        f"“{article.title}”",
        long_date(article.published) if article.published else "",
        where,
    ]
    # A file may be called anything, and a citation is pasted into a shell.
    return safe(". ".join(part for part in parts if part) + ".")
