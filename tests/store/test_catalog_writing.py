"""What the index keeps of files that come, change, move and go."""

from __future__ import annotations

import os
import sqlite3
from datetime import date
from pathlib import Path

import pytest

from store.article import Article, Block, BlockKind, Mention, Problem, Source, text_hash
from store.catalog import opening
from store.catalog.articles import CatalogReader
from store.catalog.writer import CatalogWriter
from tests.store.catalog_articles import article, kind_of, put, texts


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "index.sqlite3"


def test_what_was_committed_leaves_the_log_unless_somebody_reads_it(path: Path) -> None:
    log = path.with_name(f"{path.name}-wal")
    writer = CatalogWriter(path)
    put(writer, "/a/1", article("one"))
    reading = sqlite3.connect(path, isolation_level=None)
    reading.execute("BEGIN")
    assert reading.execute("SELECT count(*) FROM article").fetchone() == (1,)
    put(writer, "/a/2", article("two"))
    writer.settle()
    # Without waiting, and without a loss to who reads.
    assert log.stat().st_size
    assert reading.execute("SELECT count(*) FROM article").fetchone() == (1,)
    reading.execute("COMMIT")
    writer.settle()
    assert not log.stat().st_size
    assert reading.execute("SELECT count(*) FROM article").fetchone() == (2,)
    reading.close()
    writer.close()


def test_an_article_comes_back_as_it_was_read(path: Path) -> None:
    writer = CatalogWriter(path)
    read = Article(
        "Talks in Tokyo", "Talks in Tokyo\n\n北京 😀 Abe.",
        (Block(BlockKind.TITLE, 0, 14), Block(BlockKind.PARAGRAPH, 16, 24, 0)),
        byline="Special", published=date(2017, 3, 20), language="en", url="https://example.org/1", encoding="utf-8?",
    )  # fmt: skip
    put(writer, "/a/talks.txt", read)
    reader = CatalogReader(path)
    [row] = reader.first_page()
    stored = reader.article(row.key)
    assert stored is not None
    assert stored.article == read
    assert stored.sources == (Source("/a/talks.txt"),)
    assert not stored.analysed
    assert (row.id, row.title, row.published, row.words) == (read.id, read.title, read.published, read.words)
    assert row.source == Source("/a/talks.txt")
    assert reader.key_of(read.id) == row.key
    assert reader.is_live(read.id) and not reader.is_live(text_hash("else"))


def test_newest_first_and_undated_last(path: Path) -> None:
    writer = CatalogWriter(path)
    put(writer, "/a/1", article("undated"))
    put(writer, "/a/2", article("old", published=date(1999, 1, 1)))
    put(writer, "/a/3", article("new", published=date(2024, 1, 1)))
    reader = CatalogReader(path)
    assert [row.title for row in reader.first_page()] == ["new", "old", "undated"]
    assert [row.title for row in reader.first_page(2)] == ["new", "old"]


def test_rows_keep_the_order_asked_for_and_show_gaps(path: Path) -> None:
    writer = CatalogWriter(path)
    for n in range(3):
        put(writer, f"/a/{n}", article(f"text {n}"))
    reader = CatalogReader(path)
    keys = [row.key for row in reader.first_page()]
    asked = [keys[2], 999_999, keys[0], keys[2]]
    assert [row and row.title for row in reader.rows(asked)] == ["text 2", None, "text 0", "text 2"]
    assert reader.rows([]) == []


def test_a_text_at_two_places_is_one_article_and_goes_with_its_last_source(path: Path) -> None:
    writer = CatalogWriter(path)
    put(writer, "/a/one", article("same"))
    put(writer, "/b/two", article("same"))
    assert texts(path) == {"same": [Source("/a/one"), Source("/b/two")]}
    assert writer.articles == 1
    writer.remove_files(["/a/one"])
    writer.commit()
    assert texts(path) == {"same": [Source("/b/two")]}
    writer.remove_files(["/b/two"])
    writer.commit()
    assert texts(path) == {}
    assert writer.articles == 0


