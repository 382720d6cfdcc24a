"""Names that are one, their tags and their notes are kept, undone, exported and merged like all that is the user's."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.annotations.name_records import (
    DropNameDraft,
    EntityRecord,
    JoinEntities,
    JudgeEntities,
    PartEntities,
    SaveNameDraft,
    TagEntity,
    Verdict,
    WriteEntityNote,
)
from store.annotations.records import DeleteTag, Import, RenameTag, Tag
from store.annotations.store import AnnotationStore
from store.article import EntityKey
from store.errors import NotFoundError, UsageError
from store.exchange.joining import merge_files
from store.exchange.reading import read_import
from tests.store.corrections import ABE, AKIE, CORRECTIONS, SHINZO, A, said


def join(key: EntityKey, into: EntityKey) -> JoinEntities:
    return JoinEntities(((key, key.partition(":")[2].title()),), into, into.partition(":")[2].title())


def test_joined_names_are_followed_and_a_split_restores_everything(store: AnnotationStore) -> None:
    assert store.apply(join(ABE, SHINZO)).sentence == "Joined into Shinzo Abe: Abe"
    assert store.apply(join(SHINZO, AKIE)).sentence == "Joined into Akie Abe: Shinzo Abe"
    assert store.names.joined == {ABE: AKIE, SHINZO: AKIE}
    assert store.apply(PartEntities(SHINZO)).sentence == "Split Shinzo Abe from Akie Abe"
    assert store.names.joined == {ABE: SHINZO}
    assert store.apply(PartEntities(SHINZO)).sentence == "Split Shinzo Abe from Abe"
    assert store.names.joined == {}
    for _ in range(3):
        store.undo()
    assert store.names.joined == {ABE: SHINZO}
    with pytest.raises(NotFoundError):
        store.apply(PartEntities(AKIE))


def test_there_are_no_circles(store: AnnotationStore) -> None:
    store.apply(join(ABE, SHINZO))
    with pytest.raises(UsageError, match="one already"):
        store.apply(join(ABE, SHINZO))
    assert store.apply(join(SHINZO, ABE)).sentence == "Joined into Abe: Shinzo Abe"
    assert store.names.joined == {SHINZO: ABE}
    store.apply(join(AKIE, SHINZO))
    assert store.names.joined == {SHINZO: ABE, AKIE: ABE}
    store.apply(join(ABE, AKIE))
    assert store.names.joined == {SHINZO: AKIE, ABE: AKIE}


def test_several_names_go_into_one_with_what_was_joined_into_them(store: AnnotationStore) -> None:
    store.apply(join(ABE, AKIE))
    other = EntityKey("person:s. abe")
    receipt = store.apply(JoinEntities(((ABE, "Abe"), (other, "S. Abe"), (SHINZO, "Shinzo Abe")), SHINZO, "Shinzo Abe"))
    assert receipt.sentence == "Joined into Shinzo Abe: Akie Abe, S. Abe"
    assert store.names.joined == {ABE: SHINZO, AKIE: SHINZO, other: SHINZO}


def test_a_judgement_is_kept_changed_and_forgotten(store: AnnotationStore) -> None:
    names = ("Shinzo Abe", "Akie Abe")
    different = JudgeEntities(SHINZO, AKIE, Verdict.DIFFERENT, names)
    assert store.apply(different).sentence == "Not the same: Shinzo Abe and Akie Abe"
    assert store.apply(different).sentence == ""
    assert store.apply(JudgeEntities(AKIE, SHINZO, Verdict.UNSURE, names[::-1])).sentence.startswith("Unsure")
    (decision,) = store.names.decisions()
    assert (decision.verdict, {decision.key, decision.into}) == (Verdict.UNSURE, {SHINZO, AKIE})
    assert store.apply(JudgeEntities(SHINZO, AKIE, None, names)).sentence.startswith("Undecided again")
    assert store.names.decisions() == []
    store.apply(different)
    store.apply(join(AKIE, SHINZO))
    assert [one.verdict for one in store.names.decisions()] == [Verdict.SAME], "who joins them thinks otherwise now"
    with pytest.raises(UsageError, match="split them first"):
        store.apply(different)


# ---- tags and notes of an entity -----------------------------------------------------------------------------
def record(store: AnnotationStore) -> EntityRecord:
    (found,) = store.names.records()
    return found


def test_an_entity_has_tags_and_a_note(store: AnnotationStore, path: Path) -> None:
    said = store.apply(TagEntity(SHINZO, "Shinzo Abe", "person", ("japan", "ldp"))).sentence
    assert said == "Tagged Shinzo Abe: japan, ldp"
    said = store.apply(WriteEntityNote(SHINZO, "Shinzo Abe", "person", "Prime minister.")).sentence
    assert said == "Note on Shinzo Abe saved"
    said = store.apply(TagEntity(SHINZO, "Shinzo Abe", "person", remove=("LDP",))).sentence
    assert said == "Untagged Shinzo Abe: ldp"
    for session in (store, AnnotationStore(path)):
        found = record(session)
        assert (found.key, found.name, found.kind) == (SHINZO, "Shinzo Abe", "person")
        assert (found.tags, found.body, found.revision) == (("japan",), "Prime minister.", 1)
    for _ in range(3):
        store.undo()
    assert store.names.records() == []


def test_a_note_written_in_two_sessions_at_once_keeps_both_texts(store: AnnotationStore) -> None:
    store.apply(WriteEntityNote(SHINZO, "Shinzo Abe", "person", "first"))
    store.apply(WriteEntityNote(SHINZO, "Shinzo Abe", "person", "second", 1))
    receipt = store.apply(WriteEntityNote(SHINZO, "Shinzo Abe", "person", "third", 1))
    assert receipt.conflict
    assert record(store).body.startswith("second\n\n---\n")
    assert record(store).body.endswith("\n\nthird")
    assert store.apply(WriteEntityNote(SHINZO, "Shinzo Abe", "person", "", 1)).conflict
    assert store.apply(WriteEntityNote(SHINZO, "Shinzo Abe", "person", "", 3)).sentence.endswith("deleted")
    assert store.names.records() == []


def test_the_draft_of_a_note_is_offered_to_the_next_session_and_gone_with_the_note(path: Path) -> None:
    store, living = AnnotationStore(path), AnnotationStore(path)
    living.apply(SaveNameDraft(AKIE, "someone else's"))
    store.apply(WriteEntityNote(SHINZO, "Shinzo Abe", "person", "first"))
    assert store.apply(SaveNameDraft(SHINZO, "first and", 1)).undo == ""
    store.apply(SaveNameDraft(SHINZO, "first and second", 1))
    store.refresh()
    assert store.names.draft(AKIE) is None, "a living session's draft is its own"
    store.close()
    again = AnnotationStore(path)
    draft = again.names.draft(SHINZO)
    assert draft is not None and (draft.body, draft.base_revision) == ("first and second", 1)
    assert again.names.entities[SHINZO].body == "first"
    again.apply(SaveNameDraft(SHINZO, "first and second, third", 1, draft.id))
    again.apply(WriteEntityNote(SHINZO, "Shinzo Abe", "person", "first and second, third", 1, draft=""))
    assert again.names.draft(SHINZO) is None
    again.apply(SaveNameDraft(SHINZO, "no", 2))
    again.apply(DropNameDraft(SHINZO))
    assert again.names.draft(SHINZO) is None
    living.close()
    again.refresh()
    draft = again.names.draft(AKIE)
    assert draft is not None and draft.body == "someone else's"


def test_drafts_of_two_files_are_in_the_one_they_become(tmp_path: Path) -> None:
    for name in ("one", "two"):
        store = AnnotationStore(tmp_path / name)
        store.apply(SaveNameDraft(SHINZO, f"draft {name}"))
        store.close()
    merge_files(tmp_path / "one", tmp_path / "two", tmp_path / "both")
    store = AnnotationStore(tmp_path / "both")
    assert {draft.body for _, draft in store.names.drafts[SHINZO]} == {"draft one", "draft two"}
    store.apply(SaveNameDraft(AKIE, "a change has a number above all drafts"))
    assert store.names.drafts[AKIE][0][1].body.startswith("a change")


def test_undoing_a_tag_leaves_the_note_that_another_session_wrote(store: AnnotationStore, path: Path) -> None:
    store.apply(TagEntity(SHINZO, "Shinzo Abe", "person", ("japan",)))
    AnnotationStore(path).apply(WriteEntityNote(SHINZO, "Shinzo Abe", "person", "a note"))
    assert store.undo().skipped == 0
    assert (record(store).tags, record(store).body) == ((), "a note")


def test_a_tag_of_an_entity_is_a_tag_like_any(store: AnnotationStore) -> None:
    store.apply(TagEntity(SHINZO, "Shinzo Abe", "person", ("asia/japan",)))
    (use,) = store.tags()
    assert (use.name, use.articles, use.notes, use.entities) == ("asia/japan", 0, 0, 1)
    assert store.known_tags.reach("asia").entities == 1
    assert store.apply(RenameTag("asia", "east")).sentence.startswith("Renamed the tag on 1 name: asia → east")
    assert record(store).tags == ("east/japan",)
    store.apply(Tag((A,), ("east/japan",)))
    assert store.apply(DeleteTag("east")).sentence.startswith("Deleted the tag on 1 article and 1 name: east")
    assert store.names.records() == []
    store.undo()
    assert record(store).tags == ("east/japan",)
    store.undo()
    store.undo()
    assert record(store).tags == ("asia/japan",)
    assert [use.name for use in store.tags()] == ["asia/japan"]


# ---- other files ---------------------------------------------------------------------------------------------
def test_an_import_brings_it_all_once_and_can_be_undone(store: AnnotationStore, tmp_path: Path) -> None:
    theirs = AnnotationStore(tmp_path / "theirs.json")
    for change in CORRECTIONS:
        theirs.apply(change)
    theirs.apply(join(ABE, SHINZO))
    theirs.apply(WriteEntityNote(SHINZO, "Shinzo Abe", "person", "theirs"))
    theirs.close()
    store.apply(Tag((A,), ("x",)))
    store.apply(WriteEntityNote(SHINZO, "Shinzo Abe", "person", "ours"))
    contents = read_import(tmp_path / "theirs.json")
    receipt = store.apply(Import(contents))
    assert receipt.sentence == "Imported 6 corrections and 1 decision about names and 1 name with tags or a note"
    assert said(store.names.corrections()) == said(theirs.names.corrections())
    assert len(store.names.corrections_for(A.id).here) == 4
    assert store.names.joined == {ABE: SHINZO}
    assert all(words in record(store).body for words in ("ours", "theirs"))
    assert store.apply(Import(contents)).sentence == ""
    store.undo()
    assert (store.names.corrections(), store.names.decisions(), record(store).body) == ([], [], "ours")


def test_files_that_joined_names_the_other_way_round_make_no_circle(tmp_path: Path) -> None:
    for name, change in (("one", join(ABE, SHINZO)), ("two", join(SHINZO, ABE))):
        store = AnnotationStore(tmp_path / name)
        store.apply(Tag((A,), (name,)))
        store.apply(change)
        store.close()
    merge_files(tmp_path / "one", tmp_path / "two", tmp_path / "both")
    assert AnnotationStore(tmp_path / "both").names.joined == {ABE: SHINZO}
