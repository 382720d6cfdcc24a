"""Notes, highlights and tags in the W3C Web Annotation Data Model: https://www.w3.org/TR/annotation-model/ Pure."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from store.annotations.records import Anchor
from store.exchange.citing import is_web
from store.exchange.dossier import Cited, Entry
from store.exchange.passages import Passage
from store.exchange.selection import Selection

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_OWN = uuid.uuid5(uuid.NAMESPACE_URL, "https://dateline.invalid/annotations")
"""Identities are names within it, so that the same note has the same IRI in every export."""

Shape = dict[str, Any]


def collection(total: int) -> Shape:
    """Return the collection without its page."""
    return {
        "@context": CONTEXT,
        "id": _iri("collection"),
        "type": "AnnotationCollection",
        "label": "Notes, highlights and tags from Dateline",
        "total": total,
    }


def page() -> Shape:
    """Return the collection's one page without its items."""
    return {"id": _iri("page"), "type": "AnnotationPage", "startIndex": 0}


def items(entries: Iterable[Entry]) -> Iterator[Shape]:
    """Yield an annotation for each note and highlight, and one for the tags of each article that has some."""
    for entry in entries:
        target = _resource(entry.cited)
        if entry.cited.tags:
            yield {
                "id": _iri(f"tags {entry.cited.text}"),
                "type": "Annotation",
                "motivation": "tagging",
                "body": [_tag(tag) for tag in entry.cited.tags],
                "target": target,
            }
        for one in entry.passages:
            yield _annotation(one, target)


def count(selection: Selection) -> int:
    """Count what `items` yields of all articles that are exported, those without notes included."""
    return sum(len(one.notes) + bool(one.article["tags"]) for one in selection.chosen)


def _annotation(one: Passage, target: Shape) -> Shape:
    note = one.note
    bodies = [_comment(note.body)] if note.body else []
    bodies += [_tag(tag) for tag in note.tags]
    motivations = ["commenting" if note.body else "highlighting", *(["tagging"] if note.tags else [])]
    found = {
        "id": _iri(f"note {note.id}"),
        "type": "Annotation",
        "motivation": motivations if len(motivations) > 1 else motivations[0],
        "created": _moment(note.created),
        "modified": _moment(note.updated),
        "target": _passage(note.anchor, target) if note.anchor is not None else target,
    }
    return {**found, "body": bodies} if bodies else found


def _comment(body: str) -> Shape:
    return {"type": "TextualBody", "value": body, "format": "text/markdown", "purpose": "commenting"}


def _tag(tag: str) -> Shape:
    return {"type": "TextualBody", "value": tag, "purpose": "tagging"}


def _passage(anchor: Anchor, resource: Shape) -> Shape:
    return {
        "type": "SpecificResource",
        "source": resource,
        "selector": [
            {"type": "TextQuoteSelector", "exact": anchor.quote, "prefix": anchor.prefix, "suffix": anchor.suffix},
            {"type": "TextPositionSelector", "start": anchor.start, "end": anchor.end},
        ],
    }


def _resource(cited: Cited) -> Shape:
    """Return the article: by its URL, else by its file, else by the identity of its text."""
    if is_web(cited.url):
        iri = quote(cited.url, safe="%/:=&?~#+!$,;'@()*[]-._")
    elif cited.source is not None:
        member = quote(os.fsencode(cited.source.member), safe="")
        iri = "file://" + quote(os.fsencode(cited.source.path)) + (f"#{member}" if member else "")
    else:
        iri = _iri(f"text {cited.text}")
    return {"id": iri, "type": "Text", "dc:title": cited.title, "dc:identifier": cited.text}


def _iri(name: str) -> str:
    return uuid.uuid5(_OWN, name).urn


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
