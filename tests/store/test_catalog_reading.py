"""Reading an index: without one, a damaged one, one that is rebuilt, and finding articles in it."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from store.article import Article, ArticleId, Block, BlockKind, Mention, text_hash
from store.catalog import schema
from store.catalog.analysis import AnalysisStore
from store.catalog.articles import CatalogCounts, CatalogReader
from store.catalog.versions import Versions
from store.catalog.writer import CatalogWriter


def article(text: str, member: str = "") -> Article:
    return Article(text, text, (Block(BlockKind.PARAGRAPH, 0, len(text)),), member=member)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "index.sqlite3"


def test_an_index_that_was_met_half_made_is_opened_once_it_is_whole(path: Path) -> None:
    path.touch()
    reader = CatalogReader(path)
    assert not reader.exists
    writer = CatalogWriter(path)
    writer.put_file("/a.txt", "1", [article("A first article.")])
    writer.commit()
    assert reader.outdated()
    reader.reopen()
    writer.close()
    assert reader.exists and not reader.outdated()
    assert [row.title for row in reader.first_page()] == ["A first article."]


def test_without_an_index_the_library_is_empty(path: Path) -> None:
    reader = CatalogReader(path)
    assert not reader.exists
    assert reader.first_page() == [] and reader.rows([1, 2]) == [None, None]
    assert reader.counts() == CatalogCounts()
    assert reader.problems() == [] and reader.locate("/a") == [] and reader.entities() == []
    assert not path.exists(), "reading makes no files"


@pytest.mark.parametrize("limit", [2, 6, 40])
def test_the_page_around_an_article_is_a_part_of_the_whole_list(path: Path, limit: int, monkeypatch) -> None:
    days = [None, *(date(2024, 1, 1 + n % 5) for n in range(14)), None, date(1999, 1, 1), None]
    with closing(CatalogWriter(path)) as writer:
        for number, day in enumerate(days):
            writer.put_file(f"/{number}", "1", [article(f"text {number}").replace(published=day)])
        writer.commit()
    reader = CatalogReader(path)
    asked: list[tuple[str, Sequence[object]]] = []
    ask = reader._all
    monkeypatch.setattr(reader, "_all", lambda sql, values=(): asked.append((sql, values)) or ask(sql, values))
    whole = [row.key for row in reader.first_page()]
    asked.clear()
    for at, key in enumerate(whole):
        page = [row.key for row in reader.page_around(key, limit)]
        assert page == whole[max(0, at - limit // 2) : at + limit // 2 + 1]
    assert reader.page_around(-1) == reader.page_around(999) == []
    # It stands before the first paint: no look at what grows with the library.
    plans = {row[3] for sql, values in asked for row in ask(f"EXPLAIN QUERY PLAN {sql}", values) if "article" in row[3]}
    assert plans and not [plan for plan in plans if plan.startswith("SCAN article")]


def test_a_reader_finds_the_index_once_it_is_made(path: Path) -> None:
    reader = CatalogReader(path)
    writer = CatalogWriter(path)
    writer.put_file("/a", "1", [article("text")])
    writer.commit()
    assert reader.outdated()
    reader.reopen()
    assert not reader.outdated()
    assert [row.title for row in reader.first_page()] == ["text"]
    writer.put_file("/b", "1", [article("more")])
    writer.commit()
    assert len(reader.first_page()) == 2, "later commits are seen without opening again"


def test_a_reader_sees_nothing_of_a_transaction_that_is_open(path: Path) -> None:
    writer = CatalogWriter(path)
    reader = CatalogReader(path)
    writer.put_file("/a", "1", [article("text")])
    assert reader.first_page() == []
    writer.commit()
    assert len(reader.first_page()) == 1


def test_a_reader_that_meets_damage_says_so_and_goes_on(path: Path) -> None:
    writer = CatalogWriter(path)
    writer.put_file("/a", "1", [article(f"text {n} " * 200, str(n)) for n in range(200)])
    writer.close()
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xa5" * (len(data) - 4096)
    path.write_bytes(data)
    reader = CatalogReader(path)
    assert reader.first_page() == []
    assert reader.damaged


def test_locate_by_path_folder_member_and_id(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "lib#1"
    folder.mkdir()
    plain, feed = folder / "one.txt", folder / "feed.jsonl"
    plain.write_text("x")
    feed.write_text("x")
    writer = CatalogWriter(path)
    writer.put_file(str(plain), "1", [article("plain")])
    writer.put_file(str(feed), "1", [article("first", "a#1"), article("second", "b")])
    writer.commit()
    reader = CatalogReader(path)
    key = {text: reader.key_of(text_hash(text)) for text in ("plain", "first", "second")}
    assert reader.locate(str(plain)) == [key["plain"]]
    assert reader.locate(str(feed)) == [key["first"], key["second"]]
    assert reader.locate(f"{feed}#a#1") == [key["first"]]
    assert reader.locate(f"{feed}#b") == [key["second"]]
    assert reader.locate(f"{feed}#c") == []
    assert set(reader.locate(str(folder))) == set(key.values())
    assert reader.locate(text_hash("plain")[:6]) == [key["plain"]]
    assert reader.locate(text_hash("plain").upper()) == [key["plain"]]
    assert reader.locate(text_hash("plain")[:5]) == []
    assert reader.locate("") == [] and reader.locate("nul\0") == []
    monkeypatch.chdir(folder)
    assert reader.locate("one.txt") == [key["plain"]]
    assert reader.locate("./feed.jsonl#b") == [key["second"]]
    (folder / text_hash("plain")[:6]).write_text("an unindexed file of that name")
    assert reader.locate(text_hash("plain")[:6]) == [], "an existing path wins over an id"


def test_keys_and_ids_by_the_hundred(path: Path) -> None:
    writer = CatalogWriter(path)
    writer.put_file("/feed", "1", [article(f"text {n}", str(n)) for n in range(1500)])
    writer.commit()
    reader = CatalogReader(path)
    ids = [text_hash(f"text {n}") for n in range(1500)]
    keys = reader.keys_of([*ids, ArticleId("nowhere")])
    assert len(keys) == 1500
    assert reader.ids_of(keys.values()) == {key: article for article, key in keys.items()}
    assert all(reader.rows(list(keys.values())))
    assert len(reader.waiting(Versions("v1", {}))) == 1500


def test_names_are_kept_for_all_libraries(tmp_path: Path) -> None:
    one, two = AnalysisStore(tmp_path / "analysis"), AnalysisStore(tmp_path / "analysis")
    found = (Mention(0, 3, "PERSON"), Mention(10, 15, "GPE"))
    one.keep("r1", {text_hash("a"): found, text_hash("none"): ()})
    assert two.find(text_hash("a"), "r1") == found
    assert two.find(text_hash("none"), "r1") == (), "a text without names is known, too"
    assert two.find(text_hash("a"), "r2") is None
    assert two.find(text_hash("b"), "r1") is None
    assert one.trouble == two.trouble == ""


def test_two_processes_may_keep_names_at_once(tmp_path: Path) -> None:
    def work(number: int) -> str:
        store = AnalysisStore(tmp_path / "analysis")
        for n in range(100):
            store.keep("r", {text_hash(f"{number} {n}"): (Mention(0, n + 1, "ORG"),)})
        store.close()
        return store.trouble

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(work, range(4))) == ["", "", "", ""]
    store = AnalysisStore(tmp_path / "analysis")
    assert all(store.find(text_hash(f"{k} {n}"), "r") for k in range(4) for n in range(100))


def test_no_session_takes_what_another_is_just_making_for_damage(tmp_path: Path) -> None:
    def open_one(folder: Path) -> str:
        store = AnalysisStore(folder / "analysis")
        store.close()
        return store.trouble

    with ThreadPoolExecutor(4) as pool:
        for n in range(25):
            assert list(pool.map(open_one, [tmp_path / str(n)] * 4)) == ["", "", "", ""]


def test_a_damaged_store_of_names_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "analysis").write_bytes(b"garbage " * 1000)
    store = AnalysisStore(tmp_path / "analysis")
    assert "damaged" in store.trouble
    store.keep("r", {text_hash("a"): ()})
    assert AnalysisStore(tmp_path / "analysis").find(text_hash("a"), "r") == ()


def test_a_store_of_names_that_cannot_be_written_keeps_nothing_and_says_why(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    store = AnalysisStore(tmp_path / "file" / "analysis")
    assert store.trouble
    store.keep("r", {text_hash("a"): ()})
    assert store.find(text_hash("a"), "r") is None


def test_the_empty_schema_is_the_real_one(path: Path) -> None:
    CatalogWriter(path).close()
    names = "SELECT name FROM sqlite_master ORDER BY name"
    real = CatalogReader(path)
    empty = CatalogReader(path.with_name("absent"))
    assert schema.INDEX_VERSION >= 1
    assert [r[0] for r in real._db.execute(names)] == [r[0] for r in empty._db.execute(names)]
