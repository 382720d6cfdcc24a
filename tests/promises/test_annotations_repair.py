"""A file that was refused is made usable on request, from all that is left; what was there is kept."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinydb import TinyDB

from store.annotations.migrations import SCHEMA
from store.annotations.records import SaveDraft, SaveNote, Star, Tag, Target
from store.annotations.repair import repair
from store.annotations.salvage import salvage
from store.annotations.storage import PATIENCE
from store.annotations.store import AnnotationStore
from store.article import text_hash
from store.disk.atomic import System
from store.disk.lock import FileLock
from store.errors import AnnotationsError, Busy, TooNew, Unreadable

A, B, C = (Target(text_hash(name), name.upper()) for name in "abc")


class NoWaiting(System):
    def fsync(self, fd: int) -> None:
        pass

    def fdatasync(self, fd: int) -> None:
        pass


def day(number: int) -> Callable[[], datetime]:
    return lambda: datetime(2026, 3, number, 12, tzinfo=UTC)


def opened(path: Path, number: int = 3) -> AnnotationStore:
    return AnnotationStore(path, clock=day(number), system=NoWaiting())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a file of three days' work: a backup of the second, and the third's last changes in the journal."""
    path = tmp_path / "annotations.json"
    for number, change in ((1, Tag((A,), ("first",))), (2, SaveNote(A, "second")), (3, Tag((B,), ("third",)))):
        store = opened(path, number)
        store.apply(change)
        store.close()
    store = opened(path)
    store.apply(SaveNote(C, "not folded"))
    store.close(fold=False)
    return path


def kept(path: Path) -> list[bytes]:
    return [file.read_bytes() for file in sorted(path.parent.glob("annotations.json.damaged-*"))]


def mended(path: Path) -> list[str]:
    with pytest.raises(Unreadable, match=r"dateline doctor --repair"):
        opened(path)
    return repair(path, clock=day(4))


def everything(path: Path) -> tuple[object, ...]:
    store = opened(path)
    found = (
        store.marks(A).tags,
        [note.body for note in store.notes(A)],
        store.marks(B).tags,
        [n.body for n in store.notes(C)],
    )
    store.apply(Star((A,), True))
    store.close()
    with TinyDB(path) as database:
        assert any(row["star"] for row in database.table("articles").all())
    return found


WHOLE = (("first",), ["second"], ("third",), ["not folded"])


def test_what_is_well_is_left_alone(path: Path) -> None:
    opened(path).close()
    before = path.read_bytes()
    assert "Nothing is wrong" in repair(path)[0]
    assert path.read_bytes() == before


def test_a_shorter_text_written_in_place_over_a_longer_one_loses_nothing(path: Path) -> None:
    bad = path.read_bytes() + b'"tail of an older text"}}'
    path.write_bytes(bad)
    says = mended(path)
    assert everything(path) == WHOLE
    assert kept(path) == [bad]
    assert any("could be read." in one for one in says)
    assert any("1 change came from the journal" in one for one in says)
    assert "3 articles, 2 notes, 0 drafts" in " ".join(says)


