"""What the index keeps of files that come, change, move and go."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import stat
from datetime import date
from pathlib import Path

import pytest

from store.article import Article, ArticleId, Block, BlockKind, Mention, Problem, Source, text_hash
from store.catalog import opening, schema
from store.catalog.articles import CatalogReader
from store.catalog.versions import NO_PIPELINE, Versions
from store.catalog.writer import CatalogWriter


def kind_of(label: str) -> str:
    return {"PERSON": "person", "GPE": "place"}.get(label, "other")


def article(text: str, title: str = "", *, published: date | None = None, member: str = "") -> Article:
    blocks = (Block(BlockKind.PARAGRAPH, 0, len(text)),)
    return Article(title or text[:20], text, blocks, published=published, member=member)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "index.sqlite3"


def put(writer: CatalogWriter, where: str, *items: Article | Problem, stamp: str = "1") -> None:
    writer.put_file(where, stamp, items)
    writer.commit()


def texts(path: Path) -> dict[str, list[Source]]:
    reader = CatalogReader(path)
    found = {}
    for row in reader.first_page():
        stored = reader.article(row.key)
        assert stored is not None
        found[stored.article.text] = list(stored.sources)
    reader.close()
    return found


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


def test_names_are_written_whole_and_counted(path: Path) -> None:
    writer = CatalogWriter(path)
    text = "Abe met Lavrov in Tokyo. Abe left Tokyo."
    put(writer, "/a", article(text))
    names = [Mention(0, 3, "PERSON", "Shinzo Abe"), Mention(25, 28, "PERSON", "Shinzo  Abe"),
             Mention(18, 23, "GPE"), Mention(8, 14, "PERSON", "Sergei Lavrov"), Mention(90, 99, "GPE")]  # fmt: skip
    assert writer.put_mentions(text_hash(text), "v1", names, kind_of)
    writer.commit()
    reader = CatalogReader(path)
    stored = reader.article(reader.first_page()[0].key)
    assert stored is not None and stored.analysed
    assert [(m.start, m.end, m.entity) for m in stored.mentions] == [
        (0, 3, "Shinzo Abe"), (8, 14, "Sergei Lavrov"), (18, 23, "Tokyo"), (25, 28, "Shinzo Abe")]  # fmt: skip
    assert [(e.name, e.kind, e.label, e.mentions, e.articles) for e in reader.entities()] == [
        ("Shinzo Abe", "person", "PERSON", 2, 1), ("Sergei Lavrov", "person", "PERSON", 1, 1),
        ("Tokyo", "place", "GPE", 1, 1)]  # fmt: skip
    assert [(e.name, e.mentions, e.articles) for e in reader.entities(label="GPE")] == [("Tokyo", 1, 1)]
    assert reader.entities(keys=[stored.key]) == reader.entities()
    assert reader.entities(keys=[stored.key], label="PERSON") == reader.entities()[:2]
    assert [e.name for e in reader.entities(keys=[12345])] == []
    assert writer.put_mentions(text_hash(text), "v2", [Mention(18, 23, "GPE")], kind_of)
    writer.commit()
    assert [e.name for e in reader.entities()] == ["Tokyo"]
    assert reader.counts().analysed == 1


def test_entities_that_nobody_names_any_more_go(path: Path) -> None:
    writer = CatalogWriter(path)
    put(writer, "/a", article("Abe"))
    put(writer, "/b", article("Abe and Tokyo"))
    writer.put_mentions(text_hash("Abe"), "v1", [Mention(0, 3, "PERSON")], kind_of)
    writer.put_mentions(text_hash("Abe and Tokyo"), "v1", [Mention(0, 3, "PERSON"), Mention(8, 13, "GPE")], kind_of)
    writer.commit()
    reader = CatalogReader(path)
    assert {e.name for e in reader.entities()} == {"Abe", "Tokyo"}
    writer.remove_files(["/b"])
    writer.commit()
    db = sqlite3.connect(path)
    assert db.execute("SELECT canonical FROM entity").fetchall() == [("Abe",)]
    assert (reader.counts().articles, reader.counts().analysed) == (1, 1)


def every(version: str) -> Versions:
    """Return this version for texts of every language."""
    return Versions(version, {})


def test_what_waits_is_newest_first_and_the_unanalysed_before_the_outdated(path: Path) -> None:
    writer = CatalogWriter(path)
    for name, day in (("old", 1), ("new", 3), ("done", 2)):
        put(writer, f"/{name}", article(name, published=date(2020, 1, day)))
    writer.put_mentions(text_hash("done"), "v1", [], kind_of)
    writer.put_mentions(text_hash("new"), "v0", [], kind_of)
    assert [w.id for w in writer.waiting(every("v1"), 9)] == [text_hash("old"), text_hash("new")]
    assert [w.id for w in writer.waiting(every("v1"), 1)] == [text_hash("old")]
    assert writer.count_waiting(every("v1")) == (2, 2)


def test_each_text_waits_for_the_recogniser_of_its_language(path: Path) -> None:
    writer = CatalogWriter(path)
    for day, language in enumerate(("en", "fr", "cs", "", "de"), 1):
        put(writer, f"/{language}", article(f"in {language}", published=date(2020, 1, day)))
        writer.put_language(text_hash(f"in {language}"), language, 1)
    versions = Versions(NO_PIPELINE, {"en": "e1", "": "e1", "fr": "f1", "de": ""})

    def waiting() -> list[tuple[str, str]]:
        found = writer.waiting(versions, 9)
        assert writer.count_waiting(versions)[0] == len(found)
        return [(text.id, text.language) for text in found]

    newest = [(text_hash(f"in {language}"), language) for language in ("", "cs", "fr", "en")]
    assert waiting() == newest, "the newest first; German is left as it is"
    for text, language in newest:
        writer.put_mentions(ArticleId(text), versions.of(language), [], kind_of)
    assert waiting() == []
    versions = Versions(NO_PIPELINE, {"en": "e2", "": "e2", "cs": "c1"})
    german = (text_hash("in de"), "de")
    assert waiting() == [german, newest[0], newest[1], newest[3]], "French names stay when their pipeline has gone"
    writer.commit()
    reader = CatalogReader(path)
    assert {one.language: (one.articles, one.unread) for one in reader.languages()} == {
        "": (1, 0), "cs": (1, 1), "de": (1, 0), "en": (1, 0), "fr": (1, 0)
    }  # fmt: skip
    czech = reader.key_of(newest[1][0])  # type: ignore[arg-type]
    stored = reader.article(czech)  # type: ignore[arg-type]
    assert stored is not None and stored.analysed and stored.no_model and stored.mentions == ()


def test_a_language_is_looked_at_once_and_again_when_its_file_says_another(path: Path) -> None:
    writer = CatalogWriter(path)
    put(writer, "/a", article("ein Text").replace(language="en"))
    put(writer, "/b", article("un texte", published=date(2020, 1, 1)))
    german, french = text_hash("ein Text"), text_hash("un texte")
    assert writer.unjudged(1, 9) == [french, german]
    writer.put_language(german, "de", 1)
    writer.put_language(french, "fr", 1)
    writer.commit()
    assert writer.unjudged(1, 9) == [] and set(writer.unjudged(2, 9)) == {french, german}
    put(writer, "/a", article("ein Text").replace(language="en"))
    assert writer.unjudged(1, 9) == [], "the file says what it said before"
    found = writer.look_up(german)
    assert found is not None and (found.language, found.declared) == ("de", "en")
    put(writer, "/a", article("ein Text").replace(language="nl"))
    assert writer.unjudged(1, 9) == [german]


def test_names_of_an_older_recogniser_are_read_until_they_are_replaced(path: Path) -> None:
    writer = CatalogWriter(path)
    put(writer, "/a", article("Abe in Tokyo"))
    writer.put_mentions(text_hash("Abe in Tokyo"), "v1", [Mention(0, 3, "PERSON")], kind_of)
    writer.use_recogniser("r2")
    writer.commit()
    reader = CatalogReader(path)
    key = reader.first_page()[0].key
    assert [w.id for w in writer.waiting(every("v2"), 9)] == [text_hash("Abe in Tokyo")]
    assert reader.article(key).mentions == (Mention(0, 3, "PERSON", "Abe"),)  # type: ignore[union-attr]
    writer.put_mentions(text_hash("Abe in Tokyo"), "v2", [Mention(7, 12, "GPE")], kind_of)
    assert reader.article(key).mentions == (Mention(0, 3, "PERSON", "Abe"),)  # type: ignore[union-attr]
    writer.commit()
    assert reader.article(key).mentions == (Mention(7, 12, "GPE", "Tokyo"),)  # type: ignore[union-attr]
    assert writer.waiting(every("v2"), 9) == []


def test_a_text_that_cannot_be_analysed_waits_for_another_recogniser(path: Path) -> None:
    writer = CatalogWriter(path)
    writer.use_recogniser("r1")
    put(writer, "/a", article("hang"))
    assert writer.fail(text_hash("hang"), "r1", "It took longer than 30 s.")
    writer.commit()
    assert writer.waiting(every("r1"), 9) == []
    reader = CatalogReader(path)
    assert [(p.path, p.stage, p.reason) for p in reader.problems()] == [("/a", "analyse", "It took longer than 30 s.")]
    assert reader.counts().analysed == reader.counts().articles == 1
    writer.use_recogniser("r1")
    assert writer.waiting(every("r1"), 9) == []
    writer.use_recogniser("r2")
    writer.commit()
    assert len(writer.waiting(every("r2"), 9)) == 1
    assert reader.problems() == [] and reader.counts().analysed == 0


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
