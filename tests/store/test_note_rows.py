"""The list of all notes: what became of their articles, how they are found, where a lost one may belong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from store.article import ArticleKey
from store.config import Config
from store.library import DeleteNote, Library, NoteId, PlaceNote, SaveNote, make_anchor
from store.library.note_places import likely_places, words_to_find
from store.library.note_rows import NoteOrder, NoteRow, narrowed, ordered

FERRY = (
    "Ferry strike in Orkney\n\nThe strike began in Kirkwall on Friday. No ferry sailed for six days.\n\n"
    "“We shall not sail before we are paid,” said the master of the Hamnavoe.\n"
)
COURT = "Court halts eviction\n\nA court in Nairobi halted the eviction of four hundred families.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "articles"
    found.mkdir()
    (found / "ferry.txt").write_text(FERRY)
    (found / "court.txt").write_text(COURT)
    return found


@pytest.fixture
def library(folder: Path) -> Iterator[Library]:
    with Library.open([folder], Config()) as found:
        found.bring_up_to_date()
        found.load_annotations().result()
        yield found


def key_of(library: Library, title: str) -> ArticleKey:
    return next(row.key for row in library.first_page() if row.title.startswith(title))


def write(library: Library, title: str, body: str, quote: str = "", tags: tuple[str, ...] = ()) -> NoteId:
    key = key_of(library, title)
    stored = library.article(key)
    assert stored is not None
    text = stored.article.text
    anchor = make_anchor(text, text.index(quote), text.index(quote) + len(quote)) if quote else None
    note = library.change(SaveNote(library.target(key), body, anchor=anchor, tags=tags)).result().note
    assert note is not None
    return note


def bodies(rows: list[NoteRow]) -> list[str]:
    return [row.note.body for row in rows]


def test_every_note_is_listed_with_its_article_newest_first(library: Library) -> None:
    write(library, "Ferry", "one", "Kirkwall")
    write(library, "Court", "two")
    rows = library.note_rows()
    assert bodies(rows) == ["two", "one"]
    assert [row.key for row in rows] == [key_of(library, "Court"), key_of(library, "Ferry")]
    assert [row.quote for row in rows] == ["", "Kirkwall"]
    assert not any(row.gone or row.differs or row.twice or row.wants_place for row in rows)
    assert all(row.ours for row in rows)


def test_the_notes_of_an_article_that_is_gone_stay(library: Library, folder: Path) -> None:
    write(library, "Ferry", "the only source")
    (folder / "ferry.txt").unlink()
    library.bring_up_to_date()
    (row,) = library.note_rows()
    assert (row.note.body, row.target.title, row.key) == ("the only source", "Ferry strike in Orkney", None)
    assert row.gone and row.ours and row.wants_place


def test_notes_of_another_library_are_known_as_such(library: Library, tmp_path: Path) -> None:
    write(library, "Ferry", "over there")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "other.txt").write_text("Other\n\nSomething else entirely.\n")
    with Library.open([elsewhere], Config()) as other:
        other.bring_up_to_date()
        other.load_annotations().result()
        (row,) = other.note_rows()
        assert (row.ours, row.gone, row.key) == (False, False, None)


def test_two_texts_are_doubles_as_long_as_both_are_there(library: Library) -> None:
    first = write(library, "Ferry", "first")
    target = library.target(key_of(library, "Ferry"))
    library.change(SaveNote(target, "mine", first, 1)).result()
    second = library.change(SaveNote(target, "yours", first, 1)).result().note
    assert second is not None
    assert [row.twice for row in library.note_rows()] == [True, True]
    library.change(DeleteNote(first)).result()
    assert [row.twice for row in library.note_rows()] == [False]
    library.undo().result()
    assert [row.twice for row in library.note_rows()] == [True, True]


def test_rows_that_are_known_are_the_same_when_made_again(library: Library) -> None:
    write(library, "Ferry", "one")
    before = library.note_rows()
    changes = library.note_changes
    write(library, "Ferry", "two")
    assert library.note_changes > changes
    assert library.note_rows(before) == library.note_rows()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ["naïve café", "who says so?"]),
        ("CAFE", ["naïve café"]),
        ("cafe naive", ["naïve café"]),
        ("kirkwall", ["who says so?"]),
        ("orkney", ["who says so?"]),
        ("#isles", ["who says so?"]),
        ("tag:Isles/ork", ["who says so?"]),
        ("#orkney", []),
        ('"says so"', ["who says so?"]),
        ('"so says"', []),
        ("#", ["who says so?"]),
        ('"', ["naïve café", "who says so?"]),
    ],
)
def test_notes_are_found_by_words_and_tags(library: Library, text: str, found: list[str]) -> None:
    write(library, "Ferry", "who says so?", "Kirkwall", ("isles/orkney",))
    write(library, "Court", "naïve café")
    assert bodies(narrowed(library.note_rows(), text)) == found


def test_notes_are_ordered_by_article_then_place(library: Library) -> None:
    write(library, "Ferry", "late", "Hamnavoe")
    write(library, "Ferry", "early", "Kirkwall")
    write(library, "Ferry", "whole")
    write(library, "Court", "first of all")
    rows = ordered(library.note_rows(), NoteOrder.ARTICLE)
    assert bodies(rows) == ["first of all", "whole", "early", "late"]


# ---- where a lost note may belong ----------------------------------------------------------------------------
def test_the_passage_that_reads_most_like_it_comes_first(library: Library) -> None:
    note = write(library, "Ferry", "ask them", "Kirkwall")
    lost = library.note_rows()[0].note.replace(
        anchor=make_anchor("No ferries have sailed for six days now.", 0, 40), lost=True
    )
    keys = [key_of(library, "Court"), key_of(library, "Ferry")]
    places = likely_places(library.index_file, lost, keys)
    assert places[0].anchor.quote == "No ferry sailed for six days."
    assert places[0].target.title == "Ferry strike in Orkney"
    library.change(PlaceNote(note, places[0].target, places[0].anchor)).result()
    (row,) = library.note_rows()
    assert row.quote == "No ferry sailed for six days."
    assert not row.note.lost


def test_nothing_like_it_is_no_proposal(library: Library) -> None:
    write(library, "Ferry", "x", "Kirkwall")
    lost = library.note_rows()[0].note.replace(anchor=make_anchor("Quarks come in six flavours, it seems.", 0, 38))
    assert likely_places(library.index_file, lost, [key_of(library, "Court"), key_of(library, "Ferry")]) == []


def test_articles_are_looked_for_by_the_longest_words(library: Library) -> None:
    write(library, "Ferry", "x", "the master of the Hamnavoe")
    assert words_to_find(library.note_rows()[0].note)[:2] == ("hamnavoe", "master")
