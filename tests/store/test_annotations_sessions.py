"""Sessions see each other, and know who is still there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from store.annotations.records import SaveDraft, SaveNote, Star, Tag, Target
from store.annotations.sessions import Sessions
from store.annotations.store import AnnotationStore
from store.article import text_hash
from store.errors import Busy, UsageError

A = Target(text_hash("a"), "A")

LIVE = """
import sys
from pathlib import Path
from store.annotations.records import SaveDraft, Star, Target
from store.annotations.store import AnnotationStore
store = AnnotationStore(Path(sys.argv[1]))
target = Target(sys.argv[2], "A")
store.apply(Star((target,), True))
store.apply(SaveDraft(target, "what I was writing"))
print("done", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "annotations.json"


def test_a_killed_session_has_ended_and_leaves_its_steps_and_draft_to_the_next(path: Path) -> None:
    other = subprocess.Popen(
        [sys.executable, "-c", LIVE, str(path), A.id], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert other.stdout is not None
    assert other.stdout.readline() == b"done\n"
    store = AnnotationStore(path)
    assert store.marks(A).starred
    assert store.marks(A).draft
    assert store.draft(A) is None
    assert store.undo().sentence == ""
    other.kill()
    other.communicate()
    assert store.refresh() == {A.id}
    draft = store.draft(A)
    assert draft is not None
    assert draft.body == "what I was writing"
    assert store.undo().sentence == "Undone: Starred"
    third = AnnotationStore(path)
    third.apply(Star((A,), True))
    assert {entry.name for entry in Path(f"{path}.sessions").iterdir()} == {store.session, third.session}


def test_one_session_never_drops_the_draft_that_a_living_one_is_writing(path: Path) -> None:
    ours, theirs = AnnotationStore(path), AnnotationStore(path)
    theirs.apply(SaveDraft(A, "theirs"))
    ours.apply(SaveDraft(A, "ours"))
    ours.apply(SaveNote(A, "ours"))
    theirs.refresh()
    draft = theirs.draft(A)
    assert draft is not None
    assert draft.body == "theirs"


def test_of_two_crashed_drafts_each_is_offered_in_its_turn(path: Path) -> None:
    first, second = AnnotationStore(path), AnnotationStore(path)
    first.apply(SaveDraft(A, "one more"))
    second.apply(SaveDraft(A, "and another"))
    first.close()
    second.close()
    store = AnnotationStore(path)
    offered = store.draft(A)
    assert offered is not None
    store.apply(SaveNote(A, offered.body, draft=offered.id))
    left = store.draft(A)
    assert left is not None
    assert {offered.body, left.body} == {"one more", "and another"}


def test_a_change_of_another_session_is_seen_at_the_next_refresh_and_costs_nothing_else(path: Path) -> None:
    ours, theirs = AnnotationStore(path), AnnotationStore(path)
    assert ours.refresh() == frozenset()
    theirs.apply(Tag((A,), ("x",)))
    assert ours.marks(A).tags == ()
    assert ours.refresh() == {A.id}
    assert ours.marks(A).tags == ("x",)
    assert ours.refresh() == frozenset()


def test_what_another_session_changed_is_told_even_if_a_change_of_ones_own_met_it_first(path: Path) -> None:
    ours, theirs = AnnotationStore(path), AnnotationStore(path)
    other = Target(text_hash("other"), "Other")
    theirs.apply(Tag((A,), ("x",)))
    assert ours.apply(Star((other,), True)).articles == {other.id}
    assert ours.marks(A).tags == ("x",)
    assert ours.refresh() == {A.id}
    theirs.apply(Tag((A,), ("y",)))
    with pytest.raises(UsageError):
        ours.apply(Tag((other,), ("two words",)))
    assert ours.refresh() == {A.id}
    assert ours.refresh() == frozenset()


def test_a_note_text_that_changed_elsewhere_counts_as_affected(path: Path) -> None:
    ours, theirs = AnnotationStore(path), AnnotationStore(path)
    note = ours.apply(SaveNote(A, "one")).note
    theirs.apply(SaveNote(A, "two", note, 1))
    assert ours.refresh() == {A.id}
    assert [found.body for found in ours.notes(A)] == ["two"]


def test_a_session_that_holds_the_lock_too_long_is_named_and_nothing_changes(path: Path) -> None:
    ours, theirs = AnnotationStore(path, timeout=0.01), AnnotationStore(path)
    ours.apply(Star((A,), True))
    with theirs._storage.transaction():
        with pytest.raises(Busy, match="Another session"):
            ours.apply(Star((A,), False))
        assert ours.marks(A).starred
    assert ours.apply(Star((A,), False)).sentence == "Star removed"


def test_two_sessions_of_one_name_are_told_apart(path: Path) -> None:
    one, two = Sessions(path, "same"), Sessions(path, "same")
    one.join()
    two.join()
    assert one.own != two.own
    assert not two.is_ended(one.own)
    assert not one.is_ended(two.own)
    one.leave()
    assert two.is_ended("same")
    with pytest.raises(UsageError):
        Sessions(path, "../evil")
    assert two.is_ended("../evil")
