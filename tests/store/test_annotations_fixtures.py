"""The file in which every table and field holds something is read, migrated, folded and undone, whatever comes."""

from __future__ import annotations

import json
import shutil
import sys
from datetime import date
from pathlib import Path

import pytest
from tinydb import TinyDB

from store.annotations.base_file import META
from store.annotations.documents import (
    ALIASES,
    ARTICLES,
    CORRECTIONS,
    DRAFTS,
    ENTITIES,
    NOTES,
    SEARCHES,
    TAGS,
    UNDO,
)
from store.annotations.migrations import SCHEMA
from store.annotations.reading import read_files
from store.annotations.records import Target
from store.annotations.shapes import wrong
from store.annotations.store import AnnotationStore
from store.article import text_hash

FIXTURES = Path(__file__).parents[1] / "fixtures" / "annotations"
FIRST = {ARTICLES, NOTES, DRAFTS, TAGS, UNDO, SEARCHES}
TABLES = {
    2: {*FIRST, "foreign corrections", "foreign aliases"},
    3: {*FIRST, CORRECTIONS, ALIASES, ENTITIES, "somebody's own"},
}
"""By schema; what another program had put into tables that Dateline later took for itself goes on under other names."""
A, B, C = (Target(text_hash(name), name.upper()) for name in ("a, edited", "b", "c"))


@pytest.fixture(params=sorted(FIXTURES.glob("whole-*")), ids=lambda found: found.name)
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    shutil.copytree(request.param, tmp_path / request.param.name)
    return tmp_path / request.param.name / "annotations.json"


def test_there_is_one_of_todays_schema(tmp_path: Path) -> None:
    assert (FIXTURES / f"whole-{SCHEMA}").is_dir()


def test_everything_in_it_is_read(path: Path) -> None:
    store = AnnotationStore(path)
    assert store.warnings == ()
    marks = store.marks(A)
    assert marks.tags == ("japan", "far-east")
    assert (marks.starred, marks.changed, marks.position) == (True, True, 120)
    assert (marks.notes, marks.highlights) == (2, 1)
    assert store.marks(C).published == date(2017, 5, 1)
    assert store.marks(C).read
    draft = store.draft(B)
    assert draft is not None
    assert draft.body == "a draft"
    conflict = [note for note in store.notes(A) if note.conflict_of is not None]
    assert [note.body for note in conflict] == ["another session's"]
    steps = undo(path, int(path.parent.name[-1]))
    assert any("on a passage, with a lone surrogate \udc80" in json.dumps(row, ensure_ascii=False) for row in steps)
    if path.parent.name.endswith("3"):
        names_are_read(store)
    while store.undo().sentence:
        pass
    assert not store.marks(A).tags
    assert not store.notes(A)
    assert not store.names.corrections()
    assert not store.names.decisions()
    assert not store.names.records()


def names_are_read(store: AnnotationStore) -> None:
    said = [(one.kind, one.scope, one.surface, one.label) for one in store.names.corrections()]
    assert said == [
        ("extent", "article", "the quote", "GPE"),
        ("drop", "library", "Nobody", ""),
        ("add", "here", "quote", "PERSON"),
        ("add", "article", "Kuril", "LOC"),
    ]
    assert store.names.joined == {"person:abe": "person:shinzo abe"}
    assert [one.verdict for one in store.names.decisions()] == ["same", "different", "unsure"]
    (record,) = store.names.records()
    assert record.tags == ("japan", "minister")
    assert "Prime minister twice." in record.body
    assert "Of the LDP." in record.body


def undo(path: Path, schema: int) -> list[object]:
    found = read_files(path)
    assert found.journal is not None
    found.journal.close()
    assert set(found.tables) == {*TABLES[schema], META}
    assert all(not wrong(name, row) for name, table in found.tables.items() for row in table.values())
    return list(found.tables[UNDO].values())


def test_folding_it_gives_stock_tinydb_all_of_it(path: Path) -> None:
    found = read_files(path)
    assert found.pending
    assert found.journal is not None
    found.journal.close()
    AnnotationStore(path).close()
    with TinyDB(path) as database:
        read = {name: {str(row.doc_id): dict(row) for row in database.table(name)} for name in database.tables()}
    assert read == found.tables


def test_the_script_that_made_it_makes_every_table_still(tmp_path: Path) -> None:
    sys.path.insert(0, str(FIXTURES))
    try:
        from make_whole import make  # type: ignore[import-not-found]
    finally:
        sys.path.remove(str(FIXTURES))
    make(tmp_path)
    undo(tmp_path / "annotations.json", SCHEMA)
