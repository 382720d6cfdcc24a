"""What came first is known by counting, not by the clock, which may be wrong, set back or moved to another zone."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from store.annotations.records import SaveDraft, SaveNote, Tag, Target
from store.annotations.store import AnnotationStore
from store.article import text_hash

A = Target(text_hash("a"), "A")
SPRING = datetime(2026, 3, 29, 0, 59, tzinfo=UTC)
"""A minute before Central Europe sets its clocks ahead."""
AUTUMN = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
"""Half past two in Central Europe, for the first time of two."""


@pytest.fixture
def zone() -> Iterator[None]:
    """Give the machine its own zone back."""
    yield
    os.environ.pop("TZ", None)
    time.tzset()


def move_to(zone: str) -> None:
    os.environ["TZ"] = zone
    time.tzset()


STEPS = {
    "a day back": timedelta(days=-1),
    "ten years ahead": timedelta(days=3653),
    "ten years back": timedelta(days=-3653),
    "not at all": timedelta(),
}


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
@pytest.mark.parametrize("killed", [True, False], ids=["killed", "ended"])
def test_order_undo_and_ages_do_not_follow_the_clock(tmp_path: Path, step: timedelta, killed: bool) -> None:
    path, now = tmp_path / "annotations.json", datetime(2026, 3, 1, 12, tzinfo=UTC)
    for number in range(4):
        at = now + number * step
        store = AnnotationStore(path, session=f"s{number}", clock=lambda at=at: at)  # type: ignore[misc]
        store.apply(SaveNote(A, f"note {number}"))
        store.apply(Tag((A,), (f"tag-{number}",)))
        first = store.notes(A)[0]
        store.apply(SaveNote(A, f"note 0, for the {number}th time", first.id, first.revision))
        store.apply(SaveDraft(A, f"draft {number}"))
        store.close(fold=not killed)
    store = AnnotationStore(path, clock=lambda: now + 4 * step)
    assert [note.body for note in store.notes(A)][1:] == ["note 1", "note 2", "note 3"]
    assert store.notes(A)[0].body == "note 0, for the 3th time"
    assert all(note.updated >= note.created for note in store.notes(A))
    assert store.marks(A).tags == ("tag-0", "tag-1", "tag-2", "tag-3")
    draft = store.draft(A)
    assert draft is not None
    assert draft.body == "draft 3"
    assert [entry.session for entry in store.history()] == sorted(
        (entry.session for entry in store.history()), reverse=True
    )
    assert "Tagged: tag-3" in [entry.sentence for entry in store.history()][:2]
    store.undo()
    assert store.notes(A)[0].body == "note 0, for the 2th time"


@pytest.mark.parametrize("at", [SPRING, AUTUMN], ids=["spring", "autumn"])
def test_a_change_of_the_clocks_and_of_the_zone_changes_no_order_and_costs_no_backup(
    tmp_path: Path, zone: None, at: datetime
) -> None:
    path = tmp_path / "annotations.json"
    for number, place in enumerate(("Europe/Berlin", "Europe/Berlin", "Pacific/Kiritimati", "Pacific/Pago_Pago")):
        move_to(place)
        moment = at + timedelta(minutes=number)
        store = AnnotationStore(path, session=f"s{number}", clock=lambda moment=moment: moment)  # type: ignore[misc]
        store.apply(Tag((A,), (f"tag-{number}",)))
        store.close()
        made = sorted(path.parent.glob("*.bak-*"))
    assert store.marks(A).tags == tuple(f"tag-{number}" for number in range(4))
    assert [entry.sentence for entry in store.history()] == [f"Tagged: tag-{number}" for number in (3, 2, 1, 0)]
    assert [entry.at for entry in store.history()] == [at + timedelta(minutes=number) for number in (3, 2, 1, 0)]
    assert 1 <= len(made) <= 3
    assert all(AnnotationStore(one).marks(A).tags for one in made)
