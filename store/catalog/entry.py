"""An article as the index takes it in: all of it that can be worked out without the index. Pure.

Whoever reads a file makes entries of what it holds, in whichever process; the index's writer only puts them in.
"""

from __future__ import annotations

import json

from store.article import Article, ArticleId
from store.catalog.signature import signature
from store.paths import storable
from store.record import Record


class Entry(Record):
    """What the index keeps of an article at one place. Every string can be stored: it holds no surrogates."""

    id: ArticleId
    member: str
    """As it is stored."""
    raw: int
    title: str
    text: str
    blocks: str
    """JSON [[kind, start, end, level], ...]."""
    byline: str
    published: str
    """YYYY-MM-DD, or empty."""
    declared: str
    """The language that its file says it is in."""
    url: str
    encoding: str
    words: int
    retrieved: str
    language: str
    """The language that it is believed to be in."""
    judged: int
    """The version of the detector that has looked at its language; 0: none has."""
    signature: bytes
    """Of store.catalog.signature."""


def entry_of(article: Article) -> Entry:
    """Make an entry of an article.

    Raises:
        UnicodeEncodeError: it holds characters that are none.
    """
    member = storable(article.member)
    for part in (member, article.title, article.text, article.byline, article.language, article.url):
        part.encode()
    blocks = [[block.kind.value, block.start, block.end, block.level] for block in article.blocks]
    return Entry(
        id=article.id,
        member=member,
        raw=article.raw,
        title=article.title,
        text=article.text,
        blocks=json.dumps(blocks, separators=(",", ":")),
        byline=article.byline,
        published=article.published.isoformat() if article.published else "",
        declared=article.language,
        url=article.url,
        encoding=article.encoding,
        words=article.words,
        retrieved=article.retrieved,
        language=article.language,
        judged=0,
        signature=signature(article.text, article.blocks),
    )
