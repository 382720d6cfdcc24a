"""Of a note that two sessions edited at once, no text goes without its owner's word, and that word can be undone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from store.annotations.records import DeleteNote, NoteId, SaveNote, SettleNotes, TagNote, Target
from store.annotations.store import AnnotationStore
from store.article import ArticleId
from store.errors import NotFoundError

ARTICLE = Target(ArticleId("a" * 32), "An article")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[AnnotationStore]:
    one = AnnotationStore(tmp_path / "annotations.json", session="one")
    yield one
    one.close()


def double(store: AnnotationStore, tmp_path: Path) -> tuple[NoteId, NoteId]:
    """Edit one note in two sessions; returns the note and the text kept beside it."""
    other = AnnotationStore(tmp_path / "annotations.json", session="two")
    note = store.apply(SaveNote(ARTICLE, "first", tags=("a",))).note
    assert note is not None
    store.apply(SaveNote(ARTICLE, "mine", note, 1))
    receipt = other.apply(SaveNote(ARTICLE, "yours", note, 1))
    assert receipt.conflict
    assert receipt.note is not None
    other.apply(TagNote((receipt.note,), add=("b",)))
    other.close()
    store.refresh()
    return note, receipt.note


def notes(store: AnnotationStore) -> list[tuple[str, tuple[str, ...], NoteId | None]]:
    return [(note.body, note.tags, note.conflict_of) for note in store.notes(ARTICLE)]


def revision(store: AnnotationStore, note: NoteId) -> int:
    return next(one.revision for one in store.notes(ARTICLE) if one.id == note)


@pytest.mark.parametrize("kept", ["mine", "yours"])
def test_one_text_is_kept_with_the_tags_of_both(store: AnnotationStore, tmp_path: Path, kept: str) -> None:
    first, second = double(store, tmp_path)
    before = notes(store)
    stays, goes = (first, second) if kept == "mine" else (second, first)
    store.apply(SettleNotes(stays, revision(store, stays), goes, revision(store, goes)))
    ((body, tags, beside),) = notes(store)
    assert (body, set(tags), beside) == (kept, {"a", "b"}, None)
    store.undo()
    assert notes(store) == before
    store.redo()
    assert [body for body, _, _ in notes(store)] == [kept]


def test_both_are_made_one(store: AnnotationStore, tmp_path: Path) -> None:
    first, second = double(store, tmp_path)
    store.apply(SettleNotes(first, revision(store, first), second, revision(store, second), "mine\n\nyours"))
    assert [body for body, _, _ in notes(store)] == ["mine\n\nyours"]
    store.undo()
    assert [body for body, _, _ in notes(store)] == ["mine", "yours"]


def test_both_are_kept_and_no_longer_called_doubles(store: AnnotationStore, tmp_path: Path) -> None:
    first, second = double(store, tmp_path)
    store.apply(SettleNotes(second, revision(store, second), None))
    assert [(body, beside) for body, _, beside in notes(store)] == [("mine", None), ("yours", None)]
    store.undo()
    assert [(body, beside) for body, _, beside in notes(store)] == [("mine", None), ("yours", first)]


def test_a_text_that_changed_since_it_was_seen_is_left_alone(store: AnnotationStore, tmp_path: Path) -> None:
    first, second = double(store, tmp_path)
    seen = revision(store, second)
    store.apply(SaveNote(ARTICLE, "yours, and more", second, seen))
    before = notes(store)
    with pytest.raises(NotFoundError, match="changed these notes meanwhile"):
        store.apply(SettleNotes(first, revision(store, first), second, seen))
    store.apply(DeleteNote(second))
    with pytest.raises(NotFoundError):
        store.apply(SettleNotes(second, seen + 1, first, revision(store, first)))
    store.undo()
    assert notes(store) == before


def test_of_three_texts_the_third_stands_beside_the_one_that_stays(store: AnnotationStore, tmp_path: Path) -> None:
    first, second = double(store, tmp_path)
    third = store.apply(SaveNote(ARTICLE, "a third", first, 1)).note
    assert third is not None
    store.apply(SettleNotes(second, revision(store, second), first, revision(store, first)))
    assert [(body, beside) for body, _, beside in notes(store)] == [("yours", None), ("a third", second)]
    store.undo()
    assert [beside for _, _, beside in notes(store)] == [None, first, first]
