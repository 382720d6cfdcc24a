"""The query thread answers, gives way to typing, keeps the marks, and says what is wrong with an index."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import CancelledError, wait
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import query_reference as reference
from query_reference import Doc

from store.annotations.records import Marks
from store.catalog.opening import add_functions
from store.errors import CatalogError, QueryError
from store.query.answer import Standing
from store.query.session import QuerySession

ENDLESS = """
DROP TABLE source;
CREATE VIEW source AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
SELECT '/x' AS path, '' AS member, i AS article FROM n;
"""
"""Makes a query for a path go on for ever."""

LIBRARY = [
    Doc(
        "Abe in Moscow",
        "Abe in Moscow. Talks about the Kurils.",
        "2024-03-01",
        marks=Marks(("japan",), read=True),
    ),
    Doc("東京の春", "東京の春。桜が咲いた。", "2024-02-01"),
    Doc("Minutes", "Minutes of the islands committee. Abe spoke of Abe.", ""),
]


@pytest.fixture
def index(tmp_path: Path) -> Path:
    path = tmp_path / "a folder #1?" / "index.sqlite3"
    path.parent.mkdir()
    reference.build(path, LIBRARY)
    return path


@pytest.fixture
def session(index: Path) -> Iterator[QuerySession]:
    session = QuerySession(index, today=lambda: reference.TODAY)
    session.fill_mirror(reference.mirror(LIBRARY))
    yield session
    session.close()


def keys(session: QuerySession, *queries: str, sort: str = "date", typing: bool = False) -> list[int]:
    return list(session.search(*queries, sort=sort, typing=typing).result().keys)


def test_the_empty_query_is_everything_newest_first_and_undated_last(session: QuerySession) -> None:
    assert keys(session) == keys(session, "") == [1, 2, 3]
    assert keys(session, sort="-date") == [2, 1, 3]


def test_the_words_to_mark_come_with_the_answer(session: QuerySession) -> None:
    answer = session.search("ABE -moscow", '("north Korea" OR kish*) near:3(a b) title:春 tag:x').result()
    assert answer.words == ("abe", "north korea", "kish*", "a", "b", "春")


def test_the_best_match_comes_first_when_asked(session: QuerySession) -> None:
    assert keys(session, "abe", sort="relevance") == [1, 3]
    assert keys(session, "abe OR is:undated", sort="relevance") == [1, 3]
    assert keys(session, "東京 sort:relevance") == [2]
    assert keys(session, "is:unread", sort="relevance") == [2, 3]


def test_the_querys_own_order_wins_and_the_last_one_most(session: QuerySession) -> None:
    assert keys(session, "sort:-date", "", sort="title") == [2, 1, 3]
    assert keys(session, "sort:-date", "sort:title") == [1, 3, 2]


def test_words_are_found_inside_text_without_spaces(session: QuerySession) -> None:
    assert keys(session, "桜") == keys(session, "東京") == keys(session, "title:春") == [2]
    assert keys(session, "near:4(東京 桜)") == [2]
    assert keys(session, "near:0(東京 桜)") == []


def test_the_last_word_is_a_beginning_while_typing(session: QuerySession) -> None:
    assert keys(session, "mosc") == []
    assert keys(session, "mosc", typing=True) == [1]
    assert keys(session, "mosc ", typing=True) == []
    assert keys(session, "tag:jap", typing=True) == [1]
    assert keys(session, "abe tag:", typing=True) == keys(session, "abe (", typing=True) == [1, 3]


def test_a_wrong_query_is_explained_at_its_column(session: QuerySession) -> None:
    with pytest.raises(QueryError) as wrong:
        session.search("", "abe tgа tags:japan").result()
    assert (wrong.value.column, wrong.value.hint) == (8, "tag:")


def test_marks_that_change_are_known_to_the_next_search(session: QuerySession) -> None:
    two = LIBRARY[1].id
    session.update_mirror([(two, Marks(("Übung/x",), starred=True, notes=1), [("n1", ("Ring zurück, bitte",))])])
    assert (
        keys(session, "tag:ubung")
        == keys(session, "is:starred")
        == keys(session, 'note:"ring zuruck"')
        == [2]
    )
    assert keys(session, "is:read") == keys(session, "tag:japan") == [1]
    session.update_mirror([(two, Marks(), [])])
    assert keys(session, "has:tag") == [1]
    assert keys(session, "note:*") == keys(session, "is:starred") == []
    session.fill_mirror([])
    assert keys(session, "is:unread") == [1, 2, 3]


def test_a_filling_that_fails_leaves_the_marks_as_they_were(session: QuerySession) -> None:
    def broken() -> Iterator[tuple[str, Marks, list[tuple[str, str]]]]:
        yield LIBRARY[1].id, Marks(("x",)), []
        raise RuntimeError("gone")

    with pytest.raises(RuntimeError):
        session.fill_mirror(broken()).result()
    assert keys(session, "has:tag") == keys(session, "tag:japan") == [1]


def test_counts_come_in_order_with_minus_one_for_a_wrong_query(session: QuerySession) -> None:
    assert session.count(["", "is:unread", "wrong:", "tag:japan", "zzz"]).result() == [3, 2, -1, 1, 0]
    assert session.count([]).result() == []


def test_what_was_typed_over_never_runs(session: QuerySession) -> None:
    gate = threading.Event()

    def slow() -> Iterator[tuple[str, Marks, list[tuple[str, str]]]]:
        gate.wait()
        yield from reference.mirror(LIBRARY)

    filling = session.fill_mirror(slow())
    typed = [session.search(word, typing=True) for word in ("a", "ab", "abe")]
    chosen = session.search("moscow")
    last = session.search("abe", "kur", typing=True)
    gate.set()
    filling.result()
    assert all(future.cancelled() for future in typed)
    assert list(chosen.result().keys) == [1]
    assert list(last.result().keys) == [1]
    assert not wait(typed, timeout=0).not_done


def test_a_running_query_is_stopped_by_the_next_key(index: Path) -> None:
    with sqlite3.connect(index) as db:
        db.executescript(ENDLESS)
    session = QuerySession(index)
    assert keys(session, "moscow") == [1]
    endless = session.search("path:nowhere", typing=True)
    assert list(session.search("moscow", typing=True).result().keys) == [1]
    with pytest.raises(CancelledError):
        endless.result()
    unwanted = session.search("path:nowhere")
    unwanted.cancel()
    assert keys(session, "moscow") == [1]
    running = session.search("path:nowhere")
    session.close()
    with pytest.raises(CancelledError):
        running.result()


def test_before_the_first_indexing_every_query_finds_nothing(tmp_path: Path) -> None:
    index = tmp_path / "index.sqlite3"
    session = QuerySession(index)
    session.fill_mirror(reference.mirror(LIBRARY))
    assert keys(session, "abe person:x tag:japan 東京 sort:relevance") == []
    with pytest.raises(QueryError):
        session.search("tags:x").result()
    reference.build(index, LIBRARY)
    session.reopen().result()
    assert keys(session, "tag:japan abe") == [1]
    index.unlink()
    session.reopen().result()
    assert keys(session) == []
    session.close()


def test_an_index_of_another_version_is_as_good_as_none(index: Path) -> None:
    with sqlite3.connect(index) as db:
        db.execute("PRAGMA user_version = 9999")
    session = QuerySession(index)
    assert keys(session) == []
    session.close()


def test_a_damaged_index_is_told_and_tried_again(index: Path) -> None:
    whole = index.read_bytes()
    index.write_bytes(b"no database at all " * 500)
    session = QuerySession(index)
    with pytest.raises(CatalogError, match="damaged"):
        session.search("").result()
    session.fill_mirror(reference.mirror(LIBRARY)).result()
    with pytest.raises(CatalogError, match="damaged"):
        session.reopen().result()
    index.write_bytes(whole)
    assert keys(session) == [1, 2, 3]
    assert keys(session, "tag:japan") == [1]
    session.close()


def test_an_index_is_never_written(session: QuerySession, index: Path) -> None:
    before = index.read_bytes()
    keys(session, "abe sort:relevance")
    session.update_mirror([(LIBRARY[0].id, Marks(starred=True), [])]).result()
    assert index.read_bytes() == before


def test_a_writer_and_a_query_do_not_wait_for_each_other(session: QuerySession, index: Path) -> None:
    with sqlite3.connect(index) as db:
        db.execute("PRAGMA journal_mode = WAL")
    session.reopen().result()
    writer = sqlite3.connect(index, isolation_level=None)
    add_functions(writer)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("DELETE FROM body WHERE id = 3")
    writer.execute("DELETE FROM article WHERE id = 3")
    assert keys(session) == [1, 2, 3]
    writer.execute("COMMIT")
    assert keys(session) == [1, 2]
    writer.close()


def test_after_closing_every_question_is_told_so(session: QuerySession) -> None:
    session.close()
    session.close()
    with pytest.raises(CatalogError):
        session.search("").result()


def test_the_session_needs_nothing_heavy() -> None:
    script = "import sys, store.query.session; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert not loaded & {"textual", "rich", "tinydb", "spacy", "orjson", "asyncio"}


def test_what_became_of_annotated_articles_is_counted(index: Path) -> None:
    first, second, _ = (doc.id for doc in LIBRARY)
    with closing(QuerySession(index)) as session:
        session.fill_mirror(
            [
                (first, Marks(changed=True, lost=2, highlights=3), []),
                (second, Marks(changed=True, lost=1, notes=1), []),
                ("of another library", Marks(changed=True, lost=5, notes=5), []),
            ]
        )
        assert session.standing().result() == Standing(changed=2, lost=3, gone=0)
        assert keys(session, "is:changed") == keys(session, "has:orphan") == [1, 2]
        session.update_mirror([(first, Marks(), [])])
        assert session.standing().result() == Standing(changed=1, lost=1, gone=0)


def test_a_date_set_by_hand_takes_its_place_in_the_order(session: QuerySession) -> None:
    undated = LIBRARY[2].id
    session.update_mirror([(undated, Marks(published=date(2024, 2, 15)), [])])
    assert keys(session) == keys(session, "date:2024") == [1, 3, 2]
    assert keys(session, "is:undated") == []
    session.update_mirror([(undated, Marks(), [])])
    assert keys(session) == [1, 2, 3]


def test_quotes_and_tags_of_notes_are_found(session: QuerySession) -> None:
    marks = Marks(("own",), highlights=1, note_tags=("asia/japan", "Own"))
    session.update_mirror([(LIBRARY[2].id, marks, [("n", ("", "islands committee", ""))])])
    assert keys(session, 'note:"islands committee"') == keys(session, "tag:asia") == keys(session, "tag:own") == [3]
    session.update_mirror([(LIBRARY[2].id, Marks(notes=1), [("n", ("of the", "islands"))])])
    assert keys(session, 'note:"the islands"') == []
    session.update_mirror([(LIBRARY[2].id, Marks(notes=1, note_tags=("x",)), [])])
    assert keys(session, "tag:x") == [3]
    assert 3 not in keys(session, "has:tag")


def completed(session: QuerySession, query: str) -> list[tuple[str, int | None]]:
    found = session.complete(query, len(query)).result()
    return [(option.insert, option.count) for option in found.options]


def test_names_are_completed_with_their_articles_the_most_used_first(tmp_path: Path) -> None:
    docs = [
        Doc("a", "a", language="en", sources=(("/lib/2017/a.txt", ""),), entities=(("person", "Shinzo Abe"),)),
        Doc("b", "b", language="en", sources=(("/lib/2017/march/b", ""),), entities=(("person", "Abélard"),)),
        Doc("c", "c", language="fr", sources=(("/lib/x y/c", ""),), entities=(("person", "Shinzo Abe"),)),
    ]
    docs[2] = replace(docs[2], entities=(*docs[2].entities, ("place", "Abidjan")))
    docs[1] = replace(docs[1], marks=Marks(("japan", "Café"), note_tags=("japan/tokyo",)))
    docs[2] = replace(docs[2], marks=Marks(("japan",)))
    reference.build(tmp_path / "index", docs)
    with closing(QuerySession(tmp_path / "index")) as session:
        session.fill_mirror(reference.mirror([*docs, Doc("of another library", "z", marks=Marks(("japan",)))]))
        assert completed(session, "tag:ja") == [("japan", 2), ("japan/tokyo", 1)]
        assert completed(session, "tag:cafe") == [("Café", 1)]
        assert completed(session, "person:abe") == [("Abélard", 1), ('"Shinzo Abe"', 2)]
        assert completed(session, "entity:ab") == [("Abidjan", 1), ("Abélard", 1), ('"Shinzo Abe"', 2)]
        assert completed(session, "abi") == [("place:Abidjan", 1)]
        assert completed(session, "lang:") == [("en", 2), ("fr", 1)]
        assert completed(session, "path:2017") == [("2017/", 2), ("2017/march/", 1)]
        assert completed(session, "path:/lib/x") == [('"/lib/x y/"', 1)]
        assert completed(session, "note:x") == completed(session, "title:a") == completed(session, "") == []
        session.update_mirror([(docs[0].id, Marks(("jam",)), [])])
        assert completed(session, "tag:ja")[1] == ("jam", 1)


def test_what_was_typed_over_is_not_completed(session: QuerySession) -> None:
    gate = threading.Event()

    def slow() -> Iterator[tuple[str, Marks, list[tuple[str, str]]]]:
        gate.wait()
        yield from reference.mirror(LIBRARY)

    filling = session.fill_mirror(slow())
    first = session.complete("tag:j", 5)
    session.search("tag:ja", typing=True)
    assert first.cancelled()
    second = session.complete("tag:ja", 6)
    third = session.complete("tag:jap", 7)
    assert second.cancelled()
    gate.set()
    filling.result()
    assert third.result().options[0].insert == "japan"


def test_looking_for_names_is_stopped_by_the_next_key_and_begun_anew(index: Path) -> None:
    with sqlite3.connect(index) as db:
        db.executescript(
            "DROP TABLE entity_word; CREATE VIEW entity_word AS WITH RECURSIVE n(i) AS"
            " (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
            " SELECT 'person' AS kind, 9 AS level, 'abe' AS word, -i AS entity FROM n;"
        )
    with closing(QuerySession(index)) as session:
        endless = session.complete("person:a", 8)
        assert list(session.search("moscow", typing=True).result().keys) == [1]
        with pytest.raises(CancelledError):
            endless.result()
        assert completed(session, "tag:") == []
