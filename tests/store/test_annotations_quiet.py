"""The plain file is brought up to date in quiet moments, and nobody waits for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tinydb import TinyDB

from store.annotations import quiet, thread
from store.annotations.quiet import AFTER_CHANGE, MOST_BEHIND, QuietFolding
from store.annotations.records import Star, Tag, Target
from store.annotations.store import AnnotationStore
from store.annotations.writer import AnnotationWriter
from store.article import text_hash

A, B = Target(text_hash("a"), "A"), Target(text_hash("b"), "B")
SOON = 10.0


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "annotations.json"


def folded(store: AnnotationStore, folding: QuietFolding) -> bool:
    """Go on as long as there is nothing to wait for."""
    steps = 0
    while (patience := folding.patience()) is not None and patience < 0.1 and steps < 100:
        folding.step(store)
        steps += 1
    return steps > 0 and not store.journal.wants_folding


def test_two_seconds_after_the_last_change_and_no_sooner(path: Path) -> None:
    clock, store = Clock(), AnnotationStore(path)
    folding = QuietFolding(clock)
    folding.look(store)
    assert folding.patience() is None
    for _ in range(3):
        store.apply(Star((A,), not store.marks(A).starred))
        folding.look(store)
        assert folding.patience() == AFTER_CHANGE
        clock.now += 1.5
        # What only looks does not put it off.
        folding.look(store)
        assert folding.patience() == AFTER_CHANGE - 1.5
    clock.now += 0.5
    assert folded(store, folding)
    assert folding.patience() is None


def test_a_start_that_finds_something_in_the_journal_does_it_too(path: Path) -> None:
    killed = AnnotationStore(path)
    killed.apply(Star((A,), True))
    killed.close(fold=False)
    clock, store = Clock(), AnnotationStore(path)
    folding = QuietFolding(clock)
    folding.look(store)
    assert folding.patience() == AFTER_CHANGE
    clock.now += AFTER_CHANGE
    assert folded(store, folding)


def test_what_another_session_changed_is_first_left_to_it(path: Path) -> None:
    clock, ours, theirs = Clock(), AnnotationStore(path), AnnotationStore(path)
    ours.apply(Star((A,), True))
    folding = QuietFolding(clock)
    folding.look(ours)
    clock.now += AFTER_CHANGE
    assert folded(ours, folding)
    theirs.apply(Star((B,), True))
    ours.refresh()
    folding.look(ours)
    assert (folding.patience() or 0) > AFTER_CHANGE
    theirs.fold()
    ours.refresh()
    folding.look(ours)
    assert folding.patience() is None


def test_a_change_in_the_midst_of_it_puts_it_off(path: Path) -> None:
    clock, store = Clock(), AnnotationStore(path)
    store.apply(Star((A,), True))
    folding = QuietFolding(clock)
    folding.look(store)
    clock.now += AFTER_CHANGE
    folding.step(store)
    folding.step(store)
    store.apply(Star((B,), True))
    folding.look(store)
    assert folding.patience() == AFTER_CHANGE
    assert not list(path.parent.glob("*.tmp-*"))


def test_changes_that_never_pause_do_not_put_it_off_for_ever(path: Path) -> None:
    clock, store = Clock(), AnnotationStore(path)
    folding = QuietFolding(clock)
    for _ in range(20):
        store.apply(Star((A,), not store.marks(A).starred))
        folding.look(store)
        if folded(store, folding):
            break
        clock.now += 1
    assert clock.now == 100 + MOST_BEHIND


def test_a_full_journal_is_not_put_off(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.annotations.journal_storage.FULL", 100)
    clock, store = Clock(), AnnotationStore(path)
    store.apply(Star((A,), True))
    folding = QuietFolding(clock)
    folding.look(store)
    assert folding.patience() == 0
    assert folded(store, folding)


def test_where_it_cannot_be_done_it_is_tried_again_later_and_a_mistake_ends_nothing(path: Path) -> None:
    clock = Clock()
    said: list[str] = []

    def broken() -> Iterator[None]:
        raise RuntimeError("a mistake")
        yield

    state = SimpleNamespace(version=1, own=1, wants_folding=True, full=False)
    store: Any = SimpleNamespace(journal=state, folding=broken, warn=said.append, path=path)
    folding = QuietFolding(clock)
    folding.look(store)
    clock.now += AFTER_CHANGE
    folding.step(store)
    assert "a mistake" in said[0]
    assert (folding.patience() or 0) > 20


def test_the_thread_does_it_by_itself(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quiet, "AFTER_CHANGE", 0.01)
    owner = AnnotationWriter(path)
    owner.submit(Tag((A,), ("x",))).result(SOON)
    while not path.exists():
        owner.refresh().result(SOON)
    with TinyDB(path) as database:
        assert database.table("articles").all()[0]["tags"] == ["x"]
    owner.close()


@pytest.mark.parametrize("fold", [True, False])
def test_closing_does_it_unless_there_is_no_time(path: Path, fold: bool) -> None:
    owner = AnnotationWriter(path)
    asked = owner.submit(Tag((A,), ("x",)))
    assert owner.close(SOON, fold=fold)
    assert asked.result(0).sentence == "Tagged: x"
    assert path.exists() == fold
    assert AnnotationStore(path).marks(A).tags == ("x",)


def test_a_disk_that_hangs_while_folding_does_not_hold_up_the_end(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    hangs = threading.Event()
    monkeypatch.setattr(thread, "_FOLDING", 0.0)
    monkeypatch.setattr(AnnotationStore, "close", lambda self, fold: hangs.wait(SOON))
    owner = AnnotationWriter(path)
    owner.submit(Star((A,), True))
    assert owner.close(SOON), "what was asked for is saved"
    hangs.set()
