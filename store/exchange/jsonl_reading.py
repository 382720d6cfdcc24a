"""Reading what `jsonl` wrote.

Nothing is taken for granted: a line that is not exactly what it should be is refused with its number.
"""

from __future__ import annotations

from collections.abc import Mapping

import orjson

from store.annotations.contents import Contents
from store.annotations.documents import ARTICLES, NOTES, SEARCHES, TAGS, Document
from store.annotations.search_records import normal_name
from store.annotations.shapes import wrong
from store.annotations.tags import folded, normal
from store.errors import ExchangeError, UsageError
from store.exchange import jsonl_names
from store.exchange.jsonl import NOTE_FIELDS, SCHEMA, SEARCH_FIELDS, Shape
from store.exchange.jsonl_places import read_places

_NAMED = {
    "text_hash": "id", "id": "document", "star": "starred", "from": "copied_from", "published": "published",
    "used": "last_used", "anchor": "quote",
}  # fmt: skip
"""What fields of a document are called in a line, where that is something else."""


class _WrongError(Exception):
    """Why a line is refused, as the end of a sentence."""


def looks_like(data: bytes) -> bool:
    """Tell whether a file is meant to be JSON lines of ours, and no annotation file."""
    return data.lstrip()[:200].replace(b" ", b"").startswith(b'{"schema":')


