"""An export comes back without loss, once or twice; a damaged one is refused; an import is one step to undo."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.annotations.records import (
    Anchor,
    AssignDigit,
    Import,
    Read,
    SaveNote,
    SetPublished,
    Star,
    Tag,
    TagNote,
)
from store.annotations.store import AnnotationStore
from store.errors import ExchangeError
from store.exchange import jsonl_reading
from store.exchange.reading import read_import
from tests.store.annotation_files import BEGIN, TARGETS, contents, exported, histories, open_store, work

A, B, C = TARGETS
FIXTURES = Path(__file__).parents[1] / "fixtures" / "annotations"


def take_in(store: AnnotationStore, lines: str) -> str:
    """Import lines; returns what was said."""
    return store.apply(Import(jsonl_reading.read(lines.encode(), "export.jsonl"))).sentence


def bodies(store: AnnotationStore) -> list[str]:
    return sorted(note.body for target in TARGETS for note in store.notes(target.id))


@settings(max_examples=60, deadline=None)
@given(history=histories)
def test_an_export_comes_back_whole_and_twice_is_once(history: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        first = open_store(Path(folder) / "first.json")
        work(first, history)
        lines = exported(contents(first))
        second = open_store(Path(folder) / "second.json", hours=1)
        take_in(second, lines)
        assert exported(contents(second)) == lines
        assert take_in(second, lines) == ""
        assert exported(contents(second)) == lines
        assert take_in(first, lines) == ""
        assert exported(contents(first)) == lines
        for one in (first, second):
            one.close()


@settings(max_examples=40, deadline=None)
@given(common=histories, here=histories, there=histories)
def test_what_both_have_added_is_there_after_an_import(common: list[Any], here: list[Any], there: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "here.json")
        work(store, common)
        store.close()
        if (Path(folder) / "here.json").exists():
            shutil.copy(Path(folder) / "here.json", Path(folder) / "there.json")
        store, other = open_store(Path(folder) / "here.json", hours=1), open_store(Path(folder) / "there.json", hours=1)
        work(store, here)
        work(other, there)
        before, lines = contents(store), exported(contents(other))
        take_in(store, lines)
        after, theirs = contents(store), contents(other)
        ids = {one["text_hash"]: one["id"] for one in after.articles.values()}
        for one in (*before.articles.values(), *theirs.articles.values()):
            kept = {tag.casefold() for tag in after.articles[ids[one["text_hash"]]]["tags"]}
            assert {tag.casefold() for tag in one["tags"]} <= kept
        assert before.notes.keys() | theirs.notes.keys() <= after.notes.keys()
        said = {note["body"] for note in after.notes.values()}
        for identity in before.notes.keys() & theirs.notes.keys():
            one, two = before.notes[identity], theirs.notes[identity]
            if one["revision"] == two["revision"]:
                assert {one["body"], two["body"]} - {""} <= said, "both were edited: both texts stay"
        assert take_in(store, lines) == ""
        for each in (store, other):
            each.close()


@settings(max_examples=40, deadline=None)
@given(here=histories, there=histories)
def test_an_import_is_one_step_and_undone_as_if_it_had_never_been(here: list[Any], there: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store, other = open_store(Path(folder) / "here.json"), open_store(Path(folder) / "there.json", hours=1)
        work(store, here)
        work(other, there)

        def seen() -> Any:
            notes = {note.id: note.replace(revision=0, updated=BEGIN) for t in TARGETS for note in store.notes(t.id)}
            marks = [store.marks(target.id) for target in TARGETS]
            positions = [(m.position, m.draft) for m in marks]
            return notes, [(m.tags, m.starred, m.read, m.published, m.changed) for m in marks], len(positions)

        steps, before = len(store.history()), seen()
        said = take_in(store, exported(contents(other)))
        after = seen()
        assert len(store.history()) == steps + bool(said)
        if said:
            assert said.startswith("Imported ")
            assert store.undo().skipped == 0
            assert seen() == before
            assert store.redo().skipped == 0
            assert seen() == after
        for each in (store, other):
            each.close()


# ---- which one wins ------------------------------------------------------------------------------------------
@pytest.fixture
def pair(tmp_path: Path) -> tuple[AnnotationStore, AnnotationStore]:
    """Return the same file on two machines, with one note, one of them a day later."""
    store = open_store(tmp_path / "here.json")
    store.apply(SaveNote(A, "first", anchor=Anchor("quote", "", "", 0, 5)))
    store.apply(Tag((A,), ("x",)))
    store.close()
    shutil.copy(tmp_path / "here.json", tmp_path / "there.json")
    return open_store(tmp_path / "here.json", hours=1), open_store(tmp_path / "there.json", hours=24)


def edit(store: AnnotationStore, body: str) -> None:
    (note,) = store.notes(A.id)
    store.apply(SaveNote(A, body, note.id, note.revision))


def test_a_note_edited_further_there_wins_and_here_stays(pair: tuple[AnnotationStore, AnnotationStore]) -> None:
    here, there = pair
    edit(there, "second")
    assert take_in(here, exported(contents(there))) == "Imported 1 newer note on 1 article"
    assert bodies(here) == ["second"]
    edit(here, "third")
    assert take_in(here, exported(contents(there))) == ""
    assert bodies(here) == ["third"]


def test_a_note_edited_in_both_keeps_both_texts_once(pair: tuple[AnnotationStore, AnnotationStore]) -> None:
    here, there = pair
    edit(here, "mine")
    edit(there, "theirs")
    lines = exported(contents(there))
    assert take_in(here, lines) == "Imported 1 note beside one here on 1 article"
    (mine, theirs) = sorted(here.notes(A.id), key=lambda note: note.body)
    assert (mine.body, mine.conflict_of, theirs.body, theirs.conflict_of) == ("mine", None, "theirs", mine.id)
    assert take_in(here, lines) == ""
    take_in(there, exported(contents(here)))
    assert bodies(there) == ["mine", "theirs"], "back there each text is kept once, too"


def test_a_longer_history_is_no_proof_where_it_went_on_from_another_text(
    pair: tuple[AnnotationStore, AnnotationStore],
) -> None:
    here, there = pair
    edit(there, "theirs")
    edit(here, "mine")
    edit(here, "mine, edited again")
    take_in(here, exported(contents(there)))
    assert bodies(here) == ["mine, edited again", "theirs"]


def test_star_and_read_mark_are_those_changed_last(pair: tuple[AnnotationStore, AnnotationStore]) -> None:
    here, there = pair
    here.apply(Star((A,), True))
    there.apply(Read((A,), True))
    assert take_in(here, exported(contents(there))) == "Imported marks on 1 article"
    assert (here.marks(A.id).starred, here.marks(A.id).read) == (False, True)
    here.undo()
    assert (here.marks(A.id).starred, here.marks(A.id).read) == (True, False)


def test_a_date_set_by_hand_wins_over_none(pair: tuple[AnnotationStore, AnnotationStore]) -> None:
    here, there = pair
    here.apply(SetPublished((A,), BEGIN.date()))
    there.apply(Tag((A,), ("y",)))
    assert take_in(here, exported(contents(there))) == "Imported 1 tag on 1 article"
    assert here.marks(A.id).published == BEGIN.date()


def test_tags_are_united_as_they_are_written_here_and_number_keys_stay(
    pair: tuple[AnnotationStore, AnnotationStore],
) -> None:
    here, there = pair
    here.apply(AssignDigit(1, "x"))
    there.apply(Tag((A, B), ("y", "X")))
    there.apply(AssignDigit(1, "y"))
    there.apply(AssignDigit(2, "later"))
    there.apply(TagNote((there.notes(A.id)[0].id,), add=("X",)))
    said = take_in(here, exported(contents(there)))
    assert said == "Imported 4 tags on 2 articles and 1 number key"
    assert (here.marks(A.id).tags, here.marks(B.id).tags, here.notes(A.id)[0].tags) == (("x", "y"), ("y", "x"), ("x",))
    assert {use.digit: use.name for use in here.tags() if use.digit} == {1: "x", 2: "later"}


def test_the_same_article_annotated_apart_becomes_one(tmp_path: Path) -> None:
    here, there = open_store(tmp_path / "here.json"), open_store(tmp_path / "there.json", hours=1)
    here.apply(SaveNote(A, "mine"))
    there.apply(Tag((A,), ("x",)))
    there.apply(SaveNote(A, "theirs"))
    take_in(here, exported(contents(there)))
    assert len(contents(here).articles) == 1
    assert [note.body for note in here.notes(A.id)] == ["mine", "theirs"]


# ---- annotation files ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["schema-1.json", "schema-2.json"])
def test_annotation_files_of_every_schema_can_be_imported(name: str, tmp_path: Path) -> None:
    file = tmp_path / name
    shutil.copy(FIXTURES / name, file)
    before = file.read_bytes()
    store = open_store(tmp_path / "here.json")
    found = read_import(file)
    assert store.apply(Import(found)).sentence.startswith("Imported ")
    assert contents(store).notes.keys() == found.notes.keys()
    assert file.read_bytes() == before
    assert sorted(one.name for one in tmp_path.iterdir() if one.name.startswith(name)) == [name]


def test_what_only_the_journal_holds_is_imported_too(tmp_path: Path) -> None:
    there = open_store(tmp_path / "there.json")
    there.apply(Tag((A,), ("x",)))
    assert (tmp_path / "there.json.journal").exists()
    store = open_store(tmp_path / "here.json")
    assert store.apply(Import(read_import(tmp_path / "there.json"))).sentence == "Imported 1 tag on 1 article"


# ---- what is refused -----------------------------------------------------------------------------------------
def _lines(tmp_path: Path) -> list[dict[str, Any]]:
    store = open_store(tmp_path / "whole.json")
    store.apply(Tag((A, B), ("x",)))
    store.apply(SaveNote(A, "note", anchor=Anchor("quote", "", "", 0, 5), tags=("y",)))
    found = [json.loads(line) for line in exported(contents(store)).splitlines()]
    store.close()
    return found


WRONG: list[tuple[int, dict[str, Any], str]] = [
    (2, {"tags": ["two words"]}, "line 2: The tag “two words” has a space"),
    (2, {"starred": 1}, "line 2: it has no valid 'starred'"),
    (2, {"position": -1}, "line 2: it has no valid 'position'"),
    (2, {"created": "yesterday"}, "line 2: it has no valid 'created'"),
    (2, {"document": None}, "line 2: it has no valid 'document'"),
    (2, {"schema": 2}, "line 2: a newer Dateline wrote it (schema 2"),
    (2, {"kind": "letter"}, "line 2: it is no line of `dateline export"),
    (2, {"notes": [3]}, "line 2: it has no valid 'notes'"),
    (2, {"notes": [{"id": "n"}]}, "line 2: a note of it has no valid 'body'"),
    (2, {"sources": [{"path": 3}]}, "line 2: it has no valid 'sources'"),
    (2, {"published_by": "user"}, "line 2: it has no valid 'published'"),
    (4, {"digit": 10}, "line 4: it has no valid 'digit'"),
    (1, {"articles": 3}, "its first line tells of 3 articles, and 2 follow"),
]


@pytest.mark.parametrize(("number", "change", "message"), WRONG)
def test_a_line_that_is_not_what_it_should_be_is_named(
    number: int, change: dict[str, Any], message: str, tmp_path: Path
) -> None:
    lines = _lines(tmp_path)
    lines[number - 1] |= change
    with pytest.raises(ExchangeError) as refused:
        jsonl_reading.read("\n".join(map(json.dumps, lines)).encode(), "export.jsonl")
    assert message in str(refused.value)


def test_a_field_that_is_missing_is_named(tmp_path: Path) -> None:
    for field in ("document", "title", "sources", "tags", "starred", "read", "changed", "copied_from", "updated"):
        lines = _lines(tmp_path)
        del lines[1][field]
        with pytest.raises(ExchangeError, match=f"line 2: it has no (valid )?'{field}'"):
            jsonl_reading.read("\n".join(map(json.dumps, lines)).encode(), "export.jsonl")


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_a_damaged_export_is_read_as_it_is_or_refused(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        whole = "\n".join(json.dumps(line) for line in _lines(Path(folder))).encode()
    at = data.draw(st.integers(0, len(whole)))
    damaged = data.draw(
        st.sampled_from([whole[:at], whole[:at] + b"\xff" + whole[at + 1 :], whole[:at] + b'"' + whole[at:], whole * 2])
    )
    try:
        found = jsonl_reading.read(damaged, "export.jsonl")
    except ExchangeError as error:
        assert "othing was imported" in str(error)
    else:
        assert len(found.articles) == 2


def test_foreign_files_are_refused_with_the_reason(tmp_path: Path) -> None:
    file = tmp_path / "file"
    for text, message in (
        ("", "is empty"),
        ("a,b\n1,2\n", "it is no JSON"),
        ("[1, 2]", "it is no TinyDB file"),
        ('{"_default": {"1": {"a": 2}}}', "no schema number"),
        ('{"_meta": {"1": {"schema": 99}}}', "newer Dateline"),
        ('{"schema": 1, "id": "x", "title": "of dateline list"}', "line 1: it is no line of `dateline export"),
    ):
        file.write_text(text)
        with pytest.raises(ExchangeError, match=message):
            read_import(file)
        assert file.read_text() == text
    with pytest.raises(ExchangeError, match="cannot be read"):
        read_import(tmp_path)
