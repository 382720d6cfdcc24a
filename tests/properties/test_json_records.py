"""Whatever stands in the fields of a record: it becomes an article that is sound, or a sentence."""

from __future__ import annotations

import io
import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bench.formats.worker import wrong_with
from store.formats import fields, record
from store.formats.registry import read

NAMES = st.sampled_from(
    [*fields.TITLE[:3], *fields.DATE[:4], *fields.AUTHOR[:3], "lang", *fields.URL[:4], *record._TEXT[:4],
     *record._SUMMARY[:2], *record._ID[:2], *record._WRAPPERS[:4], *record._PARTS, "metadata", "content_html",
     "markdown", "type", "name", "first", "last", "items", "rendered"]
)  # fmt: skip
WORDS = st.sampled_from(
    ["", " ", "Summit", "The ministers met.\n\nThey left.", "<p>They <b>met</b></p>", "<html><body><p>x", "2017-03-04",
     "By x", "https://x.org/1", "javascript:1", "\x1b[2J", "\ud800", "\u202e", "&amp;", "<", "- a\n- b", "# T\n\ntext",
     "1488585600", "x" * 300]
) | st.text(max_size=12)  # fmt: skip
LEAVES = WORDS | st.none() | st.booleans() | st.integers() | st.floats()
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4), max_leaves=8
)
RECORDS = st.dictionaries(NAMES, VALUES, max_size=6)


@settings(max_examples=300, deadline=None)
@given(st.lists(RECORDS, min_size=1, max_size=3), st.booleans())
def test_any_record_becomes_a_sound_article_or_a_sentence(records: list[Any], lines: bool) -> None:
    data = "\n".join(map(json.dumps, records)) if lines else json.dumps({"items": records})
    found = list(read(io.BytesIO(data.encode()), "/x/a.jsonl"))
    assert found
    for item in found:
        assert wrong_with(item) == []
