"""A backup a day, seven days and twelve months of them, whatever the clock does."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.annotations.backups import DAYS, MONTHS, outdated
from store.annotations.records import Tag, Target
from store.annotations.store import AnnotationStore
from store.article import text_hash
from store.disk.atomic import System

A = Target(text_hash("a"), "A")


class Clock:
    """A clock that tests set."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


class NoLinks(System):
    """A file system without hard links."""

    def link(self, old: str, new: str) -> None:
        raise PermissionError(1, "Operation not permitted")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "annotations.json"


def days(path: Path) -> list[str]:
    return sorted(found.name[-8:] for found in path.parent.glob("annotations.json.bak-*"))


def work_a_day(store: AnnotationStore, clock: Clock, step: int = 1) -> None:
    clock.now += timedelta(days=step)
    for hour in range(2):
        store.apply(Tag((A,), (f"{clock.now:%Y%m%d}-{hour}",)))
        store.fold()


def test_the_file_of_the_evening_before_is_kept_for_seven_days(path: Path) -> None:
    clock = Clock()
    store = AnnotationStore(path, clock=clock)
    for _ in range(10):
        work_a_day(store, clock)
    assert days(path) == ["20260302", *(f"202603{day:02}" for day in range(5, 12))]
    kept = AnnotationStore(Path(f"{path}.bak-20260308"))
    assert kept.marks(A).tags[-1] == "20260307-1"
    assert store.marks(A).tags[-1] == "20260311-1"


@pytest.mark.parametrize("years", [-10, 10])
def test_a_clock_gone_wrong_costs_no_good_backup(path: Path, years: int) -> None:
    clock = Clock()
    store = AnnotationStore(path, clock=clock)
    for _ in range(9):
        work_a_day(store, clock)
    good = days(path)
    right = clock.now
    work_a_day(store, clock, years * 365)
    assert len(set(good) - set(days(path))) <= 1
    assert set(good[-6:]) <= set(days(path))
    clock.now = right
    work_a_day(store, clock)
    assert len(set(good) - set(days(path))) <= 2
    assert set(good[-6:]) <= set(days(path))
    assert len(days(path)) <= 10
    assert all(note.at.tzinfo for note in store.history())


def test_days_set_back_again_and_again_delete_nothing_newer(path: Path) -> None:
    clock = Clock()
    store = AnnotationStore(path, clock=clock)
    for _ in range(8):
        work_a_day(store, clock)
    good = set(days(path))
    for _ in range(12):
        work_a_day(store, clock, -20)
        assert f"{clock.now:%Y%m%d}" in days(path)
    assert good <= set(days(path))


@given(st.lists(st.dates(date(2015, 1, 1), date(2040, 1, 1)), max_size=60, unique=True), st.dates())
def test_whatever_days_there_are_the_last_week_stays_and_a_first_of_each_month(days: list[date], now: date) -> None:
    names, today = [f"{day:%Y%m%d}" for day in days], f"{now:%Y%m%d}"
    kept = sorted(set(names) - set(outdated(names, today)))
    past = sorted(name for name in names if name <= today)
    assert [name for name in kept if name > today] == sorted(name for name in names if name > today)
    assert [name for name in kept if name <= today][-DAYS:] == past[-DAYS:]
    older = [name for name in kept if name in past[:-DAYS]]
    assert len(older) <= MONTHS
    assert len({name[:6] for name in older}) == len(older)
    assert all(not any(other[:6] == name[:6] and other < name for other in past) for name in older)
    # What was kept once is kept as long as no later month comes.
    assert outdated(kept, today) == []


def test_a_year_of_work_leaves_a_week_and_twelve_months() -> None:
    kept: list[str] = []
    for number in range(800):
        today = f"{date(2026, 1, 1) + timedelta(days=number):%Y%m%d}"
        kept = [*kept, today]
        gone = outdated(kept, today)
        kept = [name for name in kept if name not in gone]
    assert len(kept) == DAYS + MONTHS
    assert kept[:3] == ["20270401", "20270501", "20270601"]


def test_only_our_own_daily_backups_are_ever_removed(path: Path) -> None:
    mine = [Path(f"{path}.bak-before-the-move"), Path(f"{path}.bak-2020"), Path(f"{path}.backup")]
    for one in mine:
        one.write_text("mine")
    clock = Clock()
    store = AnnotationStore(path, clock=clock)
    for _ in range(9):
        work_a_day(store, clock)
    assert all(one.read_text() == "mine" for one in mine)


def test_without_hard_links_backups_are_copies(path: Path) -> None:
    clock = Clock()
    store = AnnotationStore(path, clock=clock, system=NoLinks())
    work_a_day(store, clock)
    work_a_day(store, clock)
    assert days(path) == ["20260302", "20260303"]
    assert AnnotationStore(Path(f"{path}.bak-20260303")).marks(A).tags[-1] == "20260302-1"


def test_a_file_that_is_missing_beside_its_backups_is_warned_of(path: Path) -> None:
    clock = Clock()
    store = AnnotationStore(path, clock=clock)
    work_a_day(store, clock)
    work_a_day(store, clock)
    path.unlink()
    assert "20260303" in AnnotationStore(path).warnings[0]


def test_a_linked_file_stays_a_link_and_keeps_its_backups_beside_itself(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    link = tmp_path / "annotations.json"
    link.symlink_to("real/kept.json")
    clock = Clock()
    store = AnnotationStore(link, clock=clock)
    work_a_day(store, clock)
    assert link.is_symlink()
    assert sorted(found.name for found in tmp_path.iterdir()) == ["annotations.json", "real"]
    assert (tmp_path / "real" / "kept.json.bak-20260302").exists()


def test_what_a_killed_session_left_half_written_is_swept_away(path: Path) -> None:
    left = [Path(f"{path}{of}.tmp-999999999-abcd") for of in ("", ".journal", ".bak-20260301")]
    living = Path(f"{path}.tmp-{os.getpid()}-abcd")
    for one in (*left, living):
        one.write_text("half")
    AnnotationStore(path).apply(Tag((A,), ("x",)))
    assert not any(one.exists() for one in left)
    assert living.exists(), "a living session may be folding"
