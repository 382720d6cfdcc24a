"""The links of an article: addresses in its text, and those that its file has behind words. Blocks: for a thread."""

from __future__ import annotations

from pathlib import Path

from store.article import Article, StoredArticle
from store.hrefs import MOST_READ, SUFFIXES, hrefs_in
from store.links import Link, links_in


def links_of(stored: StoredArticle) -> tuple[Link, ...]:
    """Return the links of an article by their places in its text; a file that cannot be read has none behind words."""
    article = stored.article
    found = {(link.start, link.end): link for link in _behind_words(stored)}
    # An address that stands in the text is what it says, whatever is behind it.
    found |= {(link.start, link.end): link for link in links_in(article.text)}
    return tuple(found[place] for place in sorted(found))


def _behind_words(stored: StoredArticle) -> list[Link]:
    for source in stored.sources:
        kind = SUFFIXES.get(Path(source.path).suffix.lower())
        if kind is None or source.member:
            continue
        try:
            with Path(source.path).open("rb") as file:
                raw = file.read(MOST_READ)
        except OSError:
            # It has gone since it was read; what it wrote behind words went with it.
            continue
        return list(hrefs_in(_decoded(raw, stored.article), stored.article.text, kind, stored.article.url))
    return []


def _decoded(raw: bytes, article: Article) -> str:
    try:
        return raw.decode(article.encoding.rstrip("?") or "utf-8", "replace")
    except LookupError:
        return raw.decode("utf-8", "replace")
