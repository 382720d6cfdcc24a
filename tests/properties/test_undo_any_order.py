"""Whatever is undone and redone, in whatever order: what is there is what the steps that stand have made.

The steps are replayed by a model of their own, far simpler than the store.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import event, given, settings
from hypothesis import strategies as st

from store.annotations.dependence import fields, shares
from store.annotations.name_records import (
    CorrectionKind,
    CorrectName,
    JoinEntities,
    JudgeEntities,
    PartEntities,
    Scope,
    TagEntity,
    Verdict,
    WriteEntityNote,
)
from store.annotations.records import (
    Anchor,
    AssignDigit,
    DeleteNote,
    DeleteTag,
    Read,
    RenameTag,
    SaveNote,
    SetPublished,
    Star,
    Tag,
    TagNote,
    Target,
)
from store.annotations.shapes import _DELTAS
from store.annotations.store import AnnotationStore
from store.annotations.tags import folded
from store.annotations.undo import _PLAYERS
from store.article import EntityKey, text_hash
from store.disk.atomic import System
from store.errors import NotFoundError, UndoRefused, UsageError
from tests.store.annotation_files import built

ARTICLES = [Target(text_hash(name), name) for name in "ab"]


class NoWaiting(System):
    def fsync(self, fd: int) -> None:
        pass


class Model:
    """What there is once some steps have been taken."""

    def __init__(self) -> None:
        self.tags: dict[str, set[str]] = defaultdict(set)
        self.flags: dict[str, set[str]] = {"star": set(), "read": set()}
        self.notes: dict[str, dict[str, Any]] = {}
        self.note_tags: dict[str, set[str]] = defaultdict(set)
        self.published: dict[str, str] = {}
        self.digits: dict[int, str] = {}
        self.wholes: dict[str, dict[str, Any]] = {"correction": {}, "decision": {}}
        self.entities: dict[str, tuple[list[str], str]] = {}

    def take(self, delta: Mapping[str, Any]) -> None:
        """Take one delta; a step that is refused by what is there fails the test."""
        match delta["do"]:
            case "tag":
                for one in delta["articles"]:
                    self._flip(self.tags[one], folded(delta["tag"]), delta["on"])
            case "note tag":
                for one in delta["notes"]:
                    self._flip(self.note_tags[one], folded(delta["tag"]), delta["on"])
            case "star" | "read" as flag:
                for one in delta["articles"]:
                    self._flip(self.flags[flag], one, delta["on"])
            case "note":
                self._note(delta["note"], delta["old"], delta["new"])
            case "published":
                for one in delta["articles"]:
                    self.published.pop(one, None)
                    if delta["new"] is not None:
                        self.published[one] = delta["new"]
            case "correction" | "decision" as kind:
                assert _told(self.wholes[kind].pop(delta[kind], None)) == _told(delta["old"])
                if delta["new"] is not None:
                    self.wholes[kind][delta[kind]] = delta["new"]
            case "entity":
                now, old, new = self.entities.get(delta["entity"], ([], "")), _added(delta["old"]), _added(delta["new"])
                for at in (0, 1):
                    assert old[at] == new[at] or now[at] == old[at]
                after = tuple(n if n != o else there for there, o, n in zip(now, old, new, strict=True))
                self.entities.pop(delta["entity"], None)
                if any(after):
                    self.entities[delta["entity"]] = after
            case "digit":
                there = self.digits.pop(delta["digit"], None)
                assert there == (None if delta["old"] is None else folded(delta["old"]))
                if delta["new"] is not None:
                    assert folded(delta["new"]) not in self.digits.values()
                    self.digits[delta["digit"]] = folded(delta["new"])

    @staticmethod
    def _flip(among: set[str], one: str, on: bool) -> None:
        assert (one in among) != on
        among ^= {one}

    def _note(self, note: str, old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> None:
        assert (note in self.notes) == (old is not None)
        if new is None:
            del self.notes[note]
            self.note_tags.pop(note, None)
            return
        if old is None or old["tags"] != new["tags"]:
            self.note_tags[note] = set(map(folded, new["tags"]))
        self.notes[note] = {"body": new["body"], "anchor": new["anchor"], "article": new["article"]}

    def seen(self) -> tuple[Any, ...]:
        """Return all of it."""
        return (
            {one: tags for one, tags in self.tags.items() if tags},
            self.flags,
            self.notes,
            {one: tags for one, tags in self.note_tags.items() if tags},
            self.published,
            self.digits,
            {kind: {one: _told(row) for one, row in rows.items()} for kind, rows in self.wholes.items()},
            self.entities,
        )


def _told(row: Mapping[str, Any] | None) -> object:
    """Return what a correction or decision says, but for its number."""
    return None if row is None else {name: value for name, value in row.items() if name not in ("n", "text")}


def _added(row: Mapping[str, Any] | None) -> tuple[list[str], str]:
    return (row["tags"], row["body"]) if row is not None else ([], "")


def rows(store: AnnotationStore, table: str) -> Iterable[Mapping[str, Any]]:
    return store._storage.read().get(table, {}).values()


def stored(store: AnnotationStore) -> tuple[Any, ...]:
    """Return what the documents say, in the model's words."""
    articles, notes = list(rows(store, "articles")), list(rows(store, "notes"))
    return (
        {one["id"]: set(map(folded, one["tags"])) for one in articles if one["tags"]},
        {flag: {one["id"] for one in articles if one[flag]} for flag in ("star", "read")},
        {one["id"]: {name: one[name] for name in ("body", "anchor", "article")} for one in notes},
        {one["id"]: set(map(folded, one["tags"])) for one in notes if one["tags"]},
        {one["id"]: one["published"] for one in articles if one["published"] is not None},
        {row["digit"]: row["id"] for row in rows(store, "tags") if row["digit"] is not None},
        {
            kind: {one["id"]: _told(one) for one in rows(store, table)}
            for kind, table in (("correction", "corrections"), ("decision", "aliases"))
        },
        {one["id"]: (one["tags"], one["body"]) for one in rows(store, "entities")},
    )


