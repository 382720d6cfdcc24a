"""Whatever the JSON, and wherever its pieces part: the objects of its lists come out as a parser would have them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from store.formats.json_scan import Scanner, objects
from store.formats.source import Damaged

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8)
TEXTS = st.text(st.sampled_from('\\"{}[],: \n\taé\u2028😀'), max_size=12)
VALUES = st.recursive(
    SCALARS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS | st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)
OBJECTS = st.dictionaries(TEXTS, VALUES, max_size=4)


def pieces(data: bytes, size: int) -> Iterator[bytes]:
    for start in range(0, len(data), size):
        yield data[start : start + size]


def found(data: bytes, size: int, most: int = 10**6, small: int = 0) -> list[Any]:
    return [text and json.loads(text) for text, _ in objects(Scanner(pieces(data, size)), most, small)]


@given(st.lists(OBJECTS | SCALARS, max_size=6), st.integers(1, 40), st.booleans(), st.sampled_from([None, 1]))
def test_the_objects_of_a_list_come_one_by_one(values: list[Any], size: int, ascii: bool, indent: int | None) -> None:
    data = json.dumps(values, ensure_ascii=ascii, indent=indent).encode()
    expected = [value for value in values if isinstance(value, dict)]
    assert found(data, size) == expected
    assert found(json.dumps({"a": {"b": values}, "c": 1}, ensure_ascii=ascii).encode(), size) == expected


@given(OBJECTS, st.integers(1, 40))
def test_a_small_object_by_itself_comes_whole(value: dict[str, Any], size: int) -> None:
    data = json.dumps(value).encode()
    assert found(data, size, small=10**6) == [value]
    assert found(data + b"\n" + data, size, small=10**6) == [value, value]


@given(st.lists(OBJECTS, min_size=1, max_size=4), st.integers(1, 40), st.integers(1, 60))
def test_an_object_that_is_too_long_is_passed_over(values: list[Any], size: int, most: int) -> None:
    data = json.dumps(values, ensure_ascii=False)
    short = [value if len(json.dumps(value, ensure_ascii=False)) <= most else None for value in values]
    assert found(data.encode(), size, most) == short


@given(st.lists(OBJECTS, max_size=4), st.data(), st.integers(1, 40))
def test_what_is_cut_off_gives_what_was_whole(values: list[Any], draw: st.DataObject, size: int) -> None:
    data = json.dumps(values).encode()
    cut = data[: draw.draw(st.integers(0, len(data) - 1))]
    got: list[Any] = []
    try:
        for text, _ in objects(Scanner(pieces(cut, size)), 10**6, 0):
            got.append(json.loads(text or ""))
    except Damaged:
        pass
    assert got == values[: len(got)]


@given(
    st.binary(max_size=80) | st.text(st.sampled_from('\\"{}[],:1a '), max_size=60).map(str.encode), st.integers(1, 9)
)
def test_any_bytes_end(data: bytes, size: int) -> None:
    try:
        for _ in objects(Scanner(pieces(data, size)), 50, 10):
            pass
    except Damaged as error:
        assert str(error).endswith(".")
