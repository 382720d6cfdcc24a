"""The JSON shapes, as the README documents them: what programs that read our output rely on."""

from __future__ import annotations

import os
from datetime import datetime
from typing import Any
from urllib.parse import quote

from store.article import Article, ArticleId, Mention, Source
from store.library import Correction, Marks, Note, Search, TagUse, Target, group_of, normal_surface
from tui.render.safe import REPLACEMENT


def article_shape(
    article: Article, sources: tuple[Source, ...], marks: Marks, notes: list[Note], *, gone: bool = False
) -> dict[str, Any]:
    """Return an article without its text and names; `gone` says that its sources are where it was last."""
    return {
        "id": article.id,
        **place_shape(sources),
        "title": article.title,
        "byline": article.byline,
        "published": article.published.isoformat() if article.published else None,
        "published_by": "user" if marks.published else "file" if article.published else None,
        "language": article.language,
        "url": article.url or None,
        "words": article.words,
        "tags": list(marks.tags),
        "starred": marks.starred,
        "read": marks.read,
        "changed": marks.changed,
        "gone": gone,
        "notes": [note_shape(note) for note in notes],
    }


def place_shape(sources: tuple[Source, ...]) -> dict[str, Any]:
    """Return where an article was read from: `path` is the first of its `sources`."""
    shapes = [source_shape(source) for source in sources]
    return {"path": shapes[0]["path"] if shapes else None, "sources": shapes}


def source_shape(source: Source) -> dict[str, Any]:
    """Return a place; `uri` only where the path is no Unicode, for then only it is exact."""
    shown = shown_path(source.path)
    exact = {} if shown == source.path else {"uri": "file://" + quote(os.fsencode(source.path))}
    return {"path": shown, "member": source.member, **exact}


def shown_path(path: str) -> str:
    """Return a path as text that every program accepts."""
    return "".join(REPLACEMENT if "\ud800" <= c <= "\udfff" else c for c in path)


def note_shape(note: Note) -> dict[str, Any]:
    """Return a note; `quote`, `start` and `end` are null for a note on the whole article.

    Where it is `lost` they are what they were; `was` is the quote as it was marked at first, where that differs.
    """
    anchor = note.anchor
    return {
        "id": note.id,
        "body": note.body,
        "quote": anchor.quote if anchor else None,
        "start": anchor.start if anchor else None,
        "end": anchor.end if anchor else None,
        "tags": list(note.tags),
        "created": _moment(note.created),
        "updated": _moment(note.updated),
        "conflict_of": note.conflict_of,
        "was": note.was or None,
        "lost": note.lost,
    }


def mention_shape(mention: Mention, text: str) -> dict[str, Any]:
    """Return a name in a text: `text[start:end]` of the article, in code points."""
    surface = text[mention.start : mention.end]
    return {
        "start": mention.start,
        "end": mention.end,
        "text": surface,
        "label": mention.label,
        "entity": mention.entity or surface,
        "kind": str(group_of(mention.label)),
    }


def tag_shape(tag: TagUse) -> dict[str, Any]:
    """Return a tag with its use."""
    return {
        "name": tag.name,
        "articles": tag.articles,
        "notes": tag.notes,
        "last_used": _moment(tag.last_used),
        "digit": tag.digit,
        "entities": tag.entities,
    }


def correction_shape(one: Correction, target: Target | None) -> dict[str, Any]:
    """Return a correction of a name; `article`, `path` and `title` are null where it is about the library."""
    place = place_shape(target.sources) if target is not None else {"path": None, "sources": []}
    at = one.extent or one.anchor
    return {
        "id": one.id,
        "what": one.kind.value,
        "scope": one.scope.value,
        "surface": one.surface,
        "new_surface": normal_surface(one.extent.quote) if one.kind.value == "extent" and one.extent else None,
        "old_label": one.old_label or None,
        "label": one.label or None,
        "article": target.id if target is not None else None,
        **place,
        "title": target.title if target is not None else None,
        "start": at.start if at is not None and target is not None else None,
        "end": at.end if at is not None and target is not None else None,
        "lost": one.lost,
        "created": _moment(one.created),
    }


def search_shape(search: Search) -> dict[str, Any]:
    """Return a saved search."""
    return {
        "name": search.name,
        "query": search.query,
        "pinned": search.pinned,
        "tags": list(search.tags),
        "ran": _moment(search.last_ran),
        "created": _moment(search.created),
        "updated": _moment(search.updated),
    }


def short(article: ArticleId | str) -> str:
    """Return the beginning of an id: enough to name the article by on the command line."""
    return article[:8]


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
