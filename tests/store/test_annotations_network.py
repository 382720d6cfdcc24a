"""On a network file system one machine writes at a time, and the other says which."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

from store.annotations import owner
from store.annotations.owner import FRESH
from store.annotations.records import Star, Tag, Target
from store.annotations.store import AnnotationStore
from store.article import text_hash
from store.errors import NotSaved

A = Target(text_hash("a"), "A")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "annotations.json"


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at each call, not each few seconds."""
    monkeypatch.setattr(owner, "_LOOK", 0.0)
    monkeypatch.setattr(owner, "_BEAT", 0.0)


def sign(path: Path) -> Path:
    return Path(f"{path}.owner")


def of_another_machine(path: Path, age: float = 0.0) -> None:
    sign(path).write_text(
        json.dumps({"host": "newsroom-2", "boot": "b", "pid": 7, "since": "2026-03-01T09:30:00+00:00"})
    )
    os.utime(sign(path), (time.time() - age,) * 2)


def away(path: Path) -> AnnotationStore:
    return AnnotationStore(path, file_system=lambda _: "nfs4")


def test_on_a_local_disk_there_is_no_owner(path: Path) -> None:
    store = AnnotationStore(path, file_system=lambda _: "ext4")
    of_another_machine(path)
    store.apply(Star((A,), True))
    assert store.read_only == ""


def test_a_session_owns_the_file_from_its_first_change_to_its_end(path: Path) -> None:
    store = away(path)
    store.refresh()
    assert not sign(path).exists()
    store.apply(Star((A,), True))
    assert json.loads(sign(path).read_text())["pid"] == os.getpid()
    store.close()
    assert not sign(path).exists()


def test_a_live_machine_elsewhere_means_reading_only_and_is_named(path: Path) -> None:
    store = away(path)
    store.apply(Tag((A,), ("kept",)))
    store.close()
    of_another_machine(path)
    store = away(path)
    assert store.marks(A).tags == ("kept",)
    assert "newsroom-2 is writing" in store.read_only
    assert "01 March" in store.read_only
    with pytest.raises(NotSaved, match=r"newsroom-2 .* until Dateline has ended there"):
        store.apply(Star((A,), True))
    assert not store.marks(A).starred
    before = sign(path).read_text()
    store.close()
    assert sign(path).read_text() == before


def test_when_it_has_ended_there_saving_goes_on_here_without_a_new_start(path: Path) -> None:
    of_another_machine(path)
    store = away(path)
    assert store.read_only
    sign(path).unlink()
    store.refresh()
    assert store.read_only == ""
    of_another_machine(path)
    store.refresh()
    sign(path).unlink()
    assert store.apply(Star((A,), True)).sentence == "Starred"


def test_a_machine_that_is_not_heard_of_is_taken_over_from(path: Path) -> None:
    of_another_machine(path, age=FRESH + 5)
    store = away(path)
    assert store.read_only == ""
    store.apply(Star((A,), True))
    assert json.loads(sign(path).read_text())["pid"] == os.getpid()
    assert [found.name for found in path.parent.glob("*.tmp-*")] == []


def test_one_that_was_taken_over_from_while_asleep_writes_no_more(path: Path) -> None:
    store = away(path)
    store.apply(Star((A,), True))
    of_another_machine(path)
    with pytest.raises(NotSaved, match="newsroom-2"):
        store.apply(Star((A,), False))
    assert store.marks(A).starred


def test_sessions_of_one_machine_share_it_and_the_last_one_keeps_it(path: Path) -> None:
    one, two = away(path), away(path)
    one.apply(Star((A,), True))
    two.apply(Tag((A,), ("x",)))
    one.close()
    assert not sign(path).exists()
    two.refresh()
    assert sign(path).exists()
    os.utime(sign(path), (0, 0))
    two.refresh()
    assert time.time() - sign(path).stat().st_mtime < FRESH
    two.close()
    assert not sign(path).exists()


def test_a_sign_that_says_nothing_is_some_machine_for_a_minute(path: Path) -> None:
    store = away(path)
    sign(path).write_text("")
    with pytest.raises(NotSaved, match="Another machine is writing"):
        store.apply(Star((A,), True))
    os.utime(sign(path), (0, 0))
    assert store.apply(Star((A,), True)).sentence == "Starred"
