"""Merging two annotation files makes a third that holds both, whichever is named first, and leaves both alone."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from tinydb import TinyDB

from store.annotations.contents import contents_of
from store.annotations.kept_texts import KeptTexts
from store.annotations.records import AssignDigit, Import, SaveDraft, SaveNote, Tag, TagNote
from store.article import Article, Block, BlockKind
from store.errors import ExchangeError, UsageError
from store.exchange.joining import merge_files
from store.exchange.reading import read_annotations
from tests.store.annotation_files import TARGETS, contents, histories, open_store, work

A, B, C = TARGETS


def content_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@settings(max_examples=40, deadline=None)
@given(common=histories, here=histories, there=histories)
def test_the_merged_file_holds_both_whichever_is_named_first(
    common: list[Any], here: list[Any], there: list[Any]
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "files").mkdir()
        one, two = folder / "files" / "one.json", folder / "files" / "two.json"
        store = open_store(one)
        work(store, [Tag((A,), ("x",)), *common])
        store.close()
        shutil.copy(one, two)
        for path, history, hours in ((one, here, 1), (two, there, 2)):
            store = open_store(path, hours=hours)
            work(store, history)
            store.close(fold=hours == 1)
        before = content_of(folder / "files")
        merge_files(one, two, folder / "first.json")
        merge_files(two, one, folder / "second.json")
        assert content_of(folder / "files") == before
        assert (folder / "first.json").read_bytes() == (folder / "second.json").read_bytes()

        merged = open_store(folder / "first.json", hours=3)
        found = contents(merged)
        for path in (one, two):
            side = contents_of(read_annotations(path))
            assert side.notes.keys() <= found.notes.keys()
            assert side.drafts.keys() <= found.drafts.keys()
            assert merged.apply(Import(side)).sentence == "", "everything of both is in it already"
        assert merged.history() == []
        merged.apply(Tag((A,), ("new",)))
        assert merged.undo().sentence == "Undone: Tagged: new"
        assert "new" not in merged.marks(A.id).tags
        merged.close()
        with TinyDB(folder / "second.json", access_mode="r") as stock:
            assert {note["id"] for note in stock.table("notes")} == found.notes.keys()


def test_notes_of_the_same_article_annotated_apart_stand_on_one(tmp_path: Path) -> None:
    for number, name in enumerate(("one", "two")):
        store = open_store(tmp_path / name, hours=number)
        store.apply(Tag((A,), (name,)))
        store.apply(SaveNote(A, f"note {name}"))
        store.apply(SaveDraft(A, f"draft {name}"))
        store.apply(AssignDigit(1, name))
        store.close()
    merged = merge_files(tmp_path / "two", tmp_path / "one", tmp_path / "both")
    assert (merged.articles, merged.notes, merged.counts.taken) == (1, 2, ["two"])
    store = open_store(tmp_path / "both")
    assert [note.body for note in store.notes(A.id)] == ["note one", "note two"]
    assert store.marks(A.id).tags == ("one", "two")
    assert len(contents(store).drafts) == 2
    assert {use.name: use.digit for use in store.tags()} == {"one": 1, "two": None}


def test_a_note_edited_in_both_is_kept_with_both_texts_and_counted(tmp_path: Path) -> None:
    store = open_store(tmp_path / "one")
    note = store.apply(SaveNote(A, "first")).note
    store.close()
    shutil.copy(tmp_path / "one", tmp_path / "two")
    for number, name in enumerate(("one", "two"), 1):
        store = open_store(tmp_path / name, hours=number)
        store.apply(SaveNote(A, name, note, 1))
        store.close()
    merged = merge_files(tmp_path / "one", tmp_path / "two", tmp_path / "both")
    assert (merged.counts.conflicts, merged.counts.newer) == (1, 0)
    assert {found.body for found in open_store(tmp_path / "both").notes(A.id)} == {"one", "two"}


@pytest.mark.parametrize("text", [f"second {number}" for number in range(6)])  # either file may decide
def test_a_note_that_was_tagged_later_where_its_text_is_older_is_not_taken_in_again(tmp_path: Path, text: str) -> None:
    store = open_store(tmp_path / "one")
    note = store.apply(SaveNote(A, "first")).note
    store.close()
    shutil.copy(tmp_path / "one", tmp_path / "two")
    changes = {"one": SaveNote(A, text, note, 1, tags=("later",)), "two": TagNote((note,), add=("later",))}
    for hours, (name, change) in enumerate(changes.items(), 1):
        store = open_store(tmp_path / name, hours=hours)
        store.apply(change)
        store.close()
    merge_files(tmp_path / "one", tmp_path / "two", tmp_path / "both")
    both = open_store(tmp_path / "both", hours=3)
    assert [(found.body, found.tags) for found in both.notes(A.id)] == [(text, ("later",))]
    for name in changes:
        assert both.apply(Import(contents_of(read_annotations(tmp_path / name)))).sentence == ""


def test_kept_texts_come_along(tmp_path: Path) -> None:
    articles = [Article(name, name, (Block(BlockKind.TITLE, 0, len(name)),)) for name in ("a", "b")]
    for name, kept in (("one", articles[:1]), ("two", articles)):
        store = open_store(tmp_path / name)
        store.apply(Tag((A,), ("x",)))
        store.close()
        for article in kept:
            KeptTexts(tmp_path / name).keep(article)
    merge_files(tmp_path / "one", tmp_path / "two", tmp_path / "both")
    assert all(KeptTexts(tmp_path / "both").read(article.id) == article for article in articles)


def test_what_stands_in_the_way_is_said_and_nothing_is_written(tmp_path: Path) -> None:
    for name in ("one", "two"):
        store = open_store(tmp_path / name)
        store.apply(Tag((A,), (name,)))
        store.close()
    (tmp_path / "there").write_text("mine")
    (tmp_path / "broken").write_text('{"articles": {')
    (tmp_path / "wrong").write_text(json.dumps({"_meta": {"1": {"schema": 2}}, "articles": {"1": {"id": 3}}}))
    before = content_of(tmp_path)
    for one, two, into, error in (
        ("one", "two", "there", UsageError),
        ("one", "two", "two", UsageError),
        ("one", "one", "new", UsageError),
        ("one", "broken", "new", ExchangeError),
        ("wrong", "one", "new", ExchangeError),
        ("one", "nowhere", "new", ExchangeError),
        ("one", "two", "no/folder/new", ExchangeError),
    ):
        with pytest.raises(error) as refused:
            merge_files(tmp_path / one, tmp_path / two, tmp_path / into)
        assert str(tmp_path) in str(refused.value)
        assert content_of(tmp_path) == before
