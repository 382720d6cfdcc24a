"""The library shows a change at once, keeps it or takes it back, and finds by it what it should."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest

from store.annotations.writer import AnnotationWriter
from store.article import ArticleId, ArticleKey
from store.config import Config
from store.errors import AnnotationsError, NotFoundError, NotSaved, QueryError, UsageError
from store.indexer.protocol import Idle, Message, Replaced
from store.library import Library, Marks, Read, RenameTag, SaveNote, Star, Tag
from store.library.hearing import Hearing


def key(library: Library, query: str) -> ArticleKey:
    (found,) = library.search(query).result().keys
    return ArticleKey(found)


def article(library: Library, query: str) -> ArticleId:
    return library.target(key(library, query)).id


class SlowWriter(AnnotationWriter):
    """Saves nothing before it is told to."""

    go: threading.Event

    def submit(self, change: object) -> Future:  # type: ignore[type-arg,override]
        self._ask(self.go.wait)
        return super().submit(change)  # type: ignore[arg-type]


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Hold every change back until the event is set."""
    SlowWriter.go = threading.Event()
    monkeypatch.setattr("store.library.desk.AnnotationWriter", SlowWriter)
    yield SlowWriter.go
    SlowWriter.go.set()


def test_a_change_is_shown_before_the_disk_has_it(slow: threading.Event, library: Library) -> None:
    target = library.target(key(library, "ferry"))
    futures = [
        library.change(Tag((target,), ("isles", "todo"))),
        library.change(Star((target,), True)),
        library.change(Tag((target,), (), ("todo",))),
        library.change(RenameTag("isles", "islands")),
        library.change(SaveNote(target, "call them")),
    ]
    assert not any(future.done() for future in futures)
    expected = Marks(tags=("islands",), starred=True, notes=1)
    assert library.marks(target.id) == expected
    assert library.marks(article(library, "court")) == Marks()
    slow.set()
    for future in futures:
        assert future.result().sentence
    assert library.marks(target.id) == expected


