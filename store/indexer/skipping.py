"""Leaves out what brought an indexer down, or defeated it."""

from __future__ import annotations

from store.article import ArticleId
from store.catalog.writer import CatalogWriter
from store.formats.limits import limits_with
from store.indexer.reading import stamp_of
from store.indexer.wanted import Wanted
from store.indexer.wishes import Wishes


def heed(wishes: Wishes, writer: CatalogWriter | None, wanted: Wanted, json: tuple[str, ...]) -> None:
    """Leave out what brought a predecessor down. Only the writer can do so for good: until then they are kept."""
    for skip in wishes.skips:
        if skip.stage == "load":
            wanted.give_up(skip.reason)
        elif skip.stage == "analyse":
            leave_out(wishes, writer, ArticleId(skip.source), skip.reason, wanted.digest)
        elif writer is not None:
            stamp = stamp_of(skip.source, limits_with(json))
            if stamp is not None:
                writer.skip_file(skip.source, stamp, skip.reason, again=skip.again)
    if writer is not None:
        wishes.skips.clear()


def leave_out(wishes: Wishes, writer: CatalogWriter | None, article: ArticleId, reason: str, version: str) -> None:
    """Leave a text without names until its recogniser changes, and say why."""
    wishes.skipped[article] = reason
    if writer is not None:
        writer.fail(article, version, reason)
