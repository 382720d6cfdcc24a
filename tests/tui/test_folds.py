"""A folded list shows one of each group, and the others where they are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from store.library import KeyList
from tui.widgets.folds import Folds

COPIES = {2: (7, 8), 5: (6,)}


def taken(folds: Folds, keys: Sequence[int], copies: dict[int, tuple[int, ...]]) -> KeyList:
    return folds.take(folds.prepared(KeyList(keys).know_places(), copies))


def folded() -> Folds:
    folds = Folds()
    folds.on = True
    assert list(taken(folds, [1, 2, 5], COPIES)) == [1, 2, 5]
    return folds


def test_copies_are_counted_and_shown_beneath_their_article() -> None:
    folds = folded()
    assert (folds.hidden, folds.count(2), folds.count(1)) == (3, 2, 0)
    assert folds.toggle(2) == 2
    assert list(folds.shown()) == [1, 2, 7, 8, 5]
    assert (folds.hidden, folds.count(2), folds.is_beneath(7), folds.is_beneath(2)) == (1, 0, True, False)
    # From one of them they are folded again.
    assert folds.toggle(8) == 2
    assert list(folds.shown()) == [1, 2, 5] and folds.hidden == 3


def test_what_has_no_copies_stays_as_it_is() -> None:
    folds = folded()
    assert folds.toggle(1) == 1 and list(folds.shown()) == [1, 2, 5]
    assert (folds.first(7), folds.first(1), folds.first(99)) == (2, 1, 99)


def test_a_new_list_keeps_those_shown_that_are_still_in_it() -> None:
    folds = folded()
    folds.toggle(2)
    folds.toggle(5)
    assert list(taken(folds, [2, 9], {2: (8,)})) == [2, 8, 9]
    folds.forget()
    assert list(folds.shown()) == [2, 9] and folds.hidden == 1
    assert list(taken(folds, [3], {})) == [3] and folds.hidden == 0


def test_copies_that_are_shown_count_in_the_group_of_their_article() -> None:
    folds = folded()
    groups = (("2024-06-02", 2), ("2024-06-01", 1))
    assert list(folds.with_spread(groups)) == list(groups)
    folds.toggle(2)
    folds.toggle(5)
    assert list(folds.with_spread(groups)) == [("2024-06-02", 4), ("2024-06-01", 2)]


def test_what_is_spread_while_a_list_is_made_ready_is_spread_in_it() -> None:
    folds = folded()
    ready = folds.prepared(KeyList([1, 2, 5]), COPIES)
    folds.toggle(2)
    assert list(folds.take(ready)) == [1, 2, 7, 8, 5]


def test_to_take_in_a_list_that_is_ready_costs_the_same_at_any_length(monkeypatch: pytest.MonkeyPatch) -> None:
    folds = Folds()
    keys, copies = KeyList(range(1, 1_001)).know_places(), {key: (key + 5_000,) for key in range(1, 1_001, 2)}
    folds.take(folds.prepared(keys, copies))
    folds.toggle(501)
    ready = folds.prepared(keys, copies)

    def looked(*_: Any) -> Any:
        raise AssertionError("looked through a list")

    for name in ("__getitem__", "__iter__", "__contains__", "index", "know_places"):
        monkeypatch.setattr(KeyList, name, looked, raising=False)
    shown = folds.take(ready)
    assert (len(shown), shown.row_of(501), shown.row_of(5_501), folds.hidden) == (1_001, 500, 501, 499)
    assert (folds.first(5_003), folds.is_beneath(5_501)) == (3, True)
