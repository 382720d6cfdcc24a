"""A file that cannot be understood whole is refused and left exactly as it is."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from fault_suites import run
from tinydb import TinyDB

from store.annotations.journal import VERSION
from store.annotations.migrations import SCHEMA
from store.annotations.records import Anchor, AssignDigit, SaveDraft, SaveNote, Star, Tag, Target
from store.annotations.store import AnnotationStore
from store.article import Source, text_hash
from store.disk.atomic import System
from store.errors import TooNew, Unreadable

A, B = (Target(text_hash(name), name, (Source(f"/library/{name}"),)) for name in "ab")
FIXTURES = Path(__file__).parents[1] / "fixtures" / "annotations"


class NoWaiting(System):
    def fsync(self, fd: int) -> None:
        pass


def fill(path: Path) -> None:
    store = AnnotationStore(path, session="first", system=NoWaiting())
    store.apply(Tag((A, B), ("japan", "asia/kuriles")))
    store.apply(SaveNote(A, "a note", anchor=Anchor("quote", "before", "after", 3, 8), tags=("todo",)))
    note = store.notes(A)[0]
    store.apply(SaveNote(A, "a better note", note.id, note.revision))
    store.apply(Star((B,), True))
    store.undo()
    store.apply(AssignDigit(3, "japan"))
    store.apply(SaveDraft(B, "a draft"))
    store.close()


def test_a_damaged_file_or_journal_is_opened_or_refused_and_nothing_else() -> None:
    (found,) = run("damage")
    assert found["files"] >= 600
    assert found["opened"] > 50
    assert found["refused"] > 100
    assert found["bad"] == 0


@pytest.mark.parametrize(
    "data",
    [
        b"{",
        b"[]",
        b"null",
        b'"text"',
        b"\0" * 4096,
        b'{"articles": {}} trailing',
        b'{"articles": []}',
        b'{"articles": {"x": {}}}',
        b'{"articles": {"1": 5}}',
        b'{"_default": {"1": {"another": "program"}}}',
        b'{"_meta": {"1": {"schema": "1"}}}',
        b'{"_meta": {"1": {"schema": true}}}',
        b'{"_meta": {"1": {"schema": 0}}}',
        b'{"_meta": {"1": {"schema": 1, "sequence": null}}}',
        b'{"_meta": {"1": {"schema": 1}}, "articles": {"1": {"id": "x"}}}',
        b"[" * 100_000,
        b'{"a":' * 100_000,
    ],
    ids=range(17),
)
def test_no_file_of_ours_is_refused_in_words(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "annotations.json"
    path.write_bytes(data)
    with pytest.raises(Unreadable, match="untouched") as refused:
        AnnotationStore(path)
    assert str(path) in str(refused.value)
    assert path.read_bytes() == data
    assert [entry.name for entry in tmp_path.iterdir()] == ["annotations.json"]


def test_a_newer_file_is_refused_and_names_the_way_out(tmp_path: Path) -> None:
    path = tmp_path / "annotations.json"
    meta = {"1": {"schema": SCHEMA + 1, "sequence": 9}}
    path.write_text(json.dumps({"_meta": meta, "articles": {"1": {"new": "shape"}}}))
    before = path.read_bytes()
    with pytest.raises(TooNew, match=r"newer Dateline.*untouched.*Update"):
        AnnotationStore(path)
    assert path.read_bytes() == before


def test_the_message_names_the_backups(tmp_path: Path) -> None:
    path = tmp_path / "annotations.json"
    path.write_text("{")
    for day in ("20260301", "20260302"):
        Path(f"{path}.bak-{day}").write_text("{}")
    with pytest.raises(Unreadable, match=r"--repair --db .*json\.bak-20260302, annotations\.json\.bak-20260301"):
        AnnotationStore(path)


def test_what_is_no_regular_file_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    for name in ("pipe", "folder"):
        with pytest.raises(Unreadable, match=name):
            AnnotationStore(tmp_path / name)


@pytest.mark.parametrize("data", [b"", b"{}", b'{"_default": {}}'], ids=["empty", "no tables", "no documents"])
def test_what_stock_tinydb_leaves_behind_is_begun_on(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "annotations.json"
    path.write_bytes(data)
    store = AnnotationStore(path)
    store.apply(Star((A,), True))
    assert AnnotationStore(path).marks(A).starred


@pytest.mark.parametrize("harm", ["remove", "empty", "damage"])
def test_a_file_that_is_lost_under_a_running_session_is_not_written_anew(tmp_path: Path, harm: str) -> None:
    path = tmp_path / "annotations.json"
    store = AnnotationStore(path)
    store.apply(Star((A,), True))
    store.fold()
    if harm == "remove":
        path.unlink()
    else:
        path.write_bytes(b"" if harm == "empty" else b"{ damaged")
    for attempt in (store.refresh, store.undo, lambda: store.apply(Star((B,), True))):
        with pytest.raises(Unreadable, match="untouched"):
            attempt()  # type: ignore[operator]
    assert store.marks(A).starred
    assert not path.exists() or path.read_bytes() in (b"", b"{ damaged")


def test_a_byte_order_mark_of_some_editor_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "annotations.json"
    store = AnnotationStore(path)
    store.apply(Star((A,), True))
    store.close()
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    store = AnnotationStore(path)
    store.apply(Star((B,), True))
    store.close()
    with TinyDB(path) as db:
        assert [found["star"] for found in db.table("articles").all()] == [True, True]


def test_a_valid_foreign_edit_is_taken_in(tmp_path: Path) -> None:
    path = tmp_path / "annotations.json"
    store = AnnotationStore(path)
    store.apply(Tag((A,), ("x",)))
    store.fold()
    with TinyDB(path) as db:
        db.table("articles").update({"tags": ["by hand"]})
    assert store.refresh() == {A.id}
    assert store.marks(A).tags == ("by hand",)


@pytest.mark.parametrize("fixture", sorted(FIXTURES.glob("*.json")), ids=lambda found: found.stem)
def test_files_of_every_schema_are_read(tmp_path: Path, fixture: Path) -> None:
    path = tmp_path / "annotations.json"
    path.write_bytes(fixture.read_bytes())
    store = AnnotationStore(path)
    assert store.marks(A).tags == ("japan", "asia/kuriles")
    (note,) = store.notes(A)
    assert (note.body, note.tags, note.revision) == ("a better note", ("todo",), 2)
    assert note.anchor == Anchor("quote", "before", "after", 3, 8)
    draft = store.draft(B)
    assert draft is not None
    assert draft.body == "a draft"
    assert [use.name for use in store.tags() if use.digit == 3] == ["japan"]
    known = store.target(A.id)
    assert known == A
    sentences = [(entry.sentence, entry.undone) for entry in store.history()]
    assert sentences[:2] == [("3 is japan now", False), ("Starred", True)]
    while store.undo().sentence:
        pass
    assert store.marks(A).tags == ()
    assert store.notes(A) == []


@pytest.mark.parametrize("schema", range(1, SCHEMA))
def test_a_file_of_an_earlier_schema_is_kept_as_it_was_and_refused_politely_by_its_own_dateline(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, schema: int
) -> None:
    path = tmp_path / "annotations.json"
    before = (FIXTURES / f"schema-{schema}.json").read_bytes()
    path.write_bytes(before)
    assert AnnotationStore(path).marks(A).tags
    assert path.read_bytes() == before, "reading changes nothing"
    store = AnnotationStore(path)
    store.apply(Star((A,), True))
    store.close()
    assert Path(f"{path}.schema-{schema}").read_bytes() == before
    migrated = path.read_bytes()
    for module in ("base_file", "reading"):
        monkeypatch.setattr(f"store.annotations.{module}.SCHEMA", schema)
    with pytest.raises(TooNew, match=r"newer Dateline.*untouched.*Update"):
        AnnotationStore(path)
    assert path.read_bytes() == migrated


def test_there_is_a_fixture_of_every_schema_and_of_every_journal() -> None:
    assert {found.name for found in FIXTURES.glob("schema-*.json")} == {f"schema-{n + 1}.json" for n in range(SCHEMA)}
    assert {found.name for found in FIXTURES.glob("journal-*")} == {f"journal-{n + 1}" for n in range(VERSION)}


@pytest.mark.parametrize("fixture", sorted(FIXTURES.glob("journal-*")), ids=lambda found: found.name)
def test_journals_of_every_version_are_read(tmp_path: Path, fixture: Path) -> None:
    for kept in fixture.iterdir():
        (tmp_path / kept.name).write_bytes(kept.read_bytes())
    store = AnnotationStore(tmp_path / "annotations.json")
    assert store.warnings == ()
    assert store.marks(A).tags == ("japan", "asia/kuriles")
    assert [(note.body, note.revision) for note in store.notes(A)] == [("a better note", 2)]
    newest = store.history()[0]
    assert (newest.sentence, newest.undone) == ("Starred", True)
    store.close()
    with TinyDB(tmp_path / "annotations.json") as db:
        assert [found["body"] for found in db.table("notes").all()] == ["a better note"]
