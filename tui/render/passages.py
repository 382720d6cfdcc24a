"""A stretch of an article as it is read. Pure."""

from __future__ import annotations

from store.article import Article, Block, BlockKind


def as_seen(article: Article, text: str, start: int, end: int) -> str:
    """Return a stretch as it is read: lines run on, blocks apart. `text` is the article's text made safe."""
    parts: list[str] = []
    before: BlockKind | None = None
    for block in article.blocks or (Block(BlockKind.PARAGRAPH, 0, len(text)),):
        part = text[max(start, block.start) : min(end, block.end)]
        part = part.strip("\n") if block.kind is BlockKind.CODE else " ".join(part.split())
        if block.end <= start or block.start >= end or not part.strip():
            continue
        close = before is not None and block.kind is before and before in (BlockKind.LIST_ITEM, BlockKind.BYLINE)
        parts += ["\n" if close else "\n\n", part] if before else [part]
        before = block.kind
    return "".join(parts)
