"""Any number of changes, undone, is as if they had never been; redone, as if they had never been undone."""

from __future__ import annotations

import itertools
import json
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.annotations import undo_list
from store.annotations.records import (
    Anchor,
    AssignDigit,
    Change,
    DeleteNote,
    NoteId,
    Position,
    Read,
    RenameTag,
    SaveDraft,
    SaveNote,
    Star,
    Tag,
    Target,
)
from store.annotations.store import AnnotationStore
from store.article import text_hash
from store.disk.atomic import System
from store.errors import NotFoundError

ARTICLES = [Target(text_hash(name), name) for name in "abcd"]
A, B, C, D = ARTICLES


class NoWaiting(System):
    """Leaves out what only a power cut would show."""

    def fsync(self, fd: int) -> None:
        pass


def open_store(path: Path, session: str | None = None) -> AnnotationStore:
    return AnnotationStore(path, session=session, system=NoWaiting())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "annotations.json"


names = st.sampled_from(["x", "X", "y", "asia/japan", "z"])
some = st.lists(st.sampled_from(ARTICLES), min_size=1, max_size=4).map(tuple)
few_names = st.lists(names, max_size=3).map(tuple)
anchors = st.none() | st.just(Anchor("quote", "pre", "suf", 3, 8))
steps = st.one_of(
    st.builds(Tag, some, few_names, few_names),
    st.builds(Star, some, st.booleans()),
    st.builds(Read, some, st.booleans()),
    st.builds(RenameTag, names, names),
    st.builds(AssignDigit, st.integers(1, 3), st.none() | names),
    st.tuples(st.just("write"), st.sampled_from(ARTICLES), st.sampled_from(["", "one", "two"]), anchors, few_names),
    st.tuples(st.just("edit"), st.integers(0, 9), st.sampled_from(["", "three", "four"]), st.booleans(), few_names),
    st.tuples(st.just("delete"), st.integers(0, 9)),
)


def change_of(store: AnnotationStore, step: Any) -> Change | None:
    """Make a step that speaks of "the third note" one that names it."""
    if not isinstance(step, tuple):
        return step  # type: ignore[no-any-return]
    if step[0] == "write":
        return SaveNote(step[1], step[2], anchor=step[3], tags=step[4])
    notes = [(target, note) for target in ARTICLES for note in store.notes(target)]
    if not notes:
        return None
    target, note = notes[step[1] % len(notes)]
    if step[0] == "delete":
        return DeleteNote(note.id)
    return SaveNote(target, step[2], note.id, note.revision - (0 if step[3] else 1), tags=step[4])


def do(store: AnnotationStore, step: Any) -> bool:
    """Take a step; returns whether it is one of the undo list."""
    change = change_of(store, step)
    if change is None:
        return False
    try:
        receipt = store.apply(change)
    except NotFoundError:
        return False
    return bool(receipt.undo)


def seen(store: AnnotationStore) -> dict[str, Any]:
    """Return all that a user sees; times and revisions go on whatever is undone."""
    return {
        "marks": {target.title: store.marks(target) for target in ARTICLES},
        "notes": {
            target.title: [
                (note.id, note.body, note.tags, note.anchor, note.conflict_of) for note in store.notes(target)
            ]
            for target in ARTICLES
        },
        "tags": {(use.name, use.articles, use.digit) for use in store.tags()},
    }