def test_an_edited_file_tells_its_old_and_new_text(path: Path) -> None:
    writer = CatalogWriter(path)
    put(writer, "/a/one", article("before"))
    assert writer.take_edits() == []
    put(writer, "/a/one", article("after"), stamp="2")
    [edit] = writer.take_edits()
    assert (edit.source, edit.old, edit.new) == (Source("/a/one"), text_hash("before"), text_hash("after"))
    assert list(texts(path)) == ["after"]
    assert writer.stamps() == {"/a/one": "2"}


def test_a_moved_file_keeps_its_row_and_names(path: Path) -> None:
    writer = CatalogWriter(path)
    put(writer, "/a/one", article("Abe spoke"))
    writer.put_mentions(text_hash("Abe spoke"), "v1", [Mention(0, 3, "PERSON")], kind_of)
    put(writer, "/a/moved", article("Abe spoke"))
    writer.remove_files(["/a/one"])
    writer.commit()
    reader = CatalogReader(path)
    [row] = reader.first_page()
    stored = reader.article(row.key)
    assert stored is not None
    assert stored.analysed and stored.mentions and stored.sources == (Source("/a/moved"),)


def test_members_of_a_container_come_change_and_go(path: Path) -> None:
    writer = CatalogWriter(path)
    put(
        writer,
        "/a/feed",
        article("one", member="1"),
        article("two", member="2"),
        article("three", member="3"),
    )
    put(writer, "/a/feed", article("one", member="1"), article("two, edited", member="2"), stamp="2")
    assert texts(path) == {"one": [Source("/a/feed", "1")], "two, edited": [Source("/a/feed", "2")]}
    assert [(e.old, e.new) for e in writer.take_edits()] == [(text_hash("two"), text_hash("two, edited"))]


def test_two_records_with_one_id_are_both_kept(path: Path) -> None:
    writer = CatalogWriter(path)
    put(writer, "/a/feed", article("one", member="x"), article("two", member="x"), article("one", member="x"))
    found = texts(path)
    assert set(found) == {"one", "two"}
    assert found["one"] == [Source("/a/feed", "x")]
    put(writer, "/a/feed", article("one", member="x"), article("two", member="x"), stamp="2")
    assert texts(path) == found
    assert writer.take_edits() == []


def test_the_first_source_gives_title_and_date_and_hands_them_on(path: Path) -> None:
    writer = CatalogWriter(path)
    put(writer, "/b", article("same", "second", published=date(2001, 1, 1)))
    put(writer, "/a", article("same", "first", published=date(2000, 1, 1)))
    put(writer, "/c", article("same", "third"))
    reader = CatalogReader(path)
    [row] = reader.first_page()
    assert (row.title, row.published) == ("first", date(2000, 1, 1))
    assert reader.article(row.key).article.title == "first"  # type: ignore[union-attr]
    assert writer.remove_files(["/a"]) == ["/b"]
    put(writer, "/b", article("same", "second", published=date(2001, 1, 1)))
    assert [row.title for row in reader.first_page()] == ["second"]
    assert writer.remove_files(["/c"]) == []


def test_full_text_follows_every_change(path: Path) -> None:
    writer = CatalogWriter(path)

    def matches(word: str) -> int:
        db = sqlite3.connect(path)
        opening.add_functions(db)
        try:
            db.execute("INSERT INTO fulltext(fulltext) VALUES('integrity-check')")
            db.rollback()
            return len(db.execute("SELECT rowid FROM fulltext WHERE fulltext MATCH ?", (word,)).fetchall())
        finally:
            db.close()

    put(writer, "/a", article("harbour news", "Alpha"))
    assert (matches("harbour"), matches("alpha")) == (1, 1)
    put(writer, "/a", article("harbour news", "Beta"), stamp="2")
    assert (matches("harbour"), matches("alpha"), matches("beta")) == (1, 0, 1)
    put(writer, "/a", article("mountain news", "Beta"), stamp="3")
    assert (matches("harbour"), matches("mountain")) == (0, 1)
    writer.remove_files(["/a"])
    writer.commit()
    assert (matches("mountain"), matches("beta")) == (0, 0)


