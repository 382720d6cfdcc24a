"""What counted as saved, and what is in the annotation file: they must be the same, and all of it undoable."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tinydb import TinyDB

from store.annotations.contents import Contents, contents_of
from store.annotations.store import AnnotationStore
from store.annotations.undo_list import MOST_STEPS

Tables = dict[str, dict[str, Any]]

_USER = {"notes": ("body", "tags"), "searches": ("name", "query", "pinned", "tags"), "entities": ("body", "tags"),
         "articles": ("tags", "star", "published"), "corrections": ("kind", "label", "scope"),
         "aliases": ("verdict", "into")}  # fmt: skip
"""Fields that only a step of the undo list may change; the others follow by themselves."""


class Acknowledged:
    """The annotation file as it has to be: as it was at first, with all changes that counted as saved."""

    def __init__(self, file: Path, record: Path, *, edited: bool = False) -> None:
        """`edited` says that files change meanwhile, so that annotations follow them without a step of undo."""
        self._file, self._record, self._edited = file, record, edited
        self._read = 0
        self._begun: list[Any] | None = None
        """A change that was on its way to the disk and was not called saved yet."""
        self.tables: Tables = stored(file)
        self.first = contents_of(self.tables)
        self.changes = self.steps = 0
        self.outgrown = bool(self.tables.get("undo"))
        """Whether the list of changes does not reach back to the beginning."""

    def check(self, *, killed: bool = False, folded: bool = False) -> Iterator[str]:
        """Yield what is wrong with the file, in words.

        Of a killed session the change that it was at may be there as a whole, or not at all. One that had time has
        brought the plain file up to date (`folded`).
        """
        yield from self._follow()
        found = stored(self._file)
        more = _sequence(found) - _sequence(self.tables)
        if killed and more == 1 and self._begun is not None:
            yield from self._take(self._begun)
        self._begun = None
        if found != _full(self.tables):
            yield f"the file is not what was saved ({more:+} changes): {'; '.join(_differences(self.tables, found))}"
            self.tables = found
        if folded:
            yield from self._read_plainly()

    def undo_all(self, scratch: Path) -> Iterator[str]:
        """Take back all changes in a copy of the file, and yield what is not as it was at first."""
        if self.outgrown:
            return
        scratch.mkdir(parents=True)
        for part in self._file.parent.glob(f"{self._file.name}*"):
            if part.is_file():
                shutil.copy(part, scratch / part.name)
        store = AnnotationStore(scratch / self._file.name, session="after")
        said = []
        while store.next_undo() is not None:
            said.append(store.undo().sentence)
        now = contents_of(store.snapshot())
        store.close(fold=False)
        for name, before, after in _compared(self.first, now):
            if before != after:
                lost = {key: before.get(key) for key in before if before.get(key) != after.get(key)}
                more = {key: after.get(key) for key in after if before.get(key) != after.get(key)}
                odd = [one for one in said if "left alone" in one or "Not" in one]
                yield f"all undone, {name} are not as at first: {lost} became {more} ({odd[:5]})"
        shutil.rmtree(scratch)

    def _follow(self) -> Iterator[str]:
        with self._record.open("rb") as file:
            file.seek(self._read)
            for line in file:
                if not line.endswith(b"\n"):
                    break
                self._read += len(line)
                edits = json.loads(line)
                if edits is not True:
                    # One that was begun before may be of a session that was killed: then the count tells.
                    if self._begun is not None and _count(edits) == _count(self._begun) + 1:
                        yield from self._take(self._begun)
                    self._begun = edits
                elif self._begun is not None:
                    yield from self._take(self._begun)
                    self._begun = None

    def _take(self, edits: list[Any]) -> Iterator[str]:
        self.changes += 1
        stepped = any(table == "undo" for table, _, _ in edits)
        self.steps += stepped
        copied = list(self._copied(edits)) if self._edited and not stepped else []
        for table, key, after in edits:
            before = self.tables.setdefault(table, {}).get(key)
            if table == "undo" and after is None:
                self.outgrown = True
                if len(self.tables["undo"]) < MOST_STEPS - 1:
                    yield f"a step was forgotten though there were only {len(self.tables['undo'])}: {before}"
            says = table in _USER and not stepped and _said(table, before) != _said(table, after)
            if says and (table, key) in copied:
                copied.remove((table, key))
            elif says:
                yield f"changed without a step of undo: {table} {before} became {after}"
            if after is None:
                self.tables[table].pop(key, None)
            else:
                self.tables[table][key] = after

    def _copied(self, edits: list[Any]) -> Iterator[tuple[str, str]]:
        """Yield where a change copies: a document begins to have those of another, which its file had, as these are."""
        articles = self.tables.get("articles", {})
        known = {one["id"]: one for one in articles.values()}
        for table, key, after in edits:
            if table != "articles" or after is None:
                continue
            before = articles.get(key)
            tags, star, published = _said(table, before)
            new = [
                known[one] for one in after["from"] if one in known and (before is None or one not in before["from"])
            ]
            for giver in new:
                tags = [*tags, *(tag for tag in giver["tags"] if tag.casefold() not in map(str.casefold, tags))]
                star = star or giver["star"]
                yield from self._borne(edits, giver["id"], after["id"])
            if new and _said(table, after) == [tags, star, published]:
                yield table, key

    def _borne(self, edits: list[Any], giver: str, receiver: str) -> Iterator[tuple[str, str]]:
        for name in ("notes", "corrections"):
            rows = self.tables.get(name, {})
            given = [_said(name, one) for one in rows.values() if one["article"] == giver]
            for table, key, after in edits:
                new = table == name and after is not None and after["article"] == receiver and key not in rows
                if new and (said := _said(name, after)) in given:
                    given.remove(said)
                    yield name, key

    def _read_plainly(self) -> Iterator[str]:
        if not self._file.exists():
            return
        with TinyDB(self._file, access_mode="r") as database:
            plain = {name: {str(row.doc_id): dict(row) for row in database.table(name)} for name in database.tables()}
        if _full(plain) != _full(self.tables):
            yield f"the plain file is behind: {'; '.join(_differences(self.tables, plain))}"


def stored(file: Path) -> Tables:
    """Return the tables of an annotation file with its journal, which are left as they are."""
    store = AnnotationStore(file, session="looking")
    tables = json.loads(json.dumps(store.snapshot()))
    store.close(fold=False)
    return _full(tables)


def _full(tables: Mapping[str, Mapping[str, Any]]) -> Tables:
    return {name: dict(rows) for name, rows in tables.items() if rows}


def _sequence(tables: Tables) -> int:
    return int(tables.get("_meta", {}).get("1", {}).get("sequence", 0))


def _count(edits: list[Any]) -> int:
    return next((after["sequence"] for table, _, after in edits if table == "_meta"), -1)


def _said(table: str, document: Mapping[str, Any] | None) -> list[Any]:
    blank = {"tags": [], "star": False, "published": None}
    if document is None:
        return [blank.get(name) for name in _USER[table]] if table == "articles" else []
    return [document[name] for name in _USER[table]]


def _differences(wanted: Tables, found: Tables) -> Iterator[str]:
    for name in sorted({*wanted, *found}):
        one, other = wanted.get(name, {}), found.get(name, {})
        for key in sorted({*one, *other}):
            if one.get(key) != other.get(key):
                yield f"{name} {key}: {one.get(key)} is {other.get(key)}"[:600]


def _compared(first: Contents, now: Contents) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    for name, look in (
        ("articles", lambda one: (sorted(one["tags"]), one["star"], one["published"])),
        ("notes", lambda one: (one["article"], one["body"], sorted(one["tags"]), (one["anchor"] or {}).get("quote"))),
        ("searches", lambda one: (one["name"], one["query"], one["pinned"], one["tags"])),
        ("corrections", lambda one: (one["kind"], one["scope"], one["surface"], one["old_label"], one["label"])),
        ("decisions", lambda one: (one["verdict"], one["key"], one["into"])),
        ("entities", lambda one: (sorted(one["tags"]), one["body"])),
        ("tags", lambda one: one["digit"]),
    ):
        before, after = ({key: look(one) for key, one in getattr(side, name).items()} for side in (first, now))
        nothing = {"articles": ([], False, None), "tags": None}.get(name, object())
        yield name, *({key: is_ for key, is_ in side.items() if is_ != nothing} for side in (before, after))
