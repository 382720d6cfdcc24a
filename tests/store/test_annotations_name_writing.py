"""What is written on the note of a name is never put in the place of a text that its writer did not see."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from store.annotations.contents import contents_of
from store.annotations.documents import UNDO
from store.annotations.name_records import SaveNameDraft, TagEntity, WriteEntityNote
from store.annotations.records import Import, SaveNote, Target
from store.annotations.store import AnnotationStore
from store.article import EntityKey, text_hash
from store.exchange.joining import merge_files
from store.exchange.reading import read_annotations

A = Target(text_hash("a"), "A")
ABE = EntityKey("person:abe")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "annotations.json"


@pytest.mark.parametrize("theirs", [1, 2])
def test_merging_files_lets_no_draft_on_a_name_write_over_another_text(tmp_path: Path, theirs: int) -> None:
    one, two, merged = (tmp_path / f"{name}.json" for name in ("one", "two", "merged"))
    for path, body in ((one, "minister of Japan"), (two, "minister")):
        store = AnnotationStore(path)
        store.apply(WriteEntityNote(ABE, "Abe", "person", body))
        if (path == two) == (theirs == 2):
            store.apply(SaveNameDraft(ABE, "minister, retired", 1))
        # The file with the oldest annotation decides.
        store.apply(SaveNote(A, path.name))
        store.close()
    merge_files(one, two, merged)
    store = AnnotationStore(merged)
    waiting = store.names.draft(ABE)
    assert waiting is not None
    saved = WriteEntityNote(ABE, "Abe", "person", waiting.body, waiting.base_revision, draft=waiting.id)
    assert store.apply(saved).conflict == (theirs == 2)
    (found,) = store.names.records()
    assert ("minister of Japan" in found.body) == (theirs == 2) and "minister, retired" in found.body


def gone_by_writing(store: AnnotationStore, other: Path) -> None:
    store.apply(WriteEntityNote(ABE, "Abe", "person", "", 1))


def gone_by_undoing(store: AnnotationStore, other: Path) -> None:
    store.undo()


def gone_after_going_to_and_fro(store: AnnotationStore, other: Path) -> None:
    for _ in range(2):
        store.undo()
        store.redo()
    store.undo()


def gone_and_tagged(store: AnnotationStore, other: Path) -> None:
    gone_by_writing(store, other)
    store.apply(TagEntity(ABE, "Abe", "person", ("japan",)))


def gone_and_imported(store: AnnotationStore, other: Path) -> None:
    gone_by_writing(store, other)
    theirs = AnnotationStore(other)
    theirs.apply(WriteEntityNote(ABE, "Abe", "person", "two"))
    theirs.close()
    store.apply(Import(contents_of(read_annotations(other))))


def gone_and_forgotten(store: AnnotationStore, other: Path) -> None:
    """The list of what can be undone no longer knows of it; the other session's draft does."""
    elsewhere = AnnotationStore(store.path)
    elsewhere.apply(SaveNameDraft(ABE, "one and", 1))
    gone_by_writing(store, other)
    with store._storage.transaction() as changes:
        for key in list(changes.keys(UNDO)):
            changes.put(UNDO, key, None)


@pytest.mark.parametrize(
    "gone",
    [gone_by_writing, gone_by_undoing, gone_after_going_to_and_fro, gone_and_tagged, gone_and_imported,
     gone_and_forgotten],
)  # fmt: skip
def test_what_was_begun_on_a_note_that_was_deleted_does_not_write_over_the_next_one(
    path: Path, tmp_path: Path, gone: Callable[[AnnotationStore, Path], None]
) -> None:
    here, there = AnnotationStore(path), AnnotationStore(path)
    here.apply(WriteEntityNote(ABE, "Abe", "person", "one"))
    there.refresh()
    gone(here, tmp_path / "other.json")
    # With the first text back from the list, its revision is one that the other session may have opened as well.
    seen = {1, 2, 3} if gone is gone_after_going_to_and_fro else {1}
    here.apply(WriteEntityNote(ABE, "Abe", "person", "two"))
    (record,) = here.names.records()
    assert record.body == "two" and record.revision not in seen
    there.refresh()
    assert there.apply(WriteEntityNote(ABE, "Abe", "person", "one and more", max(seen))).conflict
    (record,) = there.names.records()
    assert record.body.startswith("two\n") and record.body.endswith("one and more")


def test_a_note_that_undoing_brings_back_is_not_what_was_begun_on_the_one_between(path: Path) -> None:
    store = AnnotationStore(path)
    store.apply(WriteEntityNote(ABE, "Abe", "person", "one"))
    deleted = store.apply(WriteEntityNote(ABE, "Abe", "person", "", 1)).undo
    store.apply(WriteEntityNote(ABE, "Abe", "person", "two"))
    between = store.names.records()[0].revision
    store.undo()
    store.undo_entry(deleted)
    assert store.names.records()[0].body == "one"
    assert store.apply(WriteEntityNote(ABE, "Abe", "person", "two and more", between)).conflict
    assert store.names.records()[0].body.startswith("one\n")