def test_problems_stay_until_the_file_is_read_well(path: Path) -> None:
    writer = CatalogWriter(path)
    put(writer, "/a", Problem("/a", "read", "This is no text."))
    writer.set_scan_problems([Problem("/fifo", "scan", "This is a pipe.")])
    writer.commit()
    reader = CatalogReader(path)
    assert [(p.path, p.stage, p.reason) for p in reader.problems()] == [
        ("/a", "read", "This is no text."), ("/fifo", "scan", "This is a pipe.")]  # fmt: skip
    assert reader.counts().problems == 2
    put(writer, "/a", article("now it is"))
    writer.set_scan_problems([])
    writer.commit()
    assert reader.problems() == []
    assert reader.counts().problems == 0


def test_scan_problems_of_another_root_are_left_alone(path: Path) -> None:
    writer = CatalogWriter(path)
    writer.set_scan_problems([Problem("/a/x", "scan", "A pipe."), Problem("/b/x", "scan", "A pipe.")])
    writer.set_scan_problems([], within=["/a"])
    writer.commit()
    assert [p.path for p in CatalogReader(path).problems()] == ["/b/x"]


def test_a_skipped_file_is_not_read_until_it_changes(path: Path) -> None:
    writer = CatalogWriter(path)
    writer.skip_file("/a", "7", "It took longer than 5 s.")
    writer.commit()
    assert writer.stamps() == {"/a": "7"}
    assert [p.reason for p in CatalogReader(path).problems()] == ["It took longer than 5 s."]


def test_a_piece_that_fails_leaves_the_rest_of_the_batch(path: Path) -> None:
    writer = CatalogWriter(path)
    writer.put_file("/a", "1", [article("kept")])
    with pytest.raises(RuntimeError):
        with writer.changing() as db:
            db.execute("DELETE FROM body")
            raise RuntimeError
    writer.commit()
    assert list(texts(path)) == ["kept"]
    assert writer.articles == 1


def test_a_file_read_half_counts_as_unread_after_a_crash(path: Path) -> None:
    writer = CatalogWriter(path)
    put(writer, "/feed", article("one", member="1"), article("two", member="2"))
    update = writer.update_file("/feed")
    update.add(article("one, edited", member="1"))
    writer.commit()
    writer.abandon()
    again = CatalogWriter(path)
    assert again.stamps() == {"/feed": ""}
    assert set(texts(path)) == {"one, edited", "two"}, "the text that lost its source went at the next start"
    assert again.articles == 2


def test_the_generation_grows_with_the_set_only(path: Path) -> None:
    writer = CatalogWriter(path)
    put(writer, "/a", article("x"))
    first = writer.generation
    writer.put_mentions(text_hash("x"), "v1", [], kind_of)
    assert not writer.commit()
    assert writer.generation == first
    put(writer, "/a", article("x"), stamp="2")
    assert writer.generation == first
    put(writer, "/a", article("x", "new title"), stamp="3")
    assert writer.generation == first + 1
    assert CatalogReader(path).counts().generation == first + 1
    writer.close()
    assert CatalogWriter(path).generation == first + 1


def test_names_of_files_that_are_no_utf8_survive(path: Path) -> None:
    name = os.fsdecode(b"/a/invalid\xff\xfe.txt")
    writer = CatalogWriter(path)
    put(writer, name, article("text"))
    assert writer.stamps() == {name: "1"}
    reader = CatalogReader(path)
    assert reader.first_page()[0].source.path == name
    assert reader.locate(name) == [reader.first_page()[0].key]
