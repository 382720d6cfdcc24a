"""One holder at a time, and never a lock left behind."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from store.disk.lock import FileLock, is_held
from store.errors import Busy

HOLD = """
import sys
from store.disk.lock import FileLock
FileLock(sys.argv[1]).acquire()
print("held", flush=True)
sys.stdin.read()
"""


def test_the_second_to_ask_is_told_who_is_in_the_way(tmp_path: Path) -> None:
    with FileLock(tmp_path / "lock") as first:
        second = FileLock(tmp_path / "lock")
        assert first.held
        assert not second.try_acquire()
        with pytest.raises(Busy, match="lock"):
            second.acquire(timeout=0)
        assert not second.held
    assert second.try_acquire()
    assert not first.try_acquire()


def test_a_lock_dies_with_its_holder(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"
    assert is_held(path)
    assert not FileLock(path).try_acquire()
    holder.kill()
    holder.communicate()
    assert not is_held(path)
    assert FileLock(path).try_acquire()


def test_a_lock_on_a_removed_file_keeps_nobody_out_and_is_not_trusted(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    late = FileLock(path)
    assert late.try_acquire()
    late.release()
    path.unlink()
    with FileLock(path):
        assert not late.try_acquire()


def test_asking_does_not_disturb_a_free_lock(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    assert not is_held(path)
    lock = FileLock(path)
    lock.acquire()
    lock.release()
    assert not is_held(path)
    assert lock.try_acquire()
    lock.close()
    assert not is_held(path)
