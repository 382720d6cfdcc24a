"""The walk: every file that can be read is found, every one that cannot is named, nothing blocks or loops."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from store.article import Article, Problem
from store.formats.clean import is_clean
from store.formats.folder import FoundFile, open_regular, read_path, walk, why
from store.formats.limits import Limits

HOSTILE = Path(__file__).parents[3] / "shared" / "tools" / "make_hostile.py"


def names(root: Path, limits: Limits | None = None) -> list[str]:
    return [os.path.relpath(f.path, root) for f in walk(root, limits or Limits()) if isinstance(f, FoundFile)]


def problems(root: Path) -> dict[str, str]:
    return {os.path.relpath(p.path, root): p.reason for p in walk(root) if isinstance(p, Problem)}


def put(path: Path, text: str = "Tokyo talks") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_files_come_sorted_each_folders_own_first(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a/z.md", "c.txt", "a.txt"):
        put(tmp_path / name)
    assert names(tmp_path) == ["a.txt", "c.txt", "a/z.md", "b/1.txt", "b/2.txt"]


def test_hidden_files_and_leftovers_are_passed_over(tmp_path: Path) -> None:
    for name in (
        ".git/x.txt",
        ".hidden.txt",
        "a.txt~",
        "a.txt.bak",
        ".a.txt.swp",
        "#a.txt#",
        "pic.png",
        "a.py",
        "a.txt",
    ):
        put(tmp_path / name)
    assert names(tmp_path) == ["a.txt"]
    assert problems(tmp_path) == {}


def test_a_saved_pages_own_folder_is_passed_over(tmp_path: Path) -> None:
    for name in ("Page.html", "Page_files/ad.html", "Other_files/kept.html"):
        put(tmp_path / name)
    assert names(tmp_path) == ["Page.html", "Other_files/kept.html"]


def test_documents_of_other_kinds_are_named(tmp_path: Path) -> None:
    put(tmp_path / "a.odt")
    assert problems(tmp_path) == {"a.odt": "Dateline does not read OpenDocument texts yet."}


def test_links_do_not_lead_out_or_around(tmp_path: Path) -> None:
    root = tmp_path / "library"
    put(root / "real.txt")
    put(root / ".store" / "content")
    put(tmp_path / "outside.txt")
    (root / "to_real.txt").symlink_to("real.txt")
    (root / "annexed.txt").symlink_to(".store/content")
    (root / "out.txt").symlink_to("../outside.txt")
    (root / "out").symlink_to("..")
    (root / "self").symlink_to(".")
    (root / "dangling.txt").symlink_to("missing.txt")
    (root / "loop.txt").symlink_to("loop.txt")
    assert names(root) == ["annexed.txt", "real.txt"]
    assert problems(root) == {
        "out.txt": "The link leads out of the opened folder.",
        "out": "The link leads to a folder outside of the opened one.",
        "dangling.txt": "The link leads nowhere.",
        "loop.txt": "The link leads back to itself.",
    }


def test_a_root_that_is_a_link_or_a_file_is_walked(tmp_path: Path) -> None:
    put(tmp_path / "real" / "a.txt")
    (tmp_path / "link").symlink_to("real")
    assert names(tmp_path / "link") == ["a.txt"]
    assert [f.path for f in walk(tmp_path / "real" / "a.txt")] == [str(tmp_path / "real" / "a.txt")]


def test_a_missing_root_is_a_problem(tmp_path: Path) -> None:
    assert problems(tmp_path / "gone") == {".": "It is not there any more."}


def test_pipes_sockets_and_large_files_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe.txt")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.txt")
    with Path("large.txt").open("wb") as large:
        large.truncate(23_400_000)
    assert problems(tmp_path) == {
        "pipe.txt": "This is a pipe, not a file.",
        "socket.txt": "This is a socket, not a file.",
        "large.txt": "The file is 23.4 MB large; Dateline reads up to 10 MB.",
    }


@pytest.mark.timeout(10)
def test_opening_a_pipe_or_device_neither_blocks_nor_reads(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("/dev/zero")
    for odd in (tmp_path / "pipe", tmp_path / "link", tmp_path):
        with pytest.raises(OSError) as caught:
            open_regular(str(odd))
        assert why(caught.value).endswith(".")
        (problem,) = read_path(str(odd))
        assert isinstance(problem, Problem)


def test_a_link_can_be_refused_at_opening(tmp_path: Path) -> None:
    put(tmp_path / "a.txt")
    (tmp_path / "b.txt").symlink_to("a.txt")
    open_regular(str(tmp_path / "b.txt")).close()
    with pytest.raises(OSError):
        open_regular(str(tmp_path / "b.txt"), follow=False)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_named(tmp_path: Path) -> None:
    put(tmp_path / "closed" / "a.txt")
    (tmp_path / "closed").chmod(0)
    try:
        assert problems(tmp_path) == {"closed": "You have no permission to read it."}
    finally:
        (tmp_path / "closed").chmod(0o700)


def test_folders_too_deep_are_named_and_the_rest_is_walked(tmp_path: Path) -> None:
    put(tmp_path / "a" / "b" / "c" / "d" / "deep.txt")
    put(tmp_path / "z" / "near.txt")
    assert names(tmp_path, Limits(depth=3)) == ["z/near.txt"]
    assert names(tmp_path, Limits(depth=4)) == ["a/b/c/d/deep.txt", "z/near.txt"]


def test_the_stamp_changes_with_the_file(tmp_path: Path) -> None:
    path = put(tmp_path / "a.txt", "one")

    def stamp() -> str:
        (found,) = walk(tmp_path)
        assert isinstance(found, FoundFile)
        return found.stamp

    first = stamp()
    assert stamp() == first
    os.utime(path, ns=(1, 1))
    assert stamp() != first


def test_names_that_are_no_utf_8_can_be_opened_again(tmp_path: Path) -> None:
    put(tmp_path / os.fsdecode(b"bad\xff\xfe.txt"))
    (found,) = walk(tmp_path)
    (article,) = read_path(found.path)
    assert isinstance(article, Article)
    assert is_clean(article.title)


@pytest.mark.skipif(not HOSTILE.is_file(), reason="the shared tools are not beside the checkout")
@pytest.mark.timeout(60)
def test_a_hostile_folder_is_read_or_named_file_by_file(tmp_path: Path) -> None:
    root = tmp_path / "hostile"
    subprocess.run([sys.executable, str(HOSTILE), str(root)], check=True, timeout=60)
    try:
        found = list(walk(root))
        assert sum(1 for f in found if isinstance(f, FoundFile) and "/many/" in f.path) == 3000
        assert any(f.path.endswith("/bottom.txt") for f in found)
        for file in found:
            outcome = [file] if isinstance(file, Problem) else list(read_path(file.path))
            assert outcome, file
            for one in outcome:
                if isinstance(one, Problem):
                    assert one.reason.endswith("."), one
                    assert "defeats" not in one.reason, one
                else:
                    assert is_clean(one.text)
                    assert is_clean(one.title)
    finally:
        (root / "types" / "noperm_dir").chmod(0o700)
