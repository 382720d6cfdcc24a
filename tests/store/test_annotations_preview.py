"""The screen shows before the disk answers what the disk will answer."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from store.annotations.preview import preview
from store.annotations.records import (
    NO_MARKS,
    Anchor,
    AssignDigit,
    Change,
    DeleteNote,
    DropDraft,
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

A, B = Target(text_hash("a")), Target(text_hash("b"))
names = st.sampled_from(["x", "y", "z", " asia//japan "])
some = st.sampled_from([(A,), (B,), (A, B)])
changes = st.one_of(
    st.builds(Tag, some, st.lists(names).map(tuple), st.lists(names).map(tuple)),
    st.builds(Star, some, st.booleans()),
    st.builds(Read, some, st.booleans(), st.booleans()),
    st.builds(Position, st.sampled_from([A, B]), st.integers(0, 3)),
    st.builds(RenameTag, names, names),
    st.builds(SaveDraft, st.just(A), st.just("text")),
    st.builds(DropDraft, st.just(A)),
    st.builds(AssignDigit, st.integers(1, 3), names),
    st.builds(
        SaveNote, st.just(A), st.sampled_from(["", "text"]), anchor=st.none() | st.just(Anchor("q", "", "", 0, 1))
    ),
)


class NoWaiting(System):
    def fsync(self, fd: int) -> None:
        pass


@settings(max_examples=60, deadline=None)
@given(made=st.lists(changes, max_size=10))
def test_what_is_shown_at_once_is_what_is_saved(made: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = AnnotationStore(Path(folder) / "annotations.json", system=NoWaiting())
        for change in made:
            shown = {target.id: preview(store.marks(target), change, target.id) for target in (A, B)}
            try:
                store.apply(change)
            except NotFoundError:
                continue
            assert shown == {target.id: store.marks(target) for target in (A, B)}
        store.close()


def test_a_tag_that_cannot_be_one_is_not_shown() -> None:
    assert preview(NO_MARKS, Tag((A,), ("two words", "x")), A.id).tags == ("x",)


def test_what_only_the_file_knows_is_left_as_it_is() -> None:
    changes: list[Change] = [DeleteNote(NoteId("n")), SaveNote(A, "text", NoteId("n"), 3), Star((B,), True)]
    for change in changes:
        assert preview(NO_MARKS, change, A.id) == NO_MARKS
