"""Many articles are read by the thousand, on a thread of their own, as they are one by one."""

from __future__ import annotations

from pathlib import Path

import large_index
import pytest

from store.article import ArticleKey
from store.config import Config
from store.library import Library


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    large_index.make(tmp_path / "lib", 1_200)
    return Library.open([tmp_path / "lib"], Config(), annotations=tmp_path / "annotations.json")


def test_targets_and_texts_come_in_the_order_asked_for_without_those_that_are_gone(library: Library) -> None:
    keys = [*range(1_200, 0, -1), 9_999]
    with library, library.reading() as many:
        assert list(many.targets(keys)) == [library.target(ArticleKey(key)) for key in keys[:-1]]
        assert dict(many.ids(keys)) == {row.key: row.id for row in library.rows(keys) if row is not None}
        assert [one.key for one in many.articles([3, 9_999, 1])] == [3, 1]