def test_a_change_that_is_not_saved_is_taken_back(
    slow: threading.Event, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = library.target(key(library, "ferry"))
    library.change(Tag((target,), ("first",)))

    def full(*_: object) -> None:
        raise NotSaved("Not saved: the disk is full.")

    monkeypatch.setattr("store.annotations.changing.rename_tag", full)
    monkeypatch.setattr("store.annotations.changing.star", full)
    starred = library.change(Star((target,), True))
    read = library.change(Read((target,), True))
    assert library.marks(target.id) == Marks(tags=("first",), starred=True, read=True)
    slow.set()
    with pytest.raises(NotSaved, match="disk is full"):
        starred.result()
    read.result()
    assert library.marks(target.id) == Marks(tags=("first",), read=True)


def test_a_list_asked_for_after_a_change_knows_of_it(library: Library) -> None:
    target = library.target(key(library, "ferry"))
    assert list(library.search("tag:isles").result().keys) == []
    library.change(Tag((target,), ("isles",))).result()
    assert len(library.search("tag:isles").result().keys) == 1
    assert library.count(["tag:isles", "-tag:isles", "no:field"]).result() == [1, 2, -1]
    library.undo().result()
    assert list(library.search("tag:isles").result().keys) == []
    library.redo().result()
    assert len(library.search("tag:isles").result().keys) == 1


def test_marks_of_an_earlier_session_are_found(folder: Path, library: Library) -> None:
    target = library.target(key(library, "ferry"))
    library.change(SaveNote(target, "harbour master")).result()
    other = Library.open([folder], Config())
    early = other.search("note:harbour")
    other.load_annotations().result()
    assert list(early.result().keys) == []
    assert len(other.search("note:harbour").result().keys) == 1
    assert [note.body for note in other.notes(target.id)] == ["harbour master"]
    assert [(one.id, note.body) for one, note in other.all_notes()] == [(target.id, "harbour master")]
    other.close()


def test_another_sessions_changes_arrive_with_a_refresh(folder: Path, library: Library) -> None:
    other = Library.open([folder], Config())
    target = library.target(key(library, "ferry"))
    library.search("tag:isles").result()
    other.change(Tag((target,), ("isles",))).result()
    assert library.refresh().result() == {target.id}
    assert library.marks(target.id).tags == ("isles",)
    assert len(library.search("tag:isles").result().keys) == 1
    other.close()


def test_a_change_before_the_file_is_read_waits_its_turn(folder: Path, library: Library) -> None:
    target = library.target(key(library, "ferry"))
    library.change(Tag((target,), ("isles",))).result()
    other = Library.open([folder], Config())
    assert not other.annotations_ready
    asked = other.change(Tag((target,), ("todo",)))
    assert other.load_annotations().result() is None
    asked.result()
    assert other.annotations_ready
    assert other.marks(target.id).tags == ("isles", "todo")
    other.close()


def test_a_wrong_change_is_refused_and_shown_no_longer(library: Library) -> None:
    target = library.target(key(library, "ferry"))
    with pytest.raises(UsageError):
        library.change(Tag((target,), ("two words",))).result()
    assert library.marks(target.id) == Marks()


def test_an_annotation_file_that_cannot_be_used_says_why(folder: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("{")
    library = Library.open([folder], Config(), annotations=broken)
    with pytest.raises(AnnotationsError):
        library.load_annotations().result()
    assert str(broken) in library.read_only
    assert not library.annotations_ready
    broken.unlink()
    library.load_annotations().result()
    assert library.read_only == ""
    library.close()


def test_what_was_asked_for_is_saved_when_the_library_closes(folder: Path, library: Library) -> None:
    target = library.target(key(library, "ferry"))
    for number in range(50):
        library.change(Tag((target,), (f"t{number}",)))
    library.close()
    other = Library.open([folder], Config())
    other.load_annotations().result()
    assert len(other.marks(target.id).tags) == 50
    other.close()


def test_an_article_that_has_gone_is_told_apart_from_one_without_marks(library: Library) -> None:
    with pytest.raises(NotFoundError):
        library.target(ArticleKey(99))


def test_a_wrong_query_says_at_which_column(library: Library) -> None:
    with pytest.raises(QueryError) as caught:
        library.search("ferry", "strike foo:bar").result()
    assert caught.value.column == 7


# ---- files that change -------------------------------------------------------------------------------------------
def test_an_edited_file_keeps_its_marks(folder: Path, library: Library) -> None:
    old = library.target(key(library, "ferry"))
    library.change(Tag((old,), ("isles",))).result()
    library.change(SaveNote(old, "call them")).result()
    with (folder / "ferry.txt").open("a") as file:
        file.write("\nIt ended on Saturday.\n")
    assert library.bring_up_to_date() == ""
    new = article(library, "saturday")
    assert new != old.id
    assert library.marks(new) == Marks(tags=("isles",), notes=1, changed=True)
    assert library.marks(old.id) == Marks()
    assert len(library.search("tag:isles").result().keys) == 1


def test_an_edit_that_nobody_saw_is_followed_at_the_next_start(folder: Path, library: Library) -> None:
    old = library.target(key(library, "ferry"))
    library.change(Tag((old,), ("isles",))).result()
    library.close()
    with (folder / "ferry.txt").open("a") as file:
        file.write("\nIt ended on Saturday.\n")
    # The index learns of it while no one holds the annotations, as when another tool deletes and rebuilds it.
    library.index_file.unlink()
    other = Library.open([folder], Config())
    other.bring_up_to_date()
    other.load_annotations().result()
    other.refresh().result()
    assert other.marks(article(other, "saturday")).tags == ("isles",)
    other.close()


def test_an_edited_copy_leaves_the_original_its_marks(folder: Path, library: Library) -> None:
    (folder / "copy.txt").write_text((folder / "ferry.txt").read_text())
    library.bring_up_to_date()
    old = library.target(key(library, "ferry"))
    assert len(old.sources) == 2
    library.change(Tag((old,), ("isles",))).result()
    with (folder / "copy.txt").open("a") as file:
        file.write("\nIt ended on Saturday.\n")
    library.bring_up_to_date()
    assert library.marks(old.id).tags == ("isles",)
    assert library.marks(article(library, "saturday")).tags == ("isles",)


async def test_the_screen_hears_of_an_edit_when_the_marks_are_there(folder: Path, library: Library) -> None:
    old = library.target(key(library, "ferry"))
    library.change(Tag((old,), ("isles",))).result()
    new = article(library, "court")
    heard: list[Message] = []
    arrived = asyncio.Event()

    def hear(message: Message) -> None:
        heard.append(message)
        arrived.set()

    hearing = Hearing(hear, library._desk, library._texts, lambda: "")
    hearing(Idle())
    assert heard == [Idle()]
    arrived.clear()
    replaced = Replaced((str(folder / "ferry.txt"), ""), old.id, new)
    hearing(replaced)
    assert heard == [Idle()]
    await asyncio.wait_for(arrived.wait(), 10)
    assert heard == [Idle(), replaced]
    assert "isles" in library.marks(new).tags


def test_a_damaged_index_is_asked_to_be_rebuilt_once(library: Library) -> None:
    asked: list[int] = []
    damage = ""
    hearing = Hearing(lambda _: None, library._desk, library._texts, lambda: damage)
    hearing.rebuild = lambda: asked.append(1)
    hearing(Idle())
    damage = "database disk image is malformed"
    hearing(Idle())
    hearing(Idle())
    assert asked == [1]
