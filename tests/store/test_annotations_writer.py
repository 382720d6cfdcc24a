"""One thread, in order; nothing is waited for that nobody asked to wait for."""

from __future__ import annotations

import subprocess
import sys
import threading
from concurrent.futures import Future
from pathlib import Path

import pytest

from store.annotations.records import NO_MARKS, Marks, Read, SaveNote, Star, Tag, Target
from store.annotations.store import AnnotationStore
from store.annotations.writer import AnnotationWriter
from store.article import Source, text_hash
from store.errors import NotSaved, Unreadable, UsageError

A, B = Target(text_hash("a")), Target(text_hash("b"))
SOON = 10.0


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "annotations.json"


def test_importing_the_writer_costs_no_start_its_json() -> None:
    code = (
        "import sys, store.annotations.writer, store.annotations.preview\n"
        "found = {'tinydb', 'orjson', 'store.annotations.store'} & set(sys.modules)\n"
        "assert not found, found"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_changes_are_saved_in_the_order_they_were_asked_for(path: Path) -> None:
    writer = AnnotationWriter(path)
    asked = [writer.submit(Tag((A,), (f"t{n}",))) for n in range(20)]
    asked.append(writer.submit(Star((A, B), True)))
    assert [future.result(SOON).sentence for future in asked[-2:]] == ["Tagged: t19", "Starred 2 articles"]
    assert writer.marks(A).tags == tuple(f"t{n}" for n in range(20))
    assert writer.undo().result(SOON).sentence == "Undone: Starred 2 articles"
    assert writer.redo().result(SOON).sentence == "Redone: Starred 2 articles"
    assert writer.history()[0].session == writer.session
    assert writer.close()


def test_until_the_file_is_read_there_are_no_marks(path: Path) -> None:
    AnnotationStore(path).apply(Star((A,), True))
    writer = AnnotationWriter(path)
    assert not writer.loaded
    assert writer.marks(A) == NO_MARKS
    assert list(writer.mirror_rows()) == writer.tags() == writer.notes(A) == []
    writer.load().result(SOON)
    assert writer.loaded
    assert writer.marks(A) == Marks(starred=True)
    assert [row[0] for row in writer.mirror_rows()] == [A.id]
    writer.close()


def test_what_was_asked_for_is_saved_before_the_end_and_nothing_after(path: Path) -> None:
    writer = AnnotationWriter(path)
    asked = writer.submit(Star((A,), True))
    assert writer.close()
    assert asked.result(0).sentence == "Starred"
    with pytest.raises(NotSaved, match="closing"):
        writer.submit(Star((A,), False)).result(0)
    assert AnnotationStore(path).marks(A).starred
    assert writer.close()


def test_an_error_reaches_who_asked_and_the_thread_goes_on(path: Path) -> None:
    writer = AnnotationWriter(path)
    with pytest.raises(UsageError):
        writer.submit(Tag((A,), ("two words",))).result(SOON)
    assert writer.submit(Star((A,), True)).result(SOON).sentence == "Starred"
    writer.close()


def test_an_unusable_file_is_told_at_each_call_until_it_is_put_right(path: Path) -> None:
    path.write_text("{ no json")
    writer = AnnotationWriter(path)
    for future in (writer.load(), writer.submit(Star((A,), True)), writer.refresh()):
        assert isinstance(future, Future)
        with pytest.raises(Unreadable):
            future.result(SOON)
    assert path.read_text() == "{ no json"
    path.unlink()
    assert writer.submit(Star((A,), True)).result(SOON).sentence == "Starred"
    writer.close()


def test_following_an_edited_file_goes_through_the_thread(path: Path, tmp_path: Path) -> None:
    place = (Source(str(tmp_path / "f")),)
    old, new = Target(text_hash("old"), "T", place), Target(text_hash("new"), "T", place)
    asked_on: list[str] = []

    def is_live(text: str) -> bool:
        asked_on.append(threading.current_thread().name)
        return False

    writer = AnnotationWriter(path, is_live=is_live)
    writer.submit(Star((old,), True))
    assert writer.adopt(old.id, new).result(SOON).articles == {old.id, new.id}
    assert writer.marks(new).starred
    assert set(asked_on) == {"annotations"}
    writer.close()


def test_reading_while_writing_never_fails(path: Path) -> None:
    writer = AnnotationWriter(path)
    targets = tuple(Target(text_hash(str(n))) for n in range(50))
    last = [
        writer.submit(change)
        for n in range(20)
        for change in (Tag(targets, (f"t{n}",)), Read(targets, n % 2 == 0), SaveNote(targets[n % 50], f"note {n}"))
    ][-1]
    looks = 0
    while not last.done():
        for target in targets:
            writer.marks(target)
            writer.notes(target)
            writer.draft(target)
        assert len(list(writer.mirror_rows())) <= 50
        writer.tags()
        writer.history()
        looks += 1
    assert looks
    assert len(writer.history()) == len({entry.id for entry in writer.history()})
    writer.close(SOON)
