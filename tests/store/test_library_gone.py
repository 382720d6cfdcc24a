"""An annotated article whose file is gone is found, read, changed, and lives again when it comes back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from store.article import ArticleId, ArticleKey
from store.config import Config
from store.errors import NotFoundError
from store.library import Anchor, Library, Position, SaveNote, SetPublished, Star, Tag

PORT = "Port opens\n\nThe port of Gwadar has opened its gates.\n"


def keys(library: Library, query: str) -> list[int]:
    return list(library.search(query).result().keys)


def titles(library: Library, query: str) -> list[str]:
    return [row.title for row in library.rows(keys(library, query)) if row is not None]


def text_of(library: Library, query: str) -> ArticleId:
    (key,) = keys(library, query)
    return library.target(ArticleKey(key)).id


def note_on(library: Library, query: str, quote: str, body: str, *tags: str) -> None:
    (key,) = keys(library, query)
    stored = library.article(ArticleKey(key))
    assert stored is not None
    start = stored.article.text.index(quote)
    anchor = Anchor(quote, stored.article.text[:start][-32:], "", start, start + len(quote))
    library.change(SaveNote(library.target(ArticleKey(key)), body, anchor=anchor, tags=tags)).result()


def gone(library: Library, folder: Path) -> ArticleKey:
    """Annotate an article, delete its file, and return the key it has from then on."""
    (key,) = keys(library, "gwadar")
    library.change(Tag((library.target(ArticleKey(key)),), ("harbours",))).result()
    note_on(library, "gwadar", "opened its gates", "Check the **date** with Anna", "todo")
    (folder / "sub" / "port.txt").unlink()
    library.bring_up_to_date()
    (found,) = keys(library, "is:gone")
    return ArticleKey(found)


# ---- finding -----------------------------------------------------------------------------------------------------
def test_it_is_listed_when_the_query_says_so_and_never_else(library: Library, folder: Path) -> None:
    key = gone(library, folder)
    assert key < 0
    assert keys(library, "is:missing") == [key]
    assert len(keys(library, "")) == 2
    assert keys(library, "tag:harbours") == keys(library, "title:port") == keys(library, "has:note") == []
    (row,) = library.rows([key])
    assert row is not None
    assert (row.title, row.source.path, row.published) == ("Port opens", str(folder / "sub" / "port.txt"), None)


@pytest.mark.parametrize(
    "term",
    ["tag:harbours", "tag:todo", "note:anna", 'note:"opened its gates"', "title:port", "has:note", "is:unread", "port",
     '"its gates"', "path:sub", "is:undated", "-is:starred", "(tag:x OR note:date)"],
)  # fmt: skip
def test_other_terms_narrow_it_down(library: Library, folder: Path, term: str) -> None:
    key = gone(library, folder)
    assert keys(library, f"is:gone {term}") == [key]
    assert keys(library, f"is:gone -{term}" if not term.startswith("-") else f"is:gone {term[1:]}") == []


def test_it_is_counted_and_stands_beside_others(library: Library, folder: Path) -> None:
    key = gone(library, folder)
    assert library.count(["is:gone", "is:gone tag:none", "-is:gone"]).result() == [1, 0, 2]
    assert set(keys(library, "is:gone OR court")) == {key, *keys(library, "court")}
    assert keys(library, "gates is:gone sort:relevance") == [key]
    assert library.standing().result().gone == 1


def test_what_bears_nothing_of_the_users_is_not_missed(library: Library, folder: Path) -> None:
    (key,) = keys(library, "gwadar")
    library.change(Position(library.target(ArticleKey(key)), 12)).result()
    (folder / "sub" / "port.txt").unlink()
    library.bring_up_to_date()
    assert keys(library, "is:gone") == []


def test_articles_of_other_libraries_are_not_missing_here(library: Library, folder: Path, tmp_path: Path) -> None:
    gone(library, folder)
    other = tmp_path / "other"
    other.mkdir()
    (other / "one.txt").write_text("One\n\nIt is another library.\n")
    second = Library.open([other], Config())
    second.bring_up_to_date()
    second.load_annotations().result()
    assert keys(second, "is:gone") == []
    assert second.standing().result().gone == 0
    second.close()


def test_nothing_is_gone_before_every_file_was_looked_at(library: Library, folder: Path) -> None:
    gone(library, folder)
    library.close()
    again = Library.open([folder], Config())
    again.index_file.unlink()
    again.load_annotations().result()
    again.reopen()
    assert keys(again, "is:gone") == []
    again.bring_up_to_date()
    assert titles(again, "is:gone") == ["Port opens"]
    again.close()


# ---- reading and changing ----------------------------------------------------------------------------------------
def test_its_title_and_the_passages_of_its_notes_can_be_read(library: Library, folder: Path) -> None:
    key = gone(library, folder)
    stored = library.article(key)
    assert stored is not None
    assert stored.article.title == "Port opens"
    assert stored.article.id == library.target(key).id
    assert "opened its gates" in stored.article.text
    assert stored.sources[0].path == str(folder / "sub" / "port.txt")
    target = library.target(key)
    assert library.marks(target.id).tags == ("harbours",)
    assert [note.body for note in library.notes(target.id)] == ["Check the **date** with Anna"]
    assert library.key_of(target.id) == key


def test_it_can_be_changed_and_changes_undone(library: Library, folder: Path) -> None:
    key = gone(library, folder)
    target = library.target(key)
    library.change(Tag((target,), ("later",), ("harbours",))).result()
    library.change(Star((target,), True)).result()
    library.change(SaveNote(target, "And another thing")).result()
    assert keys(library, "is:gone tag:later is:starred note:thing") == [key]
    assert keys(library, "is:gone tag:harbours") == []
    for _ in range(3):
        library.undo().result()
    assert keys(library, "is:gone tag:harbours -is:starred -note:thing") == [key]
    (note,) = library.notes(target.id)
    library.change(SaveNote(target, "Anna has checked", note.id, note.revision)).result()
    assert keys(library, "is:gone note:checked") == [key]
    assert keys(library, "is:gone note:date") == []


def test_it_stays_gone_at_the_next_start(library: Library, folder: Path) -> None:
    key = gone(library, folder)
    library.change(Tag((library.target(key),), ("later",))).result()
    library.close()
    again = Library.open([folder], Config())
    again.load_annotations().result()
    assert titles(again, "is:gone tag:later") == ["Port opens"]
    again.close()


@pytest.mark.parametrize("what", ["sub/port.txt", "id"])
def test_it_is_located_by_its_last_place_and_its_id(
    library: Library, folder: Path, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = gone(library, folder)
    monkeypatch.chdir(folder)
    name = library.target(key).id[:8] if what == "id" else what
    assert library.locate(name) == []
    assert library.locate_gone(name) == [key]
    assert library.locate_gone("none") == []


# ---- coming back -------------------------------------------------------------------------------------------------
def test_the_same_text_anywhere_brings_it_back(library: Library, folder: Path) -> None:
    key = gone(library, folder)
    (folder / "found again.txt").write_text(PORT)
    library.bring_up_to_date()
    assert keys(library, "is:gone") == []
    (back,) = keys(library, "tag:harbours")
    assert back > 0
    stored = library.article(key)
    assert stored is not None
    assert (stored.key, stored.sources[0].path) == (back, str(folder / "found again.txt"))
    (row,) = library.rows([key])
    assert row is not None
    assert row.key == back


def test_another_text_at_its_place_takes_its_notes_over(library: Library, folder: Path) -> None:
    key = gone(library, folder)
    (folder / "sub" / "port.txt").write_text("Port opens at last\n\nThe port of Gwadar has opened its gates today.\n")
    library.bring_up_to_date()
    library.follow_returned().result()
    library.refresh().result()
    assert keys(library, "is:gone") == []
    assert titles(library, "tag:harbours note:anna") == ["Port opens at last"]
    assert library.rows([key]) == [None]
    assert library.article(key) is None
    with pytest.raises(NotFoundError):
        library.target(key)


def test_keys_last_as_long_as_the_session(library: Library, folder: Path) -> None:
    key = gone(library, folder)
    (folder / "sub" / "port.txt").write_text(PORT)
    library.bring_up_to_date()
    assert keys(library, "is:gone") == []
    (folder / "sub" / "port.txt").unlink()
    library.bring_up_to_date()
    assert keys(library, "is:gone") == [key]


# ---- dates -------------------------------------------------------------------------------------------------------
def test_a_date_set_by_hand_goes_over_the_files_everywhere(library: Library, folder: Path) -> None:
    (court,) = keys(library, "court")
    (ferry,) = keys(library, "ferry")
    assert keys(library, "sort:date")[0] == ferry
    library.change(SetPublished((library.target(ArticleKey(court)),), date(2025, 3, 1))).result()
    assert keys(library, "")[:2] == [court, ferry]
    assert keys(library, "date:2025-03") == [court]
    assert court not in keys(library, "is:undated")
    assert library.rows([court])[0].published == date(2025, 3, 1)
    assert library.article(ArticleKey(court)).article.published == date(2025, 3, 1)
    library.change(SetPublished((library.target(ArticleKey(ferry)),), date(2020, 1, 1))).result()
    assert keys(library, "date:2024") == []
    assert keys(library, "sort:-date")[0] == ferry
    library.undo().result()
    assert keys(library, "date:2024") == [ferry]
    assert library.rows([ferry])[0].published == date(2024, 11, 23)
    assert not library.dates_set
    library.close()
    again = Library.open([folder], Config())
    again.load_annotations().result()
    assert again.dates_set
    assert keys(again, "date:2025") == [court]
    again.close()


def test_an_article_that_is_gone_can_have_a_date(library: Library, folder: Path) -> None:
    key = gone(library, folder)
    library.change(SetPublished((library.target(key),), date(2019, 5, 6))).result()
    assert keys(library, "is:gone date:2019") == [key]
    assert library.rows([key])[0].published == date(2019, 5, 6)
