"""Undo asks before what is large or old, takes back any step that nothing builds on, and overwrites nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from store.annotations.records import (
    Anchor,
    AssignDigit,
    DeleteNote,
    PlaceNote,
    Read,
    SaveNote,
    SetPublished,
    Star,
    Tag,
    TagNote,
    Target,
)
from store.annotations.store import AnnotationStore
from store.annotations.undo_records import Whose
from store.article import text_hash
from store.disk.atomic import System
from store.errors import UndoRefused

MANY = [Target(text_hash(f"{n}"), f"Article {n}") for n in range(40)]
A, B, C, D = MANY[:4]
PASSAGE = Anchor("quote", "before ", " after", 7, 12)


class NoWaiting(System):
    def fsync(self, fd: int) -> None:
        pass


@pytest.fixture
def open_store(tmp_path: Path) -> Iterator[Callable[..., AnnotationStore]]:
    opened: list[AnnotationStore] = []
    ticks = count()
    start = datetime.now(UTC) - timedelta(days=2)

    def make(session: str | None = None) -> AnnotationStore:
        opened.append(
            AnnotationStore(
                tmp_path / "annotations.json",
                session=session,
                clock=lambda: start + timedelta(minutes=next(ticks)),
                system=NoWaiting(),
            )
        )
        return opened[-1]

    yield make
    for store in opened:
        store.close()


# ---- what comes next -------------------------------------------------------------------------------------------------
def test_the_next_step_is_known_before_it_is_taken_back(open_store: Callable[..., AnnotationStore]) -> None:
    store = open_store()
    assert store.next_undo() is None
    store.apply(Tag((A, B), ("japan",)))
    store.apply(Read((A,), True, automatic=True))
    entry = store.next_undo()
    assert entry is not None
    assert (entry.sentence, entry.articles, entry.document) == ("Tagged 2 articles: japan", 2, None)
    store.apply(Star((C,), True))
    entry = store.next_undo()
    assert entry is not None and store.about(entry) == C.title


def test_a_large_step_is_asked_for_and_a_second_key_takes_it_back(open_store: Callable[..., AnnotationStore]) -> None:
    store = open_store()
    store.apply(Tag(tuple(MANY[:21]), ("japan",)))
    asked = store.undo(most=20).asks
    assert asked is not None and asked.articles == 21
    assert store.marks(A).tags == ("japan",)
    assert store.undo(expected=asked.id).sentence == "Undone: Tagged 21 articles: japan"
    assert store.marks(A).tags == ()
    store.apply(Tag(tuple(MANY[:20]), ("japan",)))
    assert store.undo(most=20).asks is None


def test_a_step_of_an_earlier_session_is_asked_for(open_store: Callable[..., AnnotationStore]) -> None:
    first = open_store()
    first.apply(Star((A,), True))
    first.close()
    second = open_store()
    asked = second.undo(most=20).asks
    assert asked is not None and second.whose(asked) is Whose.ENDED
    assert second.marks(A).starred
    assert second.undo(asked.id, most=None).sentence == "Undone: Starred"


def test_what_was_asked_for_must_still_be_the_next_step(open_store: Callable[..., AnnotationStore]) -> None:
    store = open_store()
    store.apply(Tag(tuple(MANY), ("japan",)))
    asked = store.undo(most=20).asks
    store.apply(Star((A,), True))
    assert asked is not None
    with pytest.raises(UndoRefused, match="it would be “Starred” now"):
        store.undo(expected=asked.id)
    assert store.marks(A).starred and store.marks(A).tags == ("japan",)


# ---- any of them -----------------------------------------------------------------------------------------------------
def test_a_step_that_nothing_builds_on_is_undone_alone_and_redone(open_store: Callable[..., AnnotationStore]) -> None:
    store = open_store()
    first = store.apply(Tag((A, B), ("japan",))).undo
    store.apply(Tag((A,), ("kuriles",)))
    store.apply(Star((B,), True))
    assert store.undo_entry(first).sentence == "Undone: Tagged 2 articles: japan"
    assert (store.marks(A).tags, store.marks(B).tags, store.marks(B).starred) == (("kuriles",), (), True)
    assert [entry.undone for entry in store.history()] == [False, False, True]
    assert store.redo_entry(first).sentence == "Redone: Tagged 2 articles: japan"
    assert set(store.marks(A).tags) == {"kuriles", "japan"}


def test_a_step_that_another_builds_on_names_that_one(open_store: Callable[..., AnnotationStore]) -> None:
    store = open_store()
    first = store.apply(Tag((A, B, C), ("japan",))).undo
    later = store.apply(Tag((B,), (), ("japan",))).undo
    with pytest.raises(UndoRefused, match=r"“Untagged: japan” of \S+ \d\d:\d\d came later and builds on it"):
        store.undo_entry(first)
    assert store.marks(A).tags == ("japan",)
    store.undo_entry(later)
    store.undo_entry(first)
    assert store.marks(B).tags == ()
    with pytest.raises(UndoRefused, match="came before it and is undone too"):
        store.redo_entry(later)
    store.redo_entry(first)
    assert store.redo_entry(later).skipped == 0
    assert [store.marks(one).tags for one in (A, B, C)] == [("japan",), (), ("japan",)]


def test_a_later_step_in_the_way_of_a_redo_is_named(open_store: Callable[..., AnnotationStore]) -> None:
    store = open_store()
    first = store.apply(SetPublished((A,), date(2017, 1, 1))).undo
    store.undo()
    store.apply(SetPublished((A,), date(2018, 1, 1)))
    with pytest.raises(UndoRefused, match=r"“Date set: 2018-01-01”.* came later and touches the same"):
        store.redo_entry(first)
    assert store.marks(A).published == date(2018, 1, 1)


def test_a_living_sessions_step_is_not_undone_from_elsewhere(open_store: Callable[..., AnnotationStore]) -> None:
    ours, theirs = open_store(), open_store()
    step = theirs.apply(Star((A,), True)).undo
    ours.refresh()
    (entry,) = ours.history()
    assert ours.whose(entry) is Whose.LIVING and theirs.whose(entry) is Whose.OWN
    with pytest.raises(UndoRefused, match="Another session that runs"):
        ours.undo_entry(step)
    theirs.close()
    assert ours.whose(entry) is Whose.ENDED
    ours.undo_entry(step)


@pytest.mark.parametrize("wrong", ["undo_entry", "redo_entry"])
def test_a_step_that_is_no_longer_kept_is_said_so(open_store: Callable[..., AnnotationStore], wrong: str) -> None:
    with pytest.raises(UndoRefused, match="no longer kept"):
        getattr(open_store(), wrong)("nowhere")


def test_notes_and_tags_on_them_build_on_each_other_but_two_tags_do_not(
    open_store: Callable[..., AnnotationStore],
) -> None:
    store = open_store()
    written = store.apply(SaveNote(A, "words"))
    assert written.note is not None
    one = store.apply(TagNote((written.note,), ("one",))).undo
    store.apply(TagNote((written.note,), ("two",)))
    with pytest.raises(UndoRefused, match="“Tagged the note: two”"):
        store.undo_entry(written.undo)
    store.undo_entry(one)
    assert store.notes(A)[0].tags == ("two",)


def test_a_tag_on_another_number_key_is_in_the_way(open_store: Callable[..., AnnotationStore]) -> None:
    store = open_store()
    store.apply(AssignDigit(1, "japan"))
    freed = store.apply(AssignDigit(1, None)).undo
    store.apply(AssignDigit(2, "japan"))
    with pytest.raises(UndoRefused, match="“2 is japan now”"):
        store.undo_entry(freed)
    assert store.known_tags.digits == {2: "japan"}


# ---- what another session changed since ------------------------------------------------------------------------------
def test_undoing_an_edit_leaves_the_tags_that_another_put_on(open_store: Callable[..., AnnotationStore]) -> None:
    ours, theirs = open_store(), open_store()
    note = ours.apply(SaveNote(A, "one")).note
    assert note is not None
    ours.apply(SaveNote(A, "two", note, 1))
    theirs.apply(TagNote((note,), ("theirs",)))
    assert ours.undo().skipped == 0
    (found,) = ours.notes(A)
    assert (found.body, found.tags) == ("one", ("theirs",))
    # Taking the note away altogether would take their tag along.
    receipt = ours.undo()
    assert receipt.sentence == "Not undone, another session has changed it since: Note saved"
    assert len(ours.notes(A)) == 1


def test_undoing_note_tags_leaves_a_text_that_another_session_wrote(open_store: Callable[..., AnnotationStore]) -> None:
    ours, theirs = open_store(), open_store()
    note = ours.apply(SaveNote(A, "one")).note
    assert note is not None
    ours.apply(TagNote((note,), ("who",)))
    theirs.apply(SaveNote(A, "two", note, 1))
    ours.undo()
    (found,) = ours.notes(A)
    assert (found.body, found.tags) == ("two", ())


def test_a_date_that_another_session_set_since_stays(open_store: Callable[..., AnnotationStore]) -> None:
    ours, theirs = open_store(), open_store()
    ours.apply(SetPublished((A, B), date(2017, 1, 1)))
    theirs.apply(SetPublished((A,), date(2018, 1, 1)))
    receipt = ours.undo()
    assert receipt.sentence == (
        "Undone: Date of 2 articles set: 2017-01-01 (1 left alone: changed since by another session)"
    )
    assert (ours.marks(A).published, ours.marks(B).published) == (date(2018, 1, 1), None)


def test_placing_a_note_is_undone_to_where_it_was(open_store: Callable[..., AnnotationStore]) -> None:
    store = open_store()
    note = store.apply(SaveNote(A, "words", anchor=PASSAGE)).note
    assert note is not None
    elsewhere = Anchor("other", "", "", 0, 5)
    store.apply(PlaceNote(note, B, elsewhere))
    receipt = store.undo()
    assert (receipt.note, receipt.passage) == (note, PASSAGE)
    assert [one.anchor for one in store.notes(A)] == [PASSAGE] and store.notes(B) == []
    assert store.redo().passage == elsewhere
    assert [one.anchor for one in store.notes(B)] == [elsewhere]


def test_an_undone_note_tells_where_its_passage_was(open_store: Callable[..., AnnotationStore]) -> None:
    store = open_store()
    note = store.apply(SaveNote(A, "words", anchor=PASSAGE)).note
    assert note is not None
    assert store.undo().passage == PASSAGE
    store.redo()
    store.apply(DeleteNote(note))
    assert store.undo().passage == PASSAGE


def test_a_note_whose_text_has_moved_can_still_be_taken_back(open_store: Callable[..., AnnotationStore]) -> None:
    store = open_store()
    store.apply(SaveNote(A, "words", anchor=PASSAGE))
    store.adopt(A.id, B)
    assert len(store.notes(B)) == 1
    assert store.undo().sentence == "Undone: Note saved"
    assert store.notes(B) == []
