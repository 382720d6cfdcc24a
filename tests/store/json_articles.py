"""JSON as files, and the articles in it."""

from __future__ import annotations

import io
import json

from store.article import Article, BlockKind, Problem
from store.formats.limits import DEFAULT, Limits
from store.formats.registry import read

LONG = "The ministers met in Tokyo on Monday to talk about the treaty. " * 5


def outcome(data: object, name: str = "a.json", limits: Limits = DEFAULT) -> list[Article | Problem]:
    raw = data if isinstance(data, bytes) else json.dumps(data).encode()
    return list(read(io.BytesIO(raw), "/x/" + name, limits))


def articles(data: object, name: str = "a.json", limits: Limits = DEFAULT) -> list[Article]:
    found = outcome(data, name, limits)
    assert all(isinstance(item, Article) for item in found), found
    return [item for item in found if isinstance(item, Article)]


def lines(*records: object) -> bytes:
    return b"".join((one if isinstance(one, bytes) else json.dumps(one).encode()) + b"\n" for one in records)


def blocks(article: Article) -> list[tuple[BlockKind, str]]:
    return [(block.kind, article.text[block.start : block.end]) for block in article.blocks]