@settings(max_examples=100, deadline=None)
@given(before=st.lists(steps, max_size=6), after=st.lists(steps, min_size=1, max_size=12))
def test_undone_is_never_done_and_redone_is_done(before: list[Any], after: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "annotations.json"
        first = open_store(path)
        for step in before:
            do(first, step)
        first.close()
        store = open_store(path)
        states = [seen(store)]
        for step in after:
            if do(store, step):
                states.append(seen(store))  # noqa: PERF401 - each is looked at in its turn
        for state in reversed(states[:-1]):
            receipt = store.undo()
            assert receipt.sentence.startswith("Undone: ")
            assert receipt.skipped == 0
            assert seen(store) == state
        for state in states[1:]:
            assert store.redo().sentence.startswith("Redone: ")
            assert seen(store) == state
        assert store.redo().sentence == ""
        # What is kept ready says the same as a fresh reading of the file.
        with closing(open_store(path)) as fresh:
            assert seen(fresh) == seen(store)
        store.close()


@settings(max_examples=60, deadline=None)
@given(
    turns=st.lists(
        st.tuples(st.sampled_from("pq"), st.one_of(steps, st.just("undo"), st.just("redo"))),
        min_size=2,
        max_size=16,
    )
)
def test_two_sessions_in_any_order_agree_and_undo_only_their_own(turns: list[tuple[str, Any]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "annotations.json"
        stores = {name: open_store(path, name) for name in "pq"}
        for name, step in turns:
            if step in ("undo", "redo"):
                receipt = stores[name].undo() if step == "undo" else stores[name].redo()
                owner = {entry.id: entry.session for entry in stores[name].history()}.get(receipt.undo, name)
                assert owner == name
            else:
                do(stores[name], step)
        for store in stores.values():
            store.refresh()
        with closing(open_store(path)) as fresh:
            assert seen(stores["p"]) == seen(stores["q"]) == seen(fresh)
        assert stores["p"].history() == stores["q"].history()
        while stores["p"].undo().sentence:
            pass
        assert not [entry for entry in stores["p"].history() if entry.session == "p" and not entry.undone]
        for store in stores.values():
            store.close()


def test_what_was_done_is_said_and_listed_newest_first(path: Path) -> None:
    store = open_store(path)
    store.apply(Tag((A, B), ("japan",)))
    store.apply(Star((A,), True))
    assert store.undo().sentence == "Undone: Starred"
    assert [(entry.sentence, entry.undone) for entry in store.history()] == [
        ("Starred", True),
        ("Tagged 2 articles: japan", False),
    ]
    assert store.redo().sentence == "Redone: Starred"


def test_nothing_to_undo_says_nothing_and_writes_nothing(path: Path) -> None:
    store = open_store(path)
    assert store.undo().sentence == store.redo().sentence == ""
    assert not path.exists()


def test_a_field_that_another_session_changed_is_left_alone_and_counted(path: Path) -> None:
    ours, theirs = open_store(path), open_store(path)
    ours.apply(Tag((A, B, C), ("japan",)))
    theirs.apply(Tag((B,), (), ("japan",)))
    receipt = ours.undo()
    assert receipt.skipped == 1
    assert receipt.sentence == "Undone: Tagged 3 articles: japan (1 left alone: changed since by another session)"
    # Redoing does again what was undone, not what was left alone.
    ours.redo()
    assert [ours.marks(one).tags for one in (A, B, C)] == [("japan",), (), ("japan",)]


def test_an_edit_that_another_session_went_on_from_is_not_taken_back(path: Path) -> None:
    ours, theirs = open_store(path), open_store(path)
    note = ours.apply(SaveNote(A, "one")).note
    ours.apply(SaveNote(A, "two", note, 1))
    theirs.apply(SaveNote(A, "two and a half", note, 2))
    receipt = ours.undo()
    assert receipt.skipped == 1
    assert receipt.sentence == "Not undone, another session has changed it since: Note saved"
    assert [found.body for found in ours.notes(A)] == ["two and a half"]
    assert ours.redo().sentence == ""


def test_after_an_undo_another_sessions_edit_of_the_undone_text_is_a_conflict(path: Path) -> None:
    ours, theirs = open_store(path), open_store(path)
    note = ours.apply(SaveNote(A, "one")).note
    ours.apply(SaveNote(A, "two", note, 1))
    ours.undo()
    assert theirs.apply(SaveNote(A, "two, edited", note, 2)).conflict
    assert [found.body for found in theirs.notes(A)] == ["one", "two, edited"]


def test_a_restart_can_undo_and_a_living_session_is_left_alone(path: Path) -> None:
    first = open_store(path)
    first.apply(Star((A,), True))
    second = open_store(path)
    second.apply(Star((B,), True))
    assert second.undo().sentence == "Undone: Starred"
    assert second.undo().sentence == ""
    assert second.marks(A).starred
    first.close()
    assert second.undo().sentence == "Undone: Starred"
    assert not second.marks(A).starred
    assert second.redo().sentence == "Redone: Starred"


def test_a_new_change_ends_redoing_but_only_ones_own(path: Path) -> None:
    ours, theirs = open_store(path), open_store(path)
    ours.apply(Star((A,), True))
    theirs.apply(Star((B,), True))
    ours.undo()
    theirs.undo()
    theirs.apply(Star((C,), True))
    assert theirs.redo().sentence == ""
    assert ours.redo().sentence == "Redone: Starred"


def test_quiet_changes_in_between_do_not_end_redoing(path: Path) -> None:
    store = open_store(path)
    store.apply(Star((A,), True))
    store.undo()
    store.apply(Position(A, 9))
    store.apply(SaveDraft(A, "x"))
    assert store.redo().sentence == "Redone: Starred"


def test_the_list_keeps_the_newest_thousand(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(undo_list, "MOST_STEPS", 10)
    store = open_store(path)
    for number in range(25):
        store.apply(Tag((A,), (f"t{number}",)))
    assert [entry.sentence for entry in store.history()] == [f"Tagged: t{n}" for n in range(24, 14, -1)]
    store.fold()
    assert len(json.loads(path.read_bytes())["undo"]) == 10


def test_the_list_keeps_to_its_bytes_yet_always_the_newest_step(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(undo_list, "MOST_BYTES", 4000)
    store = open_store(path)
    for _ in range(6):
        store.apply(SaveNote(A, "x" * 1000))
    assert 1 < len(store.history()) < 6
    store.apply(SaveNote(A, "y" * 9000))
    assert [entry.sentence for entry in store.history()] == ["Note saved"]
    assert store.undo().sentence == "Undone: Note saved"
    assert len(store.notes(A)) == 6


def test_order_is_by_sequence_whatever_the_clock_says(path: Path) -> None:
    from datetime import UTC, datetime, timedelta

    ticks = itertools.count()
    start = datetime(2026, 3, 1, tzinfo=UTC)
    store = AnnotationStore(path, clock=lambda: start - timedelta(days=next(ticks)), system=NoWaiting())
    for name in ("one", "two", "three"):
        store.apply(SaveNote(A, name))
    assert [note.body for note in store.notes(A)] == ["one", "two", "three"]
    note = store.notes(A)[0]
    store.apply(SaveNote(A, "one, edited", NoteId(note.id), note.revision))
    assert all(found.updated >= found.created for found in store.notes(A))
    store.undo()
    store.undo()
    assert [found.body for found in store.notes(A)] == ["one", "two"]
