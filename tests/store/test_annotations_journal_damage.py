"""The journal in bad hands: edited, damaged, taken away, of a newer Dateline, on a disk that fails."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tinydb import TinyDB

from store.annotations.journal import Header, line, read_line
from store.annotations.records import SaveNote, Star, Tag, Target
from store.annotations.store import AnnotationStore
from store.article import text_hash
from store.disk.atomic import System
from store.errors import NotSaved, TooNew, Unreadable

A, B = Target(text_hash("a"), "A"), Target(text_hash("b"), "B")


A, B = Target(text_hash("a"), "A"), Target(text_hash("b"), "B")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "annotations.json"


def journal(path: Path) -> Path:
    return Path(f"{path}.journal")


def stock(path: Path, table: str = "articles") -> list[Any]:
    with TinyDB(path, access_mode="r") as database:
        return database.table(table).all()


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
