"""Articles to be written into an index."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from store.article import Article, Block, BlockKind, Problem, Source
from store.catalog.articles import CatalogReader
from store.catalog.writer import CatalogWriter


def kind_of(label: str) -> str:
    return {"PERSON": "person", "GPE": "place"}.get(label, "other")


def article(text: str, title: str = "", *, published: date | None = None, member: str = "") -> Article:
    blocks = (Block(BlockKind.PARAGRAPH, 0, len(text)),)
    return Article(title or text[:20], text, blocks, published=published, member=member)


def put(writer: CatalogWriter, where: str, *items: Article | Problem, stamp: str = "1") -> None:
    """Write a file's articles, and commit."""
    writer.put_file(where, stamp, items)
    writer.commit()


def texts(path: Path) -> dict[str, list[Source]]:
    """Return the texts of an index, each with its places."""
    reader = CatalogReader(path)
    found = {}
    for row in reader.first_page():
        stored = reader.article(row.key)
        assert stored is not None
        found[stored.article.text] = list(stored.sources)
    reader.close()
    return found
