"""Annotations stay with their article when its file moves, is edited, is copied, or lies in many places."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.annotations.records import NO_MARKS, SaveNote, Star, Tag, Target
from store.annotations.store import AnnotationStore
from store.article import ArticleId, Source, text_hash


class Texts:
    """The texts that some source still has."""

    def __init__(self) -> None:
        self.live: set[ArticleId] = set()

    def __call__(self, text: ArticleId) -> bool:
        return text in self.live


@pytest.fixture
def texts() -> Texts:
    return Texts()


@pytest.fixture
def store(tmp_path: Path, texts: Texts) -> AnnotationStore:
    return AnnotationStore(tmp_path / "annotations.json", is_live=texts)


def target(text: str, *paths: Path) -> Target:
    return Target(text_hash(text), text, tuple(Source(str(path)) for path in paths))


def test_a_moved_file_keeps_its_annotations(store: AnnotationStore, tmp_path: Path) -> None:
    store.apply(Tag((target("text", tmp_path / "old"),), ("x",)))
    moved = target("text", tmp_path / "new")
    store.apply(Star((moved,), True))
    assert store.marks(moved).tags == ("x",)
    known = store.target(moved.id)
    assert known is not None
    assert known.sources == moved.sources


def test_an_edited_file_keeps_its_annotations_even_unannounced(store: AnnotationStore, tmp_path: Path) -> None:
    before = target("text", tmp_path / "f")
    store.apply(Tag((before,), ("x",)))
    after = target("text, edited", tmp_path / "f")
    store.apply(Star((after,), True))
    assert store.marks(after).tags == ("x",)
    assert store.marks(before) == NO_MARKS


def test_an_edited_copy_does_not_take_what_the_other_copy_still_has(
    store: AnnotationStore, texts: Texts, tmp_path: Path
) -> None:
    both = target("text", tmp_path / "f", tmp_path / "g")
    texts.live = {both.id}
    store.apply(Tag((both,), ("x",)))
    edited = target("edited", tmp_path / "g")
    store.apply(Star((edited,), True))
    assert store.marks(edited).tags == ()
    assert store.marks(both).tags == ("x",)


def test_adopting_moves_the_annotations_of_a_text_that_is_gone(store: AnnotationStore, tmp_path: Path) -> None:
    before, after = target("text", tmp_path / "f"), target("edited", tmp_path / "f")
    store.apply(Tag((before,), ("x",)))
    note = store.apply(SaveNote(before, "my note")).note
    for _ in range(2):
        store.adopt(before.id, after)
        assert store.marks(before) == NO_MARKS
        assert store.marks(after).tags == ("x",)
        assert [found.id for found in store.notes(after)] == [note]


def test_adopting_copies_while_the_old_text_is_live_and_only_once(
    store: AnnotationStore, texts: Texts, tmp_path: Path
) -> None:
    both = target("text", tmp_path / "f", tmp_path / "g")
    texts.live = {both.id}
    store.apply(Tag((both,), ("x",)))
    store.apply(SaveNote(both, "my note"))
    edited = target("edited", tmp_path / "g")
    receipt = store.adopt(both.id, edited)
    assert receipt.articles >= {edited.id}
    first = (store.marks(edited), store.notes(edited))
    store.adopt(both.id, edited)
    assert (store.marks(edited), store.notes(edited)) == first
    assert first[0].tags == ("x",)
    assert [note.body for note in first[1]] == [note.body for note in store.notes(both)] == ["my note"]
    known = store.target(both.id)
    assert known is not None
    assert known.sources == both.sources[:1]


def test_an_edit_back_doubles_no_note(store: AnnotationStore, texts: Texts, tmp_path: Path) -> None:
    both = target("text", tmp_path / "f", tmp_path / "g")
    texts.live = {both.id}
    store.apply(SaveNote(both, "my note"))
    edited = target("edited", tmp_path / "g")
    store.adopt(both.id, edited)
    store.apply(SaveNote(edited, "later note"))
    store.adopt(edited.id, both)
    assert [note.body for note in store.notes(both)] == ["my note", "later note"]


def test_a_file_edited_into_another_article_brings_its_notes_along(store: AnnotationStore, tmp_path: Path) -> None:
    one, two = target("one", tmp_path / "f"), target("two", tmp_path / "g")
    store.apply(Tag((one,), ("x",)))
    store.apply(Tag((two,), ("y",)))
    store.apply(SaveNote(two, "of two"))
    store.adopt(two.id, one.replace(sources=one.sources + two.sources))
    assert store.marks(one).tags == ("x", "y")
    assert [note.body for note in store.notes(one)] == ["of two"]


def test_an_old_place_claims_nothing_for_a_newcomer(store: AnnotationStore, texts: Texts, tmp_path: Path) -> None:
    store.apply(Tag((target("text", tmp_path / "today"),), ("x",)))
    store.apply(Star((target("text", tmp_path / "kept"),), True))
    newcomer = target("something else", tmp_path / "today")
    store.apply(Star((newcomer,), True))
    assert store.marks(newcomer).tags == ()


def test_an_id_taken_by_an_earlier_text_is_salted(store: AnnotationStore, tmp_path: Path) -> None:
    before, after = target("text", tmp_path / "f"), target("edited", tmp_path / "f")
    store.apply(Tag((before,), ("x",)))
    store.adopt(before.id, after)
    again = target("text", tmp_path / "other")
    store.apply(Tag((again,), ("y",)))
    assert store.marks(again).tags == ("y",)
    assert store.marks(after).tags == ("x",)
