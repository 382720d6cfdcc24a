"""A disk that is full, failing or write-protected: said in words, nothing lost, and it goes on when all is well."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fault_suites import run
from tinydb import TinyDB

from store.annotations.records import Marks, SaveNote, Star, Tag, Target
from store.annotations.store import AnnotationStore
from store.article import text_hash
from store.disk.atomic import System
from store.errors import AnnotationsError, NotSaved

ROOT = Path(__file__).parents[2]
A, B = Target(text_hash("a"), "A"), Target(text_hash("b"), "B")
CALLS = (
    *("open", "close", "read", "pread", "write", "fsync", "fdatasync", "ftruncate", "fstat", "fchmod"),
    *("rename", "link", "unlink", "mkdir", "flock"),
)


class Failing(System):
    """Lets the k-th system call fail, having done nothing or, for closing, everything."""

    def __init__(self) -> None:
        self.count = 0
        self.fail_at = 0
        self.failed = ""

    def __getattribute__(self, name: str) -> Any:
        found = object.__getattribute__(self, name)
        if name not in CALLS:
            return found

        def call(*args: Any) -> Any:
            self.count += 1
            if self.count == self.fail_at:
                self.failed = name
                if name == "close":
                    found(*args)
                raise OSError(errno.EIO, "Input/output error")
            return found(*args)

        return call


def seen(store: AnnotationStore) -> Any:
    return [(store.marks(one), [note.body for note in store.notes(one)]) for one in (A, B)], store.tags()


@pytest.mark.parametrize("fresh", [True, False], ids=["first change", "later change"])
def test_an_error_in_any_system_call_loses_nothing_and_is_never_called_saved(tmp_path: Path, fresh: bool) -> None:
    failed: list[str] = []
    for k in range(1, 200):
        path = tmp_path / str(k) / "annotations.json"
        if not fresh:
            AnnotationStore(path).apply(SaveNote(A, "kept"))
        system = Failing()
        store = AnnotationStore(path, system=system)
        before = seen(store)
        system.count, system.fail_at = 0, k
        try:
            store.apply(Tag((A, B), ("new",)))
            saved = True
        except AnnotationsError as error:
            saved = False
            assert str(path) in str(error)
        system.fail_at = 0
        if not system.failed:
            break
        failed.append(system.failed)
        disk = AnnotationStore(path)
        if saved:
            assert disk.marks(A).tags == ("new",)
            assert seen(store) == seen(disk)
        elif seen(disk) != before:
            # The new name was there already when forcing the folder to the disk failed.
            assert system.failed in ("open", "fsync", "close", "fdatasync")
            assert disk.marks(A).tags == disk.marks(B).tags == ("new",)
        store.refresh()
        assert seen(store) == seen(disk)
        if store.read_only:
            # What became of bytes that could not be forced to the disk, only a new start can tell.
            assert system.failed == "fdatasync"
            store = AnnotationStore(path)
        store.apply(Star((B,), True))
        assert AnnotationStore(path).marks(B).starred
        assert [note.body for note in store.notes(A)] == ([] if fresh else ["kept"])
        assert not list(path.parent.glob("*.tmp-*"))
        assert all(entry.sentence for entry in store.history())
    else:
        pytest.fail("there is no end to the system calls of one change")
    assert {"open", "write", "fdatasync", "flock", "fstat"} <= set(failed)
    assert not fresh or {"fsync", "rename", "close"} <= set(failed)


def test_a_full_or_failing_disk_in_all_that_sessions_do_costs_nothing_acknowledged() -> None:
    full, failing = run("errors")
    for found in (full, failing):
        assert found["faults"] > 50
        assert found["refused"] > 20
        assert found["bad"] == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Return a file system of two megabytes."""
    mount = tmp_path / "small"
    mount.mkdir()
    made = (
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(mount)], check=False, capture_output=True)
        if os.geteuid() == 0 and sys.platform == "linux"
        else None
    )
    if made is None or made.returncode:
        pytest.skip("mounting a small file system needs root on Linux")
    yield mount
    subprocess.run(["umount", "-l", str(mount)], check=True)


def test_a_full_disk_is_said_and_saving_goes_on_when_there_is_space(small_disk: Path) -> None:
    path = small_disk / "annotations.json"
    store = AnnotationStore(path)
    store.apply(SaveNote(A, "x" * 300_000))
    store.fold()
    filler = small_disk / "filler"
    with pytest.raises(OSError, match="No space left"), filler.open("wb", buffering=0) as file:
        while True:
            file.write(b"x" * 4096)
    before = seen(store)
    for _ in range(3):
        with pytest.raises(NotSaved, match="Free some space"):
            while True:
                before = seen(store)
                store.apply(Star((A,), not store.marks(A).starred))
        assert seen(store) == before
    assert seen(AnnotationStore(path)) == before
    filler.unlink()
    store.apply(Star((A,), True))
    assert store.fold()
    with TinyDB(path) as db:
        assert [found["star"] for found in db.table("articles").all()] == [True]
    assert not list(small_disk.glob("*.tmp-*"))


READING = """
import os, sys
from pathlib import Path
from store.annotations.records import Star, Target
from store.annotations.store import AnnotationStore
from store.errors import NotSaved
if os.geteuid() == 0:
    # Root may write anywhere.
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
store = AnnotationStore(Path(sys.argv[1]))
target = Target(sys.argv[2], "A")
print(store.marks(target).starred, store.read_only)
try:
    store.apply(Star((target,), False))
except NotSaved as error:
    print(error)
print(store.marks(target).starred)
"""


@pytest.mark.parametrize("protected", ["file", "folder", "missing folder"])
def test_a_write_protected_file_is_read_and_says_why_it_cannot_be_changed(protected: str) -> None:
    with tempfile.TemporaryDirectory() as top:
        folder = Path(top) / "kept"
        path = folder / "annotations.json"
        if protected == "missing folder":
            folder.mkdir()
            path = folder / "none" / "annotations.json"
        else:
            store = AnnotationStore(path)
            store.apply(Star((A,), True))
            # What is saved is partly in the journal, where a file is only read.
            store.fold()
            store.apply(Star((B,), True))
            for kept in folder.iterdir():
                kept.chmod(0o777 if kept.is_dir() else 0o666)
            if protected == "file":
                path.chmod(0o444)
        Path(top).chmod(0o755)
        folder.chmod(0o777 if protected == "file" else 0o555)
        done = subprocess.run(
            [sys.executable, "-c", READING, str(path), A.id],
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        folder.chmod(0o755)
    starred = protected != "missing folder"
    first, second, third = done.stdout.splitlines()
    assert first.startswith(f"{starred} {path if protected == 'file' else f'The folder {folder}'}")
    assert "nothing you change is saved" in first
    assert second.startswith("Not saved.")
    assert third == str(starred)


def test_reading_needs_no_folder_to_write_in(tmp_path: Path) -> None:
    store = AnnotationStore(tmp_path / "none" / "annotations.json")
    assert store.marks(A) == Marks()
    assert store.read_only == ""
