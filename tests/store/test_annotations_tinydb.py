"""TinyDB's own interface works on the annotation file, from several sessions at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from tinydb import TinyDB, where
from tinydb.table import Document

from store.annotations.migrations import SCHEMA
from store.annotations.storage import Edit, differences
from store.annotations.tables import AnnotationDB


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "annotations.json"


def test_everything_that_tinydb_can_do(path: Path) -> None:
    db = AnnotationDB(path)
    table = db.table("mine")
    assert table.insert({"name": "one"}) == 1
    assert table.insert_multiple([{"name": "two"}, {"name": "three"}]) == [2, 3]
    assert table.upsert({"name": "two", "pinned": True}, where("name") == "two") == [2]
    assert table.upsert(Document({"name": "far"}, doc_id=99)) == [99]
    assert table.update({"seen": 1}, doc_ids=[1, 7]) == [1]
    assert table.update(lambda found: found.pop("name"), where("name") == "three") == [3]
    assert table.remove(where("name") == "far") == [99]
    assert table.all() == [{"name": "one", "seen": 1}, {"name": "two", "pinned": True}, {}]
    db.storage.fold()
    assert TinyDB(path).table("mine").all() == table.all()
    table.truncate()
    db.storage.fold()
    assert len(TinyDB(path).table("mine")) == 0
    db.table("other").insert({})
    db.drop_table("other")
    db.close()
    assert "other" not in TinyDB(path).tables() or not TinyDB(path).table("other").all()


def test_two_sessions_never_give_out_one_number_twice(path: Path) -> None:
    ours, theirs = AnnotationDB(path).table("mine"), AnnotationDB(path).table("mine")
    numbers = [table.insert({"by": n}) for n, table in enumerate([ours, theirs] * 5)]
    assert numbers == list(range(1, 11))
    assert len(ours) == len(theirs) == 10


def test_a_search_sees_what_another_session_wrote(path: Path) -> None:
    ours, theirs = AnnotationDB(path).table("mine"), AnnotationDB(path).table("mine")
    ours.insert({"name": "a"})
    assert len(theirs.search(where("name") == "a")) == 1
    ours.update({"name": "b"}, doc_ids=[1])
    assert theirs.search(where("name") == "a") == []
    assert theirs.get(doc_id=1) == {"name": "b"}


def test_what_was_read_is_ones_own(path: Path) -> None:
    db = AnnotationDB(path)
    table = db.table("mine")
    given = {"names": ["a"]}
    table.insert(given)
    given["names"].append("not stored")
    found = table.get(doc_id=1)
    found["names"].append("not stored either")
    assert table.get(doc_id=1) == {"names": ["a"]}
    db.close()
    assert TinyDB(path).table("mine").all() == [{"names": ["a"]}]


def test_an_updater_that_fails_changes_nothing(path: Path) -> None:
    table = AnnotationDB(path).table("mine")
    table.insert_multiple([{"n": 1}, {"n": 2}])
    journal = Path(f"{path}.journal")
    before = journal.read_bytes()

    def half(found: dict[str, int]) -> None:
        found["n"] += 10
        if found["n"] == 12:
            raise RuntimeError

    with pytest.raises(RuntimeError):
        table.update(half)
    assert table.all() == [{"n": 1}, {"n": 2}]
    assert journal.read_bytes() == before


def test_several_tables_change_in_one_write(path: Path) -> None:
    db = AnnotationDB(path)
    with pytest.raises(RuntimeError), db.storage.transaction():
        db.table("one").insert({})
        db.table("two").insert({})
        raise RuntimeError
    assert [file.name for file in path.parent.iterdir()] == ["annotations.json.lock"]
    with db.storage.transaction():
        db.table("one").insert({})
        db.table("two").insert({})
    assert len(Path(f"{path}.journal").read_bytes().splitlines()) == 2
    db.close()
    assert TinyDB(path).table("_meta").all() == [{"schema": SCHEMA, "sequence": 1}]


def test_differences_are_by_document() -> None:
    old = {"t": {"1": {"a": 1}, "2": {"a": 2}}, "gone": {"1": {}}}
    new = {"t": {"1": {"a": 1}, "2": {"a": 3}, "3": {}}}
    assert differences(old, new) == [
        Edit("t", "2", {"a": 2}, {"a": 3}),
        Edit("t", "3", None, {}),
        Edit("gone", "1", {}, None),
    ]
