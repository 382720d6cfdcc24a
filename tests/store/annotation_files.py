"""Annotation files that people might have: any changes to a few articles, in one file or on two machines."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from store.annotations.contents import Contents, contents_of
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
    Change,
    DeleteNote,
    Position,
    Read,
    SaveDraft,
    SaveNote,
    SetPublished,
    Star,
    Tag,
    TagNote,
    Target,
)
from store.annotations.store import AnnotationStore
from store.article import EntityKey, Source, text_hash
from store.disk.atomic import System
from store.errors import DatelineError
from store.exchange import jsonl
from store.exchange.dossier import entry_of
from store.exchange.selection import select

TARGETS = [
    Target(text_hash(name), f"{name} & <b>", (Source(f"/articles/{name}.txt", member),))
    for name, member in (("a", ""), ("b", "two"), ("c\udcff", ""))
]
BEGIN = datetime(2026, 11, 24, tzinfo=UTC)


class NoWaiting(System):
    """Leaves out what only a power cut would show."""

    def fsync(self, fd: int) -> None:
        pass

    def fdatasync(self, fd: int) -> None:
        pass


_tags = st.lists(st.sampled_from(["x", "X", "asia/japan", "private", "été"]), max_size=2).map(tuple)
_some = st.lists(st.sampled_from(TARGETS), min_size=1, max_size=3).map(tuple)
_bodies = st.sampled_from(["", "one", "two\n\n- three", "=1+1", "\x1b[31m ``` <!--", "\u2028 \u202e"])
_anchors = st.none() | st.just(Anchor("quo\nte", "pre ", " suf", 4, 10))
_days = st.none() | st.just(date(2017, 3, 20))
_keys = st.sampled_from([EntityKey(f"person:{name}") for name in ("abe", "shinzo abe", "a\u0308")])
_surfaces = st.sampled_from(["Abe", "ABE's", "İ ß"])


def built(kind: type[Any], *fields: st.SearchStrategy[Any], **named: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Build records whose annotations name what is not imported where they stand: Hypothesis would look them up."""
    return st.builds(lambda *values, **others: kind(*values, **others), *fields, **named)


names = st.one_of(
    built(CorrectName, st.sampled_from(TARGETS), st.just(CorrectionKind.DROP), st.just(Scope.HERE), _surfaces,
              st.just("ORG"), anchor=st.just(Anchor("quo\nte", "pre ", " suf", 4, 10))),
    built(CorrectName, st.sampled_from(TARGETS), st.just(CorrectionKind.ADD), st.just(Scope.ARTICLE), _surfaces,
              label=st.just("GPE")),
    built(CorrectName, st.none(), st.just(CorrectionKind.LABEL), st.just(Scope.LIBRARY), _surfaces,
              st.just("ORG"), st.sampled_from(["GPE", "PERSON"])),
    st.builds(lambda key, into: JoinEntities(((key, key),), into, into), _keys, _keys),
    st.builds(PartEntities, _keys),
    st.builds(JudgeEntities, _keys, _keys, st.sampled_from([Verdict.DIFFERENT, Verdict.UNSURE, None]),
              st.just(("one", "two"))),
    st.builds(TagEntity, _keys, st.just("A"), st.just("person"), _tags, _tags),
    st.builds(WriteEntityNote, _keys, st.just("A"), st.just("person"), _bodies, st.integers(0, 2)),
)
steps = st.one_of(
    names,
    st.builds(Tag, _some, _tags, _tags),
    st.builds(Star, _some, st.booleans()),
    st.builds(Read, _some, st.booleans()),
    st.builds(Position, st.sampled_from(TARGETS), st.integers(0, 9)),
    st.builds(SetPublished, _some, _days),
    st.builds(AssignDigit, st.integers(1, 3), st.none() | st.sampled_from(["x", "asia/japan"])),
    st.builds(SaveDraft, st.sampled_from(TARGETS), st.just("unfinished")),
    st.tuples(st.just("write"), st.sampled_from(TARGETS), _bodies, _anchors, _tags),
    st.tuples(st.just("edit"), st.integers(0, 9), _bodies, _tags),
    st.tuples(st.just("tag"), st.integers(0, 9), _tags),
    st.tuples(st.just("delete"), st.integers(0, 9)),
)
histories = st.lists(steps, max_size=12)


def open_store(path: Path, *, hours: int = 0) -> AnnotationStore:
    """Open a file with a clock that begins some hours later, and ticks a second with every look."""
    ticks = itertools.count()
    return AnnotationStore(
        path, system=NoWaiting(), clock=lambda: BEGIN + timedelta(hours=hours, seconds=next(ticks)), session=f"s{hours}"
    )


def work(store: AnnotationStore, history: Iterable[Any]) -> None:
    """Make changes, as far as they can be made."""
    for step in history:
        change = _change(store, step)
        if change is not None:
            try:
                store.apply(change)
            except DatelineError:
                continue


def _change(store: AnnotationStore, step: Any) -> Change | None:
    if not isinstance(step, tuple):
        return step  # type: ignore[no-any-return]
    if step[0] == "write":
        return SaveNote(step[1], step[2], anchor=step[3], tags=step[4])
    notes = [(target, note) for target in TARGETS for note in store.notes(target.id)]
    if not notes:
        return None
    target, note = notes[step[1] % len(notes)]
    match step[0]:
        case "edit":
            return SaveNote(target, step[2], note.id, note.revision, tags=step[3])
        case "tag":
            return TagNote((note.id,), add=step[2])
        case _:
            return DeleteNote(note.id)


def contents(store: AnnotationStore) -> Contents:
    """Return what a store holds."""
    return contents_of(store.snapshot())


def exported(found: Contents) -> str:
    """Return contents as the lines of an export, with nothing known of the texts."""
    selection = select(found, None, private=True)
    lines = jsonl.lines(selection, found, lambda one: entry_of(one, lambda _: None, lambda _: None))
    return "".join(json.dumps({"schema": 1, **line}) + "\n" for line in lines)