def test_a_text_that_was_cut_off_gives_its_whole_lines_and_the_backup_the_rest(path: Path) -> None:
    good = path.read_bytes()
    path.write_bytes(good[: len(good) // 2])
    says = mended(path)
    assert everything(path) == WHOLE
    assert any("came from the backup annotations.json.bak-20260303" in one for one in says)


def test_one_bad_document_costs_that_document_and_the_backup_may_have_it(path: Path) -> None:
    tables = json.loads(path.read_bytes())
    note = next(iter(tables["notes"].values()))
    note["body"] = 7
    path.write_text(json.dumps(tables))
    says = mended(path)
    assert everything(path) == WHOLE
    assert any("1 could not" in one for one in says)


@pytest.mark.parametrize("harm", ["remove", "empty", "zeros", "noise", "another program's"])
def test_where_nothing_can_be_read_the_newest_good_backup_and_the_journal_are_used(path: Path, harm: str) -> None:
    Path(f"{path}.bak-20260401").write_text("{ a bad backup")
    if harm == "remove":
        path.unlink()
    else:
        texts = {"empty": b"", "zeros": bytes(4096), "noise": random.Random(1).randbytes(999)}
        path.write_bytes(texts.get(harm, b'{"_default": {"1": {"of": "another program"}}}'))
    says = mended(path)
    assert any("The backup annotations.json.bak-20260303 takes the place" in one for one in says)
    assert any("1 change after that can be found nowhere." in one for one in says)
    assert everything(path) == (("first",), ["second"], (), ["not folded"])


def test_without_a_backup_the_journal_alone_keeps_its_notes_readable(path: Path) -> None:
    for backup in path.parent.glob("*.bak-*"):
        backup.unlink()
    store = opened(path)
    store.apply(SaveNote(A, "of an article that the journal does not hold"))
    store.apply(SaveDraft(B, "a draft"))
    store.close(fold=False)
    path.write_bytes(b"gone")
    says = mended(path)
    store = opened(path)
    assert [note.body for note in store.notes(A)] == ["of an article that the journal does not hold"]
    assert [note.body for note in store.notes(C)] == ["not folded"]
    assert any("begins anew" in one for one in says)
    assert b"gone" in kept(path)


def test_the_backup_with_the_latest_change_is_taken_whatever_day_it_is_of(path: Path) -> None:
    good = path.read_bytes()
    path.with_name("annotations.json.bak-20160101").write_bytes(good)
    path.write_bytes(b"gone")
    assert "annotations.json.bak-20160101" in mended(path)[0]
    assert everything(path) == WHOLE


def test_a_damaged_journal_is_kept_and_what_can_be_read_of_it_used(path: Path) -> None:
    journal = Path(f"{path}.journal")
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join([*lines, lines[1][:-3] + b"\xff\xff\n"]))
    bad = journal.read_bytes()
    says = repair(path, clock=day(4))
    assert any("damaged" in one for one in says)
    assert everything(path) == WHOLE
    assert [file.read_bytes() for file in path.parent.glob("annotations.json.journal.damaged-*")] == [bad]


def test_a_newer_file_and_one_in_use_are_left_alone(path: Path) -> None:
    lock = FileLock(f"{path}.lock")
    good = path.read_bytes()
    path.write_bytes(b"gone")
    with lock, pytest.raises(Busy):
        repair(path, timeout=0.01)
    assert path.read_bytes() == b"gone"
    newer = good.replace(b'"schema":%d' % SCHEMA, b'"schema":%d' % (SCHEMA + 1))
    path.write_bytes(newer)
    with pytest.raises(TooNew):
        repair(path)
    assert path.read_bytes() == newer
    assert not kept(path)


def test_a_repair_waits_as_long_for_others_as_a_save_does(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    acquire = FileLock.acquire

    def waiting(lock: FileLock, timeout: float = 0.0) -> None:
        waited.append(timeout)
        acquire(lock, timeout)

    monkeypatch.setattr(FileLock, "acquire", waiting)
    path.write_bytes(b"gone")
    mended(path)
    assert waited and set(waited) == {PATIENCE}


def test_a_second_repair_finds_nothing_to_do(path: Path) -> None:
    path.write_bytes(b"gone")
    mended(path)
    assert "Nothing is wrong" in repair(path)[0]


@settings(max_examples=60)
@given(st.data())
def test_whatever_is_left_can_be_looked_through(draw: st.DataObject) -> None:
    good = bytearray(DATA)
    for _ in range(draw.draw(st.integers(1, 4))):
        at = draw.draw(st.integers(0, len(good)))
        good[at : at + draw.draw(st.integers(0, 200))] = draw.draw(st.binary(max_size=20))
    found = salvage(bytes(good))
    assert found is None or found.tables or not found.whole


@pytest.mark.parametrize("seed", range(3))
def test_any_damage_can_be_repaired_and_the_file_used(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    for number in range(12):
        path = tmp_path / str(number) / "annotations.json"
        store = opened(path)
        for change in (Tag((A, B), ("x",)), SaveNote(A, "note"), SaveDraft(B, "draft")):
            store.apply(change)
        store.close()
        store = opened(path)
        store.apply(SaveNote(B, "in the journal"))
        store.close(fold=False)
        for file in chance.sample([path, Path(f"{path}.journal")], chance.choice((1, 2))):
            data = bytearray(file.read_bytes())
            at = chance.randrange(len(data))
            data[at : at + chance.randrange(300)] = chance.randbytes(chance.randrange(30))
            file.write_bytes(data)
        try:
            opened(path).close()
        except TooNew:
            continue
        except AnnotationsError:
            repair(path, clock=day(4), system=NoWaiting())
        store = opened(path)
        store.apply(Tag((C,), ("works",)))
        store.close()
        assert opened(path).marks(C).tags == ("works",)


def _data() -> bytes:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        store = opened(Path(folder) / "annotations.json")
        for change in (Tag((A, B), ("x",)), SaveNote(A, "note"), SaveDraft(B, "draft")):
            store.apply(change)
        store.close()
        return (Path(folder) / "annotations.json").read_bytes()


DATA = _data()
