"""An index that is built anew knows when the one before it first saw each article: nothing old is new to a rule."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from store.article import Article, Block, BlockKind
from store.catalog import first_seen
from store.catalog.writer import CatalogWriter
from store.errors import CatalogError

LONG_AGO = "2001-02-03T04:05:06.000007"
OLD, NEW = "It was there before.", "It has just come."


def article(text: str) -> Article:
    return Article(text, text, (Block(BlockKind.PARAGRAPH, 0, len(text)),))


def seen(path: Path) -> dict[str, str]:
    with closing(sqlite3.connect(path)) as db:
        return dict(db.execute("SELECT title, added FROM article"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return an index that saw an article long ago."""
    path = tmp_path / "cache" / "index.sqlite3"
    put(path, [OLD])
    long_ago(path)
    return path


def put(path: Path, texts: Sequence[str]) -> str:
    """Enter articles; returns why the index was built anew, if it was."""
    writer = CatalogWriter(path)
    for number, text in enumerate(texts):
        writer.put_file(f"/a/{number}.txt", "1", [article(text)])
    writer.close()
    return writer.rebuilt


def long_ago(path: Path) -> None:
    """Let the index have seen its articles long ago."""
    with closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE article SET added = ?", (LONG_AGO,))
        db.commit()
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def put_both(path: Path) -> str:
    return put(path, [OLD, NEW])


def test_after_a_change_of_version_what_was_seen_before_keeps_its_day(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 1")
    assert "another version" in put_both(path)
    found = seen(path)
    assert found[OLD] == LONG_AGO and found[NEW] > LONG_AGO
    assert sorted(file.name for file in path.parent.iterdir() if file.name.endswith(".seen")) == []


def test_it_is_kept_over_a_rebuilding_that_was_cut_off(path: Path) -> None:
    first_seen.remove(path)
    # It is opened, and built anew once more before any file was read.
    CatalogWriter(path).close()
    first_seen.remove(path)
    put_both(path)
    assert seen(path)[OLD] == LONG_AGO and seen(path)[NEW] > LONG_AGO


def test_of_a_damaged_index_as_much_is_kept_as_can_be_read(tmp_path: Path) -> None:
    path, texts = tmp_path / "index.sqlite3", [f"Article {number}. {'word ' * 50}" for number in range(100)]
    put(path, texts)
    long_ago(path)
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size * 8 // 10)
        file.write(b"\xff" * (size - size * 8 // 10))
    first_seen.remove(path)
    put(path, texts)
    found = seen(path)
    kept = {text for text, day in found.items() if day == LONG_AGO}
    assert found.keys() == set(texts) and 20 < len(kept) < len(texts)
    assert all(day > LONG_AGO for text, day in found.items() if text not in kept)


def test_what_is_no_index_costs_nothing_of_what_was_put_aside(path: Path) -> None:
    first_seen.remove(path)
    path.write_bytes(b"no database at all" * 1000)
    assert put_both(path)
    assert seen(path)[OLD] == LONG_AGO and seen(path)[NEW] > LONG_AGO


def test_an_index_that_cannot_take_it_up_says_so_and_the_next_one_does(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first_seen.remove(path)

    def full(index: Path, db: sqlite3.Connection) -> None:
        db.execute("PRAGMA max_page_count = 1")
        take_up(index, db)

    take_up = first_seen.take_up
    with monkeypatch.context() as patch:
        patch.setattr(first_seen, "take_up", full)
        with pytest.raises(CatalogError, match=r"cannot be written: database or disk is full\.$"):
            CatalogWriter(path)
    put_both(path)
    assert seen(path)[OLD] == LONG_AGO


def test_what_was_not_taken_up_is_kept_over_a_second_rebuilding(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first_seen.remove(path)
    with monkeypatch.context() as patch:
        patch.setattr(first_seen, "take_up", lambda *_: None)
        writer = CatalogWriter(path)
        writer.put_file("/a/new.txt", "1", [article(NEW)])
        writer.close()
    first_seen.remove(path)
    put_both(path)
    assert seen(path)[OLD] == LONG_AGO
