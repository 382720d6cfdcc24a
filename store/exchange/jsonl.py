"""Annotations as JSON lines: all that is kept of tags, notes and marks, with each passage in its sentence.

The first line is of kind `export` and counts what follows; then a line an article, then a line a tag, a saved search,
and whatever is said about names. `jsonl_reading` reads it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from store.annotations.contents import Contents
from store.annotations.documents import Document
from store.annotations.tags import folded
from store.exchange import jsonl_names
from store.exchange.dossier import Entry
from store.exchange.jsonl_places import stored_place
from store.exchange.selection import Chosen, Selection

SCHEMA = 1

Shape = dict[str, Any]

NOTE_FIELDS = ("text", "was", "lost", "tags", "revision", "created", "updated", "conflict_of")
SEARCH_FIELDS = ("name", "query", "pinned", "tags", "ran", "created", "updated")


def lines(selection: Selection, contents: Contents, entry_of: Callable[[Chosen], Entry]) -> Iterator[Shape]:
    """Yield each line as an object, without its `schema`."""
    tags = _tag_lines(selection, contents)
    searches = _search_lines(selection, contents)
    names = jsonl_names.lines(selection, contents)
    counted = {"articles": len(selection.chosen), "notes": selection.notes, "tags": len(tags)}
    yield {"kind": "export", **counted, "searches": len(searches), **jsonl_names.counted(names)}
    for one in selection.chosen:
        yield _article_line(one, entry_of(one))
    yield from tags
    yield from searches
    yield from names


def _article_line(one: Chosen, entry: Entry) -> Shape:
    article, cited = one.article, entry.cited
    sentences = {passage.note.id: passage.sentence for passage in entry.passages}
    places = [stored_place(source) for source in article["sources"]]
    return {
        "kind": "article",
        "id": article["text_hash"],
        "document": article["id"],
        "title": article["title"],
        "path": places[0]["path"] if places else None,
        "sources": places,
        "url": cited.url or None,
        "published": cited.published.isoformat() if cited.published is not None else None,
        "published_by": None if cited.published is None else "user" if cited.by_hand else "file",
        "tags": article["tags"],
        "starred": article["star"],
        "read": article["read"],
        "position": article["position"],
        "changed": article["changed"],
        "copied_from": article["from"],
        "created": article["created"],
        "updated": article["updated"],
        "notes": [_note_shape(note, sentences.get(note["id"], "")) for note in one.notes],
    }


def _note_shape(note: Document, sentence: str) -> Shape:
    anchor = note["anchor"] or {}
    names = ("quote", "prefix", "suffix", "start", "end")
    return {
        "id": note["id"],
        "body": note["body"],
        **{name: anchor.get(name) for name in names},
        "sentence": sentence or None,
        **{name: note[name] for name in NOTE_FIELDS},
    }


def _tag_lines(selection: Selection, contents: Contents) -> list[Shape]:
    """Return the tags that the articles and notes bear, or all when these are all."""
    in_use = contents.tags_in_use()
    if len(selection.chosen) < len(contents.articles):
        borne = {folded(tag) for one in selection.chosen for document in (one.article, *one.notes)
                 for tag in document["tags"]}  # fmt: skip
        in_use = {tag: name for tag, name in in_use.items() if tag in borne}
    rows = {tag: contents.tags.get(tag, {"digit": None, "used": None}) for tag in in_use}
    return [
        {"kind": "tag", "name": in_use[tag], "digit": rows[tag]["digit"], "last_used": rows[tag]["used"]}
        for tag in sorted(in_use)
    ]


def _search_lines(selection: Selection, contents: Contents) -> list[Shape]:
    """Return the saved searches where all there is is exported: they are of no article."""
    if len(selection.chosen) < len(contents.articles):
        return []
    searches = sorted(contents.searches.values(), key=lambda one: str(one["id"]))
    return [{"kind": "search", **{name: one[name] for name in SEARCH_FIELDS}} for one in searches]
