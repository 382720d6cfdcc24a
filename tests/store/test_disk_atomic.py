"""Replacing a file leaves the old text or the new one, and the file what it was to its owner."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from store.disk.atomic import System, make_folder, read_all, replace
from store.disk.stamp import stamp


class Recorder(System):
    """Notes the calls that change the disk; may fail one of them."""

    def __init__(self, fail: str = "") -> None:
        self.calls: list[str] = []
        self.fail = fail

    def _note(self, name: str) -> None:
        self.calls.append(name)
        if name == self.fail:
            raise OSError(errno.EIO, "Input/output error")

    def write(self, fd: int, data: memoryview) -> int:
        self._note("write")
        return super().write(fd, data[:5])

    def fsync(self, fd: int) -> None:
        self._note("fsync of the folder" if stat.S_ISDIR(os.fstat(fd).st_mode) else "fsync of the file")
        super().fsync(fd)

    def rename(self, old: str, new: str) -> None:
        self._note("rename")
        super().rename(old, new)


def test_bytes_reach_the_disk_before_the_name_and_the_name_before_the_end(tmp_path: Path) -> None:
    system = Recorder()
    replace(tmp_path / "f", b"hello world", system=system)
    assert system.calls == ["write", "write", "write", "fsync of the file", "rename", "fsync of the folder"]
    assert (tmp_path / "f").read_bytes() == b"hello world"


@pytest.mark.parametrize("step", ["write", "fsync of the file", "rename"])
def test_a_failure_leaves_the_old_text_and_no_temporary_file(tmp_path: Path, step: str) -> None:
    (tmp_path / "f").write_text("old")
    with pytest.raises(OSError, match="Input/output error"):
        replace(tmp_path / "f", b"new", system=Recorder(step))
    assert (tmp_path / "f").read_text() == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["f"]


def test_the_returned_stamp_is_the_files(tmp_path: Path) -> None:
    assert replace(tmp_path / "f", b"text") == stamp(tmp_path / "f")
    assert stamp(tmp_path / "missing") is None


def test_a_symbolic_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to("real")
    replace(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "new"


def test_a_dangling_link_gets_its_target(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("real")
    replace(tmp_path / "link", b"new")
    assert (tmp_path / "real").read_text() == "new"


def test_permissions_are_kept_and_a_new_file_is_private(tmp_path: Path) -> None:
    replace(tmp_path / "f", b"1")
    assert stat.S_IMODE((tmp_path / "f").stat().st_mode) == 0o600
    (tmp_path / "f").chmod(0o640)
    replace(tmp_path / "f", b"2")
    assert stat.S_IMODE((tmp_path / "f").stat().st_mode) == 0o640


def test_new_folders_are_private(tmp_path: Path) -> None:
    make_folder(tmp_path / "a" / "b")
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "a" / "b").stat().st_mode) == 0o700


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="no regular file"):
        read_all(tmp_path / "pipe")
