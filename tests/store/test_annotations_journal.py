"""The journal: what a line says, what is read of a damaged one, and how sessions follow each other through foldings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tinydb import TinyDB

from store.annotations import journal_storage
from store.annotations.base_file import META, sequence_of
from store.annotations.journal import Announcement, Header, Mark, Record, gaps, line, lines, read_line
from store.annotations.migrations import SCHEMA
from store.annotations.records import SaveNote, Star, Tag, Target
from store.annotations.store import AnnotationStore
from store.annotations.tables import AnnotationDB
from store.article import text_hash
from store.disk.atomic import System

A, B = Target(text_hash("a"), "A"), Target(text_hash("b"), "B")

NUMBER = st.integers(0, 2**60)
TEXT = st.text(st.characters(exclude_categories=()), max_size=20)
DOCUMENT = st.none() | st.dictionaries(TEXT, TEXT | st.integers() | st.lists(TEXT, max_size=3), max_size=4)
EDITS = st.lists(st.tuples(TEXT, NUMBER.map(str), DOCUMENT), max_size=4)
MARK = st.builds(Mark, NUMBER, NUMBER)
ENTRY = st.one_of(
    st.builds(Record, NUMBER, TEXT, EDITS),
    st.builds(Announcement, MARK, NUMBER),
    st.builds(Header, NUMBER, TEXT, TEXT, NUMBER, NUMBER, MARK, st.tuples(NUMBER, NUMBER)),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "annotations.json"


def journal(path: Path) -> Path:
    return Path(f"{path}.journal")


def stock(path: Path, table: str = "articles") -> list[Any]:
    with TinyDB(path, access_mode="r") as database:
        return database.table(table).all()


def test_a_change_of_many_documents_is_one_line_like_any_other() -> None:
    edits = [("articles", str(number), {"tags": ["é"], "n": number}) for number in range(1_201)]
    record = Record(7, "2026-11-27", edits)
    written = line(record)
    assert written.count(b"\n") == 1 and lines(written).entries == [record]
    assert json.loads(written[9:]) == {"n": 7, "at": "2026-11-27", "edits": [[*edit] for edit in record.edits]}


# ---- lines -----------------------------------------------------------------------------------------------------
@given(st.lists(ENTRY, max_size=4), st.binary(max_size=30))
def test_lines_are_read_as_they_were_written(entries: list[Any], rest: bytes) -> None:
    written = b"".join(map(line, entries))
    found = lines(written + rest.replace(b"\n", b""))
    assert found.entries == entries
    assert (found.end, found.damaged) == (len(written), 0)
    assert found.last == (line(entries[-1]) if entries else b"")


@given(ENTRY, st.data())
def test_no_damaged_line_is_taken_for_a_good_one(entry: Any, draw: st.DataObject) -> None:
    written = line(entry)
    at = draw.draw(st.integers(0, len(written) - 2))
    damaged = bytearray(written)
    damaged[at] ^= 1 << draw.draw(st.integers(0, 7))
    # The checksum's own letters may be written large or small.
    assert read_line(bytes(damaged)) in (None, entry)


@pytest.mark.parametrize(
    "says",
    [
        *([], 5, None, "text", {}, {"n": 1}, {"n": True, "at": "", "edits": []}, {"n": -1, "at": "", "edits": []}),
        *({"n": 1, "at": 1, "edits": []}, {"n": 1, "at": "", "edits": [["t", "x", {}]]}),
        *({"n": 1, "at": "", "edits": [["t", "1", []]]}, {"n": 1, "at": "", "edits": [["t", "1"]]}),
        *({"fold": [1], "sequence": 1}, {"fold": [1, 2]}, {"journal": 1}, {"journal": "1"}),
    ],
    ids=str,
)
def test_a_line_that_says_something_else_is_damaged(says: object) -> None:
    import zlib

    text = json.dumps(says).encode()
    assert read_line(b"%08x %b\n" % (zlib.crc32(text), text)) is None


def test_changes_that_are_missing_or_come_twice_are_noticed() -> None:
    def records(*numbers: int) -> list[Any]:
        return [Record(number, "", []) for number in numbers]

    assert not gaps([*records(4, 5), Announcement(Mark(1, 1), 5), *records(6)], 3)
    for wrong in ((5,), (4, 6), (4, 4), (4, 5, 4)):
        assert gaps(records(*wrong), 3)


# ---- files -----------------------------------------------------------------------------------------------------
def test_the_first_change_is_in_the_journal_and_two_quiet_seconds_later_in_the_plain_file(path: Path) -> None:
    store = AnnotationStore(path)
    store.apply(Tag((A,), ("x",)))
    assert not path.exists()
    assert store.journal.wants_folding
    assert store.fold()
    assert not store.journal.wants_folding
    assert stock(path)[0]["tags"] == ["x"]
    assert len(journal(path).read_bytes().splitlines()) == 1
    assert AnnotationStore(path).marks(A).tags == ("x",)


def test_a_change_writes_its_documents_and_no_others(path: Path) -> None:
    store = AnnotationStore(path)
    store.apply(Tag(tuple(Target(text_hash(str(n)), str(n)) for n in range(300)), ("x",)))
    store.fold()
    before = path.read_bytes()
    written: list[int] = []

    class Counting(System):
        def write(self, fd: int, data: memoryview) -> int:
            written.append(len(data))
            return super().write(fd, data)

        def read(self, fd: int, size: int) -> bytes:
            written.append(-1)
            return super().read(fd, size)

    store._storage.system = Counting()
    store._storage._journal._system = store._storage.system  # type: ignore[union-attr]
    store.apply(Tag((A,), ("y",)))
    assert path.read_bytes() == before
    assert len(written) == 1
    assert 0 < written[0] < 2000


def test_closing_folds_and_closing_in_a_hurry_leaves_it_to_the_next_session(path: Path) -> None:
    store = AnnotationStore(path)
    store.apply(Star((A,), True))
    store.close()
    store = AnnotationStore(path)
    store.apply(Star((B,), True))
    store.close(fold=False)
    assert [found["star"] for found in stock(path)] == [True]
    store = AnnotationStore(path)
    assert store.marks(B).starred
    store.close()
    assert [found["star"] for found in stock(path)] == [True, True]


def test_a_change_in_the_midst_of_folding_waits_for_nothing_and_is_folded_the_next_time(path: Path) -> None:
    store = AnnotationStore(path)
    store.apply(Star((A,), True))
    folding = store.folding()
    next(folding)
    store.apply(Star((B,), True))
    assert list(folding) == []
    assert store.journal.wants_folding
    assert not path.exists()
    assert not list(path.parent.glob("*.tmp-*"))
    assert store.fold()
    assert len(stock(path)) == 2


def test_a_folding_that_another_session_has_overtaken_is_given_up(path: Path) -> None:
    ours, theirs = AnnotationStore(path), AnnotationStore(path)
    ours.apply(Star((A,), True))
    theirs.refresh()
    folding = theirs.folding()
    next(folding)
    ours.apply(Star((B,), True))
    list(folding)
    assert not path.exists()
    assert theirs.refresh() == {B.id}


def test_other_sessions_go_on_to_the_next_journal_without_reading_the_file_again(path: Path) -> None:
    ours, theirs = AnnotationStore(path), AnnotationStore(path)
    ours.apply(Tag((A,), ("x",)))
    assert theirs.refresh() == {A.id}

    class NoReading(System):
        def read(self, fd: int, size: int) -> bytes:
            raise AssertionError

    theirs._storage.system = NoReading()
    for number in range(3):
        ours.apply(Tag((A,), (f"y{number}",)))
        assert ours.fold()
        ours.apply(Tag((B,), (f"z{number}",)))
        assert theirs.refresh() == {A.id, B.id}
    assert theirs.marks(A) == ours.marks(A)
    assert theirs.refresh() == frozenset()
    theirs._storage.system = System()
    theirs.apply(Star((A,), True))
    assert ours.refresh() == {A.id}


def test_a_session_that_missed_two_foldings_reads_anew_and_is_told_of_just_what_changed(path: Path) -> None:
    ours, theirs = AnnotationStore(path), AnnotationStore(path)
    ours.apply(Tag((A,), ("x",)))
    theirs.refresh()
    for number in range(2):
        ours.apply(Tag((B,), (f"y{number}",)))
        ours.fold()
    assert theirs.refresh() == {B.id}
    assert theirs.marks(B).tags == ("y0", "y1")


def test_folding_costs_nothing_when_there_is_nothing_to_fold(path: Path) -> None:
    store = AnnotationStore(path)
    assert store.fold()
    store.close()
    assert list(path.parent.iterdir()) == []


def test_a_journal_that_grew_too_long_is_folded_at_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal_storage, "OVERFULL", 20_000)
    store = AnnotationStore(path)
    for number in range(30):
        store.apply(SaveNote(A, f"{number} " + "x" * 1000))
    assert journal(path).stat().st_size < 25_000
    assert len(stock(path, "notes")) > 5
    assert len(AnnotationStore(path).notes(A)) == 30


def test_the_journal_may_be_read_by_whom_the_file_may(path: Path) -> None:
    store = AnnotationStore(path)
    store.apply(Star((A,), True))
    assert journal(path).stat().st_mode & 0o777 == 0o600
    store.fold()
    path.chmod(0o660)
    store.apply(Star((B,), True))
    store.fold()
    assert path.stat().st_mode & 0o777 == journal(path).stat().st_mode & 0o777 == 0o660


# ---- TinyDB ----------------------------------------------------------------------------------------------------
def test_numbers_go_on_through_foldings_and_sessions(path: Path) -> None:
    for number in range(4):
        database = AnnotationDB(path)
        database.table("mine").insert({"number": number})
        assert sequence_of(database.storage._tables) == number + 1
        database.close()
    with TinyDB(path) as found:
        assert found.table(META).all() == [{"schema": SCHEMA, "sequence": 4}]
        assert [row["number"] for row in found.table("mine").all()] == [0, 1, 2, 3]
