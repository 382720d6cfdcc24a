"""What tests of the whole program share: samples whose names are found, and a start that is held."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

import pytest
from held_start import Start, held_start
from pty_driver import indexed_seeds


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Return the samples, and the cache that holds their names already: nothing comes by itself."""
    return indexed_seeds(tmp_path_factory.mktemp("indexed"))


@pytest.fixture
def folder(indexed: tuple[Path, str], monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the samples, whose names are found."""
    folder, cache = indexed
    monkeypatch.setenv("XDG_CACHE_HOME", cache)
    return folder


@pytest.fixture
def start(tmp_path: Path) -> Callable[..., AbstractContextManager[Start]]:
    """Return what opens the samples, once more each time, up to where Textual is loaded."""
    return partial(held_start, tmp_path, "textual")
