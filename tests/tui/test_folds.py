"""A folded list shows one of each group, and the others where they are asked for."""

from __future__ import annotations

from store.library import KeyList
from tui.widgets.folds import Folds

COPIES = {2: (7, 8), 5: (6,)}


def folded() -> Folds:
    folds = Folds()
    folds.on = True
    assert list(folds.take(KeyList([1, 2, 5]), COPIES)) == [1, 2, 5]
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
    assert list(folds.take(KeyList([2, 9]), {2: (8,)})) == [2, 8, 9]
    folds.forget()
    assert list(folds.shown()) == [2, 9] and folds.hidden == 1
    assert list(folds.take(KeyList([3]), {})) == [3] and folds.hidden == 0


def test_copies_that_are_shown_count_in_the_group_of_their_article() -> None:
    folds = folded()
    groups = (("2024-06-02", 2), ("2024-06-01", 1))
    assert list(folds.with_spread(groups)) == list(groups)
    folds.toggle(2)
    folds.toggle(5)
    assert list(folds.with_spread(groups)) == [("2024-06-02", 4), ("2024-06-01", 2)]
