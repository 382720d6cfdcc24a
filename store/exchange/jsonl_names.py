"""What is said about names as JSON lines: corrections, decisions about entities, tags and notes of entities. Pure.

Corrections of an article go with it; the others are of no article, and are written where all there is is exported.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from store.annotations.contents import Contents, written
from store.annotations.documents import ALIASES, CORRECTIONS, ENTITIES, Document
from store.annotations.tags import is_within
from store.exchange.selection import PRIVATE, Selection

Shape = dict[str, Any]

COUNTED = {"correction": "corrections", "decision": "decisions", "entity": "entities"}
"""Kinds of lines, with what the first line of an export calls several of them."""
TABLES = {"correction": CORRECTIONS, "decision": ALIASES, "entity": ENTITIES}
NAMED = {"kind": "what", "article": "document"}
"""What fields of a document are called in a line, where that is something else."""

_FIELDS = {
    "correction": (
        "id", "kind", "scope", "surface", "old_label", "label", "article", "anchor", "extent", "text", "lost",
        "created",
    ),
    "decision": ("id", "verdict", "key", "key_name", "into", "into_name", "decided"),
    "entity": ("id", "name", "kind", "tags", "body", "revision", "created", "updated"),
}  # fmt: skip


def lines(selection: Selection, contents: Contents) -> list[Shape]:
    """Return what is said about names of the chosen articles, or all there is."""
    everything = len(selection.chosen) == len(contents.articles)
    articles = {one.article["id"] for one in selection.chosen}
    corrections = [
        one for one in contents.corrections.values()
        if (everything if one["article"] is None else one["article"] in articles)
    ]  # fmt: skip
    found = [_line("correction", one) for one in sorted(corrections, key=written)]
    if everything:
        found += [_line("decision", one) for one in _by_id(contents.decisions)]
        found += [
            _line("entity", one) for one in _by_id(contents.entities)
            if selection.with_private or not any(is_within(tag, PRIVATE) for tag in one["tags"])
        ]  # fmt: skip
    return found


def counted(found: Iterable[Shape]) -> dict[str, int]:
    """Count lines by kind, as the first line of an export tells."""
    counts = Counter(line["kind"] for line in found)
    return {several: counts[kind] for kind, several in COUNTED.items()}


def document(line: Shape) -> Document:
    """Return a line as the annotation file keeps it; what is not there is None, for the check to refuse."""
    kind = line["kind"]
    found = {name: line.get(NAMED.get(name, name)) for name in _FIELDS[kind]}
    if kind == "correction":
        found["n"] = 0
    return found


def _line(kind: str, one: Document) -> Shape:
    return {"kind": kind, **{NAMED.get(name, name): one[name] for name in _FIELDS[kind]}}


def _by_id(documents: Mapping[str, Document]) -> list[Document]:
    return sorted(documents.values(), key=lambda one: str(one["id"]))
