"""The texts that notes were written on, kept beside the annotation file: they are evidence.

One compressed JSON file a text, named by the text's identity. A file once written is never written again nor removed
here: whatever becomes of the article, what was noted can be read as it stood.
"""

from __future__ import annotations

import json
import os
import re
import zlib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from store.article import Article, ArticleId, Block, BlockKind, text_hash
from store.disk.atomic import SYSTEM, System, make_folder, read_all, replace

SCHEMA = 1
"""Of the files: what a later Dateline adds goes under another number."""
_IDENTITY = re.compile(r"[0-9a-f]{32}")
_MOST = 64 << 20
"""Bytes that a text may have unpacked; more is no text of ours."""


class KeptTexts:
    """The kept texts of one annotation file. May be used from several threads."""

    def __init__(self, annotations: Path, *, system: System = SYSTEM) -> None:
        """Know where they are; nothing is read or written. `annotations` is the annotation file."""
        self.folder = Path(f"{os.path.realpath(annotations)}.texts")
        self._system = system

    def path(self, text: ArticleId) -> Path:
        """Return where a text is kept, or would be."""
        # A file of another make may name texts by anything.
        name = text if _IDENTITY.fullmatch(text) else text_hash(text)
        return self.folder / name[:2] / f"{name}.json.gz"

    def has(self, text: ArticleId) -> bool:
        """Whether a text is kept."""
        return self.path(text).exists()

    def keep(self, article: Article) -> None:
        """Keep a text, unless it is kept already; the disk has it when this returns.

        Raises:
            OSError: it could not be written.
        """
        path = self.path(article.id)
        if path.exists():
            return
        make_folder(path.parent, system=self._system)
        replace(path, _packed(article), system=self._system)

    def read(self, text: ArticleId) -> Article | None:
        """Return a kept text; None where there is none that can be read: `trouble` says why."""
        return self._look(text)[0]

    def trouble(self, text: ArticleId) -> str:
        """Return why a text cannot be read, as a sentence that names its file; empty when it can."""
        return self._look(text)[1]

    def _look(self, text: ArticleId) -> tuple[Article | None, str]:
        path = self.path(text)
        try:
            data, _ = read_all(path, system=self._system)
        except FileNotFoundError:
            return None, "This text was not kept: there was no note on it while it could be read."
        except OSError as error:
            return None, f"The kept text cannot be read ({error.strerror or error}): {path}"
        try:
            article = _unpacked(data)
        except (OSError, EOFError, zlib.error, ValueError, TypeError, KeyError) as error:
            return None, f"The kept text is damaged ({error}): {path}"
        if article.id != text:
            return None, f"The kept text is damaged (it is not the one that it is named after): {path}"
        return article, ""


def _packed(article: Article) -> bytes:
    """Write an article so that the same article makes the same bytes."""
    import gzip  # a start reads kept texts at most

    data = {
        "schema": SCHEMA,
        "title": article.title,
        "byline": article.byline,
        "published": article.published.isoformat() if article.published else None,
        "language": article.language,
        "url": article.url,
        "text": article.text,
        "blocks": [[str(block.kind), block.start, block.end, block.level] for block in article.blocks],
    }
    return gzip.compress(json.dumps(data, ensure_ascii=True).encode("ascii"), 6, mtime=0)


def _unpacked(data: bytes) -> Article:
    unpacker = zlib.decompressobj(31)
    plain = unpacker.decompress(data, _MOST)
    if not unpacker.eof:
        raise ValueError("it is cut off" if len(plain) < _MOST else "it is too long")
    found: Mapping[str, Any] = json.loads(plain)
    text = found["text"]
    return Article(
        title=str(found["title"]),
        text=text,
        blocks=tuple(Block(BlockKind(kind), start, end, level) for kind, start, end, level in found["blocks"]),
        byline=str(found["byline"]),
        published=date.fromisoformat(found["published"]) if found["published"] else None,
        language=str(found["language"]),
        url=str(found["url"]),
    )
