"""A change costs what it touches: the same calls and bytes, however much is annotated."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.annotation_cost import article, make_file
from bench.faults.systems import Op, Recording
from store.annotations.records import Change, SaveDraft, SaveNote, Star, Tag
from store.annotations.store import AnnotationStore

CHANGES: dict[str, Change] = {
    "tag": Tag((article(3),), ("japan", "new")),
    "star": Star((article(4),), True),
    "note": SaveNote(article(5), "a note of some words"),
    "draft": SaveDraft(article(6), "half a note"),
}


def calls(folder: Path, articles: int, change: Change) -> list[Op]:
    """Return what one change does to the disk among so many articles, once a session is under way."""
    path = folder / str(articles) / "annotations.json"
    path.parent.mkdir()
    make_file(path, articles)
    log: list[Op] = []
    store = AnnotationStore(path, session="one", system=Recording(log))
    store.apply(Tag((article(1),), ("under-way",)))
    del log[:]
    store.apply(change)
    return log


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_makes_the_same_calls_and_writes_the_same_bytes_among_10_and_among_2000(
    tmp_path: Path, change: Change
) -> None:
    few, many = (calls(tmp_path, articles, change) for articles in (10, 2000))
    assert [op[0] for op in few] == [op[0] for op in many]
    # Numbers that count the changes so far have more digits.
    sizes = [sum(len(op[2]) for op in log if op[0] == "write") for log in (few, many)]
    assert abs(sizes[0] - sizes[1]) < 20
    assert sizes[1] < 4000


def test_a_change_waits_for_the_disk_once(tmp_path: Path) -> None:
    assert [op[0] for op in calls(tmp_path, 10, CHANGES["tag"])] == ["write", "sync"]
