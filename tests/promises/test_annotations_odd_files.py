"""Files that are odd in one way each: what is no file of ours is refused at once, in words, and left as it is."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from store.annotations.records import SaveNote, Star, Tag, Target
from store.annotations.store import AnnotationStore
from store.article import text_hash
from store.errors import TooNew, Unreadable

A, B = Target(text_hash("a"), "A"), Target(text_hash("b"), "B")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a file with a tag in it and a star in its journal."""
    path = tmp_path / "kept" / "annotations.json"
    store = AnnotationStore(path)
    store.apply(Tag((A,), ("japan",)))
    store.fold()
    store.apply(Star((B,), True))
    store.close(fold=False)
    return path


def journal_of(path: Path) -> Path:
    return Path(f"{path}.journal")


def refused(path: Path, what: type[Exception] = Unreadable) -> None:
    """Check that a start refuses with the file's name, and changes nothing."""
    before = {one: one.read_bytes() for one in path.parent.iterdir() if one.is_file()}
    with pytest.raises(what, match="untouched") as found:
        AnnotationStore(path)
    assert str(path) in str(found.value)
    assert before == {one: one.read_bytes() for one in path.parent.iterdir() if one.is_file()}


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data[: len(data) // 2],
        lambda data: data + b"}",
        lambda data: data + b"\n{}",
        lambda data: data + bytes(512),
        lambda data: bytes(len(data)),
        lambda data: bytes(512) + data[512:],
        lambda data: data.replace(b'["japan"]', b'"japan"'),
    ],
    ids=[
        "cut short",
        "trailing brace",
        "a second text",
        "trailing zeros",
        "zeros",
        "first sector lost",
        "type",
    ],
)
def test_a_file_that_is_not_whole_is_refused(path: Path, change: Callable[[bytes], bytes]) -> None:
    path.write_bytes(change(path.read_bytes()))
    refused(path)


@pytest.mark.parametrize("data", [b"", b"{}"], ids=["empty", "no tables"])
def test_an_emptied_file_is_refused_while_changes_to_it_wait_in_its_journal(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    refused(path)


def test_a_removed_file_is_refused_while_changes_to_it_wait_in_its_journal(path: Path) -> None:
    path.unlink()
    refused(path)


@pytest.mark.parametrize("odd", ["folder", "pipe", "link", "link to nowhere"])
def test_a_journal_that_is_no_file_is_refused_without_waiting(path: Path, tmp_path: Path, odd: str) -> None:
    journal = journal_of(path)
    elsewhere = tmp_path / "elsewhere"
    journal.rename(elsewhere)
    match odd:
        case "folder":
            journal.mkdir()
        case "pipe":
            os.mkfifo(journal)
        case "link":
            journal.symlink_to(elsewhere)
        case _:
            journal.symlink_to(tmp_path / "nowhere")
    data = path.read_bytes()
    with pytest.raises(Unreadable, match="untouched") as found:
        AnnotationStore(path)
    assert str(path) in str(found.value)
    assert path.read_bytes() == data
    assert elsewhere.stat().st_size


def test_a_journal_of_a_newer_dateline_is_refused(path: Path) -> None:
    from store.annotations.journal import Header, line, read_line

    journal = journal_of(path)
    first, rest = journal.read_bytes().split(b"\n", 1)
    header = read_line(first + b"\n")
    assert isinstance(header, Header)
    journal.write_bytes(line(header._replace(version=header.version + 1)) + rest)
    refused(path, TooNew)


def test_a_link_that_points_nowhere_yet_is_begun_where_it_points(tmp_path: Path) -> None:
    link, real = tmp_path / "annotations.json", tmp_path / "elsewhere" / "kept.json"
    link.symlink_to(real)
    store = AnnotationStore(link)
    store.apply(Star((A,), True))
    store.close()
    assert link.is_symlink()
    assert real.is_file()
    assert AnnotationStore(link).marks(A).starred


def test_a_link_that_leads_to_itself_is_refused(tmp_path: Path) -> None:
    loop = tmp_path / "annotations.json"
    loop.symlink_to(loop)
    with pytest.raises(Unreadable, match=r"annotations\.json"):
        AnnotationStore(loop).apply(Star((A,), True))
    assert loop.is_symlink()


def test_a_file_of_a_hundred_megabytes_is_read_and_a_change_to_it_stays_small(tmp_path: Path) -> None:
    path = tmp_path / "annotations.json"
    store = AnnotationStore(path)
    store.apply(SaveNote(A, "short"))
    store.close()
    long = b"x" * 100_000_000
    path.write_bytes(path.read_bytes().replace(b'"body":"short"', b'"body":"' + long + b'"', 1))
    store = AnnotationStore(path)
    assert len(store.notes(A)[0].body) == len(long)
    store.apply(Tag((B,), ("small",)))
    assert journal_of(path).stat().st_size < 4000
    store.close(fold=False)
