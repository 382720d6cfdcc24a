"""Renaming, merging and deleting a tag reaches the tags below it, articles, notes and number keys, as one step."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from store.annotations.preview import preview
from store.annotations.records import (
    NO_MARKS,
    AssignDigit,
    DeleteTag,
    NoteId,
    RenameTag,
    SaveNote,
    Tag,
    TagNote,
    Target,
)
from store.annotations.store import AnnotationStore
from store.annotations.tag_records import TagOrder
from store.annotations.tags import folded, is_within, moved, tops
from store.article import text_hash
from store.disk.atomic import System
from store.errors import NotFoundError, UsageError

A, B, C, D = (Target(text_hash(name), name) for name in "abcd")


class NoWaiting(System):
    def fsync(self, fd: int) -> None:
        pass


@pytest.fixture
def store(tmp_path: Path) -> Iterator[AnnotationStore]:
    ticks = count()
    start = datetime(2026, 3, 1, tzinfo=UTC)
    found = AnnotationStore(
        tmp_path / "annotations.json", clock=lambda: start + timedelta(hours=next(ticks)), system=NoWaiting()
    )
    yield found
    found.close()


def tags_of(store: AnnotationStore) -> list[tuple[str, ...]]:
    return [store.marks(one).tags for one in (A, B, C, D)]


def a_tree(store: AnnotationStore) -> NoteId:
    store.apply(Tag((A, B), ("asia", "x")))
    store.apply(Tag((B, C), ("asia/japan",)))
    store.apply(Tag((C,), ("Asia/Japan/Tokyo", "asian")))
    note = store.apply(SaveNote(D, "words", tags=("asia/japan",))).note
    assert note is not None
    store.apply(AssignDigit(1, "asia/japan"))
    return note


def test_a_tag_takes_those_below_it_along(store: AnnotationStore) -> None:
    a_tree(store)
    receipt = store.apply(RenameTag("asia", "far-east"))
    assert receipt.sentence == "Renamed the tag on 3 articles and 1 note: asia → far-east (with 2 below)"
    assert receipt.articles == {A.id, B.id, C.id, D.id}
    assert tags_of(store) == [
        ("far-east", "x"),
        ("far-east", "x", "far-east/japan"),
        ("far-east/japan", "far-east/Japan/Tokyo", "asian"),
        (),
    ]
    assert store.notes(D)[0].tags == ("far-east/japan",)
    assert store.known_tags.digits == {1: "far-east/japan"}


def test_deleting_a_tag_deletes_those_below_it_as_one_step(store: AnnotationStore) -> None:
    a_tree(store)
    before = tags_of(store), store.known_tags.digits, store.notes(D)[0].tags, store.tags()
    receipt = store.apply(DeleteTag("ASIA"))
    assert receipt.sentence == "Deleted the tag on 3 articles and 1 note: asia (with 2 below)"
    assert tags_of(store) == [("x",), ("x",), ("asian",), ()]
    assert store.notes(D)[0].tags == () and store.known_tags.digits == {}
    assert store.undo().sentence.startswith("Undone: Deleted the tag")
    # The last use of each tag comes back too.
    assert (tags_of(store), store.known_tags.digits, store.notes(D)[0].tags, store.tags()) == before


def test_merging_goes_all_the_way_down(store: AnnotationStore) -> None:
    a_tree(store)
    store.apply(Tag((C, D), ("Far-East/Japan", "far-east")))
    before = tags_of(store)
    assert store.apply(RenameTag("asia", "far-east")).sentence.startswith("Merged the tag on 3 articles and 1 note")
    assert tags_of(store)[2:] == [
        ("far-east/Japan/Tokyo", "asian", "Far-East/Japan", "far-east"),
        ("Far-East/Japan", "far-east"),
    ]
    assert tags_of(store)[1] == ("far-east", "x", "Far-East/Japan")
    store.undo()
    assert tags_of(store) == before


def test_a_tag_can_move_below_itself_and_up_again(store: AnnotationStore) -> None:
    store.apply(Tag((A,), ("asia", "asia/old")))
    store.apply(Tag((B,), ("asia/old", "asia")))
    before = tags_of(store)
    store.apply(RenameTag("asia", "asia/old"))
    assert tags_of(store)[:2] == [("asia/old", "asia/old/old"), ("asia/old/old", "asia/old")]
    store.apply(RenameTag("asia/old", "asia"))
    assert tags_of(store) == before
    store.undo()
    store.undo()
    assert tags_of(store) == before


def test_a_new_spelling_reaches_those_below(store: AnnotationStore) -> None:
    a_tree(store)
    store.apply(RenameTag("asia", "Asia"))
    assert tags_of(store)[2] == ("Asia/japan", "Asia/Japan/Tokyo", "asian")
    assert store.known_tags.digits == {1: "Asia/japan"}
    assert store.apply(RenameTag("asia", "Asia")).sentence == ""


def test_a_name_that_is_only_stood_below_can_be_renamed(store: AnnotationStore) -> None:
    store.apply(Tag((A,), ("asia/japan",)))
    assert store.apply(RenameTag("asia", "x")).sentence == "Renamed the tag on 1 article: asia → x (with 1 below)"
    with pytest.raises(NotFoundError):
        store.apply(DeleteTag("asia"))


def test_a_name_too_long_for_one_below_changes_nothing(store: AnnotationStore) -> None:
    store.apply(Tag((A,), ("asia", f"asia/{'j' * 80}")))
    before = tags_of(store)
    with pytest.raises(UsageError, match="too long"):
        store.apply(RenameTag("asia", "x" * 40))
    assert tags_of(store) == before


def test_a_number_key_stays_with_the_tag_that_has_one(store: AnnotationStore) -> None:
    store.apply(Tag((A,), ("old", "new")))
    store.apply(AssignDigit(1, "old"))
    store.apply(AssignDigit(2, "new"))
    store.apply(RenameTag("old", "new"))
    assert store.known_tags.digits == {2: "new"}
    store.undo()
    assert store.known_tags.digits == {1: "old", 2: "new"}
    store.redo()
    assert store.known_tags.digits == {2: "new"}
    assert store.apply(AssignDigit(2, "else")).sentence == "2 is else now, it was new"


def test_the_reach_is_known_before_the_change(store: AnnotationStore) -> None:
    a_tree(store)
    reach = store.known_tags.reach("Asia")
    assert (reach.articles, reach.notes, reach.below) == (3, 1, ("Asia/Japan/Tokyo", "asia/japan"))
    assert store.known_tags.reach("nowhere").articles == 0


def test_notes_are_tagged_without_touching_their_text(store: AnnotationStore) -> None:
    note = a_tree(store)
    other = store.apply(SaveNote(D, "more")).note
    assert other is not None
    revision = store.notes(D)[0].revision
    receipt = store.apply(TagNote((note, other), ("who", "ASIA"), ("asia/japan",)))
    assert receipt.sentence == "Tagged 2 notes: who, asia; untagged the note: asia/japan"
    assert [one.tags for one in store.notes(D)] == [("who", "asia"), ("who", "asia")]
    assert store.notes(D)[0].revision == revision
    uses = {use.name: (use.articles, use.notes) for use in store.tags()}
    assert uses["who"] == (0, 2) and uses["asia"] == (2, 2) and uses["asia/japan"] == (2, 0)
    store.undo()
    assert [one.tags for one in store.notes(D)] == [("asia/japan",), ()]


def test_the_tree_counts_each_article_once_with_what_is_below(store: AnnotationStore) -> None:
    a_tree(store)
    tree = store.known_tags.tree()
    assert [(one.name, one.depth, one.step) for one in tree][:3] == [
        ("asia", 0, "asia"), ("asia/japan", 1, "japan"), ("Asia/Japan/Tokyo", 2, "Tokyo"),
    ]  # fmt: skip
    top = tree[0]
    assert (top.articles, top.own.articles, top.notes, top.own.notes) == (3, 2, 1, 0)
    assert [one.name for one in store.known_tags.tree(TagOrder.COUNT) if not one.depth] == ["asia", "x", "asian"]
    store.apply(Tag((D,), ("x",)))
    assert store.known_tags.tree(TagOrder.LAST_USE)[0].name == "x"
    assert not [one for one in tree if one.name == "nowhere"]


def test_what_only_stands_above_others_is_in_the_tree(store: AnnotationStore) -> None:
    store.apply(Tag((A, B), ("a/b/c",)))
    assert [(one.name, one.articles, one.own.articles) for one in store.known_tags.tree()] == [
        ("a", 2, 0), ("a/b", 2, 0), ("a/b/c", 2, 2),
    ]  # fmt: skip


names = st.lists(st.sampled_from(["a", "b", "A"]), min_size=1, max_size=3).map("/".join)


@settings(max_examples=150, deadline=None)
@given(
    one=st.lists(names, max_size=4), two=st.lists(names, max_size=4), noted=st.lists(names, max_size=2),
    digit=names, old=names, new=names | st.none(),
)  # fmt: skip
@example(one=[], two=[], noted=["b"], digit="A/a/a", old="b", new="a/a")
def test_a_rename_is_previewed_counted_and_undone_exactly(
    one: list[str], two: list[str], noted: list[str], digit: str, old: str, new: str | None
) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(AnnotationStore(Path(folder) / "a.json", system=NoWaiting())) as store,
    ):
        store.apply(Tag((A,), tuple(one)))
        store.apply(Tag((B,), tuple(two)))
        store.apply(SaveNote(C, "words", tags=tuple(noted)))
        store.apply(AssignDigit(1, digit))
        before = _all(store)
        reach = store.known_tags.reach(old)
        marks = [store.marks(target) for target in (A, B)]
        change = DeleteTag(old) if new is None else RenameTag(old, new)
        try:
            receipt = store.apply(change)
        except NotFoundError:
            assert not reach.articles and not reach.notes
            return
        shown = [preview(mark, change, target.id).tags for mark, target in zip(marks, (A, B), strict=True)]
        # The screen does not know yet how a tag that is there is spelled elsewhere.
        assert [sorted(map(folded, tags)) for tags in shown] == [
            sorted(map(folded, store.marks(target).tags)) for target in (A, B)
        ]
        touched = [target for target in (A, B, C) if _tags(before, target) != _tags(_all(store), target)]
        assert len([target for target in touched if target is not C]) <= reach.articles
        with closing(AnnotationStore(store.path, system=NoWaiting())) as fresh:
            assert fresh.known_tags.tree() == store.known_tags.tree()
        after = _all(store)
        if receipt.undo:
            assert store.undo().skipped == 0
            assert _all(store) == before
            assert store.redo().skipped == 0
            assert _all(store) == after


def _all(store: AnnotationStore) -> tuple[object, ...]:
    return (
        [store.marks(target).tags for target in (A, B)],
        [note.tags for note in store.notes(C)],
        store.known_tags.digits,
        [(one.name, one.articles, one.notes) for one in store.known_tags.tree()],
    )


def _tags(state: tuple[object, ...], target: Target) -> object:
    return state[1] if target is C else state[0][0 if target is A else 1]  # type: ignore[index]


def test_preview_knows_nothing_of_articles_without_tags() -> None:
    assert preview(NO_MARKS, DeleteTag("x"), A.id) == NO_MARKS


@given(names, names, names)
def test_moving_keeps_what_is_below(tag: str, top: str, new: str) -> None:
    assert is_within(tag, top) == (folded(top) in tops((tag,)))
    if is_within(tag, top):
        assert is_within(moved(tag, top, new), new)
        assert folded(moved(moved(tag, top, new), new, top)) == folded(tag)