names = st.sampled_from(["x", "X", "x/y", "z"])
some = st.lists(st.sampled_from(ARTICLES), min_size=1, max_size=2, unique=True).map(tuple)
few = st.lists(names, max_size=2).map(tuple)
which = st.integers(0, 12)
keys = st.sampled_from([EntityKey("person:a"), EntityKey("person:b"), EntityKey("person:c")])
steps = st.one_of(
    st.builds(Tag, some, few, few),
    st.builds(Tag, some, few),
    st.builds(Star, some, st.booleans()),
    st.builds(Read, some, st.booleans()),
    st.builds(RenameTag, names, names),
    st.builds(DeleteTag, names),
    st.builds(AssignDigit, st.integers(1, 2), st.none() | names),
    st.builds(SetPublished, some, st.none() | st.sampled_from([date(2017, 1, 1), date(2018, 1, 1)])),
    built(CorrectName, st.sampled_from(ARTICLES), st.just(CorrectionKind.DROP), st.just(Scope.ARTICLE),
              st.sampled_from(["one", "two"]), st.just("ORG")),
    built(CorrectName, st.none(), st.just(CorrectionKind.LABEL), st.just(Scope.LIBRARY), st.just("one"),
              st.just("ORG"), st.sampled_from(["GPE", "LOC"])),
    st.builds(lambda key, into: JoinEntities(((key, key),), into, into), keys, keys),
    st.builds(PartEntities, keys),
    st.builds(JudgeEntities, keys, keys, st.sampled_from([Verdict.DIFFERENT, Verdict.UNSURE, None]),
              st.just(("one", "two"))),
    st.builds(TagEntity, keys, st.just("A"), st.just("person"), few, few),
    st.builds(WriteEntityNote, keys, st.just("A"), st.just("person"), st.sampled_from(["", "one", "two"])),
    st.tuples(st.just("write"), st.sampled_from(ARTICLES), st.sampled_from(["one", "two"]), few),
    st.tuples(st.just("edit"), which, st.sampled_from(["three", "four", ""])),
    st.tuples(st.just("delete"), which),
    st.tuples(st.just("tag note"), which, few, few),
)
back = st.tuples(st.sampled_from(["undo", "redo", "undo one", "undo one", "redo one"]), which)


