"""A query follows a tag that is renamed, and is else left as it is written."""

from __future__ import annotations

import pytest

from store.query.renaming import with_tag_renamed


@pytest.mark.parametrize(
    ("query", "after"),
    [
        ("tag:a", "tag:x"),
        ("b  OR tag:A/c", "b OR tag:x/c"),
        ("-(tag:a  d) sort:title", "-(tag:x d) sort:title"),
        ("tag:ab  tag:a*", "tag:ab  tag:a*"),
        ("a  'tag a'", "a  'tag a'"),
        ("tga:a tag:a", "tga:a tag:a"),
    ],
)
def test_only_terms_that_ask_for_the_tag_change(query: str, after: str) -> None:
    assert with_tag_renamed(query, "a", "x") == after


def test_a_name_that_needs_quotes_gets_them() -> None:
    assert with_tag_renamed("tag:a", "a", "a b") == 'tag:"a b"'