def read(data: bytes, name: str) -> Contents:
    """Read what `lines` wrote.

    Raises:
        ExchangeError: a line is not what it should be; the message names it and says why.
    """
    reading = _Reading()
    for number, line in enumerate(data.split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            reading.take(_object(line))
        except (_WrongError, UsageError) as error:
            raise ExchangeError(f"{name}, line {number}: {error}. Nothing was imported.") from error
    reading.finish(name)
    return Contents(
        reading.articles, reading.notes, reading.tags, searches=reading.searches,
        corrections=reading.names["correction"], decisions=reading.names["decision"], entities=reading.names["entity"],
    )  # fmt: skip


_KINDS = ("export", "article", "tag", "search", *jsonl_names.COUNTED)


def _object(line: bytes) -> Shape:
    try:
        found = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise _WrongError(f"it is no JSON ({error})") from error
    if not isinstance(found, dict) or found.get("kind") not in _KINDS:
        raise _WrongError("it is no line of `dateline export --format jsonl`")
    schema = found.get("schema")
    if type(schema) is not int or schema < 1:
        raise _WrongError("it has no valid 'schema'")
    if schema > SCHEMA:
        raise _WrongError(f"a newer Dateline wrote it (schema {schema}; this one knows {SCHEMA}). Update Dateline")
    return found


class _Reading:
    def __init__(self) -> None:
        self.articles: dict[str, Document] = {}
        self.notes: dict[str, Document] = {}
        self.tags: dict[str, Document] = {}
        self.searches: dict[str, Document] = {}
        self.names: dict[str, dict[str, Document]] = {kind: {} for kind in jsonl_names.COUNTED}
        self._names: set[str] = set()
        self._counted: Shape | None = None

    def take(self, line: Shape) -> None:
        if line["kind"] == "article":
            self._article(line)
        elif line["kind"] == "tag":
            self._tag(line)
        elif line["kind"] == "search":
            self._search(line)
        elif line["kind"] in self.names:
            self._name(line)
        elif self._counted is not None or self.articles or self._names:
            raise _WrongError("a second export begins here; import them one by one")
        else:
            self._counted = line

    def finish(self, name: str) -> None:
        """Compare with the counts of the first line: a file that was cut between two lines looks whole."""
        found = {"articles": len(self.articles), "notes": len(self.notes), "tags": len(self._names)}
        if self.searches or (self._counted and "searches" in self._counted):
            found["searches"] = len(self.searches)
        for kind, several in jsonl_names.COUNTED.items():
            if self.names[kind] or (self._counted and several in self._counted):
                found[several] = len(self.names[kind])
        if self._counted is None:
            raise ExchangeError(f"{name} has no line of kind 'export', as an export does. Nothing was imported.")
        for what, count in found.items():
            if self._counted.get(what) != count:
                raise ExchangeError(
                    f"{name} is not whole: its first line tells of {self._counted.get(what)} {what}, "
                    f"and {count} follow. Nothing was imported."
                )

    def _article(self, line: Shape) -> None:
        document = {
            "id": line.get("document"),
            "text_hash": line.get("id"),
            "title": line.get("title"),
            "sources": read_places(line.get("sources")),
            "tags": _tags(line.get("tags")),
            "star": line.get("starred"),
            "read": line.get("read"),
            "position": line.get("position"),
            "created": line.get("created"),
            "updated": line.get("updated"),
            "from": line.get("copied_from"),
            # What a file says of its date is the file's affair.
            "published": line.get("published") if line.get("published_by") == "user" else None,
            "changed": line.get("changed"),
        }
        _check(ARTICLES, document, line)
        if line.get("published_by") == "user" and document["published"] is None:
            raise _WrongError("it has no valid 'published'")
        if document["id"] in self.articles:
            raise _WrongError(f"the document {document['id']} is there twice")
        self.articles[str(document["id"])] = document
        notes = line.get("notes")
        if not isinstance(notes, list) or not all(isinstance(note, dict) for note in notes):
            raise _WrongError("it has no valid 'notes'")
        for note in notes:
            self._note(note, str(document["id"]))

    def _note(self, shape: Shape, article: str) -> None:
        names = ("quote", "prefix", "suffix", "start", "end")
        document = {
            "id": shape.get("id"),
            "article": article,
            "body": shape.get("body"),
            "anchor": None if shape.get("quote") is None else {name: shape.get(name) for name in names},
            "n": 0,
            **{name: shape.get(name) for name in NOTE_FIELDS},
            "tags": _tags(shape.get("tags")),
        }
        _check(NOTES, document, {**shape, "article": article}, what="a note of it ")
        if document["id"] in self.notes:
            raise _WrongError(f"the note {document['id']} is there twice")
        self.notes[str(document["id"])] = document

    def _tag(self, line: Shape) -> None:
        name = line.get("name")
        if not isinstance(name, str):
            raise _WrongError("it has no valid 'name'")
        tag = folded(normal(name))
        if tag in self._names:
            raise _WrongError(f"the tag {name} is there twice")
        self._names.add(tag)
        if line.get("last_used") is None and line.get("digit") is None:
            return  # it is only borne, nothing is known of it by itself
        document = {"id": tag, "name": normal(name), "digit": line.get("digit"), "used": line.get("last_used")}
        _check(TAGS, document, line)
        self.tags[tag] = document

    def _search(self, line: Shape) -> None:
        name = line.get("name")
        if not isinstance(name, str):
            raise _WrongError("it has no valid 'name'")
        identity = folded(normal_name(name))
        document = {"id": identity, **{field: line.get(field) for field in SEARCH_FIELDS}, "name": normal_name(name)}
        document["tags"] = _tags(document["tags"])
        _check(SEARCHES, document, {**line, "id": identity})
        if identity in self.searches:
            raise _WrongError(f"the search {name} is there twice")
        self.searches[identity] = document

    def _name(self, line: Shape) -> None:
        kind = str(line["kind"])
        document = jsonl_names.document(line)
        if "tags" in document:
            document = {**document, "tags": _tags(document["tags"])}
        _check(jsonl_names.TABLES[kind], document, {**line, "n": 0}, jsonl_names.NAMED)
        if kind == "correction" and document["article"] is not None and document["article"] not in self.articles:
            raise _WrongError(f"its article {document['article']} is not in the export")
        if document["id"] in self.names[kind]:
            raise _WrongError(f"the {kind} {document['id']} is there twice")
        self.names[kind][document["id"]] = document


def _check(
    table: str, document: Document, line: Shape, named: Mapping[str, str] = _NAMED, what: str = "it "
) -> None:
    why = wrong(table, document)
    field = why.split("'")[1] if why else ""
    if why:
        raise _WrongError(f"{what}has no valid '{named.get(field, field)}'")
    for name in document:
        told = named.get(name, name)
        if document[name] is None and told not in line:
            raise _WrongError(f"{what}has no '{told}'")


def _tags(value: object) -> object:
    """Return tags as they are kept; what is no list of texts is left for the check.

    Raises:
        UsageError: one cannot be a tag.
    """
    if not isinstance(value, list) or not all(isinstance(tag, str) for tag in value):
        return value
    found: dict[str, str] = {}
    for tag in value:
        found.setdefault(folded(normal(tag)), normal(tag))
    return list(found.values())