def take(store: AnnotationStore, turn: Any) -> bool:
    """Take a turn; returns whether it did anything that the store did not refuse."""
    try:
        if not isinstance(turn, tuple):
            return bool(store.apply(turn).undo)
        what, *rest = turn
        if what == "undo":
            receipt = store.undo()
        elif what == "redo":
            receipt = store.redo()
        elif what in ("undo one", "redo one"):
            entries = [one for one in store.history() if one.undone == (what == "redo one")]
            if not entries:
                return False
            entry = entries[rest[0] % len(entries)]
            receipt = store.undo_entry(entry.id) if what == "undo one" else store.redo_entry(entry.id)
        else:
            return note_turn(store, what, rest)
        assert receipt.skipped == 0
        event(what)
        return bool(receipt.sentence)
    except (NotFoundError, UndoRefused, UsageError) as error:
        event(type(error).__name__)
        return False


def note_turn(store: AnnotationStore, what: str, rest: list[Any]) -> bool:
    if what == "write":
        target, body, tags = rest
        return bool(store.apply(SaveNote(target, body, anchor=Anchor("q", "p", "s", 1, 2), tags=tags)).undo)
    notes = [(target, note) for target in ARTICLES for note in store.notes(target)]
    if not notes:
        return False
    target, note = notes[rest[0] % len(notes)]
    if what == "edit":
        return bool(store.apply(SaveNote(target, rest[1], note.id, note.revision)).undo)
    if what == "delete":
        return bool(store.apply(DeleteNote(note.id)).undo)
    return bool(store.apply(TagNote((note.id,), rest[1], rest[2])).undo)


@settings(max_examples=250, deadline=None)
@given(made=st.lists(steps, min_size=3, max_size=10), played=st.lists(back | steps | back, min_size=2, max_size=14))
def test_what_is_there_is_what_the_standing_steps_have_made(made: list[Any], played: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = AnnotationStore(Path(folder) / "annotations.json", system=NoWaiting())
        for turn in [Tag(tuple(ARTICLES), ("x",)), *made, *played]:
            before = stored(store)
            if not take(store, turn):
                assert stored(store) == before
                continue
            model = Model()
            for step in sorted(rows(store, "undo"), key=lambda one: one["n"]):
                for delta in step["changes"] if not step["undone"] else ():
                    model.take(delta)
            assert model.seen() == stored(store)
        store.close()


def test_every_kind_of_delta_can_be_played_and_compared() -> None:
    from store.annotations import dependence

    assert set(_DELTAS) == set(_PLAYERS) == set(dependence._FIELDS)


tag_deltas = st.builds(
    lambda tag, on, where: {"do": "note tag", "tag": tag, "on": on, "notes": dict.fromkeys(where, 0)},
    names, st.booleans(), st.lists(st.sampled_from("pq"), min_size=1, unique=True),
)  # fmt: skip
note_deltas = st.builds(lambda note: {"do": "note", "note": note, "old": None, "new": None}, st.sampled_from("pq"))


@given(st.lists(tag_deltas | note_deltas, max_size=3), st.lists(tag_deltas | note_deltas, max_size=3))
def test_building_on_something_is_mutual(one: list[Any], two: list[Any]) -> None:
    assert shares(fields(one), two) == shares(fields(two), one)
