"""What each change does, says, and leaves in the file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tinydb import TinyDB

from store.annotations.records import (
    NO_MARKS,
    Anchor,
    AssignDigit,
    DeleteNote,
    DropDraft,
    Marks,
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
from store.article import Source, text_hash
from store.errors import NotFoundError, UsageError


def article(name: str) -> Target:
    return Target(text_hash(name), f"Title of {name}", (Source(f"/library/{name}.txt"),))


A, B, C = article("a"), article("b"), article("c")
PASSAGE = Anchor("the quote", "before ", " after", 10, 19)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "annotations.json"


def test_opening_writes_nothing(store: AnnotationStore, path: Path) -> None:
    assert store.marks(A) == NO_MARKS
    assert store.tags() == store.history() == store.notes(A) == []
    assert not path.parent.exists()


def test_tags_keep_their_order_and_are_said(store: AnnotationStore) -> None:
    assert store.apply(Tag((A,), ("japan", "kuriles"))).sentence == "Tagged: japan, kuriles"
    assert store.apply(Tag((A, B, C), ("done",))).sentence == "Tagged 3 articles: done"
    receipt = store.apply(Tag((A, B, C), ("asia",), ("japan", "done")))
    assert receipt.sentence == "Tagged 3 articles: asia; untagged 3 articles: japan, done"
    assert receipt.articles == {A.id, B.id, C.id}
    assert store.marks(A).tags == ("kuriles", "asia")


def test_only_what_changes_is_counted_and_nothing_is_written_for_nothing(store: AnnotationStore, path: Path) -> None:
    store.apply(Tag((A,), ("x",)))
    assert store.apply(Tag((A, B, C), ("x",))).sentence == "Tagged 2 articles: x"
    before = {file: file.read_bytes() for file in path.parent.iterdir() if file.is_file()}
    for nothing in (
        Tag((A, B), ("x",)),
        Tag((A,), (), ("y",)),
        Tag((article("new"),), (), ("x",)),
        Star((A,), False),
        Read((article("new"),), False),
        Position(A, 0),
        DropDraft(A),
        AssignDigit(4, None),
    ):
        receipt = store.apply(nothing)
        assert (receipt.sentence, receipt.articles, receipt.undo) == ("", frozenset(), "")
    assert {file: file.read_bytes() for file in path.parent.iterdir() if file.is_file()} == before


def test_tags_that_differ_in_case_only_are_one_in_the_first_spelling(store: AnnotationStore) -> None:
    store.apply(Tag((A,), ("Straße",)))
    store.apply(Tag((B,), ("STRASSE", "e\u0301tude")))
    assert store.marks(B).tags == ("Straße", "\u00e9tude")
    assert [(use.name, use.articles) for use in store.tags()] == [("Straße", 2), ("\u00e9tude", 1)]
    store.apply(Tag((A, B), (), ("strasse",)))
    store.apply(Tag((A,), ("strasse",)))
    assert store.marks(A).tags == ("strasse",)


@pytest.mark.parametrize("tag", ["", "  ", "two words", "a,b", "+a", "-a", "a\x1bb", "a\u202eb", "x" * 101, "/"])
def test_what_cannot_be_a_tag_is_refused_in_words(store: AnnotationStore, path: Path, tag: str) -> None:
    with pytest.raises(UsageError) as refused:
        store.apply(Tag((A,), (tag,)))
    assert str(refused.value).isprintable()
    assert not path.exists()


def test_star_and_read(store: AnnotationStore) -> None:
    assert store.apply(Star((A,), True)).sentence == "Starred"
    assert store.apply(Star((A, B, C), True)).sentence == "Starred 2 articles"
    assert store.apply(Star((A,), False)).sentence == "Star removed"
    assert store.apply(Read((A, B, C), True)).sentence == "Marked 3 articles read"
    assert store.apply(Read((A, B, C), False)).sentence == "Marked 3 articles unread"
    assert store.marks(B) == Marks(starred=True)


def test_quiet_changes_are_saved_and_are_no_steps(store: AnnotationStore, path: Path) -> None:
    receipts = [
        store.apply(Read((A,), True, automatic=True)),
        store.apply(Position(A, 412)),
        store.apply(SaveDraft(A, "unfinished")),
    ]
    assert all(receipt.articles == {A.id} and not receipt.sentence and not receipt.undo for receipt in receipts)
    assert store.history() == []
    assert AnnotationStore(path).marks(A) == Marks(read=True, position=412, draft=True)


def test_a_note_is_saved_edited_and_deleted(store: AnnotationStore) -> None:
    receipt = store.apply(SaveNote(A, "call **back**", tags=("todo",)))
    assert receipt.sentence == "Note saved"
    (note,) = store.notes(A)
    assert (note.id, note.body, note.tags, note.revision) == (receipt.note, "call **back**", ("todo",), 1)
    assert store.apply(SaveNote(A, "called", note.id, note.revision)).sentence == "Note saved"
    (edited,) = store.notes(A)
    assert (edited.body, edited.revision, edited.tags, edited.created) == ("called", 2, ("todo",), note.created)
    assert store.apply(SaveNote(A, "called", note.id, 1)).sentence == ""
    assert store.apply(DeleteNote(note.id)).sentence == "Note deleted"
    assert store.apply(DeleteNote(note.id)).sentence == ""
    assert store.notes(A) == []


def test_a_highlight_is_a_note_without_a_body(store: AnnotationStore) -> None:
    assert store.apply(SaveNote(A, " \n", anchor=PASSAGE)).sentence == "Highlighted"
    (highlight,) = store.notes(A)
    assert highlight.anchor == PASSAGE
    assert (store.marks(A).notes, store.marks(A).highlights) == (0, 1)
    store.apply(SaveNote(A, "why", highlight.id, highlight.revision))
    assert (store.marks(A).notes, store.marks(A).highlights) == (1, 0)
    assert store.notes(A)[0].anchor == PASSAGE
    store.apply(SaveNote(A, "", highlight.id, 2))
    assert (store.marks(A).notes, store.marks(A).highlights) == (0, 1)


def test_an_empty_note_is_none_and_an_emptied_one_is_deleted(store: AnnotationStore) -> None:
    assert store.apply(SaveNote(A, "  \n ")).sentence == ""
    receipt = store.apply(SaveNote(A, "x"))
    assert store.apply(SaveNote(A, "", receipt.note, 1)).sentence == "Note deleted"
    assert store.notes(A) == []


def test_an_edit_of_a_text_that_changed_meanwhile_is_kept_beside_it(store: AnnotationStore, path: Path) -> None:
    first = store.apply(SaveNote(A, "one", anchor=PASSAGE)).note
    other = AnnotationStore(path)
    other.apply(SaveNote(A, "theirs", first, 1))
    receipt = store.apply(SaveNote(A, "ours", first, 1))
    assert receipt.conflict
    assert receipt.note != first
    assert [(note.body, note.conflict_of, note.anchor) for note in store.notes(A)] == [
        ("theirs", None, PASSAGE),
        ("ours", first, PASSAGE),
    ]
    other.refresh()
    assert other.notes(A) == store.notes(A)


def test_the_same_edit_twice_is_no_conflict(store: AnnotationStore, path: Path) -> None:
    first = store.apply(SaveNote(A, "one")).note
    AnnotationStore(path).apply(SaveNote(A, "two", first, 1))
    assert not store.apply(SaveNote(A, "two", first, 1)).conflict
    assert [note.body for note in store.notes(A)] == ["two"]


def test_an_edit_of_a_note_that_another_session_deleted_is_kept(store: AnnotationStore, path: Path) -> None:
    first = store.apply(SaveNote(A, "one", anchor=PASSAGE, tags=("sanctions",))).note
    assert first is not None
    AnnotationStore(path).apply(DeleteNote(first))
    receipt = store.apply(SaveNote(A, "my long edit", first, 1))
    assert receipt.conflict
    kept = [(note.body, note.conflict_of, note.anchor, note.tags) for note in store.notes(A)]
    assert kept == [("my long edit", first, PASSAGE, ("sanctions",))]


def test_emptying_a_note_that_changed_meanwhile_deletes_nothing(store: AnnotationStore, path: Path) -> None:
    first = store.apply(SaveNote(A, "one")).note
    AnnotationStore(path).apply(SaveNote(A, "two", first, 1))
    assert store.apply(SaveNote(A, "", first, 1)).conflict
    assert [note.body for note in store.notes(A)] == ["two"]


def test_a_draft_is_replaced_as_it_grows_and_goes_with_its_note(store: AnnotationStore) -> None:
    for text in ("h", "he", "hel"):
        store.apply(SaveDraft(A, text))
    draft = store.draft(A)
    assert draft is not None
    assert (draft.article, draft.note, draft.body) == (A.id, None, "hel")
    store.apply(SaveNote(A, "hello", draft=""))
    assert store.draft(A) is None
    assert store.marks(A) == Marks(notes=1)
    note = store.notes(A)[0]
    store.apply(SaveDraft(A, "hello you", note.id))
    store.apply(DropDraft(A, note.id))
    assert store.draft(A) is None


def test_a_draft_keeps_the_passage_it_is_on_and_one_from_before_has_none(store: AnnotationStore, path: Path) -> None:
    store.apply(SaveDraft(A, "on the passage", anchor=PASSAGE))
    store.apply(SaveDraft(B, "on the article"))
    store.close()
    tables = json.loads(path.read_text(encoding="utf-8"))
    for draft in tables["drafts"].values():
        if draft["anchor"] is None:
            del draft["anchor"]
    path.write_text(json.dumps(tables), encoding="utf-8")
    again = AnnotationStore(path)
    drafts = [again.draft(one) for one in (A, B)]
    assert [(draft.body, draft.anchor) for draft in drafts if draft] == [
        ("on the passage", PASSAGE),
        ("on the article", None),
    ]


def test_a_tag_is_renamed_everywhere_at_its_place(store: AnnotationStore) -> None:
    store.apply(Tag((A, B), ("one", "old", "two")))
    store.apply(SaveNote(C, "n", tags=("old",)))
    store.apply(AssignDigit(3, "old"))
    receipt = store.apply(RenameTag("OLD", "new"))
    assert receipt.sentence == "Renamed the tag on 2 articles and 1 note: old → new"
    assert receipt.articles == {A.id, B.id, C.id}
    assert store.marks(B).tags == ("one", "new", "two")
    assert store.notes(C)[0].tags == ("new",)
    assert [use.name for use in store.tags() if use.digit == 3] == ["new"]
    assert "old" not in [use.name for use in store.tags()]


def test_renaming_onto_a_tag_makes_them_one(store: AnnotationStore) -> None:
    store.apply(Tag((A, B), ("old",)))
    store.apply(Tag((A,), ("There",)))
    assert store.apply(RenameTag("old", "there")).sentence == "Merged the tag on 2 articles: old → There"
    assert store.marks(A).tags == ("There",)
    assert store.marks(B).tags == ("There",)


def test_a_tags_spelling_can_be_changed(store: AnnotationStore) -> None:
    store.apply(Tag((A,), ("japan",)))
    store.apply(RenameTag("japan", "Japan"))
    assert store.marks(A).tags == ("Japan",)
    assert [use.name for use in store.tags()] == ["Japan"]
    store.undo()
    assert [use.name for use in store.tags()] == ["japan"]


def test_renaming_a_tag_that_is_nowhere_is_an_error(store: AnnotationStore) -> None:
    with pytest.raises(NotFoundError, match="nowhere"):
        store.apply(RenameTag("nowhere", "x"))


def test_a_tag_sits_on_one_key_and_a_key_has_one_tag(store: AnnotationStore) -> None:
    assert store.apply(AssignDigit(1, "japan")).sentence == "1 is japan now"
    store.apply(AssignDigit(2, "done"))
    store.apply(AssignDigit(2, "japan"))
    assert {use.name: use.digit for use in store.tags()} == {"japan": 2}
    assert store.apply(AssignDigit(2, None)).sentence == "2 is free now, it was japan"
    assert store.tags() == []
    with pytest.raises(UsageError):
        store.apply(AssignDigit(0, "x"))


def test_recently_used_tags_come_first(store: AnnotationStore) -> None:
    for name in ("one", "two", "three"):
        store.apply(Tag((A,), (name,)))
    store.apply(Tag((B,), ("one",)))
    assert [use.name for use in store.tags()] == ["one", "three", "two"]


def test_stock_tinydb_reads_words_a_human_knows(store: AnnotationStore, path: Path) -> None:
    hostile = Target(text_hash("h"), "Nul \0 and \ud800", (Source("/l/\udcff.txt", "x\udc80"),))
    store.apply(Tag((hostile,), ("japan",)))
    store.apply(SaveNote(hostile, "bad \udc80 byte"))
    assert AnnotationStore(path).notes(hostile)[0].body == "bad \udc80 byte"
    store.fold()
    with TinyDB(path) as db:
        (found,) = db.table("articles").all()
        assert (found["tags"], found["star"], found["title"]) == (["japan"], False, "Nul \0 and ?")
        assert db.table("notes").all()[0]["body"] == "bad \udc80 byte"
    again = AnnotationStore(path)
    assert again.notes(hostile)[0].body == "bad \udc80 byte"
    known = again.target(hostile.id)
    assert known is not None
    assert known.sources == hostile.sources


def test_the_mirror_gets_marks_and_note_texts(store: AnnotationStore) -> None:
    store.apply(Tag((A,), ("japan",)))
    note = store.apply(SaveNote(A, "text")).note
    assert list(store.mirror_rows()) == [(A.id, Marks(tags=("japan",), notes=1), [(note, ("text", "", ""))])]
    assert list(store.mirror_rows([B.id])) == [(B.id, NO_MARKS, [])]


def test_tables_and_fields_of_others_are_kept(store: AnnotationStore, path: Path) -> None:
    store.apply(Tag((A,), ("x",)))
    store.fold()
    tables = json.loads(path.read_bytes())
    tables["someone's"] = {"1": {"kept": True}}
    next(iter(tables["articles"].values()))["extra"] = [1, 2]
    path.write_text(json.dumps(tables))
    store.apply(Tag((A,), ("y",)))
    store.fold()
    with TinyDB(path) as db:
        assert db.table("someone's").all() == [{"kept": True}]
        assert db.table("articles").all()[0]["extra"] == [1, 2]
        assert db.table("articles").all()[0]["tags"] == ["x", "y"]
