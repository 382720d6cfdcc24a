"""The journal: what a line says, what is read of a damaged one, and how sessions follow each other through foldings."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
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
from store.errors import NotSaved, TooNew, Unreadable

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


# ---- what others do to the files --------------------------------------------------------------------------------
def test_a_foreign_edit_with_nothing_pending_is_taken_in_and_backed_up_before_the_next_change(path: Path) -> None:
    store = AnnotationStore(path)
    store.apply(Tag((A,), ("x",)))
    store.fold()
    with TinyDB(path) as database:
        database.table("articles").update({"tags": ["by hand"]})
    by_hand = path.read_bytes()
    assert store.refresh() == {A.id}
    assert store.warnings == ()
    store.apply(Star((B,), True))
    (backup,) = path.parent.glob("*.bak-*")
    assert backup.read_bytes() == by_hand
    with path.open("r+b") as file:
        file.write(b"{ in place")
    assert backup.read_bytes() == by_hand, "a backup shares no bytes with a file that others write to in place"


def test_a_foreign_edit_with_changes_pending_is_kept_aside_and_the_changes_made_to_it(path: Path) -> None:
    store = AnnotationStore(path)
    store.apply(Tag((A, B), ("x",)))
    store.fold()
    other = AnnotationStore(path)
    store.apply(Star((B,), True))
    with TinyDB(path) as database:
        database.table("articles").update({"tags": ["by hand"]})
    by_hand = path.read_bytes()
    assert A.id in store.refresh()
    assert "Another program has changed" in store.warnings[0]
    for one in (store, other):
        one.refresh()
        assert one.marks(A).tags == ("by hand",)
        assert one.marks(B).starred
    assert store.fold()
    assert [file.read_bytes() for file in path.parent.glob("*.foreign-*")] == [by_hand]
    assert [found["star"] for found in stock(path)] == [False, True]
    assert other.refresh() == frozenset()
    other.apply(Star((A,), True))
    assert AnnotationStore(path).marks(A).starred


def test_a_bit_that_flips_inside_a_text_is_noticed(path: Path) -> None:
    store = AnnotationStore(path)
    store.apply(SaveNote(A, "a note"))
    store.fold()
    store.apply(SaveNote(A, "waiting"))
    store.close(fold=False)
    seen = path.stat()
    path.write_bytes(path.read_bytes().replace(b'"a note"', b'"a nope"'))
    os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns + 1))
    store = AnnotationStore(path)
    assert [note.body for note in store.notes(A)] == ["a nope", "waiting"]
    assert "Another program has changed" in store.warnings[0]


def test_a_damaged_line_is_warned_of_kept_and_all_others_used(path: Path) -> None:
    store = AnnotationStore(path)
    for name in ("one", "two", "three"):
        store.apply(Tag((Target(text_hash(name), name),), ("x",)))
    store.close(fold=False)
    text = journal(path).read_bytes().splitlines(keepends=True)
    text[2] = text[2].replace(b'"x"', b'"y"')
    journal(path).write_bytes(b"".join(text))
    bad = journal(path).read_bytes()
    store = AnnotationStore(path)
    assert [use.articles for use in store.tags()] == [2]
    assert "is damaged" in store.warnings[0]
    store.apply(Star((A,), True))
    assert [file.read_bytes() for file in path.parent.glob("*.damaged-*")] == [bad]
    assert any("is kept in" in one for one in store.warnings)
    fresh = AnnotationStore(path)
    assert fresh.warnings == ()
    assert fresh.marks(A).starred


def test_half_a_last_line_is_cut_off_and_said(path: Path) -> None:
    store = AnnotationStore(path)
    store.apply(Star((A,), True))
    store.apply(Star((B,), True))
    store.close(fold=False)
    journal(path).write_bytes(journal(path).read_bytes()[:-30])
    store = AnnotationStore(path)
    assert (store.marks(A).starred, store.marks(B).starred) == (True, False)
    store.apply(Tag((B,), ("x",)))
    assert "only half written" in store.warnings[0]
    fresh = AnnotationStore(path)
    assert (fresh.marks(B).tags, fresh.warnings) == (("x",), ())


@pytest.mark.parametrize("what", ["journal", "file"])
def test_what_is_taken_away_under_a_running_session_is_not_made_anew(path: Path, what: str) -> None:
    store = AnnotationStore(path)
    store.apply(Star((A,), True))
    store.fold()
    store.apply(Star((B,), True))
    (journal(path) if what == "journal" else path).unlink()
    with pytest.raises(Unreadable, match=r"untouched.*--repair"):
        store.apply(Tag((A,), ("x",)))
    assert store.marks(B).starred


def test_a_journal_of_a_newer_dateline_is_left_alone(path: Path) -> None:
    AnnotationStore(path).apply(Star((A,), True))
    header = read_line(journal(path).read_bytes().splitlines(keepends=True)[0])
    assert isinstance(header, Header)
    for newer in (header._replace(version=2), header._replace(schema=99)):
        data = line(newer)
        journal(path).write_bytes(data)
        with pytest.raises(TooNew, match="newer Dateline"):
            AnnotationStore(path)
        assert journal(path).read_bytes() == data


@pytest.mark.parametrize("kind", ["folder", "pipe", "link"])
def test_a_journal_that_is_no_file_is_refused_in_words(path: Path, kind: str) -> None:
    if kind == "folder":
        journal(path).mkdir()
    elif kind == "pipe":
        os.mkfifo(journal(path))
    else:
        journal(path).symlink_to("/etc/hostname")
    with pytest.raises(Unreadable, match="untouched"):
        AnnotationStore(path)


# ---- failing ---------------------------------------------------------------------------------------------------
class Choosy(System):
    """Fails where it is told to."""

    def __init__(self) -> None:
        self.fails: dict[str, OSError] = {}
        self.short = 0

    def write(self, fd: int, data: memoryview) -> int:
        if self.short:
            self.short -= 1
            return super().write(fd, data[:7])
        if "write" in self.fails:
            raise self.fails["write"]
        return super().write(fd, data)

    def fdatasync(self, fd: int) -> None:
        if "fdatasync" in self.fails:
            raise self.fails["fdatasync"]
        super().fdatasync(fd)


@pytest.fixture
def choosy(path: Path) -> Iterator[tuple[AnnotationStore, Choosy]]:
    system = Choosy()
    store = AnnotationStore(path, system=system)
    store.apply(Tag((A,), ("kept",)))
    yield store, system
    store.close()


def test_a_write_that_stops_half_way_leaves_no_trace(path: Path, choosy: tuple[AnnotationStore, Choosy]) -> None:
    store, system = choosy
    before = journal(path).read_bytes()
    system.short, system.fails["write"] = 3, OSError(28, "No space left on device")
    with pytest.raises(NotSaved, match="Free some space"):
        store.apply(Star((A,), True))
    assert journal(path).read_bytes() == before
    assert not store.marks(A).starred
    system.fails.clear()
    system.short = 5
    store.apply(Star((A,), True))
    assert AnnotationStore(path).marks(A).starred


def test_after_an_error_of_the_disk_nothing_is_written_until_a_new_start(
    path: Path, choosy: tuple[AnnotationStore, Choosy]
) -> None:
    store, system = choosy
    system.fails["fdatasync"] = OSError(5, "Input/output error")
    with pytest.raises(NotSaved, match="copy the file to another disk"):
        store.apply(Star((A,), True))
    system.fails.clear()
    assert "start Dateline anew" in store.read_only
    before = journal(path).read_bytes()
    with pytest.raises(NotSaved, match="start Dateline anew"):
        store.apply(Star((A,), True))
    assert not store.fold()
    assert journal(path).read_bytes() == before
    assert store.marks(A).tags == ("kept",)
    again = AnnotationStore(path)
    assert again.apply(Star((A,), True)).sentence == "Starred"


def test_a_folding_that_fails_is_warned_of_once_and_loses_nothing(
    path: Path, choosy: tuple[AnnotationStore, Choosy]
) -> None:
    store, system = choosy
    system.fails["write"] = OSError(28, "No space left on device")
    assert not store.fold()
    assert not store.fold()
    assert len(store.warnings) == 1
    assert "Its journal holds everything" in store.warnings[0]
    assert not list(path.parent.glob("*.tmp-*"))
    system.fails.clear()
    assert store.fold()


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
