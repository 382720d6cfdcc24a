"""How the index is opened: private, with a journal that its disk can keep, and anew where it is of no use."""

from __future__ import annotations

import contextlib
import sqlite3
import stat
from pathlib import Path

import pytest

from store.catalog import opening, schema
from store.catalog.articles import CatalogReader
from store.catalog.writer import CatalogWriter
from tests.store.catalog_articles import article, put, texts


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "index.sqlite3"


def test_the_cache_is_private(path: Path) -> None:
    writer = CatalogWriter(path)
    put(writer, "/a", article("text"))
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    for file in path.parent.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file


def test_the_writer_uses_wal_and_plain_journals_on_network_file_systems(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def mode() -> str:
        with contextlib.closing(sqlite3.connect(path)) as db:
            return str(db.execute("PRAGMA journal_mode").fetchone()[0])

    CatalogWriter(path).close()
    assert mode() == "wal"
    monkeypatch.setattr(opening, "on_network", lambda _: True)
    writer = CatalogWriter(path)
    put(writer, "/a", article("text"))
    assert mode() == "delete"
    assert list(texts(path)) == ["text"]


@pytest.mark.parametrize("damage", [b"this is no database " * 400, b"SQLite format 3\0" + b"\xff" * 4096])
def test_a_damaged_index_is_built_anew_with_a_message(path: Path, damage: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(damage)
    writer = CatalogWriter(path)
    assert "damaged" in writer.rebuilt
    put(writer, "/a", article("text"))
    assert list(texts(path)) == ["text"]


def test_an_index_of_another_version_is_built_anew_with_a_message(path: Path) -> None:
    CatalogWriter(path).close()
    db = sqlite3.connect(path)
    db.execute(f"PRAGMA user_version={schema.INDEX_VERSION + 1}")
    db.close()
    assert not CatalogReader(path).exists
    writer = CatalogWriter(path)
    assert "version" in writer.rebuilt
    put(writer, "/a", article("text"))
    assert CatalogWriter(path).rebuilt == ""
