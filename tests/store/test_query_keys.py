"""The keys of a list know where each stands, however they are numbered and whatever takes whose place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from store.query.keys import KeyList

KEYS = st.lists(st.integers(-5, 3_000), unique=True, max_size=40)


def places(keys: KeyList) -> dict[int, int]:
    return {key: row for row, key in enumerate(keys)}


@given(KEYS, st.integers(-10, 4_000))
def test_every_key_is_found_where_it_stands_and_no_other(keys: list[int], other: int) -> None:
    found = KeyList(keys)
    assert list(found) == keys
    assert [found.row_of(key) for key in keys] == list(range(len(keys)))
    assert found.row_of(other) == (keys.index(other) if other in keys else None)


def test_a_long_list_finds_its_keys_by_a_table_as_a_short_one_by_names() -> None:
    dense = KeyList(range(5_000, 0, -1)).know_places()
    sparse = KeyList(range(5_000_000, 0, -1_000)).know_places()
    assert [dense.row_of(key) for key in (5_000, 1, 0, 5_001, -1)] == [0, 4_999, None, None, None]
    assert [sparse.row_of(key) for key in (5_000_000, 1_000, 1_001)] == [0, 4_999, None]


@given(st.lists(st.tuples(st.integers(1, 3_000), st.integers(-3, 4_000)), max_size=20), st.sampled_from((5, 2_000)))
def test_a_key_that_takes_anothers_place_is_found_there(exchanges: list[tuple[int, int]], count: int) -> None:
    keys = KeyList(range(1, count + 1)).know_places()
    for old, new in exchanges:
        before = places(keys)
        assert keys.exchange(old, new) == (old in before and new not in before)
        after = places(keys)
        assert all(keys.row_of(key) == row for key, row in after.items())
        assert keys.row_of(old) == after.get(old)
