"""The annotation file is read in pieces exactly as JSON reads it whole, or not in pieces at all."""

from __future__ import annotations

import json
from typing import Any
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.annotations import pieces as module
from store.annotations.pieces import dump, read_in_pieces

TEXT = st.text(st.characters(exclude_categories=()), max_size=8)
VALUE = st.recursive(
    # Other whole numbers no program of ours writes, and the parser takes them for floats.
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=4,
)
KEY = st.integers(0, 2**52).map(str)
TABLES = st.dictionaries(TEXT, st.dictionaries(KEY, st.dictionaries(TEXT, VALUE, max_size=3), max_size=7), max_size=4)
JSONISH = st.text(st.sampled_from('{}[],:"\n a1\\'), max_size=12)


@pytest.fixture(autouse=True, scope="module")
def small_pieces() -> Any:
    with mock.patch.object(module, "_DOCUMENTS", 2), mock.patch.object(module, "_BYTES", 20):
        yield


@given(TABLES)
def test_what_is_written_is_read_back_by_anyone(tables: dict[str, Any]) -> None:
    data = dump(tables)
    assert json.loads(data) == tables
    assert read_in_pieces(data) == tables or not tables


@given(TABLES, st.data())
def test_a_text_that_is_not_quite_ours_is_read_the_same_or_left(tables: dict[str, Any], draw: st.DataObject) -> None:
    data = bytearray(dump(tables))
    for _ in range(draw.draw(st.integers(1, 3))):
        at = draw.draw(st.integers(0, len(data)))
        data[at : at + draw.draw(st.integers(0, 5))] = draw.draw(JSONISH).encode()
    found = read_in_pieces(bytes(data))
    if found is not None:
        assert found == json.loads(bytes(data))


@given(TABLES, st.sampled_from([None, 0, 1, 4]), st.booleans())
def test_other_writers_files_are_left_or_read_the_same(tables: dict[str, Any], indent: int | None, last: bool) -> None:
    data = (json.dumps(tables, indent=indent) + ("\n" if last else "")).encode()
    found = read_in_pieces(data)
    assert found is None or found == tables


@given(st.text(st.sampled_from('{},:"\n1'), max_size=30))
def test_nothing_that_is_no_json_is_read(text: str) -> None:
    data = b"{\n" + text.encode() + b"\n}\n}\n"
    found = read_in_pieces(data)
    if found is not None:
        assert found == json.loads(data)
